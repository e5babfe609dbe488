"""One pointer at a time, whether mouse, finger or pen, for a widget that is drawn on."""

from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPointerEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget


class _Device(Enum):
    MOUSE = "mouse"
    FINGER = "finger"
    PEN = "pen"


class PointerInput(QObject):
    """Turns the mouse, touch and tablet events of a widget into one pointer's movements.

    The first device to press owns the pointer until it lets go: a palm beside the pen, a second finger
    and the mouse events some systems add to touches are ignored. An event filter and not an override of
    `event`, so that painting the widget never passes through Python.

    Signals
    -------
    pressed, moved
        With the position in the widget, in fractions of a pixel.
    released
        The pointer was lifted.
    cancelled
        The system took the pointer away: what was begun does not count.
    """

    pressed = Signal(QPointF)
    moved = Signal(QPointF)
    released = Signal()
    cancelled = Signal()

    def __init__(self, widget: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._owner: _Device | None = None
        self._finger = -1
        widget.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        if isinstance(event, QTabletEvent):
            return self._on_tablet(event)
        if isinstance(event, QTouchEvent):
            return self._on_touch(event)
        if event.type() in (QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            # The release may go to another window; a stroke must not stay open.
            self._release(self._owner)
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick) and is_left:
            self._press(_Device.MOUSE, event.position())
        elif event.type() == QEvent.Type.MouseMove:
            if event.buttons() & Qt.MouseButton.LeftButton:
                self._move(_Device.MOUSE, event.position())
            else:
                self._release(_Device.MOUSE)
        elif event.type() == QEvent.Type.MouseButtonRelease and is_left:
            self._release(_Device.MOUSE)
        event.accept()
        return True

    def _on_tablet(self, event: QTabletEvent) -> bool:
        if event.type() == QEvent.Type.TabletPress:
            self._press(_Device.PEN, event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._move(_Device.PEN, event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._release(_Device.PEN)
        event.accept()
        return True

    def _on_touch(self, event: QTouchEvent) -> bool:
        if event.type() == QEvent.Type.TouchCancel:
            self._cancel(_Device.FINGER)
        else:
            self._follow_finger(event)
        event.accept()
        return True

    def _follow_finger(self, event: QPointerEvent) -> None:
        for point in event.points():
            if point.state() == point.State.Pressed and self._owner is None:
                self._finger = point.id()
                self._press(_Device.FINGER, point.position())
            elif point.id() != self._finger:
                continue
            elif point.state() == point.State.Updated:
                self._move(_Device.FINGER, point.position())
            elif point.state() == point.State.Released:
                self._release(_Device.FINGER)

    def _press(self, device: _Device, position: QPointF) -> None:
        if self._owner is None:
            self._owner = device
            self.pressed.emit(position)

    def _move(self, device: _Device, position: QPointF) -> None:
        if self._owner is device:
            self.moved.emit(position)

    def _release(self, device: _Device | None) -> None:
        if device is not None and self._owner is device:
            self._owner = None
            self.released.emit()

    def _cancel(self, device: _Device) -> None:
        if self._owner is device:
            self._owner = None
            self.cancelled.emit()
