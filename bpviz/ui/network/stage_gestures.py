"""What the wheel, the keyboard and a pinch do to the zoom of a stage."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

WHEEL_ZOOM = 1.0015
"""Magnification for each eighth of a degree the wheel turns; a usual notch is 120 of them."""

_KEY_ZOOM = 1.25
_KEY_PAN_PX = 60.0

ZOOM_KEYS: dict[int, float] = {
    Qt.Key.Key_Plus: _KEY_ZOOM,
    Qt.Key.Key_Equal: _KEY_ZOOM,
    Qt.Key.Key_Minus: 1.0 / _KEY_ZOOM,
}
PAN_KEYS: dict[int, tuple[float, float]] = {
    Qt.Key.Key_Left: (_KEY_PAN_PX, 0.0),
    Qt.Key.Key_Right: (-_KEY_PAN_PX, 0.0),
    Qt.Key.Key_Up: (0.0, _KEY_PAN_PX),
    Qt.Key.Key_Down: (0.0, -_KEY_PAN_PX),
}
"""What an arrow pans together with Shift; alone it belongs to the window, which steps with it."""


@dataclass(frozen=True, slots=True)
class Pinch:
    """Magnify by `factor` about `center`, a point of the viewport."""

    factor: float
    center: QPointF


def pinch_of(event: QEvent, viewport: QWidget) -> Pinch | None:
    """Return what a touch screen's or a trackpad's pinch asks for; None for any other event."""
    if isinstance(event, QNativeGestureEvent):
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return None
        return Pinch(1.0 + event.value(), viewport.mapFromGlobal(event.globalPosition()))
    if isinstance(event, QGestureEvent):
        gesture = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(gesture, QPinchGesture):
            return Pinch(gesture.scaleFactor(), viewport.mapFromGlobal(gesture.centerPoint()))
    return None
