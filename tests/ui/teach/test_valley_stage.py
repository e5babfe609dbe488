"""The valley's stage: the ball under the mouse, fog, arrows, a real weight's curve, the map, the race."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.training.race import Race, RaceLane
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.ball_plot import BallScene
from bpviz.ui.teach.valley_controls import LARGEST_RATE, SMALLEST_RATE, notch_of, rate_at
from bpviz.ui.teach.valley_stage import PARTS, ValleyStage, ValleyView
from bpviz.viewmodel.inspection.loss_curve import LossCurve
from bpviz.viewmodel.inspection.loss_surface import SIDE, LossSurface
from bpviz.viewmodel.lessons.valley import Ball, valley_loss

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def scene_at(w: float, rule: str = "sgd") -> BallScene:
    return BallScene((Ball(rule, w).state(0.1),))


@pytest.fixture
def stage(qtbot: QtBot) -> ValleyStage:
    load_fonts()
    stage = ValleyStage(ThemeSource(ThemeChoice.DARK))
    qtbot.addWidget(stage)
    stage.resize(1200, 500)
    stage.show()
    stage.look(ValleyView.BALL, has_controls=True, has_numbers=True)
    stage.balls.show_scene(scene_at(-2.0))
    return stage


def count_like(stage: ValleyStage, color: QColor) -> int:
    image = stage.grab().toImage()
    wanted = (color.red(), color.green(), color.blue())
    total = 0
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            seen = image.pixelColor(x, y)
            off = max(
                abs(a - b) for a, b in zip((seen.red(), seen.green(), seen.blue()), wanted, strict=True)
            )
            total += off < 12
    return total


def test_a_ball_dragged_tells_the_weight_under_the_pointer(stage: ValleyStage) -> None:
    plot, told, ends = stage.balls, list[float](), list[bool]()
    plot.dragged.connect(told.append)
    plot.released.connect(lambda: ends.append(True))
    start = plot.ball_center.toPoint()
    target = QPoint(round(plot.place(1.5, 0.0).x()), start.y())
    QTest.mousePress(plot.viewport(), LEFT, PLAIN, start)
    QTest.mouseMove(plot.viewport(), target)
    QTest.mouseRelease(plot.viewport(), LEFT, PLAIN, target)
    assert told[-1] == pytest.approx(1.5, abs=0.01)
    assert ends == [True]


def test_a_press_far_from_the_ball_moves_nothing(stage: ValleyStage) -> None:
    plot, told = stage.balls, list[float]()
    plot.dragged.connect(told.append)
    far = plot.place(2.0, 0.0).toPoint()
    QTest.mousePress(plot.viewport(), LEFT, PLAIN, far)
    QTest.mouseMove(plot.viewport(), far + QPoint(40, 0))
    QTest.mouseRelease(plot.viewport(), LEFT, PLAIN, far + QPoint(40, 0))
    assert told == []


def test_the_ball_lies_on_the_curve(stage: ValleyStage) -> None:
    for w in (-1.0, 0.4, 2.0):
        stage.balls.show_scene(scene_at(w))
        assert stage.balls.ball_center == stage.balls.place(w, valley_loss(w))


def test_fog_leaves_only_the_curve_near_the_ball(stage: ValleyStage) -> None:
    red = ThemeSource(ThemeChoice.DARK).theme.error
    open_count = count_like(stage, red)
    stage.balls.show_scene(replace(scene_at(-2.0), is_covered=True))
    assert 0 < count_like(stage, red) < open_count / 3


def test_velocity_is_drawn_beside_the_gradient_in_its_own_color(stage: ValleyStage) -> None:
    theme = ThemeSource(ThemeChoice.DARK).theme
    ball = Ball("momentum", -2.0)
    for _ in range(2):
        ball.step(0.05)
    scene = BallScene((ball.state(0.05),), shows_slope=False)
    stage.balls.show_scene(scene)
    assert count_like(stage, theme.gradient_negative) == 0
    stage.balls.show_scene(replace(scene, shows_velocity=True))
    assert count_like(stage, theme.gradient_negative) > 10
    assert count_like(stage, theme.weight_positive) > 10


def test_balls_at_one_place_are_piled_and_none_hides_another(stage: ValleyStage) -> None:
    states = tuple(Ball(rule, -1.0).state(0.1) for rule in ("sgd", "rmsprop", "adam"))
    stage.balls.show_scene(BallScene(states))
    centers = [item.center for item in stage.balls.drawn_balls]
    assert len({round(center.y()) for center in centers}) == 3
    assert len({round(center.x()) for center in centers}) == 1


def test_the_slider_goes_by_ratios_and_says_what_it_is_set_to(stage: ValleyStage) -> None:
    assert rate_at(0) == SMALLEST_RATE
    assert rate_at(200) == pytest.approx(LARGEST_RATE)
    for rate in (0.002, 0.05, 0.2, 2.0):
        assert rate_at(notch_of(rate)) == pytest.approx(rate, rel=0.04)
    told: list[float] = []
    controls = stage.controls
    controls.rate_changed.connect(told.append)
    controls.show_rate(0.1)
    assert told == []
    QTest.mouseClick(controls.slider, LEFT, PLAIN, controls.slider.rect().center())
    assert told == [rate_at(controls.slider.value())]
    assert 0.03 < told[0] < 0.1


def test_a_real_weight_is_shown_before_its_earlier_curves(stage: ValleyStage) -> None:
    red = ThemeSource(ThemeChoice.DARK).theme.error
    values = np.linspace(-4.0, 4.0, 101)
    curves = [
        LossCurve(values, 0.1 * (values - a) ** 2 + 1.0, 0.5, 1.0, 0.1, i, 9) for i, a in enumerate((0, 1, 2))
    ]
    stage.look(ValleyView.WEIGHT, has_controls=False, has_numbers=True)
    stage.show_weight(curves)
    assert count_like(stage, red) > 100
    assert stage.part_rect("curve") is not None
    assert stage.part_rect("controls") is None


def test_the_map_shows_low_dark_and_high_red_with_the_path_on_it(stage: ValleyStage) -> None:
    theme = ThemeSource(ThemeChoice.DARK).theme
    steps = np.linspace(-1.0, 1.0, SIDE)
    losses = 1.0 + 5.0 * (steps[None, :] + 1.0) + 0.0 * steps[:, None]
    path = np.array([[0.8, 0.5], [0.2, 0.1], [-0.6, -0.5]])
    stage.look(ValleyView.MAP, has_controls=False, has_numbers=False)
    stage.map.show_progress(4)
    stage.map.show_surface(LossSurface(steps, steps, losses, path, (9.0, 2.0), 0.93, 7))
    image = stage.grab().toImage()
    corner = stage.part_rect("map")
    assert corner is not None
    square = stage.map.square
    left = image.pixelColor(round(square.left()) + 20, round(square.top()) + 40)
    right = image.pixelColor(round(square.right()) - 20, round(square.top()) + 40)
    assert right.red() > left.red() + 80
    assert count_like(stage, theme.ink) > 30


def test_a_race_names_its_lanes_apart_even_where_they_end_together(stage: ValleyStage) -> None:
    iterations = np.arange(0.0, 101.0, 10.0)
    lanes = tuple(
        RaceLane(rule, np.linspace(2.4, 0.5 + 0.001 * i, 11)) for i, rule in enumerate(("sgd", "adam"))
    )
    stage.look(ValleyView.RACE, has_controls=False, has_numbers=False)
    stage.race.show_end(100)
    stage.race.show_race(Race(iterations, lanes, 0.1))
    places = stage.race.name_places
    assert abs(places[0] - places[1]) >= 15
    assert stage.part_rect("race") is not None


def test_every_part_a_lesson_may_point_at_is_found_where_it_is_shown(stage: ValleyStage) -> None:
    found = {part for part in PARTS if stage.part_rect(part) is not None}
    assert found == {"curve", "ball", "numbers", "controls", "rate"}
