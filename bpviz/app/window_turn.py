"""Tells the trainer when the window is at work, so that a small network's training gives way to it."""

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from bpviz.training.right_of_way import RightOfWay


class WindowTurn(QObject):
    """Takes the right of way whenever the event loop wakes, and leaves it before it sleeps."""

    def __init__(self, right_of_way: RightOfWay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._right_of_way = right_of_way
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher.awake.connect(right_of_way.take)
        self._dispatcher.aboutToBlock.connect(right_of_way.leave)

    def end(self) -> None:
        """Let the trainer go its way from now on."""
        self._dispatcher.awake.disconnect(self._right_of_way.take)
        self._dispatcher.aboutToBlock.disconnect(self._right_of_way.leave)
        self._right_of_way.leave()
