"""Does later, at most thirty times a second, what need not follow every point of the pen."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_DETAILS_S = 1 / 30
"""A pen gives four times as many points, and all are to be seen."""


class DetailTimer(QTimer):
    """Calls `update` once for any number of requests; a child of `parent`, it ends with it."""

    def __init__(self, update: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._update = update
        self._done_at = -_DETAILS_S
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._on_due)

    def request(self) -> None:
        """Have it done soon."""
        if not self.isActive():
            due = self._done_at + _DETAILS_S - time.monotonic()
            self.start(round(1000 * max(due, 0.0)))

    def finish(self) -> None:
        """Do now what waits, if anything does."""
        if self.isActive():
            self.stop()
            self._on_due()

    def _on_due(self) -> None:
        self._done_at = time.monotonic()
        self._update()
