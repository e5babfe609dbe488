"""A race: several branches trained in turn by one trainer, so that their curves grow side by side."""

import time
from collections.abc import Callable, Sequence

from bpviz.training.track import Track
from bpviz.training.trainer import DivergedError

SLICE_S = 0.02
"""A branch keeps its turn this long, and then for as long as it is the furthest behind."""
LEAST_TURN = 10
"""A turn lasts at least this many times what it took to change branches, so that large networks train too."""


class Race:
    """Gives the turn to the branch that is furthest behind, slice by slice. Call from one thread.

    So branches begun at different iterations come level first, and stay within one slice of each other
    whatever an iteration of each costs.

    Attributes
    ----------
    branch_ids
        Those that take part.
    racing
        Those of them that are still under way.
    """

    def __init__(
        self,
        track: Track,
        branch_ids: Sequence[int],
        until: int | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.branch_ids = tuple(dict.fromkeys(branch_ids))
        self._track = track
        self._clock = clock
        self._until = until
        self.racing = [i for i in self.branch_ids if until is None or track.tree[i].furthest < until]
        self._ends_s = clock()

    @property
    def is_over(self) -> bool:
        """Whether every branch has reached its goal or diverged."""
        return not self.racing

    @property
    def is_last_iteration(self) -> bool:
        """Whether the next iteration is the last of the branch whose turn it is."""
        return self._track.trainer.iteration + 1 == self._until

    def take_turn(self) -> None:
        """Let the right branch be the one that is trained next."""
        track = self._track
        if self._clock() < self._ends_s and track.branch.id in self.racing:
            return
        track.sync()
        behind = min(self.racing, key=lambda branch_id: track.tree[branch_id].furthest)
        began_s = self._clock()
        track.swap(behind)
        now_s = self._clock()
        self._ends_s = now_s + max(SLICE_S, LEAST_TURN * (now_s - began_s))

    def retire(self) -> None:
        """Let the branch whose turn it is race no more."""
        self._track.sync()
        self.racing.remove(self._track.branch.id)

    def finish(self, shown: int) -> None:
        """Bring all branches to rest, so that each can be shown whole; stand on `shown` if it raced.

        For that, those still racing do one more iteration with a checkpoint just before it.
        """
        track = self._track
        for branch_id in self.racing:
            if branch_id != shown:
                track.swap(branch_id)
                self._do_last_iteration()
        if shown in self.branch_ids:
            track.swap(shown)
        for branch_id in self.branch_ids:
            track.tree[branch_id].rest = None
        track.sync()
        track.forget_aside()

    def _do_last_iteration(self) -> None:
        track = self._track
        track.keep()
        track.prepare()
        try:
            track.trainer.train_iteration()
        except DivergedError as error:
            track.branch.diverged_at = error.iteration
        track.sync()
