"""Does later, at most so many times a second, what need not follow every point of the pen."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_DETAILS_S = 1 / 30
"""A pen gives four times as many points, and all are to be seen."""


class DetailTimer(QTimer):
    """Calls `update` once for any number of requests; a child of `parent`, it ends with it.

    Parameters
    ----------
    interval_s
        The least time between two calls.
    """

    def __init__(self, update: Callable[[], None], parent: QObject, interval_s: float = _DETAILS_S) -> None:
        super().__init__(parent)
        self._update = update
        self._interval_s = interval_s
        self._done_at = -interval_s
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._on_due)

    def request(self) -> None:
        """Have it done soon."""
        if not self.isActive():
            due = self._done_at + self._interval_s - time.monotonic()
            self.start(round(1000 * max(due, 0.0)))

    def do_now(self) -> None:
        """Do it now, in place of what waits."""
        self.stop()
        self._on_due()

    def finish(self) -> None:
        """Do now what waits, if anything does."""
        if self.isActive():
            self.do_now()

    def _on_due(self) -> None:
        self._done_at = time.monotonic()
        self._update()
