from dataclasses import replace

import numpy as np
import pytest

from bpviz.nn.network import Architecture, Network, one_hot
from bpviz.viewmodel.inspection.chain_paths import chain_of_paths
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from tests.viewmodel.network_states import batch_of, state_of, stepped

LAYERS = (6, 5, 4, 3)


def backward(activation: str = "sigmoid") -> NetworkState:
    return state_of(LAYERS, Phase.BACKWARD, label=1, activation=activation)


def by_central_difference(state: NetworkState, weight: WeightPart) -> float:
    """Return ∂Lᵢ/∂w from two forward passes in float64."""
    architecture: Architecture = state.network.architecture
    losses = []
    for nudge in (1e-5, -1e-5):
        network = Network(architecture, state.network.parameters.astype(np.float64))
        values = network.b[weight.layer] if weight.source == BIAS else network.W[weight.layer][weight.source]
        values[weight.target] += nudge
        forward = network.forward(state.sample.x.astype(np.float64)[None])
        losses.append(network.loss(forward, one_hot(np.array([state.sample.label]), 3, np.float64)))
    return (losses[0] - losses[1]) / 2e-5


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(
    "weight", [WeightPart(0, 2, 1), WeightPart(1, 3, 0), WeightPart(2, 1, 2), WeightPart(0, BIAS, 4)]
)
def test_the_gradient_of_a_chain_is_the_derivative(weight: WeightPart, activation: str) -> None:
    state = backward(activation)
    paths = chain_of_paths(state, weight)
    assert paths is not None
    assert paths.gradient == pytest.approx(by_central_difference(state, weight), rel=2e-3, abs=1e-7)
    assert paths.feed is not None
    assert paths.delta is not None
    assert paths.feed * paths.delta == pytest.approx(paths.gradient)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_parts_along_every_later_layer_add_up_to_delta(activation: str) -> None:
    state = backward(activation)
    for target in range(5):
        paths = chain_of_paths(state, WeightPart(0, 2, target))
        assert paths is not None
        for layer in (1, 2):
            total = float(paths.flows(state, layer).sum())
            assert total == pytest.approx(paths.delta, rel=1e-4, abs=1e-7)


def test_a_weight_into_an_output_has_one_path() -> None:
    paths = chain_of_paths(backward(), WeightPart(2, 1, 2))
    assert paths is not None
    assert not paths.has_fan


def test_there_is_no_chain_before_delta_is_known() -> None:
    weight = WeightPart(1, 3, 0)
    before = stepped(backward(), Position(Phase.BACKWARD, 2))
    after = stepped(backward(), Position(Phase.BACKWARD, 1))
    assert chain_of_paths(before, weight) is None
    assert chain_of_paths(after, weight) is not None


def test_there_is_none_in_other_phases_or_for_other_parts() -> None:
    assert chain_of_paths(replace(backward(), phase=Phase.FORWARD), WeightPart(2, 1, 2)) is None
    assert chain_of_paths(backward(), NeuronPart(0, 1)) is None
    assert chain_of_paths(state_of(LAYERS, Phase.BACKWARD, label=None), WeightPart(2, 1, 2)) is None


def test_the_batchs_mean_is_no_product_of_two_factors() -> None:
    state = backward()
    batch = batch_of(state.network)
    paths = chain_of_paths(replace(state, batch=batch, shows_batch_mean=True), WeightPart(1, 3, 0))
    assert paths is not None
    assert paths.feed is None
    expected = batch.grad_W(1)[3, 0]
    assert paths.gradient == pytest.approx(float(expected), rel=1e-4)
