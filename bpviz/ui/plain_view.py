"""A graphics view that shows a scene pixel for pixel: nothing to scroll, nothing to drag."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget


class PlainView(QGraphicsView):
    """A view whose scene coordinates are its own pixels; it has no ground of its own.

    Subclasses add plain items, which Qt paints without Python.

    Attributes
    ----------
    room_width, room_height
        Size of what is seen, in pixels.
    """

    resized = Signal()
    """The scene has another size now; its content no longer fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Owned by the view, so that neither outlives the other at exit.
        scene = QGraphicsScene(self)
        # Items are never searched by place; an index would be rebuilt at every change.
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setStyleSheet("background: transparent")
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setMouseTracking(True)
        self._room = QRectF(self.viewport().rect())
        self.room_width, self.room_height = self._room.width(), self._room.height()

    @property
    def room(self) -> QRectF:
        """The rectangle that is seen; its size is kept here, since asking Qt for it costs a call."""
        return QRectF(self._room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = QRectF(self.viewport().rect())
        self.room_width, self.room_height = self._room.width(), self._room.height()
        # The scene's own, or it would grow with every item that ever stood outside.
        self.scene().setSceneRect(self._room)
        self.resized.emit()
