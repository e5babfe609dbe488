"""Chart curves as painter paths: measured values, smoothed line, single points.

Every line is a set of separate straight segments. Qt strokes a joined path of 300 noisy points in 2 to
11 ms, the same points as segments in 0.1 ms (measured, antialiased); square caps close the corners.
"""

import numpy as np
from pyqtgraph import arrayToQPath
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsPathItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.chart_style import DASHES, LINE_WIDTH, MANY_WIDTH, TEST_WIDTH, curve_color, raw_color
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.buckets import Columns
from bpviz.viewmodel.chart_content import ChartCurve, CurveKind
from bpviz.viewmodel.curves import Line
from bpviz.viewmodel.ticks import ValueAxis

_POINT_RADIUS = 2.2
_DOT_RADIUS = 3.5
_MANY = 4
_FEW_TRIALS = 12
_DENSE_PX = 1.6
"""Columns closer than this are drawn as upright strokes from the smallest to the largest value."""


class PlotScale:
    """Turns iterations and values into scene coordinates of one plot."""

    def __init__(self, rect: QRectF, end_iteration: float, values: ValueAxis) -> None:
        self._rect = rect
        self._end = end_iteration
        self._values = values

    def x(self, iteration: FloatArray) -> FloatArray:
        """Return scene x of iterations."""
        return self._rect.left() + iteration * (self._rect.width() / self._end)

    def y(self, value: FloatArray) -> FloatArray:
        """Return scene y of values; NaN stays NaN."""
        return self._rect.bottom() - self._values.fraction(value) * self._rect.height()


class CurveItems:
    """The items of one curve. They are children of `clip`, and shown only within it."""

    def __init__(self, clip: QGraphicsItem, dot_parent: QGraphicsItem) -> None:
        self._raw = QGraphicsPathItem(clip)
        self._line = QGraphicsPathItem(clip)
        self._points = QGraphicsPathItem(clip)
        self._points.setPen(Qt.PenStyle.NoPen)
        self._dot = QGraphicsEllipseItem(dot_parent)
        self._raw.setZValue(-1)
        self._points.setZValue(1)
        self._dot.setZValue(2)
        self._dot.setVisible(False)

    def dress(self, curve: ChartCurve, n_curves: int, source: ThemeSource) -> None:
        """Take the colours and widths of the present theme and scale."""
        color, factor = curve_color(curve, source.theme), source.factor
        is_test = curve.kind is CurveKind.TEST
        is_crowded = n_curves > 2 or (curve.raw is not None and curve.raw.is_merged)
        width = TEST_WIDTH if is_test else MANY_WIDTH if n_curves > _MANY else LINE_WIDTH
        pen = QPen(color, width * factor)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if is_test else Qt.PenCapStyle.SquareCap)
        self._line.setPen(pen)
        self._raw.setPen(QPen(raw_color(curve, is_crowded, source.theme), 1.0))
        self._points.setBrush(color)
        self._dot.setBrush(color)
        self._dot.setPen(QPen(source.theme.panel, 1.5))
        radius = _DOT_RADIUS * factor
        self._dot.setRect(-radius, -radius, 2 * radius, 2 * radius)

    def show(self, curve: ChartCurve, scale: PlotScale, factor: float) -> None:
        """Draw a curve."""
        x, y = scale.x(curve.line.iteration), scale.y(curve.line.value)
        is_test = curve.kind is CurveKind.TEST
        self._line.setPath(_dashed(x, y, TEST_WIDTH * factor) if is_test else _joined(x, y))
        # Few trials far apart: the dots tell what was measured from what only joins it.
        few = curve.line if len(curve.line) <= (_FEW_TRIALS if is_test else 1) else None
        self._points.setPath(_dots((curve.points, few), scale, _POINT_RADIUS * factor))
        self._raw.setPath(QPainterPath() if curve.raw is None else raw_path(curve.raw, scale))

    def mark(self, x: float | None, y: float) -> None:
        """Put the dot of a reading on the curve; None takes it away."""
        self._dot.setVisible(x is not None)
        if x is not None:
            self._dot.setPos(x, y)

    def clear(self) -> None:
        """Draw nothing."""
        for item in (self._raw, self._line, self._points):
            item.setPath(QPainterPath())
        self._dot.setVisible(False)


def raw_path(raw: Columns, scale: PlotScale) -> QPainterPath:
    """Return the measured values: joined while each has its own place, upright strokes when crowded."""
    x = scale.x(raw.iteration)
    if len(x) < 2 or (x[-1] - x[0]) / (len(x) - 1) > _DENSE_PX:
        return _joined(x, scale.y(raw.last))
    # A stroke also reaches to where the one before it ended, so that nothing seems to be missing.
    before = np.concatenate((raw.first[:1], raw.last[:-1]))
    is_known = ~np.isnan(raw.high)
    top = scale.y(np.fmax(raw.high, before)[is_known])
    foot = scale.y(np.fmin(raw.low, before)[is_known])
    ends = np.stack((foot, top), axis=1)
    return arrayToQPath(np.repeat(x[is_known], 2), ends.ravel(), connect="pairs")


def _joined(x: FloatArray, y: FloatArray) -> QPainterPath:
    """Return the segments from each point to the next; a NaN leaves a gap."""
    is_drawn = np.repeat(~np.isnan(y[:-1] + y[1:]), 2)
    return arrayToQPath(
        np.repeat(x, 2)[1:-1][is_drawn], np.repeat(y, 2)[1:-1][is_drawn], connect="pairs", finiteCheck=False
    )


def _dashed(x: FloatArray, y: FloatArray, width: float) -> QPainterPath:
    """Return the dashes along the line through the points, corners rounded off by less than a pixel."""
    known = np.flatnonzero(~np.isnan(y))
    if len(known) < 2:
        return QPainterPath()
    x, y = x[known], y[known]
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    period, piece = sum(DASHES) * width, DASHES[0] * width / 2.0
    # A dash is two short pieces, so that it can bend once.
    starts = np.arange(0.0, along[-1], period)
    cuts = np.stack((starts, starts + piece, starts + piece, starts + 2.0 * piece), axis=1).ravel()
    cuts = np.minimum(cuts, along[-1])
    after_gap = np.append(np.diff(known) > 1, False)
    before = np.clip(np.searchsorted(along, cuts, side="right") - 1, 0, len(known) - 1)
    is_drawn = np.repeat(~(after_gap[before][::2] | after_gap[before][1::2]), 2)
    xs, ys = np.interp(cuts, along, x)[is_drawn], np.interp(cuts, along, y)[is_drawn]
    return arrayToQPath(xs, ys, connect="pairs")


def _dots(lines: tuple[Line | None, ...], scale: PlotScale, radius: float) -> QPainterPath:
    path = QPainterPath()
    for points in lines:
        if points is None:
            continue
        known = ~np.isnan(points.value)
        places = zip(scale.x(points.iteration[known]), scale.y(points.value[known]), strict=True)
        for x, y in places:
            path.addEllipse(x - radius, y - radius, 2 * radius, 2 * radius)
    return path
