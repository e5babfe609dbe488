"""Fonts, colours and small items the large neuron is drawn with."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QFont, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from bpviz.ui.network.network_items import NO_PEN, Layer
from bpviz.ui.style.fonts import MATH, SANS, make_font
from bpviz.ui.style.theme import Theme, blend, contrast
from bpviz.ui.style.theme_source import ThemeSource

_GRIP_WIDTH, _GRIP_HEIGHT, _GRIP_GAP = 9.0, 5.5, 4.0
_ROOT_ON_MATH = 1.12
"""The maths font's letters are smaller than the others' of the same size."""


class NeuronLook:
    """Made anew with each theme and scale."""

    def __init__(self, source: ThemeSource) -> None:
        self.theme: Theme = source.theme
        self.factor = source.factor

    def text_font(self, size: float, weight: QFont.Weight = QFont.Weight.Medium) -> QFont:
        """Return the font of words and numbers."""
        return make_font(SANS, size * self.factor, weight)

    def number_font(self, size: float) -> QFont:
        """Return the font of numbers that matter."""
        return self.text_font(size, QFont.Weight.DemiBold)

    def symbol_font(self, size: float) -> QFont:
        """Return the font of symbols."""
        return make_font(MATH, size * self.factor * _ROOT_ON_MATH)

    def weight_color(self, value: float) -> QColor:
        """Return the colour of a weight's edge or bar."""
        theme = self.theme
        return theme.weight_negative if value < 0 else theme.weight_positive

    def weight_text(self, value: float) -> QColor:
        """Return the colour of a weight's number."""
        theme = self.theme
        if value == 0:
            return theme.text
        return theme.weight_negative_text if value < 0 else theme.weight_positive_text

    def readable_on(self, ground: QColor) -> QColor:
        """Return the ink that stands out most on a ground."""
        inks = self.theme.ink, self.theme.on_ink
        return max(inks, key=lambda ink: contrast(ink, ground))

    def activation_fill(self, share: float) -> QColor:
        """Return a disc's fill for an activation at this share of its scale, -1 to 1."""
        theme = self.theme
        color = theme.activation_negative if share < 0 else theme.activation
        ground = blend(theme.control_hover, theme.stage, 0.8) if theme.is_dark else theme.stage
        return blend(color, ground, abs(share))


class Grip:
    """Two small triangles that say: this can be pulled up and down."""

    def __init__(self, parent: QGraphicsItem, look: NeuronLook) -> None:
        self._item = QGraphicsPathItem(parent)
        self._item.setPen(NO_PEN)
        self._item.setZValue(Layer.TEXT.value)
        self._factor = look.factor

    def show(self, x: float, y: float, color: QColor, is_visible: bool) -> None:
        """Stand with the middle at this place."""
        self._item.setPath(_triangles(x, y, self._factor))
        self._item.setBrush(QBrush(color))
        self._item.setVisible(is_visible)


def path_item(parent: QGraphicsItem, layer: Layer, pen: QPen = NO_PEN) -> QGraphicsPathItem:
    """Return an empty path item at this depth."""
    item = QGraphicsPathItem(parent)
    item.setPen(pen)
    item.setZValue(layer.value)
    return item


def line_path(*lines: tuple[float, float, float, float]) -> QPainterPath:
    """Return a path of lines, each from (x, y) to (x, y)."""
    path = QPainterPath()
    for x1, y1, x2, y2 in lines:
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)
    return path


def _triangles(x: float, y: float, u: float) -> QPainterPath:
    half, high, gap = _GRIP_WIDTH / 2 * u, _GRIP_HEIGHT * u, _GRIP_GAP / 2 * u
    path = QPainterPath()
    for side in (-1.0, 1.0):
        base = y + side * gap
        path.addPolygon(
            QPolygonF([QPointF(x - half, base), QPointF(x + half, base), QPointF(x, base + side * high)])
        )
        path.closeSubpath()
    return path
