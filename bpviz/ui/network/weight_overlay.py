"""A selected weight over the network: its chain to the loss, or its old width beside its new one."""

import math

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF, Qt
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.network_items import Layer, rounded
from bpviz.ui.network.network_theme import StageStyle
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.theme import blend
from bpviz.viewmodel.network.graph_geometry import GraphLayout, Rect
from bpviz.viewmodel.network.weight_picture import WeightLook, WeightPicture

_CASING_PX, _CORE_PX = 7.0, 4.0
_PAIR_PX = 8.0
_THINNEST_PX = 0.8
_BUS_PX = 2.6
_ARROW_PX = 6.5
_ARROWS_AT = (0.3, 0.74)
_FAN_LEVELS = 4
_FAN_PX = (1.0, 4.2)
_ROW_SHARE = 0.9


class WeightOverlay:
    """Path items for the line, the fan behind it, the bus and what it leads to; all hidden while unused."""

    def __init__(self, parent: QGraphicsItem, layout: GraphLayout, style: StageStyle) -> None:
        self._layout = layout
        self._style = style
        self._casing = _path_item(parent, Layer.CHAIN.value + 1.0)
        self._gap = _path_item(parent, Layer.CHAIN.value + 1.5)
        self._core = _path_item(parent, Layer.CHAIN.value + 2.0)
        self._second = _path_item(parent, Layer.CHAIN.value + 2.0)
        self._arrows = _path_item(parent, Layer.CHAIN.value + 3.0)
        self._bus = _path_item(parent, Layer.MARKS.value + 0.5)
        self._bus_arrow = _path_item(parent, Layer.MARKS.value + 0.6)
        self._frames = _path_item(parent, Layer.MARKS.value + 0.5)
        self._fan = [_path_item(parent, Layer.CHAIN.value) for _ in range(2 * _FAN_LEVELS)]
        self._set_pens()
        self._is_used = False

    @property
    def is_used(self) -> bool:
        """True while a weight or a lit output is drawn."""
        return self._is_used

    def show(self, weight: WeightPicture | None, output_slot: int | None) -> None:
        """Draw a weight and light the way from the loss to one output; None for neither."""
        if weight is None and output_slot is None and not self._is_used:
            return
        self._is_used = weight is not None or output_slot is not None
        self._show_line(weight)
        self._show_fan(weight)
        self._show_bus(output_slot)

    def _set_pens(self) -> None:
        theme, factor = self._style.theme, self._style.factor
        for arrows in (self._arrows, self._bus_arrow):
            arrows.setPen(QPen(theme.stage, 1.0))
            arrows.setBrush(QBrush(theme.ink))
        self._bus.setPen(QPen(theme.ink, _BUS_PX * factor))
        self._frames.setPen(QPen(theme.ink, 1.6 * factor))
        for level in range(_FAN_LEVELS):
            share = (level + 1) / _FAN_LEVELS
            width = (_FAN_PX[0] + (_FAN_PX[1] - _FAN_PX[0]) * share**1.6) * factor
            for color, number in ((theme.gradient_positive, 0), (theme.gradient_negative, 1)):
                self._fan[2 * level + number].setPen(
                    _pen(blend(color, theme.stage, 0.5 + 0.5 * share), width)
                )

    def _show_line(self, weight: WeightPicture | None) -> None:
        look = weight.look if weight is not None else WeightLook.PLAIN
        self._casing.setVisible(look is not WeightLook.PLAIN)
        self._gap.setVisible(look is WeightLook.PAIR)
        self._arrows.setVisible(look is WeightLook.CHAIN)
        self._core.setVisible(look is not WeightLook.PLAIN)
        self._second.setVisible(look is WeightLook.PAIR)
        if weight is None or look is WeightLook.PLAIN:
            return
        if look is WeightLook.PAIR:
            self._show_pair(weight)
            return
        line = _line(weight.x, weight.y)
        self._casing.setPen(_pen(self._style.theme.ink, _CASING_PX * self._style.factor))
        self._casing.setPath(line)
        theme = self._style.theme
        color = theme.gradient_negative if weight.value < 0 else theme.gradient_positive
        self._core.setPen(_pen(color, _CORE_PX * self._style.factor))
        self._core.setPath(line)
        self._arrows.setPath(_arrows_to_source(weight, _ARROW_PX * self._style.factor))

    def _show_pair(self, weight: WeightPicture) -> None:
        """Draw the old width and the new one side by side, the old paler."""
        theme, factor = self._style.theme, self._style.factor
        color = theme.weight_negative if weight.value < 0 else theme.weight_positive
        along = np.array([weight.x[1] - weight.x[0], weight.y[1] - weight.y[0]])
        aside = np.array([along[1], -along[0]]) / max(float(np.hypot(*along)), 1e-9)
        widths = [max(_THINNEST_PX, share * _PAIR_PX) * factor for share in (weight.old, weight.new)]
        middle = (widths[0] - widths[1]) / 2 * aside
        frame = sum(widths) + 6.0 * factor
        for item, width, shade in ((self._casing, frame + 3.0, theme.ink), (self._gap, frame, theme.stage)):
            item.setPen(_pen(shade, width))
            item.setPath(_line(weight.x + middle[0], weight.y + middle[1]))
        colors = blend(color, theme.stage, 0.5), color
        for item, width, shade, side in zip(
            (self._core, self._second), widths, colors, (1.0, -1.0), strict=True
        ):
            shift = side * (width / 2 + factor) * aside
            item.setPen(_pen(shade, width))
            item.setPath(_line(weight.x + shift[0], weight.y + shift[1]))

    def _show_fan(self, weight: WeightPicture | None) -> None:
        lines, flows = (weight.fan, weight.flows) if weight is not None else (None, np.empty(0))
        level = np.minimum((np.abs(flows) * _FAN_LEVELS).astype(np.intp), _FAN_LEVELS - 1)
        look = 2 * level + (flows < 0)
        for number, item in enumerate(self._fan):
            mine = look == number
            item.setVisible(lines is not None and bool(mine.any()))
            if lines is not None and mine.any():
                item.setPath(segments_path(lines.x[mine], lines.y[mine]))

    def _show_bus(self, slot: int | None) -> None:
        layout = self._layout
        is_shown = slot is not None and layout.loss is not None
        for item in (self._bus, self._bus_arrow, self._frames):
            item.setVisible(is_shown)
        if slot is None or layout.loss is None:
            return
        y, block = layout.row_y[slot], layout.outputs
        path = QPainterPath(QPointF(block.box_right, y))
        path.lineTo(block.bus_x, y)
        path.lineTo(block.bus_x, layout.loss.rect.y)
        self._bus.setPath(path)
        self._frames.setPath(_frames(layout, y))
        arrow = QPainterPath()
        middle = QPointF(block.bus_x, (y + layout.loss.rect.y) / 2)
        _add_arrow(arrow, middle, (0.0, -1.0), _ARROW_PX * self._style.factor)
        self._bus_arrow.setPath(arrow)


