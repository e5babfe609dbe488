"""Chart curves as painter paths: measured values, smoothed line, single points.

Every line is a set of separate straight segments. Qt strokes a joined path of 300 noisy points in 2 to
11 ms, the same points as segments in 0.1 ms (measured, antialiased); square caps close the corners.
"""

import numpy as np
from pyqtgraph import arrayToQPath
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsPathItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.charts.chart_style import ChartInk
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.buckets import Columns
from bpviz.viewmodel.run.chart_lines import ChartCurve, CurveKind
from bpviz.viewmodel.run.series import Line
from bpviz.viewmodel.run.ticks import ValueAxis

_POINT_RADIUS = 2.2
_DOT_RADIUS = 3.5
_FEW_TRIALS = 12
_DENSE_PX = 1.6
"""Columns closer than this are drawn as upright strokes from the smallest to the largest value."""


class PlotScale:
    """Turns iterations and values into scene coordinates of one plot."""

    def __init__(self, rect: QRectF, end_iteration: float, values: ValueAxis) -> None:
        self.left, self.top = rect.left(), rect.top()
        self.width, self.height = rect.width(), rect.height()
        self._end = end_iteration
        self._values = values

    def x(self, iteration: FloatArray) -> FloatArray:
        """Return scene x of iterations."""
        return self.left + iteration * (self.width / self._end)

    def y(self, value: FloatArray) -> FloatArray:
        """Return scene y of values; NaN stays NaN."""
        return self.top + (1.0 - self._values.fraction(value)) * self.height


class CurveItems:
    """The items of one curve. They are children of `clip`, and shown only within it."""

    def __init__(
        self, clip: QGraphicsItem, dot_parent: QGraphicsItem, source: ThemeSource, ink: ChartInk
    ) -> None:
        self._source = source
        self._ink = ink
        self._dot_parent = dot_parent
        self._raw, self._line = _PathItem(clip, -1.0), _PathItem(clip, 0.0)
        self._trunk, self._points = _PathItem(clip, 0.0), _PathItem(clip, 1.0)
        self._dot: QGraphicsEllipseItem | None = None
        self._dot_color: QColor | None = None
        self._is_marked = False

    def show(self, curve: ChartCurve, n_curves: int, scale: PlotScale) -> None:
        """Draw a curve, one of `n_curves` of the plot."""
        is_crowded = n_curves > 2 or (curve.raw is not None and curve.raw.is_merged)
        self._raw.set_pen(self._ink.raw(curve, is_crowded=is_crowded))
        self._line.set_pen(self._ink.line(curve, n_curves))
        self._dot_color = self._ink.color(curve)
        x, y = scale.x(curve.line.iteration), scale.y(curve.line.value)
        dashes = self._ink.dashes(curve)
        self._line.set_path(self._dashed(x, y, dashes) if dashes else _joined(x, y))
        self._show_trunk(curve, scale)
        self._show_points(curve, scale)
        self._raw.set_path(None if curve.raw is None else raw_path(curve.raw, scale))

    def mark(self, x: float | None, y: float) -> None:
        """Put the dot of a reading on the curve; None takes it away."""
        if x is None:
            if self._dot is not None and self._is_marked:
                self._dot.setVisible(False)
            self._is_marked = False
            return
        if self._dot is None:
            self._dot = QGraphicsEllipseItem(self._dot_parent)
            self._dot.setZValue(2)
        radius = _DOT_RADIUS * self._source.factor
        self._dot.setBrush(self._dot_color or self._source.theme.text)
        self._dot.setPen(QPen(self._source.theme.panel, 1.5))
        self._dot.setRect(x - radius, y - radius, 2 * radius, 2 * radius)
        self._dot.setVisible(True)
        self._is_marked = True

    def clear(self) -> None:
        """Draw nothing."""
        for item in (self._raw, self._line, self._trunk, self._points):
            item.set_path(None)
        self.mark(None, 0.0)

    def _dashed(self, x: FloatArray, y: FloatArray, dashes: tuple[float, ...]) -> QPainterPath:
        return dashed_path(x, y, np.array(dashes) * self._source.factor)

    def _show_trunk(self, curve: ChartCurve, scale: PlotScale) -> None:
        if curve.trunk is None:
            self._trunk.set_path(None)
            return
        self._trunk.set_pen(self._ink.trunk(curve))
        self._trunk.set_path(_joined(scale.x(curve.trunk.iteration), scale.y(curve.trunk.value)))

    def _show_points(self, curve: ChartCurve, scale: PlotScale) -> None:
        # Few trials far apart: the dots tell what was measured from what only joins it.
        most = _FEW_TRIALS if curve.kind is CurveKind.TEST else 0 if curve.is_aside else 1
        few = curve.line if 0 < len(curve.line) <= most and curve.trunk is None else None
        shown = [line for line in (curve.points, few) if line is not None and len(line)]
        if not shown:
            self._points.set_path(None)
            return
        self._points.set_fill(self._ink.color(curve))
        self._points.set_path(_dots(shown, scale, _POINT_RADIUS * self._source.factor))


