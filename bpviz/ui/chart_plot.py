"""The plot of one chart: grid, axis texts, curves and the crosshair, all plain graphics items."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
)

from bpviz.ui.chart_curves import CurveItems, PlotScale
from bpviz.ui.chart_style import PADDING, name_color
from bpviz.ui.fonts import FontRole
from bpviz.ui.text_pool import TextPool, set_text
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.chart_content import ChartContent, ChartCurve
from bpviz.viewmodel.chart_reading import ChartReading
from bpviz.viewmodel.ticks import spread_apart

_TICK_GAP = 8
_LABEL_DROP = 13
"""From the plot's foot to the middle of the texts under it."""
_END_NAME_GAP = 4
_OVERHANG = 2.0
"""Lines on the plot's very edge are not cut in half."""


class ChartPlot:
    """Draws the content of one chart into a rectangle of a scene. Owns its items; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._scene = scene
        self._source = source
        self._rect = QRectF(0, 0, 1, 1)
        self._content: ChartContent | None = None
        self._scale: PlotScale | None = None
        self._grid = QGraphicsPathItem()
        self._clip = QGraphicsRectItem()
        self._clip.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._front = QGraphicsRectItem()
        self._tag_ground = QGraphicsRectItem()
        for box in (self._clip, self._front, self._tag_ground):
            box.setPen(Qt.PenStyle.NoPen)
        self._tag = QGraphicsSimpleTextItem()
        stack = (self._grid, self._clip, self._front, self._tag_ground, self._tag)
        for item, z in zip(stack, (-5, -2, 2, 3, 4), strict=True):
            item.setZValue(z)
            scene.addItem(item)
        self._crosshair = QGraphicsLineItem(self._front)
        self._texts = TextPool(scene)
        self._curves: list[CurveItems] = []
        self.show_reading(None)

    @property
    def rect(self) -> QRectF:
        """Where the curves are, in scene coordinates."""
        return QRectF(self._rect)

    def iteration_at(self, x: float) -> float | None:
        """Return the iteration at a scene x, None outside the plot."""
        if self._content is None or not self._rect.left() - 1 <= x <= self._rect.right() + 1:
            return None
        return (x - self._rect.left()) / self._rect.width() * self._content.run.end

    def show(self, content: ChartContent, rect: QRectF) -> None:
        """Draw the content into a rectangle."""
        self._content, self._rect = content, rect
        self._scale = PlotScale(rect, content.run.end, content.values)
        self._clip.setRect(rect.adjusted(0, -_OVERHANG, _OVERHANG, _OVERHANG))
        self._show_curves(() if content.empty_text else content.curves)
        self._texts.begin()
        if content.empty_text:
            self._show_empty(content)
        else:
            self._show_axes(content)
            self._show_end_names(content)
        self._texts.end()

    def show_reading(self, reading: ChartReading | None) -> None:
        """Draw the crosshair at a reading, None takes it away."""
        is_shown = reading is not None and self._scale is not None
        for item in (self._crosshair, self._tag, self._tag_ground):
            item.setVisible(is_shown)
        if reading is None or self._scale is None:
            for items in self._curves:
                items.mark(None, 0.0)
            return
        x = float(self._scale.x(np.array([reading.iteration]))[0])
        self._place_crosshair(x, reading.place)
        for items, value in zip(self._curves, reading.values, strict=False):
            y = np.nan if value is None else float(self._scale.y(np.array([value]))[0])
            items.mark(x if self._rect.top() <= y <= self._rect.bottom() else None, y)

    def _place_crosshair(self, x: float, place: str) -> None:
        theme, rect = self._source.theme, self._rect
        self._crosshair.setPen(QPen(theme.tertiary, 1.0))
        self._crosshair.setLine(round(x) + 0.5, rect.top(), round(x) + 0.5, rect.bottom())
        set_text(self._tag, place, self._source.font(FontRole.LABEL), theme.text)
        size = self._tag.boundingRect()
        left = min(max(x - size.width() / 2, 0.0), rect.right() + self._source.px(PADDING) - size.width() - 2)
        self._tag.setPos(left, rect.bottom() + self._source.px(_LABEL_DROP) - size.height() / 2)
        # The whole row: half of an epoch's number looking out beside the text would be misread.
        row = self._tag.sceneBoundingRect()
        self._tag_ground.setRect(0.0, row.top(), self._scene.width(), row.height())
        self._tag_ground.setBrush(theme.panel)

    def _show_curves(self, curves: tuple[ChartCurve, ...]) -> None:
        while len(self._curves) < len(curves):
            self._curves.append(CurveItems(self._clip, self._front))
        assert self._scale is not None
        for items, curve in zip(self._curves, curves, strict=False):
            items.dress(curve, len(curves), self._source)
            items.show(curve, self._scale, self._source.factor)
        for items in self._curves[len(curves) :]:
            items.clear()

    def _show_empty(self, content: ChartContent) -> None:
        self._grid.setPath(QPainterPath())
        item = self._texts.put(
            content.empty_text, self._source.font(FontRole.BODY), self._source.theme.tertiary
        )
        left = self._source.px(PADDING)
        item.setPos(left, self._rect.center().y() - item.boundingRect().height() / 2)

    def _show_axes(self, content: ChartContent) -> None:
        assert self._scale is not None
        rect, scale = self._rect, self._scale
        path = QPainterPath()
        ys = scale.y(np.array([tick.value for tick in content.values.ticks]))
        for tick, y in zip(content.values.ticks, ys, strict=True):
            self._put_right(tick.text, rect.left() - self._source.px(_TICK_GAP), float(y))
            _add_line(path, QPointF(rect.left(), round(y) + 0.5), QPointF(rect.right(), round(y) + 0.5))
        for x in scale.x(np.array(content.run.marks, dtype=np.float64)):
            _add_line(path, QPointF(round(x) + 0.5, rect.top()), QPointF(round(x) + 0.5, rect.bottom()))
        self._grid.setPath(path)
        self._grid.setPen(QPen(self._source.theme.line, 1.0))
        self._show_run_labels(content)

    def _show_run_labels(self, content: ChartContent) -> None:
        assert self._scale is not None
        y = self._rect.bottom() + self._source.px(_LABEL_DROP)
        unit = self._put(content.run.unit)
        _center(unit, self._source.px(PADDING) + unit.boundingRect().width() / 2, y)
        taken = unit.sceneBoundingRect().right()
        xs = self._scale.x(np.array([label.value for label in content.run.labels], dtype=np.float64))
        for label, x in zip(content.run.labels, xs, strict=True):
            half = QFontMetricsF(self._source.font(FontRole.BODY)).horizontalAdvance(label.text) / 2
            if x - half > taken + 4 and x + half < self._rect.right() + self._source.px(PADDING):
                _center(self._put(label.text), float(x), y)
                taken = x + half

    def _show_end_names(self, content: ChartContent) -> None:
        assert self._scale is not None
        named = [
            (curve, curve.line.iteration[-1], curve.line.newest)
            for curve in content.curves
            if curve.end_name and curve.line.newest is not None
        ]
        if not named:
            return
        gap = QFontMetricsF(self._source.font(FontRole.CAPTION)).capHeight() + 3
        if gap * len(named) > self._rect.height():
            # The shades run from the first layer to the last, so naming these two names all.
            named = [named[0], named[-1]]
        ys = self._scale.y(np.array([value for _, _, value in named]))
        ys = spread_apart(ys, gap, self._rect.top(), self._rect.bottom())
        xs = self._scale.x(np.array([iteration for _, iteration, _ in named]))
        for (curve, _, _), x, y in zip(named, xs, ys, strict=True):
            self._put_end_name(curve, float(x), float(y))

    def _put_end_name(self, curve: ChartCurve, x: float, y: float) -> None:
        color = name_color(curve, self._source.theme)
        item = self._texts.put(curve.end_name, self._source.font(FontRole.CAPTION), color)
        half = item.boundingRect().width() / 2
        _center(item, min(x + self._source.px(_END_NAME_GAP) + half, self._scene.width() - half - 2), y)

    def _put(self, text: str) -> QGraphicsSimpleTextItem:
        return self._texts.put(text, self._source.font(FontRole.BODY), self._source.theme.secondary)

    def _put_right(self, text: str, right: float, y: float) -> None:
        item = self._put(text)
        _center(item, right - item.boundingRect().width() / 2, y)


def _center(item: QGraphicsSimpleTextItem, x: float, y: float) -> None:
    size = item.boundingRect()
    item.setPos(round(x - size.width() / 2), round(y - size.height() / 2))


def _add_line(path: QPainterPath, start: QPointF, end: QPointF) -> None:
    path.moveTo(start)
    path.lineTo(end)
