"""Ink around what is pointed at or selected."""

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.ui.network.network_items import Layer
from bpviz.ui.style.theme import Theme
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.parts import BiasPart, InputPart, LossPart, NeuronPart, Part, WeightPart

_CLEAR_PX = 2.5


class PartMark:
    """One outline that moves from part to part."""

    def __init__(self, parent: QGraphicsItem, theme: Theme, width: float) -> None:
        self._item = QGraphicsPathItem(parent)
        self._item.setPen(QPen(theme.ink, width))
        self._item.setBrush(QBrush(QColor(0, 0, 0, 0)))
        self._item.setZValue(Layer.SELECTION.value)
        self._item.setVisible(False)

    @property
    def is_shown(self) -> bool:
        """True while something is marked."""
        return self._item.isVisible()

    def show(self, part: Part | None, layout: GraphLayout, picture: NetworkPicture) -> None:
        """Mark this part, or nothing if it is not on the stage."""
        path = _outline(part, layout, picture)
        self._item.setVisible(path is not None)
        if path is not None:
            self._item.setPath(path)


def _outline(part: Part | None, layout: GraphLayout, picture: NetworkPicture) -> QPainterPath | None:
    match part:
        case NeuronPart():
            return _neuron(part, layout, picture)
        case WeightPart():
            return _weight(part, picture)
        case InputPart():
            return _input(part, layout, picture)
        case BiasPart(layer=layer) if layer < len(layout.biases):
            node = layout.biases[layer]
            return _box(node.x - node.size / 2, node.y - node.size / 2, node.size)
        case LossPart() if layout.loss is not None:
            area = layout.loss.rect
            path = QPainterPath()
            path.addRoundedRect(QRectF(area.x - 2, area.y - 2, area.width + 4, area.height + 4), 8.0, 8.0)
            return path
    return None


def _neuron(part: NeuronPart, layout: GraphLayout, picture: NetworkPicture) -> QPainterPath | None:
    if part.layer >= len(layout.columns) or part.index not in picture.shown[part.layer]:
        return None
    slot = picture.shown[part.layer].tolist().index(part.index)
    column = layout.columns[part.layer]
    path = _circle(column.x, float(column.y[slot]), column.radius)
    tiles = layout.tiles_of(part.layer)
    if tiles is not None:
        path.addPath(_box(float(tiles.x[slot]), float(tiles.y[slot]), tiles.size))
    return path


def _weight(part: WeightPart, picture: NetworkPicture) -> QPainterPath | None:
    edges = picture.edges
    here = (edges.layer == part.layer) & (edges.source == part.source) & (edges.target == part.target)
    if not here.any():
        return None
    edge = int(here.argmax())
    x, y = picture.lines.x[edge].tolist(), picture.lines.y[edge].tolist()
    line = QLineF(x[0], y[0], x[1], y[1])
    path = QPainterPath(line.p1())
    path.lineTo(line.p2())
    return path


def _input(part: InputPart, layout: GraphLayout, picture: NetworkPicture) -> QPainterPath | None:
    block, side = layout.input, layout.request.image_side
    if side and block.column is None:
        size = block.picture.width / side
        row, column = divmod(part.index, side)
        return _box(block.picture.x + column * size, block.picture.y + row * size, size)
    if block.column is None or part.index not in picture.inputs:
        return None
    slot = picture.inputs.tolist().index(part.index)
    return _circle(block.column.x, float(block.column.y[slot]), block.column.radius)


def _circle(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    reach = radius + _CLEAR_PX
    path.addEllipse(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))
    return path


def _box(x: float, y: float, size: float) -> QPainterPath:
    path = QPainterPath()
    radius = min(3.0, size / 5)
    path.addRoundedRect(QRectF(x - 1.0, y - 1.0, size + 2.0, size + 2.0), radius, radius)
    return path
