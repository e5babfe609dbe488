"""A loss of one weight with two valleys, and balls the real update rules move on it."""

import math

import numpy as np
import pytest

from bpviz.nn.optimizers import OPTIMIZERS, new_optimizer
from bpviz.viewmodel.lessons.valley import DIP, FLOOR, HUMP, LEFT, RIGHT, Ball, valley_loss, valley_slope


def rolled(rule: str, start: float, rate: float, steps: int) -> Ball:
    ball = Ball(rule, start)
    for _ in range(steps):
        ball.step(rate)
    return ball


def test_the_slope_is_the_derivative_of_the_loss() -> None:
    for w in np.linspace(LEFT, RIGHT, 23).tolist():
        h = 1e-5
        assert valley_slope(w) == pytest.approx((valley_loss(w + h) - valley_loss(w - h)) / (2 * h), abs=1e-6)


def test_there_is_a_dip_a_hump_and_a_deeper_floor() -> None:
    assert valley_slope(DIP) == valley_slope(HUMP) == valley_slope(FLOOR) == 0.0
    assert valley_loss(FLOOR) == 0.0 < valley_loss(DIP) < valley_loss(HUMP)
    curve = valley_loss(np.linspace(LEFT, RIGHT, 1001))
    assert curve.min() >= 0.0


@pytest.mark.parametrize("rule", list(OPTIMIZERS))
def test_a_ball_is_moved_by_the_rule_that_trains_networks(rule: str) -> None:
    place = np.array([-2.0])
    optimizer = new_optimizer(rule, 1, place.dtype)
    for _ in range(12):
        optimizer.update(place, np.array([valley_slope(float(place[0]))]), 0.05)
    assert rolled(rule, -2.0, 0.05, 12).w == float(place[0])


@pytest.mark.parametrize("rule", list(OPTIMIZERS))
def test_the_step_that_is_announced_is_the_step_that_is_taken(rule: str) -> None:
    ball = rolled(rule, -2.0, 0.07, 5)
    announced, before = ball.state(0.07), ball.w
    ball.step(0.07)
    assert ball.w - before == pytest.approx(announced.change)
    assert announced.pushed + announced.carried == pytest.approx(announced.change)
    assert announced.n_steps == 5


def test_momentum_escapes_the_dip_and_plain_descent_does_not() -> None:
    assert rolled("sgd", -2.0, 0.05, 300).w == pytest.approx(DIP, abs=1e-3)
    assert rolled("momentum", -2.0, 0.05, 300).w == pytest.approx(FLOOR, abs=1e-3)


def test_velocity_is_what_was_kept_and_the_slope() -> None:
    ball = rolled("momentum", -2.0, 0.05, 1)
    assert ball.state(0.05).velocity == pytest.approx(0.9 * -3.0 + valley_slope(ball.w))
    assert Ball("sgd", -2.0).state(0.05).velocity == -3.0


def test_a_ball_that_has_left_stays_gone_without_a_warning() -> None:
    ball = rolled("sgd", -2.0, 2.0, 50)
    state = ball.state(2.0)
    assert state.is_gone
    assert math.isinf(state.loss)
    assert ball.n_steps < 10


def test_a_ball_laid_down_remembers_nothing() -> None:
    ball = rolled("momentum", -2.0, 0.05, 9)
    ball.lay(-2.0)
    assert ball.state(0.05) == Ball("momentum", -2.0).state(0.05)
