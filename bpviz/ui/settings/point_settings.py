"""Settings of made-up points: noise, how many, the share for testing, and points of one's own."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.data.point_options import FEWEST_POINTS, MOST_TEST_SHARE, PointOptions
from bpviz.data.samples import CLASS_NAMES, Dataset, Task
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.settings.settings_section import SettingsSection

_NOISE = NumberRange(0.0, 1.0, step=0.05)
_POINTS = NumberRange(FEWEST_POINTS, 2000, is_integer=True, is_log=True)
_TEST_SHARE = NumberRange(0.0, MOST_TEST_SHARE, step=0.05)
_BUTTON_HEIGHT = 26
_DRAW_TIP = "Click in the picture of the output to put down a point; the right button takes the other class"


class PointSettings(QObject):
    """Rows of a section, shown while its dataset is one of points.

    Signals
    -------
    options_changed
        How the points are to be made: a `PointOptions`.
    drawing_toggled
        Whether the user wants to put down points.
    label_chosen
        The class of points put down with the left button.
    undo_requested, clear_requested
        Take back the last point, or all.
    """

    options_changed = Signal(object)
    drawing_toggled = Signal(bool)
    label_chosen = Signal(int)
    undo_requested = Signal()
    clear_requested = Signal()

    def __init__(self, section: SettingsSection) -> None:
        super().__init__(section)
        self._source = section.source
        self._options = PointOptions()
        self._task = Task.MANY_CLASSES
        self._create()
        self._lay_out(section)
        self._connect()
        self._on_look_changed()

    def show_dataset(self, dataset: Dataset) -> None:
        """Show how these points were made; nothing for digits."""
        self._task = dataset.task
        is_made = dataset.made_with is not None
        if dataset.made_with is not None:
            self._options = dataset.made_with
            self.noise.set_value(self._options.noise or 0.0)
            self.n_points.set_limits(_POINTS.holding(self._options.n_points))
            self.n_points.set_value(self._options.n_points)
            self.test_share.set_value(self._options.test_share)
        is_points = dataset.task is not Task.MANY_CLASSES
        for row in self._made_rows:
            row.setVisible(is_made)
        self._buttons.setVisible(is_points)
        self.new_sample.setVisible(is_made)
        if not is_points:
            self.draw.setChecked(False)
        self._show_tools()

    def _create(self) -> None:
        source = self._source
        self.noise = NumberField(source, "Noise", _NOISE, 0.1)
        self.n_points = NumberField(source, "Points", _POINTS, 300)
        self.test_share = NumberField(source, "Share of test points", _TEST_SHARE, 0.3)
        self.new_sample = Button(source, "New sample", tip="Draw other points in the same way")
        self.draw = Button(source, "Draw points", tip=_DRAW_TIP)
        self.draw.setCheckable(True)
        self.label = SegmentedControl(source, [Segment(name) for name in CLASS_NAMES])
        self.undo = Button(source, icon="undo", kind=ButtonKind.QUIET, tip="Take back the last point")
        self.clear = Button(source, icon="trash", kind=ButtonKind.QUIET, tip="Begin without points")

    def _lay_out(self, section: SettingsSection) -> None:
        self._made_rows = (
            section.add_row("Noise", self.noise),
            section.add_row("Points", self.n_points),
            section.add_row("Test share", self.test_share),
        )
        self._buttons, self._tools = QWidget(), QWidget()
        self._lines = []
        for holder, widgets in (
            (self._buttons, (self.new_sample, self.draw)),
            (self._tools, (self.label, self.undo, self.clear)),
        ):
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                line.addWidget(widget, 1 if holder is self._buttons else 0)
            section.rows.addWidget(holder)
            self._lines.append(line)
        self._lines[1].insertStretch(1, 1)

    def _connect(self) -> None:
        self.noise.value_committed.connect(lambda value: self._ask(replace(self._options, noise=value)))
        self.n_points.value_committed.connect(
            lambda value: self._ask(replace(self._options, n_points=int(value)))
        )
        self.test_share.value_committed.connect(
            lambda value: self._ask(replace(self._options, test_share=value))
        )
        self.new_sample.clicked.connect(
            lambda: self._ask(replace(self._options, seed=self._options.seed + 1))
        )
        self.draw.toggled.connect(self._on_draw_toggled)
        self.label.index_changed.connect(self.label_chosen)
        self.undo.clicked.connect(self.undo_requested)
        self.clear.clicked.connect(self.clear_requested)
        self._source.changed.connect(self._on_look_changed)

    def _ask(self, options: PointOptions) -> None:
        self._options = options
        self.options_changed.emit(options)

    def _on_draw_toggled(self, draws: bool) -> None:
        self._show_tools()
        self.drawing_toggled.emit(draws)

    def _show_tools(self) -> None:
        self._tools.setVisible(self.draw.isChecked() and self._task is not Task.MANY_CLASSES)
        # A curve has no classes.
        self.label.setVisible(self._task is Task.TWO_CLASSES)

    def _on_look_changed(self) -> None:
        px = self._source.px
        for button in (self.new_sample, self.draw, self.undo, self.clear):
            button.setFixedHeight(px(_BUTTON_HEIGHT))
        for line in self._lines:
            line.setSpacing(px(6))
