"""Losses of update rules side by side over the iterations, each named at its end."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.training.race import Race
from bpviz.ui.charts.chart_curves import dashed_path
from bpviz.ui.charts.chart_style import BRANCH_DASHES
from bpviz.ui.plain_view import PlainView
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.inspection.optimizer_step import RULE_NAMES
from bpviz.viewmodel.run.ticks import ValueAxis, linear_axis, log_axis, spread_apart
from bpviz.viewmodel.words.number_format import fixed, short

USUAL_LOSSES, USUAL_END = (0.3, 3.0), 300.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 40, 12, 150, 24
_NAME_GAP, _NAME_PITCH = 12, 21
_WIDTH = 2.4
_FAINT = 0.62
"""Strength of the lines that are not ahead."""


class RacePlot(PlainView):
    """Plain items, touched when the race has gone on."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._race: Race | None = None
        self._end = USUAL_END
        self._axis = log_axis(*USUAL_LOSSES, 6)
        self._lines: list[QGraphicsPathItem] = []
        self._name_places: tuple[float, ...] = ()
        self._grid = QGraphicsPathItem()
        self._grid.setZValue(-5)
        self.scene().addItem(self._grid)
        self._texts = TextPool(self.scene(), source)
        self.resized.connect(self._draw)
        source.changed.connect(self._draw)

    @property
    def race(self) -> Race | None:
        """What is shown."""
        return self._race

    @property
    def name_places(self) -> tuple[float, ...]:
        """How high each lane's name stands, in pixels of the view."""
        return self._name_places

    def show_end(self, end_iteration: float) -> None:
        """Make room for so many iterations, so that nothing moves while the race is run."""
        self._end = max(end_iteration, 1.0)
        self._draw()

    def show_race(self, race: Race | None) -> None:
        """Show a race as far as it has come."""
        self._race = race
        self._draw()

    def _draw(self) -> None:
        self._texts.begin()
        if self.room_width > self._source.px(_LEFT + _RIGHT):
            self._draw_axes(linear_axis(0.0, self._end, 5))
            self._draw_lanes()
        self._texts.end()

    def _x(self, iterations: FloatArray) -> FloatArray:
        px = self._source.px
        return px(_LEFT) + iterations / self._end * (self.room_width - px(_LEFT + _RIGHT))

    def _y(self, losses: FloatArray) -> FloatArray:
        px = self._source.px
        height = self.room_height - px(_TOP + _BOTTOM)
        return px(_TOP) + (1.0 - self._axis.fraction(losses)) * height

    def _draw_axes(self, across: ValueAxis) -> None:
        theme, px = self._source.theme, self._source.px
        ys = np.round(self._y(np.array([tick.value for tick in self._axis.ticks]))) + 0.5
        right = float(self._x(np.array([self._end]))[0])
        ends = np.tile([float(px(_LEFT)), right], (len(ys), 1))
        self._grid.setPath(segments_path(ends, np.column_stack((ys, ys))))
        self._grid.setPen(QPen(theme.line, 1.0))
        for tick, y in zip(self._axis.ticks, ys.tolist(), strict=True):
            self._texts.write_to(tick.text, FontRole.BODY, theme.secondary, px(_LEFT - 8), y)
        foot = self.room_height - px(_BOTTOM) * 0.45
        for tick in across.ticks:
            if tick.value <= self._end:
                x = float(self._x(np.array([tick.value]))[0])
                self._texts.write_around(short(tick.value), FontRole.BODY, theme.secondary, x, foot)
        self._texts.write_at("iteration", FontRole.BODY, theme.secondary, right + px(_NAME_GAP + 12), foot)
        self._texts.write_at("loss", FontRole.BODY, theme.secondary, px(_LEFT + 5), px(_TOP + 8))

    def _draw_lanes(self) -> None:
        race = self._race
        lanes = race.lanes if race is not None else ()
        while len(self._lines) < len(lanes):
            item = QGraphicsPathItem()
            self.scene().addItem(item)
            self._lines.append(item)
        for item in self._lines[len(lanes) :]:
            item.setPath(QPainterPath())
        if race is None or not len(race.iterations):
            return
        last = np.array([_last(lane.losses) for lane in lanes])
        is_over = bool(race.iterations[-1] >= self._end)
        best = int(np.nanargmin(last)) if is_over and np.isfinite(last).any() else None
        for place, lane in enumerate(lanes):
            color = self._color(best is None or place == best)
            self._draw_line(place, (race.iterations, lane.losses), color)
        self._name_lanes(race, last, best)

    def _draw_line(self, place: int, points: tuple[FloatArray, FloatArray], color: QColor) -> None:
        factor, item = self._source.factor, self._lines[place]
        x, y = self._x(points[0]), self._y(points[1])
        known = np.isfinite(y)
        x, y = x[known], y[known]
        dashes = BRANCH_DASHES[place % len(BRANCH_DASHES)]
        pen = QPen(color, _WIDTH * factor)
        # Square ends would close the gaps between dashes.
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
        item.setPen(pen)
        if dashes:
            item.setPath(dashed_path(x, y, np.array(dashes) * factor))
        else:
            item.setPath(segments_path(np.column_stack((x[:-1], x[1:])), np.column_stack((y[:-1], y[1:]))))

    def _name_lanes(self, race: Race, last: FloatArray, best: int | None) -> None:
        px = self._source.px
        left = float(self._x(race.iterations[-1:])[0]) + px(_NAME_GAP)
        pitch = float(px(_NAME_PITCH))
        wanted = np.nan_to_num(self._y(last), nan=0.0)
        ys = spread_apart(wanted, pitch, px(_TOP) + pitch / 2, self.room_height - px(_BOTTOM) - pitch / 2)
        self._name_places = tuple(ys.tolist())
        for place, (lane, y) in enumerate(zip(race.lanes, ys.tolist(), strict=True)):
            color = self._color(best is None or place == best)
            name = RULE_NAMES[lane.rule]
            number = fixed(float(last[place]), 2) if np.isfinite(lane.losses[-1]) else "gone"
            end = self._texts.write_at(f"{name}  ", FontRole.VALUE, color, left, y)
            self._texts.write_at(number, FontRole.VALUE, self._source.theme.error_text, end, y)

    def _color(self, is_bright: bool) -> QColor:
        theme = self._source.theme
        return theme.ink if is_bright else blend(theme.ink, theme.stage, _FAINT)


def _last(losses: FloatArray) -> float:
    known = losses[np.isfinite(losses)]
    return float(known[-1]) if len(known) else float("nan")
