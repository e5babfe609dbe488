"""The stage of the valley lessons: a ball on a curve, a real weight's curve, the loss as a map, a race."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bpviz.ui.charts.loss_curve_plot import LossCurvePlot
from bpviz.ui.charts.loss_surface_view import LossSurfaceView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.ball_plot import BallPlot
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.race_plot import RacePlot
from bpviz.ui.teach.valley_controls import ValleyControls
from bpviz.ui.teach.valley_numbers import ValleyNumbers
from bpviz.viewmodel.inspection.loss_curve import LossCurve

PARTS = frozenset({"curve", "ball", "numbers", "controls", "rate", "map", "race"})
_GRIP = 60


class ValleyView(Enum):
    """What fills the stage."""

    BALL = "ball"
    WEIGHT = "weight"
    MAP = "map"
    RACE = "race"


class ValleyStage(LessonStage):
    """Layout only; the experiment tells its parts what to show. Lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.balls = BallPlot(source)
        self.weight = LossCurvePlot(source)
        self.map = LossSurfaceView(source)
        self.race = RacePlot(source)
        self.numbers = ValleyNumbers(source)
        self.controls = ValleyControls(source)
        self._view = ValleyView.BALL
        self._pages = QStackedWidget()
        for page in (self.balls, self.weight, self.map, self.race):
            self._pages.addWidget(page)
        self._lay_out()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def view(self) -> ValleyView:
        """What fills the stage."""
        return self._view

    def look(self, view: ValleyView, *, has_controls: bool, has_numbers: bool) -> None:
        """Show this, with or without controls below it and numbers beside it."""
        self._view = view
        self._pages.setCurrentIndex(list(ValleyView).index(view))
        self.controls.setVisible(has_controls)
        self.numbers.setVisible(has_numbers)

    def show_weight(self, curves: Sequence[LossCurve]) -> None:
        """Show a real weight's curve, the newest of these, before the earlier ones."""
        self.weight.show_curves(curves, from_zero=True)

    def part_rect(self, part: str) -> QRect | None:
        widgets = {
            "numbers": self.numbers,
            "controls": self.controls,
            "rate": self.controls.slider,
            "map": self.map,
            "race": self.race,
        }
        if part == "ball" and self._view is ValleyView.BALL:
            reach = self._source.px(_GRIP)
            corner = self.balls.mapTo(self, self.balls.ball_center.toPoint()) - QPoint(reach, reach)
            return QRect(corner.x(), corner.y(), 2 * reach, 2 * reach)
        if part == "curve" and self._view in (ValleyView.BALL, ValleyView.WEIGHT):
            return self._rect_of(self._pages)
        widget = widgets.get(part)
        return self._rect_of(widget) if widget is not None and widget.isVisibleTo(self) else None

    def _rect_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self, QPoint(0, 0)), widget.size())

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self._pages, 1)
        self._row.addWidget(self.numbers)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row, 1)
        self._column.addWidget(self.controls)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(16))
        self._column.setSpacing(px(4))
