"""A trainer on one branch of its run: replays the branch's changes and keeps checkpoints as it goes.

Invariant: an iteration of a branch always begins from the same bits, whether it is trained first, retraced
after a rewind or replayed for a jump, because the changes made by the user are made again at the
iterations at which they were made.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bpviz.training.branches import Branch, BranchTree, LoggedChange, Position
from bpviz.training.changes import Change
from bpviz.training.checkpoints import DEFAULT_BUDGET_BYTES, CheckpointPace, CheckpointStore, Key
from bpviz.training.metrics import MetricsLog
from bpviz.training.trainer import Trainer
from bpviz.training.trainer_state import TrainerState

Plan = Callable[[int, float], float]
"""Called with the iteration kept just now and the seconds it took; returns the next iteration to keep."""


class Track:
    """Owns trainer, branches and checkpoints of one run. Call from one thread.

    Whoever trains calls `prepare` before every iteration.

    Attributes
    ----------
    branch
        The branch the trainer is on.
    """

    def __init__(
        self,
        trainer: Trainer,
        metrics: MetricsLog | None = None,
        budget_bytes: int = DEFAULT_BUDGET_BYTES,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.trainer = trainer
        self.tree = BranchTree(trainer.order.schedule)
        self.store = CheckpointStore(budget_bytes)
        self.branch = self.tree.current
        self._metrics = metrics
        self._clock = clock
        self._pace = CheckpointPace(clock)
        self._applied = 0
        self._aside: dict[int, tuple[TrainerState, int]] = {}
        self.store.add(self.branch.id, trainer.state())
        self.follow()

    @property
    def position(self) -> Position:
        """Where the trainer stands."""
        return Position(self.trainer.iteration, self._applied)

    @property
    def is_at_end(self) -> bool:
        """Whether nothing of the branch lies ahead, so that its next iteration will be new."""
        return self.trainer.iteration >= self.branch.furthest and self._applied == len(self.branch.log)

    @property
    def is_new(self) -> bool:
        """Whether the last iteration trained was done for the first time."""
        return self.trainer.iteration > self.branch.furthest

    def prepare(self) -> Sequence[Change]:
        """Make ready for the next iteration: keep a checkpoint and replay logged changes, where due.

        Returns
        -------
        changes
            Those replayed.
        """
        return self._do_due() if self.trainer.iteration >= self._due else ()

    def follow(self) -> None:
        """Log what is new on this branch, and keep checkpoints as the speed asks for."""
        self.trainer.metrics = self._metrics
        if self._metrics is not None:
            self._metrics.follow(self.branch.id, self.branch.furthest)
        self.keep_by(self._pace.next_after, self._pace.restart(self.trainer.iteration))

    def keep_by(self, plan: Plan, first: float) -> None:
        """Keep checkpoints by another plan, from iteration `first` on."""
        self._plan, self._keep_at = plan, first
        self._find_due()

    def keep(self) -> None:
        """Keep a checkpoint of the state as it stands, unless changes were made since its iteration."""
        iteration = self.trainer.iteration
        owner = self.tree.owner_of(self.branch, iteration)
        is_canonical = self._applied == self.branch.canonical(iteration).applied
        if not is_canonical or (owner.id, iteration) in self.store:
            return
        self.store.add(owner.id, self.trainer.state())
        aside = sum(state.n_bytes for state, _ in self._aside.values())
        if self.store.n_bytes + aside > self.store.budget_bytes:
            starts = {branch.id: branch.fork_iteration for branch in self.tree}
            self.store.thin(self._pinned(), starts, aside)

    def sync(self) -> None:
        """Write down how far this branch has come."""
        self.branch.furthest = max(self.branch.furthest, self.trainer.iteration)

    def load_before(self, branch: Branch, iteration: int) -> None:
        """Stand on a branch at its last checkpoint at or before an iteration."""
        self.sync()
        self.branch = branch
        state = self.store.state(self.nearest(branch, iteration))
        self.trainer.restore(state)
        self._applied = branch.canonical(state.iteration).applied
        self._find_due()

    def nearest(self, branch: Branch, iteration: int) -> Key:
        """Return the branch's last checkpoint at or before an iteration."""
        return self.store.nearest(self.tree.chain(branch), max(iteration, 0))

    def log(self, changes: Sequence[Change]) -> None:
        """Log changes that were made here and now; one that takes back the last takes its place."""
        self.sync()
        log, iteration = self.branch.log, self.trainer.iteration
        for change in changes:
            if log and log[-1].iteration == iteration and log[-1].change.target == change.target:
                log.pop()
            log.append(LoggedChange(iteration, change))
        self._applied = len(log)
        self.branch.schedule = self.trainer.order.schedule
        self.branch.diverged_at = None
        self.follow()

    def replay_up_to(self, applied: int) -> Sequence[Change]:
        """Make the logged changes again up to this one; return them."""
        changes = [logged.change for logged in self.branch.log[self._applied : applied]]
        for change in changes:
            change.apply(self.trainer)
        self._applied += len(changes)
        if changes:
            # Another batch size or optimiser goes at another speed.
            self._keep_at = min(self._keep_at, self._pace.restart(self.trainer.iteration))
        self._find_due()
        return changes

    def enter(self, branch: Branch) -> None:
        """Be on a branch that was forked here."""
        self.branch = branch
        self._applied = len(branch.log)

    def swap(self, branch_id: int) -> None:
        """Put this branch aside as it is; go on with another, where it was put aside, else at its end."""
        if branch_id == self.branch.id:
            return
        self.sync()
        self._aside[self.branch.id] = self.trainer.state(), self._applied
        if branch_id in self._aside:
            self.branch = self.tree[branch_id]
            state, self._applied = self._aside.pop(branch_id)
            self.trainer.restore(state)
        else:
            self.load_before(self.tree[branch_id], self.tree[branch_id].furthest)
        self.follow()

    def forget_aside(self) -> None:
        """Let go of the states put aside; the branches rest at their ends."""
        self._aside.clear()

    @contextmanager
    def excursion(self, iteration: int) -> Iterator[None]:
        """Stand at the last checkpoint before an iteration, then as before; nothing is logged or kept."""
        state, applied = self.trainer.state(), self._applied
        try:
            self.load_before(self.branch, iteration)
            self.trainer.metrics = None
            self.keep_by(_never, math.inf)
            yield
        finally:
            self.trainer.restore(state)
            self._applied = applied
            self.follow()

    def _do_due(self) -> Sequence[Change]:
        iteration = self.trainer.iteration
        if iteration >= self._keep_at:
            began_s = self._clock()
            self.keep()
            self._keep_at = self._plan(iteration, self._clock() - began_s)
        n_upcoming = len(self.branch.upcoming(self.position))
        return self.replay_up_to(self._applied + n_upcoming)

    def _find_due(self) -> None:
        log = self.branch.log
        next_change = log[self._applied].iteration if self._applied < len(log) else math.inf
        self._due = min(self._keep_at, next_change)

    def _pinned(self) -> set[Key]:
        """Return the checkpoints next to where branches fork, end and rest, so that going there is quick."""
        places = [(branch, branch.fork_iteration) for branch in self.tree]
        places += [(branch, branch.furthest - 1) for branch in self.tree]
        places += [(branch, branch.rest.iteration - 1) for branch in self.tree if branch.rest]
        return {self.nearest(branch, iteration) for branch, iteration in places}


def _never(iteration: int, copy_s: float) -> float:
    return math.inf
