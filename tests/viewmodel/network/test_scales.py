import numpy as np
import pytest

from bpviz.viewmodel.network.edge_choice import EdgeRequest, choose_edges
from bpviz.viewmodel.network.edges import EdgeQuantity, edge_values
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.scales import Scales, scales_of
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.network_states import state_of


def scales_for(state: NetworkState, previous: Scales | None = None) -> Scales:
    neurons = tuple(np.arange(n) for n in state.network.architecture.layers)
    edges = choose_edges(state, EdgeRequest(neurons[:-1], neurons[1:], 400, 28))
    return scales_of(state, edges, previous)


def test_contributions_have_a_scale_for_each_layer() -> None:
    scales = scales_for(state_of((784, 30, 10)))
    assert scales.quantity is EdgeQuantity.CONTRIBUTION
    assert len(scales.edges) == 2
    assert scales.edges[0] != scales.edges[1]


@pytest.mark.parametrize("phase", [Phase.BACKWARD, Phase.UPDATE])
def test_gradients_and_changes_share_one_scale_over_all_layers(phase: Phase) -> None:
    scales = scales_for(state_of((784, 16, 16, 10), phase, activation="tanh"))
    assert len(set(scales.edges)) == 1
    assert len(scales.edges) == 3


def test_the_gradient_scale_reaches_the_largest_delta() -> None:
    state = state_of((784, 30, 10), Phase.BACKWARD)
    assert state.sample.delta is not None
    largest = max(float(np.abs(delta).max()) for delta in state.sample.delta)
    assert scales_for(state).edges[0] >= largest


def test_the_weight_scale_holds_ninety_nine_percent_of_the_weights() -> None:
    state = state_of((784, 30, 10))
    beyond = np.abs(state.network.W[0]) > scales_for(state).weight
    assert beyond.mean() <= 0.011


def test_a_scale_of_another_quantity_is_not_kept() -> None:
    forward = scales_for(state_of((784, 30, 10)))
    backward = scales_for(state_of((784, 30, 10), Phase.BACKWARD), forward)
    assert backward.edges == scales_for(state_of((784, 30, 10), Phase.BACKWARD)).edges


def test_few_edges_are_drawn_as_the_widest() -> None:
    state = state_of((784, 30, 10))
    neurons = tuple(np.arange(n) for n in state.network.architecture.layers)
    edges = choose_edges(state, EdgeRequest(neurons[:-1], neurons[1:], 400, 28))
    scales = scales_of(state, edges)
    share = np.abs(edge_values(state, edges)) / np.array(scales.edges)[edges.layer]
    assert (share > 1.0).mean() <= 0.03
    assert share.max() > 0.5
