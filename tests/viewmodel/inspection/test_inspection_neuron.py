"""Every number of a neuron against mathematics written out independently."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.inspection.inspection_neuron import NeuronInspection, inspect_neuron
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.inspected import number, numbers, signs, snapshot_of
from tests.viewmodel.plain_network import place_in, plain_derivative, plain_f, plain_pass

RUNS = [
    {"activation": activation, "loss": loss, "output_activation": output}
    for activation, loss, output in (
        ("sigmoid", "cross-entropy", "softmax"),
        ("tanh", "log", "sigmoid"),
        ("relu", "squared", "softmax"),
        ("leaky-relu", "squared", "sigmoid"),
        ("identity", "squared", "identity"),
        ("tanh", "squared", "tanh"),
    )
]
PLACES = [(0, 3), (1, 5), (2, 4)]


def inspected(shot: Snapshot, layer: int, neuron: int, phase: Phase = Phase.FORWARD) -> NeuronInspection:
    return inspect_neuron(shot, shot.sample, layer, neuron, phase)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(("layer", "neuron"), PLACES)
def test_sum_activation_and_slope_are_those_of_plain_mathematics(
    run: dict[str, str], layer: int, neuron: int
) -> None:
    shot = snapshot_of(**run)
    z, a = plain_pass(shot, shot.parameters, shot.sample.x)
    shown = inspected(shot, layer, neuron)
    name = shot.architecture.activation_of(layer)
    assert shown.z == pytest.approx(z[layer][neuron], abs=1e-5)
    assert shown.a == pytest.approx(a[layer][neuron], abs=1e-5)
    assert shown.slope == pytest.approx(plain_slope(name, z[layer], neuron), abs=1e-5)


def plain_slope(name: str, z: list[float], neuron: int) -> float:
    up, down = list(z), list(z)
    up[neuron] += 1e-6
    down[neuron] -= 1e-6
    return (plain_f(name, up)[neuron] - plain_f(name, down)[neuron]) / 2e-6


@pytest.mark.parametrize(("layer", "neuron"), PLACES)
def test_the_sum_is_its_terms_and_the_bias(layer: int, neuron: int) -> None:
    shot = snapshot_of()
    z, a = plain_pass(shot, shot.parameters, shot.sample.x)
    fed = shot.sample.x.tolist() if layer == 0 else a[layer - 1]
    shown = inspected(shot, layer, neuron)
    for term in shown.terms.listed:
        weight = float(shot.parameters[place_in(shot, layer, term.index, neuron)])
        assert (term.left, term.right) == pytest.approx((fed[term.index], weight), abs=1e-6)
        assert term.product == pytest.approx(fed[term.index] * weight, abs=1e-6)
    bias = float(shot.parameters[place_in(shot, layer, None, neuron)])
    assert shown.bias == bias
    assert shown.terms.total + bias == pytest.approx(z[layer][neuron], abs=1e-5)


def test_the_formula_shows_sum_and_bias_with_one_count_of_decimals() -> None:
    shot = snapshot_of()
    z, _ = plain_pass(shot, shot.parameters, shot.sample.x)
    bias = float(shot.parameters[place_in(shot, 1, None, 5)])
    shown = inspected(shot, 1, 5).sum_formula
    assert numbers(shown) == pytest.approx([z[1][5], z[1][5] - bias, abs(bias)], abs=6e-4)
    assert signs(shown) == ("=−" if bias < 0 else "=+")


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(("layer", "neuron"), PLACES)
def test_delta_is_the_derivative_by_the_sum(run: dict[str, str], layer: int, neuron: int) -> None:
    shot = snapshot_of(**run)
    assert shot.sample.label is not None
    # A bias is added to z and nothing else, so ∂L/∂b = ∂L/∂z.
    index = place_in(shot, layer, None, neuron)
    exact = plain_derivative(shot, shot.sample.x, shot.sample.label, index)
    delta = inspected(shot, layer, neuron, Phase.BACKWARD).delta
    assert delta is not None
    assert delta.value == pytest.approx(exact, rel=1e-3, abs=2e-6)
    assert numbers(delta.formula)[0] == pytest.approx(exact, rel=2e-3, abs=2e-6)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(("layer", "neuron"), [(0, 3), (1, 5)])
def test_a_hidden_delta_is_its_terms_times_the_slope(run: dict[str, str], layer: int, neuron: int) -> None:
    delta = inspected(snapshot_of(**run), layer, neuron).delta
    assert delta is not None
    assert delta.back is not None
    assert delta.slope is not None
    assert delta.back.total * delta.slope == pytest.approx(delta.value, rel=1e-4, abs=1e-7)
    value, total, slope = numbers(delta.formula)
    assert value == pytest.approx(total * slope, rel=2e-3)


@pytest.mark.parametrize("run", RUNS)
def test_the_formula_of_an_output_delta_comes_out(run: dict[str, str]) -> None:
    shot = snapshot_of(**run)
    for index in range(10):
        delta = inspected(shot, 2, index).delta
        assert delta is not None
        shown = numbers(delta.formula)
        match shown:
            case [value, a, y]:
                expected = a - y
            case [value, a, y, slope]:
                if run["output_activation"] == "softmax":
                    # p (g - Σ g p): the second number is g itself, the last one Σ with its sign before it.
                    sign = 1.0 if "+" in signs(delta.formula) else -1.0
                    expected = a * (y + sign * slope)
                else:
                    expected = (a - y) * slope
            case _:
                raise AssertionError(shown)
        assert value == pytest.approx(expected, rel=5e-3, abs=2e-4)


def test_the_engine_scales_delta_by_the_batch_and_it_is_said() -> None:
    shot = snapshot_of()
    row = int(np.flatnonzero(shot.batch.indices == shot.sample.index)[0])
    delta = inspected(shot, 2, 4).delta
    assert delta is not None
    text = delta.scaling
    assert "1/10" in text
    engine = float(shot.batch.delta[2][row][4])
    assert number(text.split()[-1].rstrip(".")) == pytest.approx(engine, rel=1e-3)
    assert engine * 10 == pytest.approx(delta.value, rel=1e-4)


def test_a_sample_from_elsewhere_is_said_to_be_in_no_batch() -> None:
    shot = snapshot_of()
    stranger = replace(shot.sample, index=None)
    delta = inspect_neuron(shot, stranger, 2, 4).delta
    assert delta is not None
    assert "not in the batch" in delta.scaling


def test_without_a_label_there_is_no_delta() -> None:
    shot = snapshot_of()
    unlabelled = pass_sample(shot.network(), shot.sample.x)
    assert inspect_neuron(shot, unlabelled, 1, 2).delta is None


def test_softmax_is_shown_as_its_power_among_all() -> None:
    shot = snapshot_of()
    z, a = plain_pass(shot, shot.parameters, shot.sample.x)
    p, power, total = numbers(inspected(shot, 2, 4).activation_formula)
    assert p == pytest.approx(a[2][4], rel=1e-3)
    assert power == pytest.approx(np.exp(z[2][4]), rel=1e-2)
    assert total == pytest.approx(np.exp(z[2]).sum(), rel=1e-2)


def test_sums_too_large_for_their_power_keep_their_share() -> None:
    shot = snapshot_of()
    huge = replace(shot.sample, z=(*shot.sample.z[:2], shot.sample.z[2] + 1e4))
    p, power, total = numbers(inspect_neuron(shot, huge, 2, 4).activation_formula)
    assert power / total == pytest.approx(p, rel=1e-2)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "identity"])
def test_a_neuron_switched_off_answers_nothing_and_gets_no_gradient(activation: str) -> None:
    shot = replace(snapshot_of(activation=activation), switched_off=((1, 5),))
    sample = pass_sample(shot.network(), shot.sample.x, shot.sample.label, shot.sample.index)
    shown = inspect_neuron(shot, sample, 1, 5, Phase.BACKWARD)
    assert (shown.is_on, shown.a, shown.slope) == (False, 0.0, 0.0)
    assert shown.delta is not None
    assert shown.delta.value == 0.0
    assert numbers(shown.activation_formula) == [0.0, 0.0]
    assert "Switched off" in shown.hints[0]


@pytest.mark.parametrize("phase", Phase)
def test_weights_that_are_not_numbers_are_shown_as_such(phase: Phase) -> None:
    shot = snapshot_of()
    parameters = shot.parameters.copy()
    parameters[: 784 * 12] = np.nan
    shot = replace(shot, parameters=parameters)
    sample = pass_sample(shot.network(), shot.sample.x, shot.sample.label, shot.sample.index)
    shown = inspect_neuron(shot, sample, 0, 3, phase)
    assert np.isnan(shown.z)
    assert not shown.curve.has_point
    assert "not numbers" in shown.hints[0]
