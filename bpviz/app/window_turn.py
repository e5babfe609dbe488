"""Tells the trainer when the window is at work, so that a small network's training gives way to it."""

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from bpviz.training.right_of_way import RightOfWay

SWITCH_INTERVAL_S = 0.0005
"""What is done outside the turns, in timers of widgets, waits no longer than this at every call into Qt."""

_FRAME_ENDED = QEvent.Type(QEvent.registerEventType())
_AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1
"""Widgets are painted at low priority; this comes after them."""


class WindowTurn(QObject):
    """Takes the right of way when a frame begins, and leaves it once its widgets are painted.

    Not by the dispatcher's signals: GLib's tells of no work done between them.
    """

    def __init__(self, right_of_way: RightOfWay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._right_of_way = right_of_way
        self._interval_before_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL_S)

    def begin_frame(self) -> None:
        """Take the right of way for this frame."""
        self._right_of_way.take()
        QCoreApplication.postEvent(self, QEvent(_FRAME_ENDED), _AFTER_PAINTING)

    def event(self, event: QEvent) -> bool:
        if event.type() == _FRAME_ENDED:
            self._right_of_way.leave()
            return True
        return super().event(event)

    def end(self) -> None:
        """Let the trainer go its way from now on."""
        sys.setswitchinterval(self._interval_before_s)
        self._right_of_way.leave()
