"""One timer at the display's rate that pulls whatever the worker has ready."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_INTERVAL_MS = 16


class FramePump(QObject):
    """Calls `pull` once a frame, in the GUI thread, until stopped."""

    def __init__(self, pull: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_INTERVAL_MS)
        self._timer.timeout.connect(pull)

    def start(self) -> None:
        """Begin to pull."""
        self._timer.start()

    def stop(self) -> None:
        """Pull no more."""
        self._timer.stop()
