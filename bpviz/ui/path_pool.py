"""Path items that are used again, so that drawing anew makes and destroys nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene


class PathPool:
    """As many shapes of a scene as are drawn between `begin` and `end`; the first lie lowest."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._items: list[QGraphicsPathItem] = []
        self._n_used = 0

    def begin(self) -> None:
        """Start anew: every item is free."""
        self._n_used = 0

    def fill(self, path: QPainterPath, color: QColor) -> None:
        """Draw a filled shape."""
        self._put(path, QPen(Qt.PenStyle.NoPen), QBrush(color))

    def stroke(
        self, path: QPainterPath, color: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> None:
        """Draw a line."""
        pen = QPen(color, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        self._put(path, pen, QBrush(Qt.BrushStyle.NoBrush))

    def end(self) -> None:
        """Hide the items that were not asked for."""
        for item in self._items[self._n_used :]:
            item.hide()

    def _put(self, path: QPainterPath, pen: QPen, brush: QBrush) -> None:
        if self._n_used == len(self._items):
            item = QGraphicsPathItem()
            self._scene.addItem(item)
            self._items.append(item)
        item = self._items[self._n_used]
        self._n_used += 1
        item.setPath(path)
        item.setPen(pen)
        item.setBrush(brush)
        item.show()
