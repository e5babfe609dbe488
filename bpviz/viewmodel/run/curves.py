"""The curves of a whole run in bounded memory: one set for each of its branches."""

from collections.abc import Sequence

from bpviz.training.batches import BatchSchedule
from bpviz.training.branches import FIRST_BRANCH, FIRST_NAME, BranchInfo
from bpviz.training.messages import TestMeasured
from bpviz.training.metrics import MetricsRows
from bpviz.viewmodel.network.buckets import CAPACITY
from bpviz.viewmodel.run.branch_curves import BranchCurves
from bpviz.viewmodel.run.series import Line, Series

LEAST_SMOOTHING = 60
SMOOTHING_SHARE = 100
"""The mean is taken over 60 iterations, doubled until it spans at least 1/100 of the run."""
_MOST_EARLY = 64


class RunCurves:
    """Everything measured in one run. Belongs to the thread that drains the metrics.

    What is asked of the run itself is answered for its current branch. The memory it takes is fixed by
    `capacity`, `depth` and the number of branches, however long the run.

    Attributes
    ----------
    depth
        Weight layers of the network.
    revision
        Another number whenever the branches may be others.
    """

    def __init__(self, iterations_per_epoch: int = 1, depth: int = 1, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self.revision = 0
        self.begin(iterations_per_epoch, depth)

    def begin(self, iterations_per_epoch: int, depth: int) -> None:
        """Forget everything; a run of a network with `depth` weight layers follows."""
        self.depth = depth
        schedule = BatchSchedule.constant(iterations_per_epoch, 1)
        first = BranchInfo(FIRST_BRANCH, FIRST_NAME, None, 0, 0, True, (), schedule)
        self._infos = {first.id: first}
        self._branches = {first.id: BranchCurves(depth, self._capacity)}
        self._styles = {first.id: 0}
        self._current = first
        self._early: list[MetricsRows | TestMeasured] = []
        self.revision += 1

    def set_branches(self, branches: Sequence[BranchInfo]) -> None:
        """Take in which branches there are now, parents before their children; one is current."""
        for info in branches:
            if info.id not in self._branches:
                self._add_branch(info)
        self._infos = {info.id: info for info in branches}
        for known in (self._branches, self._styles):
            for gone in known.keys() - self._infos.keys():
                del known[gone]
        self._current = next(info for info in branches if info.is_current)
        self.revision += 1
        early, self._early = self._early, []
        for measured in early:
            if isinstance(measured, MetricsRows):
                self.add(measured)
            else:
                self.add_test(measured)

    def add(self, rows: MetricsRows) -> None:
        """Add the figures of new iterations of one branch."""
        if rows.branch_id not in self._branches:
            self._keep_early(rows)
            return
        self._branches[rows.branch_id].add(rows)
        for branch, last in self._sharing(rows.branch_id):
            if branch.iteration < last:
                branch.add(rows, last)

    def add_test(self, test: TestMeasured) -> None:
        """Add one trial on test samples."""
        if test.branch_id not in self._branches:
            self._keep_early(test)
            return
        self._branches[test.branch_id].add_test(test)
        for branch, last in self._sharing(test.branch_id):
            if test.iteration <= last:
                branch.add_test(test)

    @property
    def branches(self) -> tuple[BranchInfo, ...]:
        """The branches, parents before their children."""
        return tuple(self._infos.values())

    @property
    def branch(self) -> BranchInfo:
        """The current branch."""
        return self._current

    def style_of(self, branch_id: int) -> int:
        """Return the number of the line style that is this branch's as long as it lives."""
        return self._styles[branch_id]

    def curves_of(self, branch_id: int) -> BranchCurves:
        """Return what was measured on a branch, smoothed as all are."""
        found = self._branches[branch_id]
        found.smoothing = self._wanted_smoothing()
        return found

    def shared_until(self, one_id: int, other_id: int) -> float:
        """Return the last iteration two branches have in common; infinity for one and the same."""
        one, other = self._lineage(one_id), self._lineage(other_id)
        return max((min(one[id], other[id]) for id in one.keys() & other.keys()), default=0.0)

    @property
    def longest(self) -> int:
        """Number of the newest iteration of the longest branch."""
        return max(branch.iteration for branch in self._branches.values())

    def is_rewound(self, iteration: int) -> bool:
        """Tell whether the current branch was once trained further than this iteration."""
        # Not by what was measured: that is drained after the iteration is shown, or before it.
        return iteration < self._current.furthest

    @property
    def schedule(self) -> BatchSchedule:
        """The epochs of the current branch."""
        return self._current.schedule

    def epoch_of(self, iteration: int) -> int:
        """Return the epoch, from 1, to which an iteration of the current branch belongs."""
        return self.schedule.epoch_of(max(1, iteration))

    @property
    def current(self) -> BranchCurves:
        """What was measured on the current branch."""
        return self.curves_of(self._current.id)

    @property
    def iteration(self) -> int:
        """Number of the current branch's newest iteration, 0 before the first."""
        return self.current.iteration

    @property
    def is_empty(self) -> bool:
        """True before the first iteration."""
        return self.current.is_empty

    @property
    def smoothing(self) -> int:
        """Iterations a smoothed value is the mean of now."""
        return self.loss.smoothing

    @property
    def loss(self) -> Series:
        """Mean loss of each iteration's batch."""
        return self.current.loss

    @property
    def accuracy(self) -> Series:
        """Fraction right of each iteration's batch."""
        return self.current.accuracy

    def gradient_norm(self, layer: int) -> Series:
        """‖∂L/∂W‖₂ of weight layer `layer`."""
        return self.current.gradient_norm(layer)

    def test_loss(self, is_whole: bool) -> Line:
        """Return the loss at every trial on the whole test part, or on the subset."""
        return self.current.test_loss(is_whole)

    def test_accuracy(self, is_whole: bool) -> Line:
        """Return the fraction right at every trial on the whole test part, or on the subset."""
        return self.current.test_accuracy(is_whole)

    def _add_branch(self, info: BranchInfo) -> None:
        if info.parent_id is None:
            self._branches[info.id] = BranchCurves(self.depth, self._capacity)
        else:
            self._branches[info.id] = self._branches[info.parent_id].forked(info.fork_iteration)
        taken = set(self._styles.values())
        self._styles[info.id] = next(n for n in range(len(taken) + 1) if n not in taken)

    def _lineage(self, branch_id: int) -> dict[int, float]:
        """Return the branch and its ancestors, each with the last iteration of it that is theirs too."""
        found: dict[int, float] = {}
        last, at = float("inf"), self._infos.get(branch_id)
        while at is not None:
            found[at.id] = last
            last = min(last, at.fork_iteration)
            at = None if at.parent_id is None else self._infos.get(at.parent_id)
        return found

    def _sharing(self, branch_id: int) -> list[tuple[BranchCurves, int]]:
        """Return the other branches, each with the last iteration it shares with this one.

        A branch may be made known before all it shares was drained, so what is shared is offered to all.
        """
        ids = [id for id in self._infos if id != branch_id]
        return [(self._branches[id], round(self.shared_until(id, branch_id))) for id in ids]

    def _keep_early(self, measured: MetricsRows | TestMeasured) -> None:
        """Keep what comes before its branch was told of; that is a frame at most."""
        self._early = [*self._early, measured][-_MOST_EARLY:]

    def _wanted_smoothing(self) -> int:
        wanted = LEAST_SMOOTHING
        longest = self.longest
        while wanted * SMOOTHING_SHARE < longest:
            wanted *= 2
        return wanted
