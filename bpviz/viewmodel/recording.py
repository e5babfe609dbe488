"""The whole run as a wave of its loss, for the strip at the window's foot."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.buckets import Columns
from bpviz.viewmodel.curves import Line, RunCurves
from bpviz.viewmodel.number_format import grouped, significant
from bpviz.viewmodel.ticks import Tick, ValueAxis, epoch_starts, log_axis, run_axis

_DEPTH = 4.0
"""The wave's foot is this factor below its smallest mean, so that a mean is never drawn as nothing."""


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
    current
        Index of the last epoch in `epochs` that has begun.
    """

    end: float
    iteration: int
    raw: Columns
    smoothed: Line
    heights: ValueAxis
    epochs: tuple[Tick, ...]
    current: int


def recording(curves: RunCurves, n_columns: int, most_epochs: int) -> Recording:
    """Return what a strip `n_columns` pixels wide shows of a run."""
    end = run_axis(curves.iteration, curves.iterations_per_epoch).end
    raw = curves.loss.raw(end, n_columns)
    smoothed = curves.loss.smoothed(end, n_columns)
    epochs = epoch_starts(end, curves.iterations_per_epoch, most_epochs)
    begun = [index for index, epoch in enumerate(epochs) if epoch.value < max(1, curves.iteration)]
    return Recording(
        end, curves.iteration, raw, smoothed, _heights(raw.high, smoothed.value), epochs, begun[-1]
    )


def recording_reading(curves: RunCurves, iteration: float) -> str | None:
    """Return in words what was measured near an iteration, None before anything was."""
    reading = curves.loss.reading(min(iteration, curves.iteration))
    if reading is None:
        return None
    last = reading.last_iteration
    place = f"iteration {grouped(last)}, epoch {grouped(curves.epoch_of(last))}"
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
