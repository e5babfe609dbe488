from dataclasses import replace

import numpy as np
import pytest

from bpviz.nn.arrays import FloatArray
from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import BatchPass, Snapshot
from bpviz.viewmodel.inspection.saturation import gradient_hints, layer_hints, neuron_hints
from tests.viewmodel.inspected import snapshot_of
from tests.viewmodel.plain_network import place_in


def with_parameters(shot: Snapshot, parameters: FloatArray) -> Snapshot:
    """Return the snapshot recomputed with other parameters."""
    shot = replace(shot, parameters=parameters)
    network = shot.network()
    sample = pass_sample(network, shot.sample.x, shot.sample.label, shot.sample.index)
    forward = network.forward(shot.batch.forward.x)
    return replace(shot, sample=sample, batch=replace(shot.batch, forward=forward))


def with_bias(shot: Snapshot, bias: float, layer: int = 1, neuron: int = 5) -> Snapshot:
    parameters = shot.parameters.copy()
    parameters[place_in(shot, layer, None, neuron)] = bias
    return with_parameters(shot, parameters)


@pytest.mark.parametrize(("activation", "bias"), [("sigmoid", 9.0), ("sigmoid", -9.0), ("tanh", 5.0)])
def test_a_saturated_neuron_is_pointed_out_with_its_slope(activation: str, bias: float) -> None:
    shot = with_bias(snapshot_of(activation=activation), bias)
    (hint,) = neuron_hints(shot, shot.sample, 1, 5)
    z = float(shot.sample.z[1][5])
    slope = 1.0 / (2.0 + np.exp(z) + np.exp(-z)) if activation == "sigmoid" else 1.0 / np.cosh(z) ** 2
    assert hint.startswith("Saturated: f′(z) = ")
    assert float(hint.split()[3].replace("e−", "e-")) == pytest.approx(slope, rel=0.06)


def test_a_tiny_slopes_share_of_the_steepest_keeps_its_digits() -> None:
    shot = with_bias(snapshot_of(activation="sigmoid"), 11.5)
    (hint,) = neuron_hints(shot, shot.sample, 1, 5)
    a = float(shot.sample.a[1][5])
    assert 0.0 < a * (1.0 - a) < 1e-4
    shown = hint.split(" is ")[1].split("\N{NO-BREAK SPACE}")[0]
    assert float(shown.replace("e−", "e-")) == pytest.approx(100.0 * a * (1.0 - a) / 0.25, rel=0.06)


def test_a_neuron_in_its_steep_part_is_left_alone() -> None:
    shot = with_bias(snapshot_of(), 0.0)
    assert abs(float(shot.sample.z[1][5])) < 2.5
    assert neuron_hints(shot, shot.sample, 1, 5) == ()


def test_a_dead_relu_is_pointed_out() -> None:
    shot = with_bias(snapshot_of(activation="relu"), -100.0)
    (hint,) = neuron_hints(shot, shot.sample, 1, 5)
    assert hint.startswith("Dead for this batch: z ≤ 0 for all 10 samples")


def test_a_relu_that_is_off_for_one_sample_says_for_how_many_it_is_on() -> None:
    shot = snapshot_of(activation="relu")
    sums = shot.batch.forward.z[0]
    neuron = next(j for j in range(12) if shot.sample.z[0][j] <= 0 < sums[:, j].max())
    (hint,) = neuron_hints(shot, shot.sample, 0, neuron)
    assert hint.startswith("Off for this sample")
    assert hint.endswith(f"on for {int((sums[:, neuron] > 0).sum())} of 10.")


@pytest.mark.parametrize(("factor", "word"), [(1e-4, "vanishes"), (1e4, "explodes")])
def test_gradients_that_fade_or_swell_are_pointed_out_with_their_sizes(factor: float, word: str) -> None:
    shot = snapshot_of()
    assert gradient_hints(shot) == ()
    first = np.abs(shot.batch.delta[-1]).mean() * factor
    delta = (np.full_like(shot.batch.delta[0], first), *shot.batch.delta[1:])
    (hint,) = gradient_hints(replace(shot, batch=_with_delta(shot.batch, delta)))
    assert word in hint
    assert f"{1e4:.0f}" in hint.replace(" ", "") or "1.0e4" in hint


def test_a_gradient_that_stops_altogether_is_pointed_out() -> None:
    shot = snapshot_of()
    delta = (np.zeros_like(shot.batch.delta[0]), *shot.batch.delta[1:])
    (hint,) = gradient_hints(replace(shot, batch=_with_delta(shot.batch, delta)))
    assert "its δ is 0 for every sample" in hint


def test_a_layer_mostly_saturated_is_pointed_out() -> None:
    shot = snapshot_of()
    parameters = shot.parameters.copy()
    for neuron in range(4):
        parameters[place_in(shot, 1, None, neuron)] = 20.0
    shot = with_parameters(shot, parameters)
    (hint,) = layer_hints(shot, shot.sample, 1)
    assert hint == "4 of 8 neurons of hidden layer 2 are saturated for this sample."


def _with_delta(batch: BatchPass, delta: tuple[FloatArray, ...]) -> BatchPass:
    return replace(batch, delta=delta)
