"""The curves of a whole run: bounded memory, what to draw at any width, and values to read."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.messages import TestMeasured
from bpviz.training.metrics import MetricsRows
from bpviz.viewmodel.buckets import CAPACITY, BucketStore, Columns

LEAST_SMOOTHING = 60
SMOOTHING_SHARE = 100
"""The mean is taken over 60 iterations, doubled until it spans at least 1/100 of the run."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points to join, oldest first; a NaN value is a gap. Both arrays have shape (n,)."""

    iteration: FloatArray
    value: FloatArray

    def __len__(self) -> int:
        return len(self.value)

    def thinned(self, most: int) -> "Line":
        """Return at most about `most` of the points, evenly chosen, the last among them."""
        step = max(1, math.ceil(len(self) / max(1, most)))
        chosen = slice((len(self) - 1) % step, None, step)
        return Line(self.iteration[chosen], self.value[chosen])

    @property
    def newest(self) -> float | None:
        """The last value that is a number, None if there is none."""
        known = self.value[~np.isnan(self.value)]
        return float(known[-1]) if len(known) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one curve says at an iteration.

    Attributes
    ----------
    first_iteration, last_iteration
        The iterations whose extremes `low` and `high` are; one and the same in a young run.
    smoothed
        Mean of the iterations up to the last one; None where nothing was finite.
    """

    first_iteration: int
    last_iteration: int
    low: float
    high: float
    smoothed: float | None


class Series:
    """One measured quantity of a run: a channel of a store, smoothed over `smoothing` iterations."""

    def __init__(self, store: BucketStore, channel: int, smoothing: int) -> None:
        self._store = store
        self._channel = channel
        self._n_buckets = max(1, round(smoothing / store.width))

    @property
    def smoothing(self) -> int:
        """Iterations each smoothed value is the mean of; at the run's start the last quarter of it."""
        return self._n_buckets * self._store.width

    def raw(self, end_iteration: float, n_columns: int) -> Columns:
        """Return the measured values in at most `n_columns` columns over iterations 0 to `end_iteration`."""
        return self._store.columns(self._channel, end_iteration, n_columns)

    def smoothed(self, end_iteration: float, n_columns: int) -> Line:
        """Return the trailing means, at most one for each of `n_columns` columns."""
        store = self._store
        mean = store.trailing_mean(self._channel, self._n_buckets)
        at = store.last_seen(store.column_starts(end_iteration, n_columns))
        return Line(store.last_iteration[at].astype(np.float64), mean[at])

    def reading(self, iteration: float) -> Reading | None:
        """Return what was measured nearest to an iteration, None before the first measurement."""
        store = self._store
        seen = np.flatnonzero(store.n_seen[: store.n_used])
        if not len(seen):
            return None
        at = int(seen[np.abs((seen + 0.5) * store.width - 0.5 - iteration).argmin()])
        mean = store.trailing_mean(self._channel, self._n_buckets)
        smoothed = float(mean[min(at, len(mean) - 1)]) if len(mean) else np.nan
        last = int(store.last_iteration[at])
        return Reading(
            first_iteration=last if store.n_seen[at] == 1 else max(1, at * store.width),
            last_iteration=last,
            low=float(store.low[at, self._channel]),
            high=float(store.high[at, self._channel]),
            smoothed=None if np.isnan(smoothed) else smoothed,
        )


class RunCurves:
    """Everything measured in one run. Belongs to the thread that drains the metrics.

    The memory it takes is fixed by `capacity` and `depth`, however long the run.
    """

    def __init__(self, iterations_per_epoch: int = 1, depth: int = 1, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self.begin(iterations_per_epoch, depth)

    def begin(self, iterations_per_epoch: int, depth: int) -> None:
        """Forget everything; a run of a network with `depth` weight layers follows."""
        self.iterations_per_epoch = iterations_per_epoch
        self.depth = depth
        self._training = BucketStore(2, self._capacity)
        self._norms = BucketStore(depth, self._capacity)
        self._whole_tests = BucketStore(2, self._capacity)
        self._partial_tests = BucketStore(2, self._capacity)

    def add(self, rows: MetricsRows) -> None:
        """Add the figures of iterations newer than all before."""
        self._training.add(rows.iteration, np.stack((rows.loss, rows.accuracy), axis=1))
        if len(rows.norm_iteration):
            self._norms.add(rows.norm_iteration, rows.gradient_norm)

    def add_test(self, test: TestMeasured) -> None:
        """Add one trial on test samples."""
        store = self._whole_tests if test.is_whole else self._partial_tests
        store.add(np.array([test.iteration]), np.array([[test.loss, test.accuracy]]))

    @property
    def iteration(self) -> int:
        """Number of the newest iteration, 0 before the first."""
        return self._training.newest_iteration

    def epoch_of(self, iteration: int) -> int:
        """Return the epoch, from 1, to which an iteration belongs."""
        return max(0, iteration - 1) // self.iterations_per_epoch + 1

    @property
    def is_empty(self) -> bool:
        """True before the first iteration."""
        return self._training.n_used == 0

    @property
    def smoothing(self) -> int:
        """Iterations a smoothed value is the mean of now."""
        return self.loss.smoothing

    @property
    def loss(self) -> Series:
        """Mean loss of each iteration's batch."""
        return Series(self._training, 0, self._wanted_smoothing())

    @property
    def accuracy(self) -> Series:
        """Fraction right of each iteration's batch."""
        return Series(self._training, 1, self._wanted_smoothing())

    def gradient_norm(self, layer: int) -> Series:
        """‖∂L/∂W‖₂ of weight layer `layer`."""
        return Series(self._norms, layer, self._wanted_smoothing())

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

    def _wanted_smoothing(self) -> int:
        wanted = LEAST_SMOOTHING
        while wanted * SMOOTHING_SHARE < self.iteration:
            wanted *= 2
        return wanted
