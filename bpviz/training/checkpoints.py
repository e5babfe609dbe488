"""States of a run kept to replay from, within a memory budget; older ones thin out.

Every state here is *canonical*: taken right after an iteration, before any change made there. A branch
that forks there can start from it too, so none is held twice.
"""

import time
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from bpviz.training.trainer_state import TrainerState

DEFAULT_BUDGET_BYTES = 256 << 20
REPLAY_S = 0.04
"""A jump to recent iterations replays about this long."""
COPY_SHARE = 0.01
"""Share of the time that taking checkpoints may cost; slow copies are spaced further apart."""
SHORTEST_SPACING = 8

AGE_OFFSET = 0.25
"""Gaps grow with age + this share of the branch: the oldest end up five times as wide as the newest."""
THINNED_SHARE = 8
"""An eighth of the checkpoints goes at a time, so that thinning costs little for each."""

Key = tuple[int, int]
"""Owning branch and iteration."""
Chain = Iterable[tuple[int, int]]
"""A branch and its ancestors, each with the last iteration it is asked about."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    cost: float
    owner: int
    place: int


class CheckpointStore:
    """The checkpoints of all branches of one run."""

    def __init__(self, budget_bytes: int = DEFAULT_BUDGET_BYTES) -> None:
        self.budget_bytes = budget_bytes
        self.n_bytes = 0
        self._states: dict[Key, TrainerState] = {}
        self._iterations: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._states)

    def __contains__(self, key: Key) -> bool:
        return key in self._states

    def add(self, owner: int, state: TrainerState) -> None:
        """Keep this state for a branch, if it has none of that iteration."""
        key = (owner, state.iteration)
        if key not in self._states:
            self._states[key] = state
            insort(self._iterations.setdefault(owner, []), state.iteration)
            self.n_bytes += state.n_bytes

    def nearest(self, chain: Chain, iteration: int) -> Key:
        """Return the last checkpoint at or before an iteration; the run's start is always there."""
        for owner, last in chain:
            iterations = self._iterations.get(owner, [])
            at = bisect_right(iterations, min(iteration, last))
            if at:
                return owner, iterations[at - 1]
        raise LookupError(f"no checkpoint at or before iteration {iteration}")

    def state(self, key: Key) -> TrainerState:
        """Return a checkpoint `nearest` has named."""
        return self._states[key]

    def states(self, chain: Chain) -> Iterator[TrainerState]:
        """Give every checkpoint of a branch and its ancestors, newest branch first, oldest state first."""
        for owner, last in chain:
            for iteration in self._iterations.get(owner, []):
                if iteration <= last:
                    yield self._states[owner, iteration]

    def hand_over(self, owner: int, heir: int | None, last: int) -> None:
        """Give a dropped branch's checkpoints up to `last` to another, and forget the others."""
        for iteration in self._iterations.pop(owner, []):
            state = self._states.pop((owner, iteration))
            self.n_bytes -= state.n_bytes
            if heir is not None and iteration <= last:
                self.add(heir, state)

    def thin(self, pinned: Set[Key], starts: Mapping[int, int], reserved_bytes: int = 0) -> None:
        """Drop the least useful checkpoints until the budget is kept; the run's start always stays.

        Parameters
        ----------
        pinned
            Those to keep as long as any other is left.
        starts
            Fork iteration of each branch, by its id; the first branch starts at 0.
        reserved_bytes
            Part of the budget that is used elsewhere.
        """
        limit = self.budget_bytes - reserved_bytes
        while self.n_bytes > limit and len(self) > 1:
            self._drop(self._candidates(pinned, starts) or self._candidates(set(), starts))

    def _candidates(self, pinned: Set[Key], starts: Mapping[int, int]) -> list[_Candidate]:
        """Return what may go, cheapest first: a small gap left behind far from the branch's end."""
        found = []
        for owner, iterations in self._iterations.items():
            start, newest = starts[owner], iterations[-1]
            offset = AGE_OFFSET * (newest - start) + 1
            for place, iteration in enumerate(iterations):
                if iteration == 0 or (owner, iteration) in pinned:
                    continue
                gap = iterations[min(place + 1, len(iterations) - 1)] - (
                    iterations[place - 1] if place else start
                )
                found.append(_Candidate(gap / (newest - iteration + offset), owner, place))
        found.sort(key=lambda candidate: candidate.cost)
        return found

    def _drop(self, candidates: list[_Candidate]) -> None:
        """Drop an eighth of the candidates, no two neighbours in one go."""
        left = max(1, len(candidates) // THINNED_SHARE)
        gone: set[tuple[int, int]] = set()
        for candidate in candidates:
            owner, place = candidate.owner, candidate.place
            if not gone.isdisjoint(((owner, place - 1), (owner, place + 1))):
                continue
            gone.add((owner, place))
            self.n_bytes -= self._states.pop((owner, self._iterations[owner][place])).n_bytes
            if len(gone) == left:
                break
        for owner in {owner for owner, _ in gone}:
            left_over = [i for i in self._iterations.pop(owner, []) if (owner, i) in self._states]
            if left_over:
                self._iterations[owner] = left_over


class CheckpointPace:
    """Decides how many iterations lie between two checkpoints, from the speed measured."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._spacing = SHORTEST_SPACING
        self._iteration = 0
        self._at_s = clock()

    def restart(self, iteration: int) -> int:
        """Return the next iteration to keep, when nothing is known of the speed from here on."""
        self._spacing = SHORTEST_SPACING
        self._iteration, self._at_s = iteration, self._clock()
        return iteration + self._spacing

    def next_after(self, iteration: int, copy_s: float) -> int:
        """Return the next iteration to keep; one was kept just now, which took `copy_s`.

        An idle time makes the speed look small, which errs on the side of too many, and is soon over.
        """
        now = self._clock()
        speed = (iteration - self._iteration) / max(now - self._at_s, 1e-9)
        wanted = int(speed * max(REPLAY_S, copy_s / COPY_SHARE))
        self._spacing = max(SHORTEST_SPACING, min(wanted, 2 * self._spacing))
        self._iteration, self._at_s = iteration, now
        return iteration + self._spacing
