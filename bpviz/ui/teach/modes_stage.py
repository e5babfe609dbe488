"""Three ways to one gradient on a lesson's stage: a small network, bars, matrices, curves."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.cost_curves_view import CostCurvesView
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.shapes_view import ShapesView
from bpviz.ui.teach.small_network_view import SmallNetworkView
from bpviz.ui.teach.way_bars_view import WayBarsView
from bpviz.viewmodel.lessons.gradient_ways import Way

SCENES = ("network", "bars", "shapes", "curves")
PARTS = frozenset({"network", "bars", "shapes", "curves", *Way})
_NETWORK_SHARE, _BARS_SHARE = 56, 44


class ModesStage(LessonStage):
    """Shows one scene at a time; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.network = SmallNetworkView(source)
        self.bars = WayBarsView(source)
        self.shapes = ShapesView(source)
        self.curves = CostCurvesView(source)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.network, _NETWORK_SHARE)
        for view in (self.bars, self.shapes, self.curves):
            self._row.addWidget(view, _BARS_SHARE)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.show_scene("network")

    def show_scene(self, scene: str) -> None:
        """Show one of `SCENES`; the small network has the bars beside it."""
        self.network.setVisible(scene == "network")
        self.bars.setVisible(scene in ("network", "bars"))
        self.shapes.setVisible(scene == "shapes")
        self.curves.setVisible(scene == "curves")
        self._row.activate()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def part_rect(self, part: str) -> QRect | None:
        view = {"network": self.network, "shapes": self.shapes, "curves": self.curves}.get(part, self.bars)
        if not view.isVisible():
            return None
        if part in tuple(Way):
            row = self.bars.row_rect(Way(part))
            return None if row is None else row.translated(self.bars.pos())
        return QRectF(view.geometry()).toRect()

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(24))
