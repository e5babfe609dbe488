"""Iterations asked for faster than they can be shown, handed on at a steady rate."""

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS = 100


class PositionRequests(QObject):
    """Emits the first request at once, then the newest at most ten times a second; the last is never lost.

    Signals
    -------
    requested
        The iteration to go to.
    """

    requested = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: int | None = None
        self._newest: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_timeout)

    def request(self, iteration: int) -> None:
        """Ask for an iteration; asking again for the same one while it is fresh does nothing."""
        if self._timer.isActive():
            self._waiting = iteration if iteration != self._newest else None
        else:
            self._emit(iteration)

    def _emit(self, iteration: int) -> None:
        self._waiting = None
        self._newest = iteration
        self._timer.start()
        self.requested.emit(iteration)

    def _on_timeout(self) -> None:
        if self._waiting is not None:
            self._emit(self._waiting)
