"""Figures of a run of any length in fixed memory: neighbouring iterations share buckets.

Invariant: the smallest and the largest finite value ever added are still there, so a spike is never lost.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray

CAPACITY = 2048
"""Buckets kept: more than a chart has pixels, so that merging them is never seen."""

_START_SHARE = 4
"""At the start of a run a mean spans at most this part of it: a quarter."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Neighbouring buckets of one channel laid together, oldest first; NaN where nothing was finite.

    Attributes
    ----------
    iteration
        Middle of what each column holds, shape (n,).
    low, high, first, last
        Extremes, and the values it begins and ends with, shape (n,).
    """

    iteration: FloatArray
    low: FloatArray
    high: FloatArray
    first: FloatArray
    last: FloatArray

    @property
    def is_merged(self) -> bool:
        """True if most columns hold several values."""
        return len(self.low) > 0 and float(np.mean(self.low < self.high)) > 0.5


class BucketStore:
    """Smallest, largest, first, last and summed value of several channels, per bucket of iterations.

    A bucket holds `width` iterations, from `index * width` on; the width doubles whenever the store is
    full. Values that are not finite count as seen, not as measured: they leave a gap.
    """

    def __init__(self, n_channels: int, capacity: int = CAPACITY) -> None:
        shape = (capacity, n_channels)
        self.capacity = capacity
        self.width = 1
        self.n_used = 0
        self.newest_iteration = 0
        self.low, self.high = np.full(shape, np.nan), np.full(shape, np.nan)
        self.first, self.last = np.full(shape, np.nan), np.full(shape, np.nan)
        self.total, self.n_finite = np.zeros(shape), np.zeros(shape)
        self.n_seen = np.zeros(capacity, np.int64)
        self.last_iteration = np.zeros(capacity, np.int64)

    def add(self, iteration: Integers, values: FloatArray) -> None:
        """Add rows whose iterations ascend, none older than what was added before.

        Parameters
        ----------
        iteration
            Shape (n,), from 0.
        values
            Shape (n, n_channels).
        """
        if not len(iteration):
            return
        while iteration[-1] // self.width >= self.capacity:
            self._merge_pairs()
        self.newest_iteration = int(iteration[-1])
        bucket = iteration // self.width
        starts = np.flatnonzero(np.diff(bucket, prepend=-1))
        self.n_used = int(bucket[-1]) + 1
        finite = np.isfinite(values)
        self._add_groups(bucket[starts], starts, np.where(finite, values, np.nan), finite)
        ends = np.append(starts[1:], len(iteration)) - 1
        self.n_seen[bucket[starts]] += ends - starts + 1
        self.last_iteration[bucket[starts]] = iteration[ends]

    def add_new(self, iteration: Integers, values: FloatArray, last: int | None = None) -> None:
        """Add those rows that are newer than all before, up to iteration `last` if one is given."""
        first = int(np.searchsorted(iteration, self.newest_iteration, side="right")) if self.n_used else 0
        end = len(iteration) if last is None else int(np.searchsorted(iteration, last, side="right"))
        self.add(iteration[first:end], values[first:end])

    def up_to(self, iteration: int) -> "BucketStore":
        """Return a copy without what came after an iteration.

        A bucket that also holds later iterations is left out, at most `width` of them at the end.
        """
        new = BucketStore(self.low.shape[1], self.capacity)
        if not self.n_used:
            return new
        new.width = self.width
        new.newest_iteration = min(iteration, self.newest_iteration)
        new.n_used = new.newest_iteration // self.width + 1
        kept = np.flatnonzero((self.n_seen > 0) & (self.last_iteration <= iteration))
        for name in ("low", "high", "first", "last", "total", "n_finite", "n_seen", "last_iteration"):
            getattr(new, name)[kept] = getattr(self, name)[kept]
        return new

    def _add_groups(
        self, rows: Integers, starts: Integers, values: FloatArray, finite: npt.NDArray[np.bool_]
    ) -> None:
        ends = np.append(starts[1:], len(values)) - 1
        self.low[rows] = np.fmin(self.low[rows], np.fmin.reduceat(values, starts))
        self.high[rows] = np.fmax(self.high[rows], np.fmax.reduceat(values, starts))
        self.first[rows] = _first_known(self.first[rows], values[starts])
        self.last[rows] = _first_known(values[ends], self.last[rows])
        self.total[rows] += np.add.reduceat(np.where(finite, values, 0.0), starts)
        self.n_finite[rows] += np.add.reduceat(finite.astype(np.float64), starts)

    def _merge_pairs(self) -> None:
        self.width *= 2
        self.n_used = (self.n_used + 1) // 2
        _keep(self.low, np.fmin(self.low[::2], self.low[1::2]), np.nan)
        _keep(self.high, np.fmax(self.high[::2], self.high[1::2]), np.nan)
        _keep(self.first, _first_known(self.first[::2], self.first[1::2]), np.nan)
        _keep(self.last, _first_known(self.last[1::2], self.last[::2]), np.nan)
        _keep(self.total, self.total[::2] + self.total[1::2], 0.0)
        _keep(self.n_finite, self.n_finite[::2] + self.n_finite[1::2], 0.0)
        _keep(self.n_seen, self.n_seen[::2] + self.n_seen[1::2], 0)
        _keep(self.last_iteration, np.maximum(self.last_iteration[::2], self.last_iteration[1::2]), 0)

    @property
    def n_complete(self) -> int:
        """Buckets, from the first, whose last iteration has been reached."""
        is_full = (self.newest_iteration + 1) % self.width == 0
        return self.n_used if is_full else max(0, self.n_used - 1)

    def column_starts(self, end_iteration: float, n_columns: int) -> Integers:
        """Return the first bucket of each column when `end_iteration` iterations fill `n_columns`.

        Every column begins at a fixed place, so what was drawn stays put while the run goes on.
        """
        per_column = end_iteration / (n_columns * self.width)
        if per_column <= 1.0:
            return np.arange(self.n_used, dtype=np.int64)
        starts: Integers = np.ceil(np.arange(n_columns) * per_column).astype(np.int64)
        return starts[: int(np.searchsorted(starts, self.n_used))]

    def columns(self, channel: int, end_iteration: float, n_columns: int) -> Columns:
        """Return one channel in at most `n_columns` columns; those that saw nothing are left out."""
        starts = self.column_starts(end_iteration, n_columns)
        if not len(starts):
            return Columns(*(np.empty(0) for _ in range(5)))
        used = slice(0, self.n_used)
        places = np.arange(self.n_used)
        is_seen = self.n_seen[used] > 0
        newest = np.maximum.reduceat(np.where(is_seen, places, -1), starts)
        oldest = np.minimum.reduceat(np.where(is_seen, places, self.n_used), starts)
        seen = newest >= 0
        return Columns(
            self._column_middles(starts, end_iteration, n_columns)[seen],
            np.fmin.reduceat(self.low[used, channel], starts)[seen],
            np.fmax.reduceat(self.high[used, channel], starts)[seen],
            self.first[oldest[seen], channel],
            self.last[newest[seen], channel],
        )

    def _column_middles(self, starts: Integers, end_iteration: float, n_columns: int) -> FloatArray:
        if end_iteration > n_columns * self.width:
            # The middle of the column itself, not of its buckets: pixels must not be left out or met twice.
            return (np.arange(len(starts)) + 0.5) * (end_iteration / n_columns)
        return starts * float(self.width) + 0.5 * (self.width - 1)

    def last_seen(self, starts: Integers) -> Integers:
        """Return the last complete bucket that saw something of each column that has one."""
        n = self.n_complete
        seen = np.where(self.n_seen[:n] > 0, np.arange(n), -1)
        starts = starts[: int(np.searchsorted(starts, n))]
        if not len(starts):
            return np.empty(0, np.int64)
        last: Integers = np.maximum.reduceat(seen, starts)
        return last[last >= 0]

    def trailing_mean(self, channel: int, n_buckets: int) -> FloatArray:
        """Return the mean over each complete bucket and those before it, shape (n_complete,).

        It spans `n_buckets`, but at most the last quarter of the run up to there (and at least one): at the
        start, where values fall fastest, a longer mean would lag far behind them.
        """
        n = self.n_complete
        if not n:
            return np.empty(0)
        total = _trailing_sum(self.total[:n, channel], n_buckets)
        count = _trailing_sum(self.n_finite[:n, channel], n_buckets)
        mean = np.full(n, np.nan)
        np.divide(total, count, out=mean, where=count > 0.5)
        return mean


def _trailing_sum(values: FloatArray, n: int) -> FloatArray:
    """Return the sum over the last n values, and at most the last quarter of those there are, at each."""
    # Not a difference of running sums: after a huge spike that would have lost all its digits.
    sums = np.convolve(values, np.ones(n))[: len(values)]
    n_head = min(len(values), _START_SHARE * n)
    padded = np.concatenate((np.zeros(n - 1), values[:n_head]))
    windows = np.lib.stride_tricks.sliding_window_view(padded, n)
    spans = np.arange(n_head)[:, None] // _START_SHARE + 1
    sums[:n_head] = (windows * (np.arange(n - 1, -1, -1) < spans)).sum(axis=1)
    return sums


def _first_known(preferred: FloatArray, other: FloatArray) -> FloatArray:
    return np.where(np.isnan(preferred), other, preferred)


def _keep(array: npt.NDArray[np.generic], merged: npt.NDArray[np.generic], empty: float) -> None:
    array[: len(merged)] = merged
    array[len(merged) :] = empty
