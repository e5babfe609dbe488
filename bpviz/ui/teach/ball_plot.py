"""One or more balls on the curve of a loss: slope, next step, velocity, fog; dragged with the pointer."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsRectItem, QWidget

from bpviz.ui.charts.loss_curve_plot import LossCurvePlot, PlotAxes, path_item
from bpviz.ui.network.network_items import NO_PEN
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.ball_items import RADIUS, ArrowItem, BallItem
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.inspection.optimizer_step import RULE_NAMES
from bpviz.viewmodel.lessons.valley import LEFT, RIGHT, TOP, BallState, valley_loss
from bpviz.viewmodel.run.ticks import Tick, ValueAxis
from bpviz.viewmodel.words.number_format import fixed, signed, significant

SEEN = 0.3
"""How far to both sides a climber in the fog sees."""
_FOOT, _DEEP_FOOT = -0.48, -0.95
"""Below the curve lie the arrows of the next step: one, or three."""
_LANES = (-0.2, -0.46, -0.72)
_GRIP_PX = 34.0
_TANGENT_PX = 78.0
_N_POINTS = 281


@dataclass(frozen=True, slots=True)
class BallScene:
    """What is seen.

    Attributes
    ----------
    balls
        The first is the one that is dragged, and whose slope and step are drawn.
    is_covered
        Only the neighbourhood of the ball is seen.
    shows_slope, shows_step, shows_velocity
        The tangent; the arrow of the next step; its two parts as well.
    """

    balls: tuple[BallState, ...]
    is_covered: bool = False
    shows_slope: bool = True
    shows_step: bool = True
    shows_velocity: bool = False


class BallPlot(LossCurvePlot):
    """Lives in the GUI thread.

    Signals
    -------
    dragged
        The ball is held at this weight.
    released
        It was let go.
    """

    dragged = Signal(float)
    released = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent=parent)
        self._scene_shown: BallScene | None = None
        self._is_held = False
        values = np.linspace(LEFT, RIGHT, _N_POINTS)
        self.show_axes(_axes(_FOOT))
        self.show_curve(values, valley_loss(values))

    @property
    def ball_center(self) -> QPointF:
        """Where the first ball is drawn, in pixels of the view."""
        return self._balls[0].center if self._balls else QPointF()

    @property
    def drawn_balls(self) -> tuple[BallItem, ...]:
        """The balls as they are drawn."""
        return tuple(self._balls)

    @property
    def shown(self) -> BallScene | None:
        """What is seen."""
        return self._scene_shown

    def show_scene(self, scene: BallScene) -> None:
        """Show these balls."""
        if scene != self._scene_shown:
            self._scene_shown = scene
            self.show_axes(_axes(_DEEP_FOOT if scene.shows_velocity else _FOOT))
            self._draw_more()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._is_near(event.position()):
            return
        self._is_held = True
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self.dragged.emit(min(max(self.weight_at(event.position().x()), LEFT), RIGHT))
        elif self._is_near(event.position()):
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._is_held = False
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
            self.released.emit()

    def _is_near(self, position: QPointF) -> bool:
        away = position - self.ball_center
        return float(np.hypot(away.x(), away.y())) <= _GRIP_PX * self._source.factor

    def _create(self) -> None:
        super()._create()
        self._balls: list[BallItem] = []
        self._fog = [QGraphicsRectItem(self._clip) for _ in range(2)]
        for item in self._fog:
            item.setPen(NO_PEN)
            # Above the curve and where the ball has been, below the ball.
            item.setZValue(4.8)
        self._drop = path_item(self._clip, 5.0)
        self._landing = QGraphicsEllipseItem(self._clip)
        self._landing.setZValue(6.5)
        self._arrows = [ArrowItem(self._clip, self._source) for _ in _LANES]
        self._words = TextPool(self.scene(), self._source, z=9.0)

    def _draw_more(self) -> None:
        scene = getattr(self, "_scene_shown", None)
        if scene is None or self.area.isEmpty() or not scene.balls:
            return
        self._words.begin()
        self._draw_balls(scene)
        self._draw_fog(scene)
        self._draw_next(scene)
        self._words.end()

    def _draw_balls(self, scene: BallScene) -> None:
        while len(self._balls) < len(scene.balls):
            self._balls.append(BallItem(self._clip, self._source))
        taken: list[QPointF] = []
        radius = RADIUS * self._source.factor
        for place, item in enumerate(self._balls):
            if place >= len(scene.balls) or scene.balls[place].is_gone:
                item.hide()
                continue
            ball = scene.balls[place]
            center = _piled(self.place(ball.w, ball.loss), taken, radius)
            taken.append(center)
            path = np.array(ball.path)
            item.show(center, self._places(path, valley_loss(path)))
            if len(scene.balls) > 1 and self.area.contains(center):
                letter = RULE_NAMES[ball.rule][0]
                ink = self._source.theme.on_ink
                self._words.write_around(letter, FontRole.VALUE, ink, center.x(), center.y())

    def _draw_fog(self, scene: BallScene) -> None:
        area, ball = self.area, scene.balls[0]
        theme = self._source.theme
        left = self.place(ball.w - SEEN, 0.0).x()
        right = self.place(ball.w + SEEN, 0.0).x()
        sides = (
            QRectF(area.left(), area.top(), max(left - area.left(), 0.0), area.height()),
            QRectF(right, area.top(), max(area.right() - right, 0.0), area.height()),
        )
        for item, side in zip(self._fog, sides, strict=True):
            item.setVisible(scene.is_covered)
            item.setRect(side)
            item.setBrush(QBrush(blend(theme.control, theme.stage, 0.75)))
        if scene.is_covered:
            center = sides[1].center()
            self._words.write_around("fog", FontRole.BIG_NUMBER, theme.tertiary, center.x(), center.y())

    def _draw_next(self, scene: BallScene) -> None:
        ball = scene.balls[0]
        is_single = len(scene.balls) == 1
        is_seen = is_single and LEFT <= ball.w <= RIGHT and not ball.is_gone
        self._tangent.setVisible(is_seen and scene.shows_slope)
        if is_seen and scene.shows_slope:
            self.draw_tangent(ball.w, ball.loss, ball.slope, _TANGENT_PX * self._source.factor)
        self._draw_arrows(ball, scene, is_seen and scene.shows_step)
        if is_single and not is_seen:
            self._say_gone(ball)

    def _draw_arrows(self, ball: BallState, scene: BallScene, is_seen: bool) -> None:
        theme = self._source.theme
        landing = ball.w + ball.change
        lands = is_seen and LEFT <= landing <= RIGHT and not scene.is_covered
        self._landing.setVisible(lands)
        self._drop.setVisible(is_seen)
        for arrow in self._arrows:
            arrow.hide()
        if not is_seen:
            return
        whole = ("step", ball.change, theme.weight_positive, theme.weight_positive_text)
        parts = [whole]
        if scene.shows_velocity:
            is_up = ball.slope >= 0.0
            dim = blend(theme.weight_positive, theme.stage, 0.6)
            slope = theme.gradient_positive if is_up else theme.gradient_negative
            slope_text = theme.gradient_positive_text if is_up else theme.gradient_negative_text
            parts = [
                ("slope", ball.pushed, slope, slope_text),
                ("carried on", ball.carried, dim, theme.secondary),
                whole,
            ]
        for place, (words, change, color, text_color) in enumerate(parts):
            self._draw_arrow(place, ball.w, change, color, f"{words} {signed(change, 2)}", text_color)
        self._draw_landing(ball, landing, len(parts))

    def _draw_arrow(
        self, lane: int, w: float, change: float, color: QColor, words: str, text_color: QColor
    ) -> None:
        start, end = self.place(w, _LANES[lane]), self.place(w + change, 0.0)
        self._arrows[lane].show(start.x(), end.x(), start.y(), color)
        gap = self._source.px(8)
        right = max(start.x(), min(end.x(), self.area.right())) + gap
        if right + self._words.metrics(FontRole.VALUE).width(words) <= self.area.right():
            self._words.write_at(words, FontRole.VALUE, text_color, right, start.y())
        else:
            left = min(start.x(), max(end.x(), self.area.left())) - gap
            self._words.write_to(words, FontRole.VALUE, text_color, left, start.y())

    def _draw_landing(self, ball: BallState, landing: float, n_lanes: int) -> None:
        theme, factor = self._source.theme, self._source.factor
        here, there = self.place(ball.w, ball.loss), self.place(landing, valley_loss(landing))
        foot = self.place(ball.w, _LANES[n_lanes - 1]).y()
        self._drop.setPen(QPen(blend(theme.ink, theme.stage, 0.5), 1.2 * factor, Qt.PenStyle.DotLine))
        drops = [(here.x(), here.y())]
        if self._landing.isVisible():
            drops.append((there.x(), there.y()))
        self._drop.setPath(segments_path([[x, x] for x, _ in drops], [[y, foot] for _, y in drops]))
        radius = RADIUS * 0.8 * factor
        self._landing.setRect(there.x() - radius, there.y() - radius, 2 * radius, 2 * radius)
        self._landing.setPen(QPen(theme.weight_positive, 2.4 * factor))

    def _say_gone(self, ball: BallState) -> None:
        theme, area = self._source.theme, self.area
        where = "The ball is gone" if ball.is_gone else f"Off the picture, at w = {significant(ball.w, 2)}"
        self._words.write_around(
            where, FontRole.NUMBER, theme.error_text, area.center().x(), area.center().y()
        )


@cache
def _axes(foot: float) -> PlotAxes:
    weights = tuple(Tick(float(w), fixed(w, 0)) for w in range(-2, 4))
    levels = tuple(Tick(float(level), str(level)) for level in range(4))
    return PlotAxes(
        ValueAxis(LEFT, RIGHT, False, weights), ValueAxis(foot, TOP, False, levels), "weight", "loss"
    )


def _piled(place: QPointF, taken: list[QPointF], radius: float) -> QPointF:
    """Return where a ball is drawn: on top of those that lie there already."""
    center = QPointF(place.x(), place.y())
    while any(_is_close(center, other, radius) for other in taken):
        center.setY(center.y() - radius * 0.5)
    return center


def _is_close(first: QPointF, second: QPointF, radius: float) -> bool:
    away = first - second
    return float(np.hypot(away.x(), away.y())) < 1.9 * radius
