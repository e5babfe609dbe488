"""Axes of the charts: ranges from the data, where the ticks stand, and what they say."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.batches import BatchSchedule
from bpviz.viewmodel.words.number_format import grouped, short

_DECADE_STEPS = ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,))
_RANGE_STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
_LEAST_LOG_SPAN = 3.0
_FITTED_BOTTOMS = (95.0, 90.0, 80.0, 50.0)
_PERCENT_STEPS = (1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0)
_BELOW_FITTED = 0.1
"""At most this share of a run may lie below a fitted accuracy axis."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """A vertical axis from `low` to `high`, linear or logarithmic."""

    low: float
    high: float
    is_log: bool
    ticks: tuple[Tick, ...]

    def fraction(self, values: FloatArray) -> FloatArray:
        """Return how far up the axis values stand: 0 at `low`, 1 at `high`; NaN stays NaN.

        On a logarithmic axis zero and less have no place; they stand just below its foot.
        """
        if not self.is_log:
            return (values - self.low) / (self.high - self.low)
        floor = math.log10(self.low)
        span = math.log10(self.high) - floor
        positive = np.where(values > 0.0, values, np.where(np.isnan(values), np.nan, self.low * 1e-3))
        return (np.log10(positive) - floor) / span


@dataclass(frozen=True, slots=True)
class RunAxis:
    """The horizontal axis of a run, from iteration 0 to `end`.

    Attributes
    ----------
    unit
        ``"epoch"``, or ``"iteration"`` while less than one epoch is done.
    labels
        Texts and the iterations under which they are centred: an epoch's in its middle.
    marks
        Iterations at which a line stands: the ends of epochs, or round numbers of iterations.
    """

    end: float
    unit: str
    labels: tuple[Tick, ...]
    marks: tuple[float, ...]


def run_axis(iteration: int, schedule: BatchSchedule, most_labels: int = 8) -> RunAxis:
    """Return the axis of a run that has reached `iteration`: a little longer, so that it rests a while."""
    first_epoch = schedule.last_iteration_of(1)
    if iteration < first_epoch:
        return _iteration_axis(min(_rounded_up(max(iteration, 10)), float(first_epoch)), most_labels)
    n_epochs = _rounded_up(_epochs_in(iteration, schedule))
    end = _iterations_in(n_epochs, schedule)
    step = round(_tick_step(math.ceil(n_epochs - 1e-9) / most_labels, least=1.0))
    epochs = range(step, math.ceil(n_epochs - 1e-9) + 1, step)
    middles = [_iterations_in(epoch - 0.5, schedule) for epoch in epochs]
    labels = [Tick(x, grouped(epoch)) for epoch, x in zip(epochs, middles, strict=True) if x <= end]
    ends = [float(schedule.last_iteration_of(epoch)) for epoch in epochs]
    return RunAxis(end, "epoch", tuple(labels), tuple(x for x in ends if x < end))


def epoch_starts(end_iteration: float, schedule: BatchSchedule, most: int) -> tuple[Tick, ...]:
    """Return where epochs begin up to an iteration, each named, at most about `most` of them."""
    n_epochs = max(1, math.ceil(_epochs_in(end_iteration, schedule) - 1e-9))
    step = round(_tick_step(n_epochs / most, least=1.0))
    epochs = sorted({1, *range(step, n_epochs + 1, step)})
    return tuple(
        Tick(float(schedule.last_iteration_of(epoch - 1)), f"Epoch {grouped(epoch)}") for epoch in epochs
    )


def _iteration_axis(end: float, most_labels: int) -> RunAxis:
    step = _tick_step(end / most_labels * 1.5, least=1.0)
    values = [float(value) for value in np.arange(step, end * (1 + 1e-9), step)]
    return RunAxis(end, "iteration", tuple(Tick(x, tick_text(x)) for x in values), tuple(values))


def _epochs_in(iterations: float, schedule: BatchSchedule) -> float:
    """Return how many epochs, and what part of the next, so many iterations are."""
    whole = math.floor(iterations)
    done = schedule.epochs_done(whole)
    begin = schedule.last_iteration_of(done)
    return done + (iterations - begin) / (schedule.last_iteration_of(done + 1) - begin)


def _iterations_in(epochs: float, schedule: BatchSchedule) -> float:
    """Return how many iterations so many epochs are."""
    done = math.floor(epochs + 1e-9)
    begin = schedule.last_iteration_of(done)
    return begin + max(0.0, epochs - done) * (schedule.last_iteration_of(done + 1) - begin)


def _rounded_up(length: float) -> float:
    """Return the length rounded up by at most a quarter, to a multiple of 1, 2 or 5 × 10^k."""
    step = _tick_step(length / 4.0, is_floor=True)
    return math.ceil(length / step - 1e-9) * step


def _tick_step(target: float, least: float = 0.0, is_floor: bool = False) -> float:
    """Return the smallest 1, 2 or 5 × 10^k that is at least `target` (the largest at most, if a floor)."""
    decade = 10.0 ** math.floor(math.log10(target))
    steps = [decade * factor for factor in (1.0, 2.0, 5.0, 10.0)]
    if is_floor:
        return max(max(step for step in steps if step <= target * (1 + 1e-9)), least)
    return max(min(step for step in steps if step >= target * (1 - 1e-9)), least)


def log_axis(low: float, high: float, most_ticks: int) -> ValueAxis:
    """Return a logarithmic axis that holds positive values `low` to `high`, rounded so that it rests."""
    middle = math.sqrt(low * high)
    low = min(low, middle / math.sqrt(_LEAST_LOG_SPAN))
    high = max(high, middle * math.sqrt(_LEAST_LOG_SPAN))
    bottom, top = _rounded_down_log(low), _rounded_up_log(high)
    return ValueAxis(bottom, top, True, _log_ticks(bottom, top, most_ticks))


def linear_axis(low: float, high: float, most_ticks: int) -> ValueAxis:
    """Return a linear axis that holds `low` to `high`, rounded to whole ticks."""
    span = max(high - low, abs(high) * 1e-6, 1e-12)
    step = _tick_step(span / max(1, most_ticks - 1))
    first, last = math.floor(low / step + 1e-9), math.ceil((low + span) / step - 1e-9)
    ticks = tuple(Tick(k * step, tick_text(k * step)) for k in range(first, last + 1))
    return ValueAxis(first * step, last * step, False, ticks)


def accuracy_axis(percent: FloatArray, most_ticks: int, is_fitted: bool = True) -> ValueAxis:
    """Return an axis that always ends at 100 %.

    A fitted one begins at the highest of 95, 90, 80, 50 and 0 % that leaves at most a tenth of the
    given values, one for each stretch of the run, below it.
    """
    known = percent[np.isfinite(percent)]
    bottom = 0.0
    if is_fitted and len(known):
        # A mean of exact 90s may be a hair below 90.
        typical_low = float(np.quantile(known, _BELOW_FITTED)) + 1e-6
        bottom = next((low for low in _FITTED_BOTTOMS if typical_low >= low), 0.0)
    span = 100.0 - bottom
    fitting = (step for step in _PERCENT_STEPS if span % step == 0 and span / step < most_ticks)
    step = next(fitting, span)
    values = np.arange(bottom, 100.0 + step / 2, step)
    return ValueAxis(bottom, 100.0, False, tuple(Tick(float(v), tick_text(float(v))) for v in values))


def tick_text(value: float) -> str:
    """Return a round number as short as it can be read: ``0.05``, ``2``, ``1 000``, ``1e−6``."""
    return grouped(round(value)) if 1e3 <= abs(value) < 1e6 else short(value)


def _log_ticks(low: float, high: float, most: int) -> tuple[Tick, ...]:
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    choices = [[f * 10.0**d for d in decades for f in factors] for factors in _DECADE_STEPS]
    choices += [[10.0**d for d in decades if d % every == 0] for every in (2, 5, 10, 20, 50)]
    inside = [[v for v in values if low * (1 - 1e-9) <= v <= high * (1 + 1e-9)] for values in choices]
    fitting = next((values for values in inside if len(values) <= most), inside[-1])
    return tuple(Tick(value, tick_text(value)) for value in fitting)


def _rounded_down_log(value: float) -> float:
    decade = 10.0 ** math.floor(math.log10(value))
    return max((decade * step for step in _RANGE_STEPS if decade * step <= value * (1 + 1e-9)), default=value)


def _rounded_up_log(value: float) -> float:
    decade = 10.0 ** math.floor(math.log10(value))
    return min((decade * step for step in _RANGE_STEPS if decade * step >= value * (1 - 1e-9)), default=value)


def spread_apart(places: FloatArray, gap: float, low: float, high: float) -> FloatArray:
    """Return places at least `gap` apart and near the given ones, within `low` to `high` if all fit.

    Their order is kept, so that names stand in the order of the lines they belong to.
    """
    order = np.argsort(places, kind="stable")
    steps = gap * np.arange(len(places))
    # Taking each one's minimal place off turns "a gap apart" into "ascending".
    slack = np.maximum.accumulate(places[order] - steps)
    last_start = max(low, high - gap * (len(places) - 1))
    result = np.empty(len(places))
    result[order] = np.clip(slack, low, last_start) + steps
    return result
