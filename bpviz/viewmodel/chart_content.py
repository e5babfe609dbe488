"""What the charts of a run show, as plain values: axes, lines, notes and readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.buckets import Columns
from bpviz.viewmodel.curves import Line, RunCurves, Series
from bpviz.viewmodel.number_format import NO_VALUE, grouped, percent, significant
from bpviz.viewmodel.ticks import RunAxis, ValueAxis, accuracy_axis, linear_axis, log_axis, run_axis

_FEW_LAYERS = 2
"""Up to this many layers are named in full."""
_MOST_RAW_LAYERS = 4
"""With more layers than this the measured values would only hide each other and the lines."""
_PX_PER_TEST = 3
_PX_PER_POINT = 8
"""Trials drawn closer than this many pixels would blur into a band."""
_RAW_DEPTH = 3.0
"""Raw values more than this factor below every line do not stretch a logarithmic axis."""


class Quantity(Enum):
    """What a chart shows; the value is its title."""

    LOSS = "Loss"
    ACCURACY = "Accuracy"
    GRADIENT_NORM = "Gradient norm"


class CurveKind(Enum):
    """What a curve means; the view gives each meaning its colour."""

    TRAIN_LOSS = "train loss"
    TRAIN_ACCURACY = "train accuracy"
    TEST = "test"
    GRADIENT_NORM = "gradient norm"


@dataclass(frozen=True, slots=True)
class ChartCurve:
    """One curve and its entry in the legend.

    Attributes
    ----------
    name, value_text
        The legend's entry: what it is and its newest value.
    shade
        0 to 1, tells curves of one kind apart: the first layer is 0, the last 1.
    raw
        The measured values behind the line, None if the line holds every one itself.
    points
        Values marked by themselves (trials on the whole test part, where the line shows a subset).
    end_name
        Short name written at the line's end, empty for none.
    """

    kind: CurveKind
    name: str
    value_text: str
    line: Line
    raw: Columns | None = None
    points: Line | None = None
    shade: float = 1.0
    end_name: str = ""


@dataclass(frozen=True, slots=True)
class ChartContent:
    """Everything one chart shows. `note` says the scale and the smoothing; `empty_text` what will come."""

    quantity: Quantity
    note: str
    note_tip: str
    run: RunAxis
    values: ValueAxis
    curves: tuple[ChartCurve, ...]
    empty_text: str = ""


def chart_content(
    quantity: Quantity, curves: RunCurves, n_columns: int, most_ticks: int, is_plain: bool
) -> ChartContent:
    """Return what a chart `n_columns` pixels wide shows.

    Parameters
    ----------
    is_plain
        Show the whole linear axis from 0, not the logarithmic or fitted one.
    """
    run = run_axis(curves.iteration, curves.iterations_per_epoch, max(2, n_columns // 30))
    shown = _curves_of(quantity, curves, run.end, n_columns)
    values = _value_axis(quantity, shown, most_ticks, is_plain)
    return ChartContent(
        quantity,
        _note(quantity, curves.smoothing, values),
        _note_tip(quantity, is_plain, has_raw=any(curve.raw is not None for curve in shown)),
        run,
        values,
        shown,
        _empty_text(quantity) if curves.is_empty else "",
    )


def series_of(quantity: Quantity, curves: RunCurves) -> list[Series]:
    """Return what is measured in each iteration: one series, or one a layer."""
    if quantity is Quantity.LOSS:
        return [curves.loss]
    if quantity is Quantity.ACCURACY:
        return [curves.accuracy]
    return [curves.gradient_norm(layer) for layer in range(curves.depth)]


def _curves_of(quantity: Quantity, curves: RunCurves, end: float, n_columns: int) -> tuple[ChartCurve, ...]:
    if quantity is Quantity.GRADIENT_NORM:
        return _norm_curves(curves, end, n_columns)
    scale = drawn_scale(quantity)
    series = series_of(quantity, curves)[0]
    kind = CurveKind.TRAIN_LOSS if quantity is Quantity.LOSS else CurveKind.TRAIN_ACCURACY
    line = series.smoothed(end, n_columns)
    train = ChartCurve(
        kind,
        "train",
        value_text(quantity, line.newest),
        _scaled_line(line, scale),
        _scaled_columns(series.raw(end, n_columns), scale),
    )
    return train, _test_curve(quantity, curves, n_columns)


def _test_curve(quantity: Quantity, curves: RunCurves, n_columns: int) -> ChartCurve:
    scale = drawn_scale(quantity)
    line, points = trial_lines(quantity, curves)
    iteration, value = _newest(line, points)
    return ChartCurve(
        CurveKind.TEST,
        # The untrained network's figures beside those of hundreds of iterations later would mislead.
        "test at 0" if iteration == 0 and curves.iteration > 0 else "test",
        value_text(quantity, value),
        _scaled_line(line.thinned(n_columns // _PX_PER_TEST), scale),
        points=None if points is None else _scaled_line(points.thinned(n_columns // _PX_PER_POINT), scale),
    )


def trial_lines(quantity: Quantity, curves: RunCurves) -> tuple[Line, Line | None]:
    """Return the trials to join and those to mark singly.

    A subset's trials and the whole test part's differ, so one line never mixes them: unless the whole
    part's are more frequent, the subset's are the line and the others points; else they are left out.
    """
    lines = curves.test_loss if quantity is Quantity.LOSS else curves.test_accuracy
    whole, partial = lines(True), lines(False)
    return (partial, whole) if 0 < len(partial) >= len(whole) else (whole, None)


def _newest(line: Line, points: Line | None) -> tuple[float | None, float | None]:
    """Return iteration and value of the newest trial shown."""
    shown = [part for part in (line, points) if part is not None and len(part)]
    if not shown:
        return None, None
    newest = max(shown, key=lambda part: float(part.iteration[-1]))
    return float(newest.iteration[-1]), newest.newest


def _norm_curves(curves: RunCurves, end: float, n_columns: int) -> tuple[ChartCurve, ...]:
    depth = curves.depth
    shown = []
    for layer, series in enumerate(series_of(Quantity.GRADIENT_NORM, curves)):
        line = series.smoothed(end, n_columns)
        shown.append(
            ChartCurve(
                CurveKind.GRADIENT_NORM,
                f"layer {layer + 1}" if depth <= _FEW_LAYERS else f"{layer + 1}",
                norm_text(line.newest),
                line,
                series.raw(end, n_columns) if depth <= _MOST_RAW_LAYERS else None,
                shade=layer / (depth - 1) if depth > 1 else 1.0,
                end_name=f"{layer + 1}" if depth > 1 else "",
            )
        )
    return tuple(shown)


def norm_text(value: float | None) -> str:
    """Return a gradient norm as it is written in the legend."""
    return NO_VALUE if value is None else significant(value, 2)


def drawn_scale(quantity: Quantity) -> float:
    """Return the factor from a measured value to the drawn one: fractions are drawn as per cent."""
    return 100.0 if quantity is Quantity.ACCURACY else 1.0


def _scaled_line(line: Line, scale: float) -> Line:
    return line if scale == 1.0 else Line(line.iteration, line.value * scale)


def _scaled_columns(raw: Columns, scale: float) -> Columns:
    if scale == 1.0:
        return raw
    return Columns(raw.iteration, raw.low * scale, raw.high * scale, raw.first * scale, raw.last * scale)


def _value_axis(
    quantity: Quantity, shown: Sequence[ChartCurve], most_ticks: int, is_plain: bool
) -> ValueAxis:
    if quantity is Quantity.ACCURACY:
        return accuracy_axis(shown[0].line.value, most_ticks, is_fitted=not is_plain)
    lines = _positive([curve.line.value for curve in shown])
    highs = _positive([curve.raw.high for curve in shown if curve.raw is not None])
    top = max(lines.max(initial=0.0), highs.max(initial=0.0)) or 1.0
    if is_plain:
        return linear_axis(0.0, top, most_ticks)
    lows = _positive([curve.raw.low for curve in shown if curve.raw is not None])
    foot = lines.min(initial=top)
    return log_axis(max(lows.min(initial=foot), foot / _RAW_DEPTH), top, most_ticks)


def _positive(arrays: Sequence[FloatArray]) -> FloatArray:
    values = np.concatenate([np.empty(0), *arrays])
    return values[values > 0.0]


def _note(quantity: Quantity, smoothing: int, values: ValueAxis) -> str:
    mean = f"mean of {grouped(smoothing)}"
    if quantity is Quantity.ACCURACY:
        return f"from {values.low:g} %, {mean}"
    return f"{'log' if values.is_log else 'linear'}, {mean}"


def _note_tip(quantity: Quantity, is_plain: bool, has_raw: bool) -> str:
    lines = "Strong: mean of the last iterations, at the start of the last quarter of them."
    faint = " Faint: the batches themselves." if has_raw else ""
    if quantity is Quantity.ACCURACY:
        change = "fit the axis to the curve" if is_plain else "show the whole axis from 0 %"
    else:
        change = "show a logarithmic axis" if is_plain else "show a linear axis from 0"
    return f"{lines}{faint} Click to {change}."


def _empty_text(quantity: Quantity) -> str:
    return {
        Quantity.LOSS: "Loss of every batch,\nonce training runs",
        Quantity.ACCURACY: "Share of each batch\nthe network gets right",
        Quantity.GRADIENT_NORM: "How strongly each layer\nis told to change",
    }[quantity]


def value_text(quantity: Quantity, value: float | None) -> str:
    """Return a value as it is written in the legend; a dash for none."""
    if value is None:
        return NO_VALUE
    return percent(value) if quantity is Quantity.ACCURACY else significant(value)
