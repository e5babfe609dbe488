from dataclasses import replace

import numpy as np
import pytest

from bpviz.viewmodel.network.edge_buckets import N_LEVELS, bucketed
from bpviz.viewmodel.network.edge_choice import EdgeRequest, choose_edges
from bpviz.viewmodel.network.edges import EdgeQuantity, EdgeSet, edge_values, quantity_of, weights_start
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.network_states import state_of


def whole_request(state: NetworkState, budget: int, image_side: int = 0) -> EdgeRequest:
    neurons = tuple(np.arange(n) for n in state.network.architecture.layers)
    return EdgeRequest(neurons[:-1], neurons[1:], budget, image_side)


def expected_value(state: NetworkState, edges: EdgeSet, at: int) -> float:
    """Return what an edge stands for, read from the network's own arrays."""
    layer, source, target = int(edges.layer[at]), int(edges.source[at]), int(edges.target[at])
    network, sample = state.network, state.sample
    a = sample.x if layer == 0 else sample.a[layer - 1]
    feed = 1.0 if source == BIAS else float(a[source])
    weight = network.b[layer][target] if source == BIAS else network.W[layer][source, target]
    if state.phase is Phase.BACKWARD:
        assert sample.delta is not None
        return feed * float(sample.delta[layer][target])
    return feed * float(weight)


@pytest.mark.parametrize("phase", [Phase.FORWARD, Phase.BACKWARD])
@pytest.mark.parametrize("layers", [(6, 5, 4, 3), (784, 30, 10), (784, 10)], ids=str)
def test_every_edge_carries_its_own_number(layers: tuple[int, ...], phase: Phase) -> None:
    state = state_of(layers, phase, label=1)
    edges = choose_edges(state, whole_request(state, 200))
    values = edge_values(state, edges)
    assert values == pytest.approx([expected_value(state, edges, at) for at in range(len(edges))], rel=1e-5)


def test_changes_are_the_difference_the_update_made() -> None:
    state = state_of((6, 5, 3), Phase.UPDATE, label=1)
    assert state.parameters_after is not None
    edges = choose_edges(state, whole_request(state, 1000))
    change = state.parameters_after - state.network.parameters
    assert len(edges) == change.size
    assert sorted(edge_values(state, edges).tolist()) == pytest.approx(sorted(change.tolist()))


def test_the_strongest_edges_are_chosen() -> None:
    state = state_of((6, 5, 3), label=1)
    every = choose_edges(state, whole_request(state, 1000))
    sizes = np.abs(edge_values(state, every))
    few = choose_edges(state, whole_request(state, 10))
    first_layer = np.sort(sizes[every.layer == 0])[::-1]
    kept = np.sort(np.abs(edge_values(state, few))[few.layer == 0])[::-1]
    assert kept == pytest.approx(first_layer[: len(kept)])


def test_the_budget_is_shared_and_what_is_left_goes_to_the_others() -> None:
    state = state_of((784, 30, 10))
    edges = choose_edges(state, whole_request(state, 1000, image_side=28))
    assert len(edges) <= 1000
    assert (edges.layer == 1).sum() == 31 * 10
    assert (edges.layer == 0).sum() > 400


def test_a_row_of_pixels_has_one_edge_to_a_neuron_and_it_is_the_strongest() -> None:
    state = state_of((784, 30, 10))
    edges = choose_edges(state, whole_request(state, 400, image_side=28))
    from_pixels = (edges.layer == 0) & (edges.source != BIAS)
    rows, targets = edges.source[from_pixels] // 28, edges.target[from_pixels]
    assert len(set(zip(rows.tolist(), targets.tolist(), strict=True))) == from_pixels.sum()
    values = np.abs(edge_values(state, edges))[from_pixels]
    products = np.abs(state.sample.x[:, None] * state.network.W[0]).reshape(28, 28, 30).max(axis=1)
    assert values == pytest.approx(products[rows, targets], rel=1e-5)


def test_a_dark_pixel_has_no_edge_in_the_forward_phase() -> None:
    state = state_of((784, 30, 10))
    bright = np.flatnonzero(state.sample.x)
    request = replace(whole_request(state, 400, 28), sources=(bright, np.arange(30)))
    edges = choose_edges(state, request)
    pixels = edges.source[(edges.layer == 0) & (edges.source != BIAS)]
    assert (state.sample.x[pixels] > 0).all()


def test_edges_drawn_before_stay_when_nearly_as_strong() -> None:
    state, request_of = state_of((20, 20, 3), label=1), whole_request
    before = choose_edges(state, request_of(state, 60))
    rng = np.random.default_rng(0)
    nudged = state.network.parameters * rng.uniform(0.95, 1.05, state.network.parameters.size)
    network = type(state.network)(state.network.architecture, nudged.astype(np.float32))
    later = replace(state, network=network)
    with_memory = choose_edges(later, request_of(later, 60), before)
    kept = np.isin(with_memory.parameter, before.parameter).sum()
    without = np.isin(choose_edges(later, request_of(later, 60)).parameter, before.parameter).sum()
    assert kept >= without
    assert kept == 60


def test_a_selected_neuron_shows_its_own_edges_only() -> None:
    state = state_of((6, 5, 3), label=1)
    edges = choose_edges(state, replace(whole_request(state, 100), selected=NeuronPart(0, 2)))
    assert len(edges) == 7 + 3
    into, out_of = edges.layer == 0, edges.layer == 1
    assert (edges.target[into] == 2).all()
    assert (edges.source[out_of] == 2).all()


def test_without_bias_nodes_no_edge_comes_from_the_constant() -> None:
    state = state_of((6, 5, 3), label=1)
    edges = choose_edges(state, replace(whole_request(state, 100), with_bias=False))
    assert (edges.source != BIAS).all()


def test_a_budget_of_none_draws_none() -> None:
    state = state_of((784, 30, 10))
    assert len(choose_edges(state, whole_request(state, 0, 28))) == 0


def test_without_a_label_there_is_no_gradient_to_draw() -> None:
    state = state_of((6, 5, 3), Phase.BACKWARD, label=None)
    assert quantity_of(state) is EdgeQuantity.CONTRIBUTION


def test_weights_begin_after_the_biases_of_the_layer_before() -> None:
    state = state_of((6, 5, 3), label=1)
    start = weights_start((6, 5, 3), 1)
    assert state.network.parameters[start] == state.network.W[1][0, 0]


def test_buckets_order_by_strength_and_tell_the_sign() -> None:
    values = np.array([0.99, -0.99, 0.01, -0.5, 0.0, np.nan, 7.0])
    buckets = bucketed(values, np.ones(1))
    look = {}
    for bucket in range(2 * N_LEVELS):
        for edge in buckets.order[buckets.bounds[bucket] : buckets.bounds[bucket + 1]].tolist():
            look[edge] = (bucket // 2, bucket % 2)
    assert look == {0: (7, 0), 1: (7, 1), 2: (0, 0), 3: (4, 1), 6: (7, 0)}
