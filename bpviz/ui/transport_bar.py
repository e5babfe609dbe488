"""The bar at the top: modes, run, the zoom ladder of steps, speed, files, and where training stands."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QWidget

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.logo import Logo
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.slider import LabelledSlider
from bpviz.ui.mode import Mode
from bpviz.ui.read_out import ReadOut
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import IconName
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.play_clock import FASTEST_STEP, Speed, speed_at
from bpviz.viewmodel.run.run_place import RunPlace
from bpviz.viewmodel.run.steps import StepLevel

_TIPS = {
    StepLevel.NEURON: "One step is one neuron",
    StepLevel.LAYER: "One step is one layer",
    StepLevel.PHASE: "One step is one phase: forward, loss, backward or update",
    StepLevel.ITERATION: "One step is one parameter update from one batch",
    StepLevel.EPOCH: "One step uses every training sample once",
}
_HEIGHT = 56
_SEPARATOR_HEIGHT = 32
_SIDE_PADDING = 14
_SPEED_WIDTH = 230
_GAP, _TIGHT_GAP = 6, 4
_SPACE, _TIGHT_SPACE = 6, 2
"""Between groups, beside the gap between all parts."""
_USUAL_EPOCHS = 88
_USUAL_COUNT = 8888


class TransportBar(Panel):
    """Intents out: what the user wants of the run. Values in: `show_running`, `show_place`, `set_mode`.

    `step_requested` and `back_requested` carry the step chosen on the zoom ladder, `level_changed` a
    new choice of it. Where the window is too narrow the least important parts are left out; none is
    ever cut.
    """

    mode_changed = Signal(Mode)
    run_requested = Signal()
    pause_requested = Signal()
    step_requested = Signal(StepLevel)
    back_requested = Signal(StepLevel)
    level_changed = Signal(StepLevel)
    reset_requested = Signal()
    speed_changed = Signal(Speed)
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
    def level(self) -> StepLevel:
        """How far one step goes, forward or back."""
        return tuple(StepLevel)[self.steps.index]

    def set_level(self, level: StepLevel) -> None:
        """Show this as the step chosen; emits nothing."""
        self.steps.set_index(tuple(StepLevel).index(level))

    @property
    def speed(self) -> Speed:
        """How fast a run is to go."""
        return speed_at(self.speed_slider.slider.value())

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
        self.logo = Logo(source)
        self.modes = SegmentedControl(
            source, (Segment("Lab", "lab"), Segment("Draw", "draw"), Segment("Teach", "teach"))
        )
        self.reset = Button(source, icon="reset", tip="Start again from the same first weights (Home)")
        self.run = Button(source, "Run", icon="play", kind=ButtonKind.PRIMARY)
        self.back = Button(source, icon="step-back", tip="One step back (←)")
        self.step = Button(source, icon="step", tip="One step, then pause (→)")
        self.steps = SegmentedControl(
            source,
            [
                Segment(level.value.capitalize(), tip=f"{_TIPS[level]} ({key})")
                for key, level in enumerate(StepLevel, start=1)
            ],
        )
        self.set_level(StepLevel.ITERATION)
        self.speed_slider = LabelledSlider(source, "Speed", FASTEST_STEP)
        self.speed_slider.slider.setValue(FASTEST_STEP)
        self._told_speed = self.speed
        self.speed_slider.set_value_text(self.speed.text)
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
        self._spaces: list[QSpacerItem] = []
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.logo)
        self._row.addWidget(self.modes)
        self._add_separator(0)
        for widget in (self.reset, self.back, self.run, self.step, self.steps):
            self._row.addWidget(widget)
        self._add_space()
        self.speed_slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The stretch behind takes what the slider, at its widest, leaves over.
        self._row.addWidget(self.speed_slider, 1000)
        self._add_space()
        self._row.addStretch(1)
        for widget in (self.open, self.save, self.theme, self.full_screen):
            self._row.addWidget(widget)
        self._add_separator(1)
        for read_out in (self.epoch, self.iteration, self.samples):
            self._row.addWidget(read_out)

    def _add_separator(self, index: int) -> None:
        self._add_space()
        self._row.addWidget(self._separators[index], 0, Qt.AlignmentFlag.AlignVCenter)
        self._add_space()

    def _add_space(self) -> None:
        space = QSpacerItem(0, 0)
        self._spaces.append(space)
        self._row.addItem(space)

    def _set_spacing(self, gap: int, space: int) -> None:
        px = self._source.px
        self._row.setSpacing(px(gap))
        for item in self._spaces:
            item.changeSize(px(space), 0)
        self._row.invalidate()

    def _connect(self) -> None:
        self.modes.index_changed.connect(lambda index: self.mode_changed.emit(tuple(Mode)[index]))
        self.run.clicked.connect(self.toggle_running)
        self.step.clicked.connect(lambda: self.step_requested.emit(self.level))
        self.back.clicked.connect(lambda: self.back_requested.emit(self.level))
        self.steps.index_changed.connect(lambda _: self.level_changed.emit(self.level))
        self.reset.clicked.connect(self.reset_requested)
        self.speed_slider.slider.valueChanged.connect(self._on_speed_changed)
        self.open.clicked.connect(self.open_requested)
        self.save.clicked.connect(self.save_requested)
        self.theme.clicked.connect(self.theme_toggled)
        self.full_screen.clicked.connect(self.full_screen_toggled)
        for read_out in (self.epoch, self.iteration, self.samples):
            read_out.width_changed.connect(self._fit)
        self._source.changed.connect(self._on_look_changed)

    def _fit(self) -> None:
        """Show every part there is room for, the more important ones first."""
        self._set_spacing(_GAP, _SPACE)
        self.samples.setVisible(self._wants_samples)
        self.modes.set_labels_visible(True)
        self.iteration.set_total_visible(True)
        self.logo.set_name_visible(True)
        self.modes.set_icons_visible(True)
        for part in (self.full_screen, self.logo, self.epoch, self.iteration):
            part.show()
        for give_up in (
            self.samples.hide,
            self.full_screen.hide,
            lambda: self.logo.set_name_visible(False),
            lambda: self.modes.set_icons_visible(False),
            lambda: self._set_spacing(_TIGHT_GAP, _TIGHT_SPACE),
            self.logo.hide,
            lambda: self.iteration.set_total_visible(False),
            lambda: self.modes.set_labels_visible(False),
            self.epoch.hide,
            self.iteration.hide,
        ):
            if self._row.minimumSize().width() <= self.width():
                return
            give_up()

    def _on_speed_changed(self) -> None:
        # Several positions of the slider are one speed: it is told once.
        if self.speed != self._told_speed:
            self._told_speed = self.speed
            self.speed_slider.set_value_text(self.speed.text)
            self.speed_changed.emit(self.speed)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self.setFixedHeight(px(_HEIGHT))
        self._row.setContentsMargins(px(_SIDE_PADDING), 0, px(_SIDE_PADDING), 0)
        for separator in self._separators:
            separator.setFixedHeight(px(_SEPARATOR_HEIGHT))
        self.run.setFixedWidth(px(94))
        self.speed_slider.setMinimumWidth(self._narrowest_speed())
        self.speed_slider.setMaximumWidth(px(_SPEED_WIDTH))
        self.theme.set_icon_name("sun" if self._source.theme.is_dark else "moon")
        self._fit()

    def _narrowest_speed(self) -> int:
        name = QFontMetricsF(self._source.font(FontRole.BODY)).horizontalAdvance("Speed")
        value = QFontMetricsF(self._source.font(FontRole.VALUE))
        widest = max(value.horizontalAdvance(speed_at(step).text) for step in range(FASTEST_STEP + 1))
        return round(name + widest) + self._source.px(12)
