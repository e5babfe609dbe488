"""The bar at the top: modes, run and step, speed, files and theme, and where training stands."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from bpviz.training.messages import StepSize
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.logo import Logo
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.slider import LabelledSlider
from bpviz.ui.fonts import FontRole
from bpviz.ui.icons import IconName
from bpviz.ui.mode import Mode
from bpviz.ui.read_out import ReadOut
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.pace import FASTEST_STEP, pace_at, pace_text
from bpviz.viewmodel.run_place import RunPlace

_STEPS = (StepSize.ITERATION, StepSize.EPOCH)
_HEIGHT = 56
_SEPARATOR_HEIGHT = 32
_SIDE_PADDING = 14
_SPEED_WIDTH = 230
_GAP, _TIGHT_GAP = 6, 4
_USUAL_EPOCHS = 88
_USUAL_COUNT = 8888


class TransportBar(Panel):
    """Intents out: what the user wants of the run. Values in: `show_running`, `show_place`, `set_mode`.

    `pace_changed` carries iterations a second, or None for as fast as it goes. Where the window is
    too narrow the least important parts are left out; none is ever cut.
    """

    mode_changed = Signal(Mode)
    run_requested = Signal()
    pause_requested = Signal()
    step_requested = Signal(StepSize)
    reset_requested = Signal()
    pace_changed = Signal(object)
    open_requested = Signal()
    save_requested = Signal()
    theme_toggled = Signal()
    full_screen_toggled = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent)
        self._source = source
        self._is_running = False
        self._wants_samples = True
        self._create()
        self._lay_out()
        self._connect()
        self.show_running(False)
        self._on_look_changed()

    @property
    def step_size(self) -> StepSize:
        """How far the step button goes."""
        return _STEPS[self.steps.index]

    def toggle_running(self) -> None:
        """Ask for run or pause, whichever it is not."""
        (self.pause_requested if self._is_running else self.run_requested).emit()

    def show_running(self, is_running: bool) -> None:
        """Show whether training is under way."""
        self._is_running = is_running
        self.run.setText("Pause" if is_running else "Run")
        self.run.set_icon_name("pause" if is_running else "play")
        self.run.set_tip("Pause after this iteration (Space)" if is_running else "Train (Space)")

    def show_place(self, place: RunPlace) -> None:
        """Show epoch, iteration and samples; cheap enough for every frame."""
        self.epoch.show_count(place.epoch)
        self.iteration.show_count(place.iteration_in_epoch, place.iterations_per_epoch)
        self.samples.show_count(place.samples_in_epoch, place.n_samples)

    def set_mode(self, mode: Mode) -> None:
        """Show this mode as the chosen one."""
        self.modes.set_index(tuple(Mode).index(mode))

    def set_samples_visible(self, is_visible: bool) -> None:
        """Offer the read-out of samples, where there is room, or never."""
        self._wants_samples = is_visible
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # Not the layout's: what does not fit is left out, so the bar never widens the window.
        return QSize(0, self._source.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _create(self) -> None:
        source = self._source
        self.modes = SegmentedControl(source, (Segment("Lab", "lab"), Segment("Draw", "draw")))
        self.reset = Button(source, icon="reset", tip="Start again from the same first weights (Home)")
        self.run = Button(source, "Run", icon="play", kind=ButtonKind.PRIMARY)
        self.step = Button(source, icon="step", tip="Train one step, then pause (→)")
        self.steps = SegmentedControl(
            source,
            (
                Segment("Iteration", tip="One step is one parameter update from one batch (1)"),
                Segment("Epoch", tip="One step uses every training sample once (2)"),
            ),
        )
        self.speed = LabelledSlider(source, "Speed", FASTEST_STEP)
        self.speed.slider.setValue(FASTEST_STEP)
        self.speed.set_value_text(pace_text(None))
        self.open = self._quiet("open", "Open a network (Ctrl+O)")
        self.save = self._quiet("save", "Save this network (Ctrl+S)")
        self.theme = self._quiet("sun", "Dark or light")
        self.full_screen = self._quiet("fullscreen", "Full screen (F11)")
        self.epoch = ReadOut(source, "Epoch", _USUAL_EPOCHS)
        self.iteration = ReadOut(source, "Iteration", _USUAL_COUNT)
        self.samples = ReadOut(source, "Samples", _USUAL_COUNT)

    def _quiet(self, icon: IconName, tip: str) -> Button:
        return Button(self._source, icon=icon, kind=ButtonKind.QUIET, tip=tip)

    def _lay_out(self) -> None:
        self._separators = [Separator(Qt.Orientation.Vertical) for _ in range(2)]
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(Logo(self._source))
        self._row.addSpacing(6)
        self._row.addWidget(self.modes)
        self._add_separator(0)
        for widget in (self.reset, self.run, self.step, self.steps):
            self._row.addWidget(widget)
        self._row.addSpacing(10)
        self.speed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The stretch behind takes what the slider, at its widest, leaves over.
        self._row.addWidget(self.speed, 1000)
        self._row.addSpacing(6)
        self._row.addStretch(1)
        for widget in (self.open, self.save, self.theme, self.full_screen):
            self._row.addWidget(widget)
        self._add_separator(1)
        for read_out in (self.epoch, self.iteration, self.samples):
            self._row.addWidget(read_out)

    def _add_separator(self, index: int) -> None:
        self._row.addSpacing(6)
        self._row.addWidget(self._separators[index], 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(6)

    def _connect(self) -> None:
        self.modes.index_changed.connect(lambda index: self.mode_changed.emit(tuple(Mode)[index]))
        self.run.clicked.connect(self.toggle_running)
        self.step.clicked.connect(lambda: self.step_requested.emit(self.step_size))
        self.reset.clicked.connect(self.reset_requested)
        self.speed.slider.valueChanged.connect(self._on_speed_changed)
        self.open.clicked.connect(self.open_requested)
        self.save.clicked.connect(self.save_requested)
        self.theme.clicked.connect(self.theme_toggled)
        self.full_screen.clicked.connect(self.full_screen_toggled)
        for read_out in (self.epoch, self.iteration, self.samples):
            read_out.width_changed.connect(self._fit)
        self._source.changed.connect(self._on_look_changed)

    def _fit(self) -> None:
        """Show every part there is room for, the more important ones first."""
        px = self._source.px
        self._row.setSpacing(px(_GAP))
        self.samples.setVisible(self._wants_samples)
        self.full_screen.show()
        self.iteration.show()
        for give_up in (
            self.samples.hide,
            lambda: self._row.setSpacing(px(_TIGHT_GAP)),
            self.full_screen.hide,
            self.iteration.hide,
        ):
            if self._row.minimumSize().width() <= self.width():
                return
            give_up()

    def _on_speed_changed(self, value: int) -> None:
        pace = pace_at(value)
        self.speed.set_value_text(pace_text(pace))
        self.pace_changed.emit(pace)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self.setFixedHeight(px(_HEIGHT))
        self._row.setContentsMargins(px(_SIDE_PADDING), 0, px(_SIDE_PADDING), 0)
        for separator in self._separators:
            separator.setFixedHeight(px(_SEPARATOR_HEIGHT))
        self.run.setFixedWidth(px(94))
        self.speed.setMinimumWidth(self._narrowest_speed())
        self.speed.setMaximumWidth(px(_SPEED_WIDTH))
        self.theme.set_icon_name("sun" if self._source.theme.is_dark else "moon")
        self._fit()

    def _narrowest_speed(self) -> int:
        name = QFontMetricsF(self._source.font(FontRole.BODY)).horizontalAdvance("Speed")
        longest = max((pace_text(pace_at(step)) for step in range(FASTEST_STEP)), key=len)
        value = QFontMetricsF(self._source.font(FontRole.VALUE)).horizontalAdvance(longest)
        return round(name + value) + self._source.px(12)
