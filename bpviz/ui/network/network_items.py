"""The few kinds of graphics items the network is built from.

All are plain Qt items constructed in Python and never painted by Python: what Qt paints alone leaves
the interpreter to the training thread. Items that C++ made for us would crash at exit.
"""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
)

from bpviz.viewmodel.network.graph_geometry import Rect

NO_PEN = QPen(Qt.PenStyle.NoPen)


class Layer(Enum):
    """Depth of an item: larger is nearer to the eye."""

    EDGES = 0.0
    LEADS = 20.0
    TILES = 21.0
    DISCS = 22.0
    CHAIN = 15.0
    MARKS = 23.0
    TEXT = 24.0
    SELECTION = 30.0
    TAGS = 32.0


class Align(Enum):
    """Which point of a text its place means; always its vertical middle."""

    LEFT = 0.0
    CENTER = 0.5
    RIGHT = 1.0


class Text:
    """One line of text at a fixed place, touched only when it changes."""

    def __init__(self, parent: QGraphicsItem, font: QFont, color: QColor, align: Align = Align.LEFT) -> None:
        self.item = QGraphicsSimpleTextItem(parent)
        self.item.setFont(font)
        self.item.setBrush(QBrush(color))
        self.item.setZValue(Layer.TEXT.value)
        self._metrics = QFontMetricsF(font)
        self._align = align
        self._text = ""
        self._color = color
        self._place = QPointF()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    @property
    def width(self) -> float:
        """Width of what is shown."""
        return self._metrics.horizontalAdvance(self._text)

    def at(self, x: float, y: float) -> "Text":
        """Put the text's anchor here and return the text."""
        self._place = QPointF(x, y)
        self._settle()
        return self

    def show(self, text: str) -> "Text":
        """Show another text and return it."""
        if text != self._text:
            self._text = text
            self.item.setText(text)
            self._settle()
        return self

    def paint_with(self, color: QColor) -> None:
        """Use another colour."""
        if color != self._color:
            self._color = color
            self.item.setBrush(QBrush(color))

    def _settle(self) -> None:
        # Middle of the capitals, not of the box: digits must stand level with discs and bars.
        top = self._place.y() - self._metrics.ascent() + self._metrics.capHeight() / 2
        self.item.setPos(round(self._place.x() - self._align.value * self.width), round(top))


def disc_item(parent: QGraphicsItem, x: float, y: float, radius: float) -> QGraphicsEllipseItem:
    """Return a disc by its centre."""
    item = QGraphicsEllipseItem(x - radius, y - radius, 2 * radius, 2 * radius, parent)
    item.setZValue(Layer.DISCS.value)
    return item


def bar_item(parent: QGraphicsItem, rect: Rect, color: QColor) -> QGraphicsRectItem:
    """Return a filled rectangle without outline."""
    item = QGraphicsRectItem(rect.x, rect.y, rect.width, rect.height, parent)
    item.setPen(NO_PEN)
    item.setBrush(QBrush(color))
    item.setZValue(Layer.MARKS.value)
    return item


def box_item(
    parent: QGraphicsItem, rect: Rect, radius: float, pen: QPen, fill: QColor | None
) -> QGraphicsPathItem:
    """Return a rounded box."""
    item = QGraphicsPathItem(rounded(rect, radius), parent)
    item.setPen(pen)
    item.setBrush(QBrush(fill) if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
    item.setZValue(Layer.MARKS.value)
    return item


def rounded(rect: Rect, radius: float) -> QPainterPath:
    """Return the path of a rounded rectangle."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect.x, rect.y, rect.width, rect.height), radius, radius)
    return path