class _PathItem:
    """A path item and what it was told, remembered here: asking the item would be a call into Qt."""

    def __init__(self, parent: QGraphicsItem, z: float) -> None:
        self._item = QGraphicsPathItem(parent)
        self._item.setZValue(z)
        self._pen: QPen | None = None
        self._fill: QColor | None = None
        self._is_empty = True

    def set_pen(self, pen: QPen) -> None:
        """Draw with a pen."""
        if pen is not self._pen:
            self._pen = pen
            self._item.setPen(pen)

    def set_fill(self, color: QColor) -> None:
        """Fill with a colour, without an outline."""
        if color is not self._fill:
            self._fill = color
            self._item.setPen(Qt.PenStyle.NoPen)
            self._item.setBrush(color)

    def set_path(self, path: QPainterPath | None) -> None:
        """Draw a path, None for nothing."""
        if path is not None:
            self._item.setPath(path)
        elif not self._is_empty:
            self._item.setPath(QPainterPath())
        self._is_empty = path is None


def raw_path(raw: Columns, scale: PlotScale) -> QPainterPath:
    """Return the measured values: joined while each has its own place, upright strokes when crowded."""
    x = scale.x(raw.iteration)
    if len(x) < 2 or (x[-1] - x[0]) / (len(x) - 1) > _DENSE_PX:
        return _joined(x, scale.y(raw.last))
    # A stroke also reaches to where the one before it ended, so that nothing seems to be missing.
    before = np.concatenate((raw.first[:1], raw.last[:-1]))
    top, foot = scale.y(np.fmax(raw.high, before)), scale.y(np.fmin(raw.low, before))
    # One a pixel: strokes further apart than they are wide would be stripes.
    pixels = np.arange(np.floor(x[0]), np.floor(x[-1]) + 1) + 0.5
    nearest = np.searchsorted((x[:-1] + x[1:]) / 2, pixels)
    pixels, nearest = pixels[~np.isnan(top[nearest])], nearest[~np.isnan(top[nearest])]
    middle = (top + foot)[nearest] / 2
    # Equal values fill at least a pixel: a stroke without length would be a hole in the band.
    half = np.maximum((foot - top)[nearest] / 2, 0.5)
    ends = np.stack((middle + half, middle - half), axis=1)
    return arrayToQPath(np.repeat(pixels, 2), ends.ravel(), connect="pairs")


def _joined(x: FloatArray, y: FloatArray) -> QPainterPath:
    """Return the segments from each point to the next; a NaN leaves a gap."""
    is_drawn = np.repeat(~np.isnan(y[:-1] + y[1:]), 2)
    return arrayToQPath(
        np.repeat(x, 2)[1:-1][is_drawn], np.repeat(y, 2)[1:-1][is_drawn], connect="pairs", finiteCheck=False
    )


def dashed_path(x: FloatArray, y: FloatArray, dashes: FloatArray) -> QPainterPath:
    """Return the dashes along the line through points, bent where it bends; a NaN leaves a gap.

    Parameters
    ----------
    dashes
        Lengths of dash, gap, dash, gap and so on, in pixels.
    """
    known = np.flatnonzero(~np.isnan(y))
    if len(known) < 2:
        return QPainterPath()
    x, y = x[known], y[known]
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    period = float(dashes.sum())
    ends = np.cumsum(dashes)
    cuts = (np.arange(0.0, along[-1], period)[:, None] + ends).ravel()
    places = np.sort(np.concatenate((along, cuts[cuts < along[-1]])))
    middles = (places[:-1] + places[1:]) / 2
    # Dashes and gaps take turns, so an even piece of the pattern is a dash.
    is_dash = np.searchsorted(ends, middles % period, side="right") % 2 == 0
    before = np.clip(np.searchsorted(along, middles, side="right") - 1, 0, len(known) - 2)
    is_drawn = np.repeat(is_dash & (np.diff(known)[before] == 1), 2)
    xs, ys = np.interp(places, along, x), np.interp(places, along, y)
    return arrayToQPath(
        np.repeat(xs, 2)[1:-1][is_drawn], np.repeat(ys, 2)[1:-1][is_drawn], connect="pairs", finiteCheck=False
    )


def _dots(lines: list[Line], scale: PlotScale, radius: float) -> QPainterPath:
    path = QPainterPath()
    for points in lines:
        known = ~np.isnan(points.value)
        places = zip(scale.x(points.iteration[known]), scale.y(points.value[known]), strict=True)
        for x, y in places:
            path.addEllipse(x - radius, y - radius, 2 * radius, 2 * radius)
    return path
