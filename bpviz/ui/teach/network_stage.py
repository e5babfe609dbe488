"""The network on a lesson's stage, large, with curves of the run beside it where a step wants them."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.training.metrics import MetricsRows
from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.large_network import LargeNetwork
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.viewmodel.lessons.large_network import LargePicture
from bpviz.viewmodel.network.graph_geometry import GraphLayout, InputStyle, Rect
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import Part
from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.curves import RunCurves

PARTS = frozenset(
    {"input", "hidden", "outputs", "targets", "loss", "bias", "chart"}
    | {"pixels", "weight", "errors", "square", "slope", "deltas"}
)
_CHART_SHARE = 0.3


class NetworkStage(LessonStage):
    """Lives in the GUI thread.

    Signals
    -------
    part_clicked
        The learner has selected another part of the network.
    """

    part_clicked = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.network = NetworkView(source)
        self.large = LargeNetwork(source)
        self.large.hide()
        self.curves = RunCurves()
        self.charts = ChartPanel(source, self.curves)
        self.charts.hide()
        self._quantities: tuple[Quantity, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for view in (self.network, self.large):
            self._row.addWidget(view, round(100 * (1 - _CHART_SHARE)))
        self._row.addWidget(self.charts, round(100 * _CHART_SHARE))
        self.large.moved.connect(self.parts_moved)
        self.network.selection_changed.connect(lambda _: self.part_clicked.emit())

    def begin_run(self, iterations_per_epoch: int, depth: int) -> None:
        """Forget the curves of another run."""
        self.charts.begin_run(iterations_per_epoch, depth)
        self.show_charts(self._quantities)

    def show_state(self, state: NetworkState) -> None:
        """Show the network."""
        self.network.show_state(state)

    def show_large(self, picture: LargePicture) -> None:
        """Show the network drawn large."""
        self.large.show_picture(picture)

    def choose_view(self, is_large: bool) -> None:
        """Show the large drawing, or the whole network."""
        self.large.setVisible(is_large)
        self.network.setVisible(not is_large)

    def add_rows(self, rows: MetricsRows) -> None:
        """Take in figures of the run."""
        self.charts.add_rows(rows)

    def show_charts(self, quantities: tuple[Quantity, ...]) -> None:
        """Show these curves beside the network, or none."""
        self._quantities = quantities
        # One chart at least is always ready in the panel: it shares out its height among them.
        for quantity in Quantity if quantities else ():
            self.charts.view(quantity).setVisible(quantity in quantities)
        self.charts.setVisible(bool(quantities))
        self.charts.draw_now()

    def look(self, part: Part | None, style: InputStyle, tiles: bool) -> None:
        """Select a part; draw the input and the weight images in this way."""
        self.network.set_input_style(style)
        self.network.set_weight_images_visible(tiles)
        self.network.select(part)

    def part_rect(self, part: str) -> QRect | None:
        if part == "chart":
            return self.charts.geometry() if self.charts.isVisible() else None
        if not self.large.isHidden():
            seen = self.large.part_rect(part)
            return None if seen is None else seen.toAlignedRect().translated(self.large.pos())
        rect = self._stage_rect(part)
        if rect is None:
            return None
        view = self.network
        corner = view.mapFromScene(rect.topLeft()), view.mapFromScene(rect.bottomRight())
        return QRect(corner[0], corner[1]).translated(view.pos())

    def _stage_rect(self, part: str) -> QRectF | None:
        layout = self.network.graph_layout
        if layout is None:
            return None
        finders: dict[str, Callable[[GraphLayout], QRectF | None]] = {
            "input": lambda layout: _rect(layout.input.picture),
            "hidden": _hidden,
            "outputs": _outputs,
            "targets": _targets,
            "loss": lambda layout: None if layout.loss is None else _rect(layout.loss.rect),
            "bias": _biases,
        }
        return finders[part](layout) if part in finders else None


def _hidden(layout: GraphLayout) -> QRectF | None:
    if len(layout.columns) == 1:
        return None
    left = layout.columns[0].x if layout.tiles is None else float(layout.tiles.x.min())
    right = layout.columns[-2].x + layout.columns[-2].radius
    return QRectF(left, layout.net.y, right - left, layout.net.height)


def _outputs(layout: GraphLayout) -> QRectF:
    left = layout.outputs.disc_x - layout.outputs.radius
    return QRectF(left, layout.net.y, layout.outputs.value_right - left, layout.net.height)


def _targets(layout: GraphLayout) -> QRectF | None:
    outputs = layout.outputs
    if not outputs.has_targets:
        return None
    width = outputs.box_right - outputs.bar_left
    return QRectF(outputs.bar_left, layout.net.y, width, layout.net.height)


def _biases(layout: GraphLayout) -> QRectF | None:
    if not layout.biases:
        return None
    first, last = layout.biases[0], layout.biases[-1]
    half = first.size / 2
    return QRectF(first.x - half, first.y - half, last.x - first.x + first.size, first.size)


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
