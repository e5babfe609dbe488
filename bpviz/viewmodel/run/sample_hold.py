"""Which sample is watched: one picked by the user, or while running one held long enough to be seen.

Sixty different digits a second show nothing and tire the eye; one digit under changing weights shows
learning.
"""

from collections.abc import Callable

from bpviz.training.snapshot import Snapshot

HOLD_S = 2.5


class SampleHold:
    """Decides the training row to watch; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pinned: int | None = None
        self._held: int | None = None
        self._held_since = 0.0

    @property
    def pinned(self) -> int | None:
        """The row the user picked; None if it is left to the run."""
        return self._pinned

    def pin(self, index: int | None) -> None:
        """Keep to this row, or None to leave it to the run again."""
        self._pinned = index

    def reset(self) -> None:
        """Forget everything: the rows of another dataset are other samples."""
        self._pinned = self._held = None

    def choose(self, snapshot: Snapshot, is_running: bool) -> int | None:
        """Return the row to watch next; None leaves it to the worst of each batch, as while stepping."""
        if self._pinned is not None:
            return self._pinned
        if not is_running:
            self._held = None
            return None
        now = self._clock()
        if self._held is None or now - self._held_since >= HOLD_S:
            # The next to the worst is often a hard but readable digit; the worst is often a mislabelled one.
            ranked = snapshot.batch.losses.argsort()[::-1]
            self._held = int(snapshot.batch.indices[ranked[min(1, len(ranked) - 1)]])
            self._held_since = now
        return self._held