def _path_item(parent: QGraphicsItem, z: float) -> QGraphicsPathItem:
    item = QGraphicsPathItem(parent)
    item.setZValue(z)
    item.setVisible(False)
    return item


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _line(x: FloatArray, y: FloatArray) -> QPainterPath:
    path = QPainterPath(QPointF(float(x[0]), float(y[0])))
    path.lineTo(float(x[1]), float(y[1]))
    return path


def _frames(layout: GraphLayout, y: float) -> QPainterPath:
    """Return the outlines of an output's row and of the loss."""
    assert layout.loss is not None
    block, f = layout.outputs, layout.request.factor
    height = _ROW_SHARE * block.pitch
    left = block.disc_x + block.radius + 4.0 * f
    right = block.box_x + block.box_size / 2 + 4.0 * f
    path = rounded(Rect(left, y - height / 2, right - left, height), 6.0 * f)
    loss = layout.loss.rect
    path.addPath(rounded(Rect(loss.x - 2.5, loss.y - 2.5, loss.width + 5.0, loss.height + 5.0), 9.0 * f))
    return path


def _arrows_to_source(weight: WeightPicture, size: float) -> QPainterPath:
    path = QPainterPath()
    dx, dy = float(weight.x[0] - weight.x[1]), float(weight.y[0] - weight.y[1])
    length = max(math.hypot(dx, dy), 1e-9)
    for share in _ARROWS_AT:
        at = QPointF(weight.x[1] + (1 - share) * dx, weight.y[1] + (1 - share) * dy)
        _add_arrow(path, at, (dx / length, dy / length), size)
    return path


def _add_arrow(path: QPainterPath, tip: QPointF, way: tuple[float, float], size: float) -> None:
    """Add a triangle that points along `way`, a vector of length 1."""
    side = QPointF(-way[1], way[0]) * (0.62 * size)
    ahead = QPointF(*way) * size
    path.addPolygon(QPolygonF([tip + ahead, tip - ahead + side, tip - ahead - side, tip + ahead]))
