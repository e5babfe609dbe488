"""Exact rewind: a run goes back to any iteration of any of its branches, and on from there, bit for bit.

Going back loads the nearest checkpoint before and replays. Running on unchanged retraces; a change made
where the branch already has a future forks a new one, so nothing is ever lost.
"""

import math
from collections.abc import Sequence

from bpviz.errors import BpvizError
from bpviz.training.branches import Position
from bpviz.training.changes import Change
from bpviz.training.track import Track

SHORTEST_TRAIL = 8
"""A jump leaves checkpoints 8, 16, 32, ... iterations before its end: whoever goes back goes on back."""


class History:
    """Moves one run's trainer through its past and its futures. Call from one thread.

    A jump is begun by `go_to` or `switch`; then whoever trains prepares and trains until `left` is 0, and
    calls `arrive`. Nothing else may be asked of a history while it jumps, but to jump elsewhere.
    """

    def __init__(self, track: Track) -> None:
        self.track = track
        self._goal: Position | None = None

    @property
    def is_jumping(self) -> bool:
        """Whether a jump is under way."""
        return self._goal is not None

    @property
    def left(self) -> int:
        """Iterations the jump under way still has to replay."""
        return 0 if self._goal is None else self._goal.iteration - self.track.trainer.iteration

    @property
    def position(self) -> Position:
        """Where the run stands, or where the jump under way leads."""
        return self._goal or self.track.position

    @property
    def upcoming(self) -> tuple[Change, ...]:
        """The changes made at this very iteration, which running on makes again."""
        return self.track.branch.upcoming(self.position)

    def change(self, change: Change) -> bool:
        """Make a change by the user, forking first if there is a future it would alter.

        Returns
        -------
        changed
            False if the change is in force already.

        Raises
        ------
        BpvizError
            If the change is impossible or there is no room for a branch; nothing has changed then.
        """
        track = self.track
        if change.is_in_force(track.trainer):
            return False
        if self.upcoming[:1] == (change,):
            track.replay_up_to(track.position.applied + 1)
            return True
        if not track.is_at_end:
            self.fork((change,))
            return True
        track.keep()
        change.apply(track.trainer)
        track.log((change,))
        return True

    def fork(self, changes: Sequence[Change] = (), name: str | None = None) -> Sequence[Change]:
        """Go on from here on a new branch with these changes; the old one rests at its end.

        Returns
        -------
        changes
            Those that changed anything.

        Raises
        ------
        BpvizError
            If a change is impossible or there is no room for a branch; nothing has changed then.
        """
        track, source, at = self.track, self.track.branch, self.track.position
        track.tree.check_room()
        track.keep()
        made, label = self._make(changes)
        track.sync()
        source.rest = None
        new = track.tree.fork(source, at, name or label or f"from {at.iteration:,}")
        track.tree.current_id = new.id
        track.enter(new)
        track.log(made)
        return made

    def go_to(self, iteration: int) -> None:
        """Begin a jump to an iteration of this branch, at most the furthest it was trained to."""
        track = self.track
        track.sync()
        target = min(max(iteration, 0), track.branch.furthest)
        begin = track.nearest(track.branch, target - 1)[1]
        if not begin <= track.trainer.iteration < target:
            track.load_before(track.branch, target - 1)
        self._jump_to(track.branch.canonical(target))

    def switch(self, branch_id: int) -> None:
        """Begin a jump to where another branch was left."""
        track = self.track
        branch = track.tree[branch_id]
        self.leave()
        track.tree.current_id = branch_id
        rest = branch.rest or branch.end
        track.load_before(branch, rest.iteration - 1)
        self._jump_to(rest)

    def leave(self) -> None:
        """Remember where the branch is left, so that `switch` leads back there."""
        left, branch = self.position, self.track.branch
        self.track.sync()
        branch.rest = None if left == branch.end else left

    def cut_jump_short(self) -> None:
        """Let the jump under way end after its next iteration."""
        if self.left > 1:
            self._goal = self.track.branch.canonical(self.track.trainer.iteration + 1)

    def give_up_jump(self) -> None:
        """Be where the replay stands, without a jump."""
        if self._goal is not None:
            self._goal = None
            self.track.follow()

    def arrive(self) -> bool:
        """End the jump; return whether a change by hand was made again, so that the network is another."""
        goal, self._goal = self.position, None
        self.track.follow()
        changes = self.track.replay_up_to(goal.applied)
        return any(change.is_by_hand for change in changes)

    def drop(self, branch_id: int) -> None:
        """Forget a branch that is not shown; what its children need of it is kept.

        Raises
        ------
        HistoryError
            If it is shown, or there is no such branch.
        """
        heir, last = self.track.tree.drop(branch_id)
        self.track.store.hand_over(branch_id, heir, last)

    def _make(self, changes: Sequence[Change]) -> tuple[list[Change], str]:
        """Make those changes that change anything; return them and what they are called."""
        trainer = self.track.trainer
        before, made, labels = trainer.state(), [], []
        try:
            for change in changes:
                if not change.is_in_force(trainer):
                    labels.append(change.label(trainer))
                    change.apply(trainer)
                    made.append(change)
        except BpvizError:
            trainer.restore(before)
            raise
        return made, ", ".join(labels)

    def _jump_to(self, goal: Position) -> None:
        self._goal = goal
        self.track.trainer.metrics = None
        self.track.keep_by(self._next_on_trail, self._next_on_trail())

    def _next_on_trail(self, *_: float) -> float:
        """Return the next iteration of the jump to keep a checkpoint of."""
        left = self.left - 1
        if left <= 0:
            return self.track.trainer.iteration if left == 0 else math.inf
        step = SHORTEST_TRAIL
        while step * 2 < left:
            step *= 2
        behind = step if step < left else 0
        return self.track.trainer.iteration + left - behind
