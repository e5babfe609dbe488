"""What a chart says at the iteration that is pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.viewmodel.run.chart_lines import (
    Quantity,
    branch_series,
    drawn_scale,
    norm_text,
    other_branches,
    series_of,
    trial_lines,
    value_text,
)
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.series import Line, Reading
from bpviz.viewmodel.words.number_format import fixed, grouped, percent, significant


@dataclass(frozen=True, slots=True)
class ChartReading:
    """What a chart says at one iteration.

    Attributes
    ----------
    place
        ``"iteration 1 234, epoch 3"``.
    note
        The measured values there, before smoothing.
    value_texts, values
        For each curve of the chart, in its order; None where it has none.
    """

    iteration: float
    place: str
    note: str
    value_texts: tuple[str, ...]
    values: tuple[float | None, ...]


def chart_reading(quantity: Quantity, curves: RunCurves, iteration: float) -> ChartReading | None:
    """Return what a chart says at an iteration, None before anything was measured."""
    at = round(min(max(iteration, 1.0), max(1, curves.longest)))
    is_reached = at <= curves.iteration
    own = [series.reading(at) if is_reached else None for series in series_of(quantity, curves)]
    others = [] if quantity is Quantity.GRADIENT_NORM else _other_readings(quantity, curves, at)
    known = [reading for reading in (*own, *others) if reading is not None]
    if not known:
        return None
    values = [None if reading is None else reading.smoothed for reading in own]
    if quantity is not Quantity.GRADIENT_NORM:
        values.append(_value_before(trial_lines(quantity, curves)[0], at) if is_reached else None)
    values += [None if reading is None else reading.smoothed for reading in others]
    scale = drawn_scale(quantity)
    return ChartReading(
        iteration=known[0].last_iteration,
        place=_place(known[0].last_iteration, curves),
        note=_raw_note(quantity, own),
        value_texts=_reading_texts(quantity, values),
        values=tuple(None if value is None else value * scale for value in values),
    )


def _other_readings(quantity: Quantity, curves: RunCurves, iteration: int) -> list[Reading | None]:
    found = []
    for info in other_branches(curves):
        branch = curves.curves_of(info.id)
        is_reached = iteration <= branch.iteration
        found.append(branch_series(quantity, branch).reading(iteration) if is_reached else None)
    return found


def _place(iteration: int, curves: RunCurves) -> str:
    place = f"iteration {grouped(iteration)}"
    if curves.longest < curves.schedule.last_iteration_of(1):
        return place
    return f"{place}, epoch {grouped(curves.epoch_of(iteration))}"


def _reading_texts(quantity: Quantity, values: Sequence[float | None]) -> tuple[str, ...]:
    if quantity is Quantity.GRADIENT_NORM:
        return tuple(norm_text(value) for value in values)
    return tuple(value_text(quantity, value) for value in values)


def _value_before(line: Line, iteration: float) -> float | None:
    at = int(np.searchsorted(line.iteration, iteration, side="right")) - 1
    return None if at < 0 or np.isnan(line.value[at]) else float(line.value[at])


def _raw_note(quantity: Quantity, readings: Sequence[Reading | None]) -> str:
    reading = readings[0]
    if len(readings) > 1 or reading is None or np.isnan(reading.low):
        return ""
    low, high = reading.low, reading.high
    if low == high:
        return f"batch {value_text(quantity, low)}"
    if quantity is Quantity.ACCURACY:
        return f"batches {fixed(100.0 * low, 1)}–{percent(high)}"
    return f"batches {significant(low)}–{significant(high)}"
