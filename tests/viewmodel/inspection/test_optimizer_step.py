"""The step written out: each rule computed by hand from the recorded state gives the engine's weight."""

from dataclasses import replace

import pytest

from bpviz.training.snapshot import OptimizerView, Snapshot
from bpviz.viewmodel.inspection.optimizer_step import StepInspection, inspect_step
from bpviz.viewmodel.network.parts import BIAS
from tests.viewmodel.inspected import numbers, snapshot_of
from tests.viewmodel.plain_network import place_in

RATE = 0.01
LAYER, ROW, COLUMN = 1, 2, 5
PENALTIES = [{}, {"l2": 0.03}, {"l1": 0.002}, {"l1": 0.002, "l2": 0.03}]


def run_of(optimizer: str, **penalties: float) -> Snapshot:
    return snapshot_of(optimizer=optimizer, learning_rate=RATE, **penalties)


def step_of(shot: Snapshot, row: int = ROW) -> StepInspection:
    gradient = shot.batch.grad_b(LAYER)[COLUMN] if row == BIAS else shot.batch.grad_W(LAYER)[row, COLUMN]
    return inspect_step(shot, LAYER, row, COLUMN, float(gradient))


def penalised(shot: Snapshot, row: int = ROW) -> float:
    if row == BIAS:
        return float(shot.batch.grad_b(LAYER)[COLUMN])
    w = float(shot.parameters[place_in(shot, LAYER, row, COLUMN)])
    sign = 1.0 if w > 0 else -1.0
    return float(shot.batch.grad_W(LAYER)[row, COLUMN]) + shot.l2 * w + shot.l1 * sign


def by_hand(shot: Snapshot, row: int = ROW) -> float:
    """Return the weight after the rule, from the state recorded before it."""
    index = place_in(shot, LAYER, None if row == BIAS else row, COLUMN)
    view, g = recorded(shot), penalised(shot, row)
    state = {name: float(values[index]) for name, values in view.state_before.items()}
    w, t = float(shot.parameters[index]), view.updates
    match view.name:
        case "sgd":
            return w - RATE * g
        case "momentum":
            return w - RATE * (0.9 * state["velocity"] + g)
        case "nesterov":
            return w - RATE * (g + 0.9 * (0.9 * state["velocity"] + g))
        case "rmsprop":
            s = 0.99 * state["square_average"] + 0.01 * g * g
            return float(w - RATE * g / (s**0.5 + 1e-8))
    m = 0.9 * state["first_moment"] + 0.1 * g
    v = 0.999 * state["second_moment"] + 0.001 * g * g
    return float(w - RATE * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8))


def recorded(shot: Snapshot) -> OptimizerView:
    assert shot.optimizer is not None
    return shot.optimizer


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
@pytest.mark.parametrize("penalties", PENALTIES)
@pytest.mark.parametrize("row", [ROW, BIAS])
def test_the_weight_after_is_what_the_rule_gives(
    optimizer: str, penalties: dict[str, float], row: int
) -> None:
    shot = run_of(optimizer, **penalties)
    step = step_of(shot, row)
    assert step.before == float(shot.parameters[place_in(shot, LAYER, None if row == BIAS else row, COLUMN)])
    assert step.after == pytest.approx(by_hand(shot, row), abs=2e-6)
    assert step.after != step.before
    after, before, *_ = numbers(step.formulas[-1])
    assert (after, before) == pytest.approx((step.after, step.before), abs=1e-5)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
def test_the_shown_step_comes_out(optimizer: str) -> None:
    shot = run_of(optimizer)
    shown = numbers(step_of(shot).formulas[-1])
    match optimizer:
        case "nesterov":
            after, before, rate, g, momentum, velocity = shown
            assert g == pytest.approx(penalised(shot), rel=1e-3)
            direction = g + momentum * velocity
        case _:
            after, before, rate, direction = shown
    assert rate == RATE
    assert after == pytest.approx(before - rate * direction, abs=2e-5)


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
def test_the_velocity_is_the_recorded_one(optimizer: str) -> None:
    shot = run_of(optimizer)
    index = place_in(shot, LAYER, ROW, COLUMN)
    new, momentum, old, g = numbers(step_of(shot).formulas[0])
    assert momentum == 0.9
    assert new == pytest.approx(float(recorded(shot).state_after["velocity"][index]), rel=1e-3)
    assert old == pytest.approx(float(recorded(shot).state_before["velocity"][index]), rel=1e-3)
    assert new == pytest.approx(momentum * old + g, rel=2e-3, abs=1e-6)


def test_adams_averages_and_corrections_are_the_recorded_ones() -> None:
    shot = run_of("adam")
    index, t = place_in(shot, LAYER, ROW, COLUMN), recorded(shot).updates
    first, second, m_hat, v_hat, last = step_of(shot).formulas
    new, keep, old, share, g = numbers(first)
    assert (keep, share) == (0.9, 0.1)
    assert new == pytest.approx(float(recorded(shot).state_after["first_moment"][index]), rel=1e-3)
    assert new == pytest.approx(0.9 * old + 0.1 * g, rel=2e-3)
    new_v, _, old_v, _, g_shown = numbers(second)
    assert new_v == pytest.approx(0.999 * old_v + 0.001 * g_shown**2, rel=2e-2)
    corrected, top, bottom = numbers(m_hat)
    assert bottom == pytest.approx(1 - 0.9**t, rel=1e-3)
    assert corrected == pytest.approx(top / bottom, rel=2e-3)
    corrected_v, top_v, bottom_v = numbers(v_hat)
    assert corrected_v == pytest.approx(top_v / bottom_v, rel=2e-3)
    *_, upper, lower = numbers(last)
    assert upper == pytest.approx(corrected, rel=6e-3)
    assert lower == pytest.approx(corrected_v**0.5 + 1e-8, rel=6e-3)
    assert f"t = {t}" in step_of(shot).note


def test_rmsprop_divides_by_the_root_of_its_average() -> None:
    shot = run_of("rmsprop")
    average, step = step_of(shot).formulas
    new, *_ = numbers(average)
    *_, upper, lower = numbers(step)
    assert upper == pytest.approx(penalised(shot), rel=6e-3)
    assert lower == pytest.approx(new**0.5 + 1e-8, rel=6e-3)


@pytest.mark.parametrize("penalties", PENALTIES[1:])
def test_penalties_are_added_to_weights_alone(penalties: dict[str, float]) -> None:
    shot = run_of("sgd", **penalties)
    total, *parts = numbers(step_of(shot).formulas[0])
    assert total == pytest.approx(penalised(shot), rel=1e-3)
    gradient, *rest = parts
    products = [a * b for a, b in zip(rest[::2], rest[1::2], strict=True)]
    assert total == pytest.approx(gradient + sum(products), rel=3e-3)
    assert len(step_of(shot, BIAS).formulas) == 1


def test_running_fast_only_before_and_after_are_known_and_it_is_said() -> None:
    shot = replace(run_of("adam"), optimizer=None)
    step = step_of(shot)
    assert step.formulas == ()
    assert "not recorded while running fast" in step.note
    assert "→" in step.change_text
