"""How fast the run is played."""

import time
from collections.abc import Callable

SLOW_S = 0.05
"""An iteration that lasts this long can be read in full."""


class Pace:
    """Says when the next iteration is due; without a limit it always is."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._seconds_per_iteration = 0.0
        self._due_s = 0.0

    @property
    def is_slow(self) -> bool:
        """Whether someone may be reading every iteration."""
        return self._seconds_per_iteration >= SLOW_S

    @property
    def wait_s(self) -> float:
        """Seconds until the next iteration is due, 0 if it is."""
        return max(0.0, self._due_s - self._clock()) if self._seconds_per_iteration else 0.0

    def limit(self, iterations_per_s: float | None) -> None:
        """Allow this many iterations a second from now on; None for any number."""
        self._seconds_per_iteration = 1.0 / iterations_per_s if iterations_per_s else 0.0
        self.begin()

    def begin(self) -> None:
        """Let the next iteration be due at once."""
        self._due_s = self._clock()

    def count(self) -> None:
        """Count one iteration."""
        self._due_s += self._seconds_per_iteration
