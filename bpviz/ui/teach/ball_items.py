"""The pieces a ball on a loss curve is drawn with: itself, where it has been, and arrows of its next step."""

import math

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.charts.loss_curve_plot import path_item
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

RADIUS = 10.0
_TRAIL_DOT = 2.6
_MOST_TRAIL = 80
_SHAFT, _HEAD, _HEAD_WIDTH = 4.0, 12.0, 13.0


class BallItem:
    """A disc; its trail lies below it."""

    def __init__(self, parent: QGraphicsItem, source: ThemeSource) -> None:
        self._source = source
        self._trail = path_item(parent, 4.5)
        self._dots = path_item(parent, 4.6)
        self._disc = QGraphicsEllipseItem(parent)
        self._disc.setZValue(7.0)

    @property
    def center(self) -> QPointF:
        """Where it is drawn."""
        return self._disc.rect().center()

    def show(self, center: QPointF, trail: tuple[FloatArray, FloatArray]) -> None:
        """Draw it at a place; `trail` holds x and y of where it has been, this place last."""
        theme, factor = self._source.theme, self._source.factor
        radius = RADIUS * factor
        self._disc.setRect(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
        self._disc.setBrush(QBrush(theme.ink))
        self._disc.setPen(QPen(theme.stage, 2.0 * factor))
        self._disc.show()
        self._show_trail(trail[0][-_MOST_TRAIL:], trail[1][-_MOST_TRAIL:])

    def hide(self) -> None:
        """Draw nothing."""
        self._disc.hide()
        for item in (self._trail, self._dots):
            item.setPath(QPainterPath())

    def _show_trail(self, x: FloatArray, y: FloatArray) -> None:
        theme, factor = self._source.theme, self._source.factor
        self._trail.setPen(QPen(blend(theme.ink, theme.stage, 0.3), 1.2 * factor))
        self._trail.setPath(segments_path(np.column_stack((x[:-1], x[1:])), np.column_stack((y[:-1], y[1:]))))
        dots, radius = QPainterPath(), _TRAIL_DOT * factor
        for dot_x, dot_y in zip(x[:-1].tolist(), y[:-1].tolist(), strict=True):
            dots.addEllipse(QPointF(dot_x, dot_y), radius, radius)
        dots.setFillRule(Qt.FillRule.WindingFill)
        self._dots.setBrush(blend(theme.ink, theme.stage, 0.62))
        self._dots.setPath(dots)


class ArrowItem:
    """A level arrow."""

    def __init__(self, parent: QGraphicsItem, source: ThemeSource) -> None:
        self._source = source
        self._item = path_item(parent, 6.0)

    def show(self, start_x: float, end_x: float, y: float, color: QColor) -> None:
        """Draw it from one x to another."""
        self._item.setPath(arrow_path(start_x, end_x, y, self._source.factor))
        self._item.setBrush(QBrush(color))

    def hide(self) -> None:
        """Draw nothing."""
        self._item.setPath(QPainterPath())


def arrow_path(start_x: float, end_x: float, y: float, factor: float) -> QPainterPath:
    """Return a level arrow as a shape to fill; a short one is all head."""
    path = QPainterPath()
    length = abs(end_x - start_x)
    if not math.isfinite(length) or length < 0.5:
        return path
    sign = 1.0 if end_x > start_x else -1.0
    head = min(_HEAD * factor, length)
    half, wide = _SHAFT * factor / 2, _HEAD_WIDTH / 2 * head / _HEAD
    neck = end_x - sign * head
    if length > head:
        path.addRect(min(start_x, neck), y - half, abs(neck - start_x), 2 * half)
    path.addPolygon(QPolygonF([QPointF(neck, y - wide), QPointF(end_x, y), QPointF(neck, y + wide)]))
    path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path
