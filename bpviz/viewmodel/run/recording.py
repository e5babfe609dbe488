"""The whole run as a wave of its loss, for the strip at the window's foot."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.network.buckets import Columns
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.series import Line
from bpviz.viewmodel.run.ticks import Tick, ValueAxis, epoch_starts, log_axis, run_axis
from bpviz.viewmodel.words.number_format import grouped, significant

_DEPTH = 4.0
"""The wave's foot is this factor below its smallest mean, so that a mean is never drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Where other branches part from the current one, and their names."""

    iteration: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """The fork in words."""
        return f"parts from {', '.join(self.names)}"


@dataclass(frozen=True, slots=True)
class Recording:
    """What the strip shows of a run.

    Attributes
    ----------
    end, iteration
        Iterations the whole width stands for, and the newest one.
    raw, smoothed
        Loss of the batches in columns, and its trailing mean.
    heights
        Logarithmic scale of the wave's height.
    epochs
        First iterations of the epochs that are named.
    forks
        Where the other branches leave the current one, oldest first.
    """

    end: float
    iteration: int
    raw: Columns
    smoothed: Line
    heights: ValueAxis
    epochs: tuple[Tick, ...]
    forks: tuple[Fork, ...]

    def current_epoch(self, iteration: int) -> int:
        """Return the index of the last epoch in `epochs` that has begun by an iteration."""
        begun = [index for index, epoch in enumerate(self.epochs) if epoch.value < max(1, iteration)]
        return begun[-1]

    def fork_near(self, iteration: float, reach: float) -> Fork | None:
        """Return the fork nearest to an iteration, None if none is within `reach`."""
        nearest = min(self.forks, key=lambda fork: abs(fork.iteration - iteration), default=None)
        return nearest if nearest is not None and abs(nearest.iteration - iteration) <= reach else None


def recording(curves: RunCurves, n_columns: int, most_epochs: int) -> Recording:
    """Return what a strip `n_columns` pixels wide shows of the current branch of a run."""
    end = run_axis(curves.iteration, curves.schedule).end
    raw = curves.loss.raw(end, n_columns)
    smoothed = curves.loss.smoothed(end, n_columns)
    return Recording(
        end=end,
        iteration=curves.iteration,
        raw=raw,
        smoothed=smoothed,
        heights=_heights(raw.high, smoothed.value),
        epochs=epoch_starts(end, curves.schedule, most_epochs),
        forks=_forks(curves),
    )


def _forks(curves: RunCurves) -> tuple[Fork, ...]:
    names: dict[int, list[str]] = {}
    for info in curves.branches:
        if info.id != curves.branch.id:
            names.setdefault(round(curves.shared_until(info.id, curves.branch.id)), []).append(info.name)
    return tuple(Fork(iteration, tuple(found)) for iteration, found in sorted(names.items()))


def recording_reading(curves: RunCurves, iteration: float) -> str | None:
    """Return in words what was measured around an iteration, None before anything was.

    The iteration named is the one asked for, though in a long run the loss is that of its neighbours too.
    """
    at = round(min(max(iteration, 0.0), curves.iteration))
    reading = curves.loss.reading(at)
    if reading is None:
        return None
    if at == 0:
        return "iteration 0: before training"
    place = f"iteration {grouped(at)}, epoch {grouped(curves.epoch_of(at))}"
    if math.isnan(reading.low):
        return f"{place}: loss not a finite number"
    if reading.low == reading.high:
        return f"{place}: loss {significant(reading.low)}"
    return f"{place}: loss {significant(reading.low)}–{significant(reading.high)}"


def _heights(highs: FloatArray, means: FloatArray) -> ValueAxis:
    values = np.concatenate((highs, means))
    values = values[values > 0.0]
    means = means[means > 0.0]
    top = float(values.max(initial=0.0)) or 1.0
    return log_axis(float(means.min(initial=top)) / _DEPTH, top, most_ticks=2)
