"""The loss over one weight: axes, the curve, earlier curves behind it, and the place with its slope."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QWidget,
)

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.network_items import NO_PEN
from bpviz.ui.plain_view import PlainView
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.inspection.loss_curve import LossCurve
from bpviz.viewmodel.run.ticks import Tick, ValueAxis, linear_axis
from bpviz.viewmodel.words.number_format import fixed

_TOP, _RIGHT, _BOTTOM, _LEFT = 6, 12, 24, 44
_TICK_GAP = 8
_TICKS = 6
_LEAST_RATIO = 1.1
_CURVE_WIDTH = 2.4
_TANGENT_PX = 64.0
_POINT_RADIUS = 5.5
_OLDEST_SHARE, _NEWEST_SHARE = 0.18, 0.5
"""Strength of the oldest and the newest of the earlier curves."""


@dataclass(frozen=True, slots=True)
class PlotAxes:
    """Both axes of a plot, and what is counted along them."""

    across: ValueAxis
    up: ValueAxis
    across_name: str = "weight"
    up_name: str = "loss"


class LossCurvePlot(PlainView):
    """Plain items only; they are touched when something is shown, and painted without Python.

    Subclasses add what moves on the curve, in `_draw_more`.

    Parameters
    ----------
    ground
        What it lies on: earlier curves fade into that.
    """

    def __init__(
        self, source: ThemeSource, ground: Literal["stage", "panel"] = "stage", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._ground = ground
        self._axes: PlotAxes | None = None
        self._curve: tuple[FloatArray, FloatArray] | None = None
        self._curves: tuple[LossCurve, ...] = ()
        self._ghosts: tuple[tuple[FloatArray, FloatArray], ...] = ()
        self._point: tuple[float, float, float] | None = None
        self._area = QRectF()
        self._create()
        self.resized.connect(self._draw)
        source.changed.connect(self._draw)

    @property
    def area(self) -> QRectF:
        """Where curves are drawn, in pixels of the view."""
        return QRectF(self._area)

    @property
    def curves(self) -> tuple[LossCurve, ...]:
        """A weight's curves as they were shown, the newest last."""
        return self._curves

    def show_axes(self, axes: PlotAxes) -> None:
        """Draw within these axes."""
        if axes != self._axes:
            self._axes = axes
            self._draw()

    def show_curve(self, values: FloatArray, losses: FloatArray) -> None:
        """Show a curve, shapes (k,)."""
        self._curve = (values, losses)
        self._draw()

    def show_curves(self, curves: Sequence[LossCurve], *, from_zero: bool = False) -> None:
        """Show the newest of a weight's curves, its axes, its point, and the earlier ones behind it.

        Parameters
        ----------
        from_zero
            Let the axis of losses begin at 0, so that a floor that sinks is seen to.
        """
        self._curves = tuple(curves)
        losses = np.concatenate([curve.losses for curve in curves]) if curves else np.empty(0)
        known = losses[np.isfinite(losses)]
        if not len(known):
            return
        newest, across = curves[-1], curves[-1].values
        low = float(known.min())
        # A weight that hardly matters is to look as if it hardly mattered.
        high = max(low * _LEAST_RATIO, float(known.max()))
        ends = float(across[0]), float(across[-1])
        self._axes = PlotAxes(
            linear_axis(*ends, _TICKS), linear_axis(0.0 if from_zero else low, high, _TICKS)
        )
        self._ghosts = tuple((curve.values, curve.losses) for curve in curves[:-1])
        self._curve = (newest.values, newest.losses)
        self._point = (newest.at, newest.loss, newest.slope)
        self._draw()

    def place(self, w: float, loss: float) -> QPointF:
        """Return where a weight and a loss stand, in pixels of the view."""
        x, y = self._places(np.array([w]), np.array([loss]))
        return QPointF(float(x[0]), float(y[0]))

    def weight_at(self, x: float) -> float:
        """Return the weight at a horizontal place of the view."""
        axis = self._axes.across if self._axes is not None else ValueAxis(0.0, 1.0, False, ())
        return axis.low + (x - self._area.left()) / max(self._area.width(), 1.0) * (axis.high - axis.low)

    def _create(self) -> None:
        scene = self.scene()
        self._clip = QGraphicsRectItem()
        self._clip.setPen(NO_PEN)
        # What runs out of the axes is cut off there.
        self._clip.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        scene.addItem(self._clip)
        self._grid = QGraphicsPathItem()
        self._grid.setZValue(-5)
        scene.addItem(self._grid)
        self._ghost_items: list[QGraphicsPathItem] = []
        self._line = path_item(self._clip, 2.0)
        self._tangent = path_item(self._clip, 3.0)
        self._dot = QGraphicsEllipseItem(self._clip)
        self._dot.setZValue(6.0)
        self._dot.hide()
        self._texts = TextPool(scene, self._source)

    def _draw(self) -> None:
        """Draw everything anew: rare, or cheap."""
        if self._axes is None or self.room_width < 2:
            return
        px = self._source.px
        self._area = self.room.adjusted(px(_LEFT), px(_TOP), -px(_RIGHT), -px(_BOTTOM))
        self._clip.setRect(self._area)
        self._draw_axes(self._axes)
        self._draw_curves()
        self._draw_point()
        self._draw_more()

    def _draw_more(self) -> None:
        """Draw what a subclass adds."""

    def _draw_axes(self, axes: PlotAxes) -> None:
        theme, px, area = self._source.theme, self._source.px, self._area
        foot = area.bottom() + px(_BOTTOM) * 0.6
        ticks = np.array([tick.value for tick in axes.across.ticks])
        levels = np.array([tick.value for tick in axes.up.ticks])
        xs, _ = self._places(ticks, np.zeros(len(ticks)))
        _, ys = self._places(np.zeros(len(levels)), levels)
        rows = np.round(ys) + 0.5
        ends = np.tile([area.left(), area.right()], (len(rows), 1))
        self._grid.setPath(segments_path(ends, np.column_stack((rows, rows))))
        self._grid.setPen(QPen(theme.line, 1.0))
        self._texts.begin()
        name_to = self._texts.write_at(axes.across_name, FontRole.BODY, theme.secondary, 0.0, foot)
        for tick, x in zip(axes.across.ticks, xs.tolist(), strict=True):
            half = self._texts.metrics(FontRole.BODY).width(tick.text) / 2
            if x - half > name_to + px(_TICK_GAP):
                self._texts.write_around(tick.text, FontRole.BODY, theme.secondary, x, foot)
        height = self._texts.metrics(FontRole.BODY).height
        top = area.top() + height / 2
        for tick, y in zip(axes.up.ticks, ys.tolist(), strict=True):
            if y > top + height:
                self._texts.write_to(
                    tick.text, FontRole.BODY, theme.secondary, area.left() - px(_TICK_GAP), y
                )
        self._texts.write_at(axes.up_name, FontRole.BODY, theme.secondary, 0.0, top)
        self._texts.end()

    def _draw_curves(self) -> None:
        theme, factor = self._source.theme, self._source.factor
        ground = theme.stage if self._ground == "stage" else theme.panel
        while len(self._ghost_items) < len(self._ghosts):
            self._ghost_items.append(path_item(self._clip, 1.0))
        shares = np.linspace(_OLDEST_SHARE, _NEWEST_SHARE, max(len(self._ghosts), 1)).tolist()
        for place, item in enumerate(self._ghost_items):
            is_used = place < len(self._ghosts)
            item.setVisible(is_used)
            if is_used:
                item.setPath(self._line_path(*self._ghosts[place]))
                item.setPen(_round_pen(blend(theme.error, ground, shares[place]), 1.5 * factor))
        self._line.setPath(QPainterPath() if self._curve is None else self._line_path(*self._curve))
        self._line.setPen(_round_pen(theme.error, _CURVE_WIDTH * factor))

    def _draw_point(self) -> None:
        theme, factor = self._source.theme, self._source.factor
        if self._point is None or not np.isfinite(self._point).all():
            self._dot.hide()
            self._tangent.setPath(QPainterPath())
            return
        w, loss, slope = self._point
        center, radius = self.place(w, loss), _POINT_RADIUS * factor
        self._dot.setRect(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
        self._dot.setBrush(QBrush(theme.ink))
        self._dot.setPen(QPen(theme.stage, 1.5 * factor))
        self._dot.show()
        self.draw_tangent(w, loss, slope, _TANGENT_PX * factor)

    def draw_tangent(self, w: float, loss: float, slope: float, half_px: float) -> None:
        """Draw a line with the slope through a place, so long to both sides, in the gradient's colour."""
        theme = self._source.theme
        center = self.place(w, loss)
        ahead = self.place(w + 1.0, loss + slope)
        dx, dy = ahead.x() - center.x(), ahead.y() - center.y()
        length = float(np.hypot(dx, dy)) or 1.0
        dx, dy = dx / length * half_px, dy / length * half_px
        color = theme.gradient_positive if slope >= 0.0 else theme.gradient_negative
        self._tangent.setPen(_round_pen(color, 2.4 * self._source.factor))
        self._tangent.setPath(
            segments_path(
                [[center.x() - dx, center.x() + dx]],
                [[center.y() - dy, center.y() + dy]],
            )
        )

    def _line_path(self, values: FloatArray, losses: FloatArray) -> QPainterPath:
        x, y = self._places(np.asarray(values, np.float64), np.asarray(losses, np.float64))
        # Far outside, a line would still be stroked in full length.
        y = np.clip(np.nan_to_num(y, nan=-1e4), self._area.top() - 2e3, self._area.bottom() + 2e3)
        return segments_path(np.column_stack((x[:-1], x[1:])), np.column_stack((y[:-1], y[1:])))

    def _places(self, w: FloatArray, loss: FloatArray) -> tuple[FloatArray, FloatArray]:
        if self._axes is None:
            return w, loss
        area = self._area
        x = area.left() + self._axes.across.fraction(w) * area.width()
        return x, area.bottom() - self._axes.up.fraction(loss) * area.height()


def _told_apart(axis: ValueAxis) -> ValueAxis:
    """Return the axis with as many decimals at its ticks as their distance needs."""
    step = axis.ticks[1].value - axis.ticks[0].value
    decimals = max(0, math.ceil(-math.log10(step) - 1e-9))
    return replace(axis, ticks=tuple(Tick(tick.value, fixed(tick.value, decimals)) for tick in axis.ticks))


def path_item(parent: QGraphicsItem, z: float) -> QGraphicsPathItem:
    """Return an empty path on a level."""
    item = QGraphicsPathItem(parent)
    item.setZValue(z)
    item.setPen(NO_PEN)
    return item


def _round_pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
