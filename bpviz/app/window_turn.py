"""Tells the trainer when the window is at work, so that a small network's training gives way to it."""

import sys

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from bpviz.training.right_of_way import RightOfWay

SWITCH_INTERVAL_S = 0.0005
"""What is done outside the turns, in timers of widgets, waits no longer than this at every call into Qt."""


class WindowTurn(QObject):
    """Takes the right of way when the loop wakes or a frame begins, and leaves it before the loop sleeps."""

    def __init__(self, right_of_way: RightOfWay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._right_of_way = right_of_way
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher.awake.connect(right_of_way.take)
        self._dispatcher.aboutToBlock.connect(right_of_way.leave)
        self._interval_before_s = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL_S)

    def begin_frame(self) -> None:
        """Take the right of way: the loop tells of no timer that it woke for."""
        self._right_of_way.take()

    def end(self) -> None:
        """Let the trainer go its way from now on."""
        sys.setswitchinterval(self._interval_before_s)
        self._dispatcher.awake.disconnect(self._right_of_way.take)
        self._dispatcher.aboutToBlock.disconnect(self._right_of_way.leave)
        self._right_of_way.leave()
