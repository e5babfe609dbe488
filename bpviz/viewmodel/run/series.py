"""One measured quantity of a run: what to draw at any width, and values to read."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.network.buckets import BucketStore, Columns


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

    def until(self, iteration: float) -> "Line":
        """Return the points up to an iteration."""
        n = int(np.searchsorted(self.iteration, iteration, side="right"))
        return Line(self.iteration[:n], self.value[:n])

    def since(self, iteration: float) -> "Line":
        """Return the points from the last one up to an iteration on, so that it joins what is before."""
        n = max(0, int(np.searchsorted(self.iteration, iteration, side="right")) - 1)
        return Line(self.iteration[n:], self.value[n:])

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
