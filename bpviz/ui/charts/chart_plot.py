"""The plot of one chart: axes, curves, the place shown and the crosshair, all plain graphics items."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem, QGraphicsRectItem, QGraphicsScene

from bpviz.ui.charts.chart_axes import LABEL_DROP, ChartAxes
from bpviz.ui.charts.chart_curves import CurveItems, PlotScale
from bpviz.ui.charts.chart_style import PADDING, ChartInk
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.chart_content import ChartContent
from bpviz.viewmodel.run.chart_lines import ChartCurve
from bpviz.viewmodel.run.chart_reading import ChartReading
from bpviz.viewmodel.run.ticks import spread_apart

_END_NAME_GAP = 4
_OVERHANG = 2.0
"""Lines on the plot's very edge are not cut in half."""


class ChartPlot:
    """Draws the content of one chart into a rectangle of a scene. Owns its items; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource, ink: ChartInk) -> None:
        self._scene = scene
        self._source = source
        self._ink = ink
        self._rect = QRectF(0, 0, 1, 1)
        self._content: ChartContent | None = None
        self._scale: PlotScale | None = None
        self._position: int | None = None
        self._is_read = True
        self._axes = ChartAxes(scene, source)
        self._clip, self._front = QGraphicsRectItem(), QGraphicsRectItem()
        self._clip.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._tag_ground = QGraphicsRectItem()
        self._tag = TextPool(scene, source, z=4)
        for item, z in ((self._clip, -2), (self._front, 2), (self._tag_ground, 3)):
            item.setPen(Qt.PenStyle.NoPen)
            item.setZValue(z)
            scene.addItem(item)
        self._place_line = QGraphicsLineItem(self._clip)
        self._place_line.setVisible(False)
        self._crosshair = QGraphicsLineItem(self._front)
        self._texts = TextPool(scene, source)
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

    def x_of(self, iteration: float) -> float:
        """Return the scene x of an iteration, 0 before anything is drawn."""
        return 0.0 if self._scale is None else float(self._scale.x(np.array([iteration]))[0])

    def show(self, content: ChartContent, rect: QRectF) -> None:
        """Draw the content into a rectangle."""
        self._content, self._scale = content, PlotScale(rect, content.run.end, content.values)
        if rect != self._rect:
            self._rect = rect
            self._clip.setRect(rect.adjusted(0, -_OVERHANG, _OVERHANG, _OVERHANG))
        self._show_curves(() if content.empty_text else content.curves)
        self._texts.begin()
        if content.empty_text:
            self._axes.clear()
            middle = rect.center().y() - self._texts.metrics(FontRole.BODY).height
            left, color = self._source.px(PADDING), self._source.theme.tertiary
            self._texts.write(content.empty_text, FontRole.BODY, color, left, middle)
        else:
            self._axes.show(content.run, content.values, rect)
            self._show_end_names(content)
        self._texts.end()
        self._draw_position()

    def show_position(self, iteration: int | None) -> None:
        """Draw the line at the iteration the network is shown at, None takes it away."""
        if iteration != self._position:
            self._position = iteration
            self._draw_position()

    def _draw_position(self) -> None:
        is_shown = self._position is not None and self._scale is not None
        if self._place_line.isVisible() != is_shown:
            self._place_line.setVisible(is_shown)
        if self._position is not None and is_shown:
            x = round(self.x_of(self._position)) + 0.5
            self._place_line.setPen(QPen(self._source.theme.ink, 1.0))
            self._place_line.setLine(x, self._rect.top() - _OVERHANG, x, self._rect.bottom() + _OVERHANG)

    def show_reading(self, reading: ChartReading | None) -> None:
        """Draw the crosshair at a reading, None takes it away."""
        is_read = reading is not None and self._scale is not None
        if is_read != self._is_read:
            self._is_read = is_read
            self._crosshair.setVisible(is_read)
            self._tag_ground.setVisible(is_read)
        self._tag.begin()
        if reading is None or self._scale is None:
            for items in self._curves:
                items.mark(None, 0.0)
        else:
            x = self.x_of(reading.iteration)
            self._place_crosshair(x, reading.place)
            for items, value in zip(self._curves, reading.values, strict=False):
                y = np.nan if value is None else float(self._scale.y(np.array([value]))[0])
                items.mark(x if self._rect.top() <= y <= self._rect.bottom() else None, y)
        self._tag.end()

    def _place_crosshair(self, x: float, place: str) -> None:
        theme, rect, px = self._source.theme, self._rect, self._source.px
        self._crosshair.setPen(QPen(theme.tertiary, 1.0))
        self._crosshair.setLine(round(x) + 0.5, rect.top(), round(x) + 0.5, rect.bottom())
        metrics = self._tag.metrics(FontRole.LABEL)
        width = metrics.width(place)
        left = min(max(x - width / 2, 0.0), rect.right() + px(PADDING) / 2 - width)
        top = round(rect.bottom() + px(LABEL_DROP) - metrics.height / 2)
        self._tag.write(place, FontRole.LABEL, theme.text, left, top)
        # The whole row: half of an epoch's number looking out beside the text would be misread.
        self._tag_ground.setRect(0.0, top, rect.right() + px(PADDING), metrics.height)
        self._tag_ground.setBrush(theme.panel)

    def _show_curves(self, curves: tuple[ChartCurve, ...]) -> None:
        while len(self._curves) < len(curves):
            self._curves.append(CurveItems(self._clip, self._front, self._source, self._ink))
        assert self._scale is not None
        for items, curve in zip(self._curves, curves, strict=False):
            items.show(curve, len(curves), self._scale)
        for items in self._curves[len(curves) :]:
            items.clear()

    def _show_end_names(self, content: ChartContent) -> None:
        assert self._scale is not None
        named = [
            (curve, curve.line.iteration[-1], curve.line.newest)
            for curve in content.curves
            if curve.end_name and curve.line.newest is not None
        ]
        if not named:
            return
        gap = self._texts.metrics(FontRole.CAPTION).cap_height + 3
        if gap * len(named) > self._rect.height():
            # The shades run from the first layer to the last, so naming these two names all.
            named = [named[0], named[-1]]
        ys = self._scale.y(np.array([value for _, _, value in named]))
        ys = spread_apart(ys, gap, self._rect.top(), self._rect.bottom())
        xs = self._scale.x(np.array([iteration for _, iteration, _ in named]))
        for (curve, _, _), x, y in zip(named, xs.tolist(), ys.tolist(), strict=True):
            self._put_end_name(curve, x, y)

    def _put_end_name(self, curve: ChartCurve, x: float, y: float) -> None:
        half = self._texts.metrics(FontRole.CAPTION).width(curve.end_name) / 2
        right = self._rect.right() + self._source.px(PADDING)
        center = min(x + self._source.px(_END_NAME_GAP) + half, right - half - 2)
        self._texts.write_around(curve.end_name, FontRole.CAPTION, self._ink.name_color(curve), center, y)
