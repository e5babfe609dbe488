"""What a chart says at the iteration that is pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.viewmodel.chart_content import Quantity, drawn_scale, norm_text, series_of, trial_lines, value_text
from bpviz.viewmodel.curves import Line, Reading, RunCurves
from bpviz.viewmodel.number_format import fixed, grouped, percent, significant


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
    at = round(min(max(iteration, 1.0), max(1, curves.iteration)))
    readings = [series.reading(at) for series in series_of(quantity, curves)]
    known = [reading for reading in readings if reading is not None]
    if not known:
        return None
    values = [reading.smoothed for reading in known]
    if quantity is not Quantity.GRADIENT_NORM:
        values.append(_value_before(trial_lines(quantity, curves)[0], at))
    scale = drawn_scale(quantity)
    return ChartReading(
        iteration=known[0].last_iteration,
        place=_place(known[0].last_iteration, curves),
        note=_raw_note(quantity, known),
        value_texts=_reading_texts(quantity, values),
        values=tuple(None if value is None else value * scale for value in values),
    )


def _place(iteration: int, curves: RunCurves) -> str:
    place = f"iteration {grouped(iteration)}"
    if curves.iteration < curves.iterations_per_epoch:
        return place
    return f"{place}, epoch {grouped(curves.epoch_of(iteration))}"


def _reading_texts(quantity: Quantity, values: Sequence[float | None]) -> tuple[str, ...]:
    if quantity is Quantity.GRADIENT_NORM:
        return tuple(norm_text(value) for value in values)
    return tuple(value_text(quantity, value) for value in values)


def _value_before(line: Line, iteration: float) -> float | None:
    at = int(np.searchsorted(line.iteration, iteration, side="right")) - 1
    return None if at < 0 or np.isnan(line.value[at]) else float(line.value[at])


def _raw_note(quantity: Quantity, readings: Sequence[Reading]) -> str:
    if len(readings) > 1 or np.isnan(readings[0].low):
        return ""
    low, high = readings[0].low, readings[0].high
    if low == high:
        return f"batch {value_text(quantity, low)}"
    if quantity is Quantity.ACCURACY:
        return f"batches {fixed(100.0 * low, 1)}–{percent(high)}"
    return f"batches {significant(low)}–{significant(high)}"
