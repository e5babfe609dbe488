"""How fast a run goes, from the iterations seen over the last moments."""

from collections import deque
from collections.abc import Callable

from bpviz.viewmodel.words.number_format import grouped

WINDOW_S = 1.0
READ_EVERY_S = 0.25
"""A number that changes at every frame is not read."""
_SHORTEST_S = 0.1


class RateMeter:
    """Averages over the last second; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        self._shown: float | None = None
        self._shown_since = 0.0

    def reset(self) -> None:
        """Forget what was seen, for example when a run pauses."""
        self._seen.clear()
        self._shown = None

    def add(self, iteration: int) -> None:
        """Note the iteration the run has reached now."""
        if self._seen and iteration < self._seen[-1][1]:
            self.reset()
        now = self._clock()
        self._seen.append((now, iteration))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_S:
            self._seen.popleft()
        if self._shown is None or now - self._shown_since >= READ_EVERY_S:
            self._shown, self._shown_since = self._measured(), now

    @property
    def per_s(self) -> float | None:
        """Iterations a second, read anew four times a second; None until a tenth of a second was seen."""
        return self._shown

    def _measured(self) -> float | None:
        (then, first), (now, last) = self._seen[0], self._seen[-1]
        return (last - first) / (now - then) if now - then >= _SHORTEST_S else None


def rate_text(iterations_per_s: float) -> str:
    """Return a measured rate in words: ``3 375 iterations/s``, ``1 iteration/s``."""
    # One decimal below ten: so few can be counted by eye.
    tenths = round(iterations_per_s, 1)
    count = f"{tenths:g}" if tenths < 10 else grouped(round(iterations_per_s))
    return f"{count} iteration/s" if count == "1" else f"{count} iterations/s"
