"""The curves of a chart as plain values: lines, what lies behind them, and their entries in the legend."""

from dataclasses import dataclass
from enum import Enum

from bpviz.training.branches import BranchInfo
from bpviz.viewmodel.network.buckets import Columns
from bpviz.viewmodel.run.branch_curves import BranchCurves
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.series import Line, Series
from bpviz.viewmodel.words.number_format import NO_VALUE, percent, significant

_FEW_LAYERS = 2
"""Up to this many layers are named in full."""
_MOST_RAW_LAYERS = 4
"""With more layers than this the measured values would only hide each other and the lines."""
_PX_PER_TEST = 3
_PX_PER_POINT = 8
"""Trials drawn closer than this many pixels would blur into a band."""


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
    style
        Number of the line style of its branch; 0 is solid.
    is_aside
        A branch that is not the current one: thinner and fainter.
    trunk
        What a branch has in common with its parent, before `line`; None if it has none.
    """

    kind: CurveKind
    name: str
    value_text: str
    line: Line
    raw: Columns | None = None
    points: Line | None = None
    shade: float = 1.0
    end_name: str = ""
    style: int = 0
    is_aside: bool = False
    trunk: Line | None = None


def series_of(quantity: Quantity, curves: RunCurves) -> list[Series]:
    """Return what is measured in each iteration of the current branch: one series, or one a layer."""
    if quantity is Quantity.GRADIENT_NORM:
        return [curves.gradient_norm(layer) for layer in range(curves.depth)]
    return [branch_series(quantity, curves.current)]


def branch_series(quantity: Quantity, branch: BranchCurves) -> Series:
    """Return the loss or accuracy of the iterations of one branch."""
    return branch.loss if quantity is Quantity.LOSS else branch.accuracy


def other_branches(curves: RunCurves) -> list[BranchInfo]:
    """Return the branches beside the current one, in the order in which they are drawn."""
    return [info for info in curves.branches if info.id != curves.branch.id]


def chart_curves(
    quantity: Quantity, curves: RunCurves, end_iteration: float, n_columns: int
) -> tuple[ChartCurve, ...]:
    """Return the curves of a chart: the current branch's, its trials, then the other branches'."""
    end = end_iteration
    if quantity is Quantity.GRADIENT_NORM:
        return _norm_curves(curves, end, n_columns)
    others = _other_curves(quantity, curves, end, n_columns)
    train = _train_curve(quantity, curves, end, n_columns, is_named=bool(others))
    return train, _test_curve(quantity, curves, n_columns), *others


def _train_curve(
    quantity: Quantity, curves: RunCurves, end: float, n_columns: int, *, is_named: bool
) -> ChartCurve:
    scale = drawn_scale(quantity)
    series = series_of(quantity, curves)[0]
    line = series.smoothed(end, n_columns)
    drawn = _scaled_line(line, scale)
    fork = curves.branch.fork_iteration if curves.branch.parent_id is not None else 0
    return ChartCurve(
        _kind(quantity),
        # The loss chart comes first and names the current branch too.
        curves.branch.name if is_named and quantity is Quantity.LOSS else "train",
        value_text(quantity, line.newest),
        drawn.since(fork) if fork else drawn,
        _scaled_columns(series.raw(end, n_columns), scale),
        style=curves.style_of(curves.branch.id),
        trunk=drawn.until(fork) if fork else None,
    )


def _other_curves(quantity: Quantity, curves: RunCurves, end: float, n_columns: int) -> list[ChartCurve]:
    """Return the other branches, each from where it leaves all that is drawn already."""
    shown, drawn = [], [curves.branch.id]
    for info in other_branches(curves):
        line = branch_series(quantity, curves.curves_of(info.id)).smoothed(end, n_columns)
        start = max(curves.shared_until(info.id, known) for known in drawn)
        drawn.append(info.id)
        shown.append(
            ChartCurve(
                _kind(quantity),
                info.name,
                value_text(quantity, line.newest),
                _scaled_line(line, drawn_scale(quantity)).since(start),
                style=curves.style_of(info.id),
                is_aside=True,
            )
        )
    return shown


def _kind(quantity: Quantity) -> CurveKind:
    return CurveKind.TRAIN_LOSS if quantity is Quantity.LOSS else CurveKind.TRAIN_ACCURACY


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


def value_text(quantity: Quantity, value: float | None) -> str:
    """Return a value as it is written in the legend; a dash for none."""
    if value is None:
        return NO_VALUE
    return percent(value) if quantity is Quantity.ACCURACY else significant(value)
