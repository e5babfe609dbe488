"""What the charts of a run show, as plain values: axes, curves and notes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.run.chart_lines import ChartCurve, Quantity, chart_curves
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.ticks import RunAxis, ValueAxis, accuracy_axis, linear_axis, log_axis, run_axis
from bpviz.viewmodel.words.number_format import grouped

_RAW_DEPTH = 3.0
"""Raw values more than this factor below every line do not stretch a logarithmic axis."""


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
    run = run_axis(curves.longest, curves.schedule, max(2, n_columns // 30))
    shown = chart_curves(quantity, curves, run.end, n_columns)
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


def _value_axis(
    quantity: Quantity, shown: Sequence[ChartCurve], most_ticks: int, is_plain: bool
) -> ValueAxis:
    if quantity is Quantity.ACCURACY:
        return accuracy_axis(_whole(shown[0]), most_ticks, is_fitted=not is_plain)
    lines = _positive([_whole(curve) for curve in shown])
    highs = _positive([curve.raw.high for curve in shown if curve.raw is not None])
    top = max(lines.max(initial=0.0), highs.max(initial=0.0)) or 1.0
    if is_plain:
        return linear_axis(0.0, top, most_ticks)
    lows = _positive([curve.raw.low for curve in shown if curve.raw is not None])
    foot = lines.min(initial=top)
    return log_axis(max(lows.min(initial=foot), foot / _RAW_DEPTH), top, most_ticks)


def _whole(curve: ChartCurve) -> FloatArray:
    """Return the values of a curve with what it shares with its parent."""
    return curve.line.value if curve.trunk is None else np.concatenate((curve.trunk.value, curve.line.value))


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
