"""Simple text items that are used again, so that changing text makes and destroys nothing."""

from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QGraphicsScene, QGraphicsSimpleTextItem


class TextPool:
    """As many text items of a scene as are asked for between `begin` and `end`; the rest are hidden."""

    def __init__(self, scene: QGraphicsScene, z: float = 0.0) -> None:
        self._scene = scene
        self._z = z
        self._items: list[QGraphicsSimpleTextItem] = []
        self._n_used = 0

    def begin(self) -> None:
        """Start anew: every item is free."""
        self._n_used = 0

    def put(self, text: str, font: QFont, color: QColor) -> QGraphicsSimpleTextItem:
        """Return an item that says the text, to be placed by the caller."""
        if self._n_used == len(self._items):
            item = QGraphicsSimpleTextItem()
            item.setZValue(self._z)
            self._scene.addItem(item)
            self._items.append(item)
        item = self._items[self._n_used]
        self._n_used += 1
        set_text(item, text, font, color)
        item.setVisible(True)
        return item

    def end(self) -> None:
        """Hide the items that were not asked for."""
        for item in self._items[self._n_used :]:
            item.setVisible(False)


def set_text(item: QGraphicsSimpleTextItem, text: str, font: QFont, color: QColor) -> None:
    """Make an item say the text, touching only what differs: each setter repaints."""
    if item.text() != text:
        item.setText(text)
    if item.font() != font:
        item.setFont(font)
    if item.brush().color() != color:
        item.setBrush(QBrush(color))
