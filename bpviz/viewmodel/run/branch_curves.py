"""Everything measured on one branch of a run, from the run's beginning on."""

import numpy as np

from bpviz.training.messages import TestMeasured
from bpviz.training.metrics import MetricsRows
from bpviz.viewmodel.network.buckets import BucketStore
from bpviz.viewmodel.run.series import Line, Series


class BranchCurves:
    """Loss, accuracy, gradient norms and trials of one branch, with all it shares with its parent.

    What is not newer than what is known already is left out: a retraced iteration is measured once.

    Attributes
    ----------
    smoothing
        Iterations over which its curves are smoothed.
    """

    def __init__(self, depth: int, capacity: int) -> None:
        self.smoothing = 1
        self._training = BucketStore(2, capacity)
        self._norms = BucketStore(depth, capacity)
        self._whole_tests = BucketStore(2, capacity)
        self._partial_tests = BucketStore(2, capacity)

    def forked(self, iteration: int) -> "BranchCurves":
        """Return the curves of a branch that leaves this one after an iteration."""
        new = BranchCurves.__new__(BranchCurves)
        new.smoothing = self.smoothing
        new._training = self._training.up_to(iteration)
        new._norms = self._norms.up_to(iteration)
        new._whole_tests = self._whole_tests.up_to(iteration)
        new._partial_tests = self._partial_tests.up_to(iteration)
        return new

    def add(self, rows: MetricsRows, last: int | None = None) -> None:
        """Add the figures of new iterations, up to the `last` if one is given."""
        values = np.stack((rows.loss, rows.accuracy), axis=1)
        self._training.add_new(rows.iteration, values, last)
        self._norms.add_new(rows.norm_iteration, rows.gradient_norm, last)

    def add_test(self, test: TestMeasured) -> None:
        """Add one trial on test samples."""
        store = self._whole_tests if test.is_whole else self._partial_tests
        store.add_new(np.array([test.iteration]), np.array([[test.loss, test.accuracy]]))

    @property
    def iteration(self) -> int:
        """Number of the newest iteration, 0 before the first."""
        return self._training.newest_iteration

    @property
    def is_empty(self) -> bool:
        """True before the first iteration."""
        return self._training.n_used == 0

    @property
    def loss(self) -> Series:
        """Mean loss of each iteration's batch."""
        return Series(self._training, 0, self.smoothing)

    @property
    def accuracy(self) -> Series:
        """Fraction right of each iteration's batch."""
        return Series(self._training, 1, self.smoothing)

    def gradient_norm(self, layer: int) -> Series:
        """‖∂L/∂W‖₂ of weight layer `layer`."""
        return Series(self._norms, layer, self.smoothing)

    def test_loss(self, is_whole: bool) -> Line:
        """Return the loss at every trial on the whole test part, or on the subset."""
        return self._tests(is_whole, 0)

    def test_accuracy(self, is_whole: bool) -> Line:
        """Return the fraction right at every trial on the whole test part, or on the subset."""
        return self._tests(is_whole, 1)

    def _tests(self, is_whole: bool, channel: int) -> Line:
        store = self._whole_tests if is_whole else self._partial_tests
        used = np.flatnonzero(store.n_seen[: store.n_used])
        return Line(store.last_iteration[used].astype(np.float64), store.last[used, channel])
