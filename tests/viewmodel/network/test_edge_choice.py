from dataclasses import replace

import numpy as np
import pytest

from bpviz.viewmodel.network.edge_choice import EdgeRequest, choose_edges, choose_faint
from bpviz.viewmodel.network.edges import EdgeQuantity, edge_values, quantity_of
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position, StepLevel, positions
from tests.viewmodel.network_states import batch_of, state_of, stepped

LAYERS = (6, 5, 4, 3)


def state_at(position: Position) -> NetworkState:
    return stepped(state_of(LAYERS, label=1), position)


def whole_request(state: NetworkState, budget: int = 1000) -> EdgeRequest:
    neurons = tuple(np.arange(n) for n in state.network.architecture.layers)
    return EdgeRequest(neurons[:-1], neurons[1:], budget)


def test_the_neuron_in_focus_has_its_incoming_edges_alone() -> None:
    state = state_at(Position(Phase.FORWARD, 1, 2))
    edges = choose_edges(state, whole_request(state))
    assert set(zip(edges.layer.tolist(), edges.target.tolist(), strict=True)) == {(1, 2)}
    assert len(edges) == 5 + 1


def test_a_hidden_neurons_terms_add_up_to_its_delta() -> None:
    state = state_at(Position(Phase.BACKWARD, 1, 2))
    edges = choose_edges(state, whole_request(state))
    assert quantity_of(state) is EdgeQuantity.TERM
    assert (edges.layer == 2).all()
    assert (edges.source == 2).all()
    assert state.sample.delta is not None
    total = float(edge_values(state, edges).astype(np.float64).sum())
    z, a = state.sample.z[1][None].astype(np.float64), state.sample.a[1][None].astype(np.float64)
    slope = float((a * (1 - a))[0, 2])
    assert z.shape == (1, 4)
    assert total * slope == pytest.approx(float(state.sample.delta[1][2]), rel=1e-5)


def test_an_output_in_focus_has_the_gradients_into_it() -> None:
    state = state_at(Position(Phase.BACKWARD, 2, 1))
    edges = choose_edges(state, whole_request(state))
    assert quantity_of(state) is EdgeQuantity.GRADIENT
    assert set(zip(edges.layer.tolist(), edges.target.tolist(), strict=True)) == {(2, 1)}


@pytest.mark.parametrize(
    ("position", "bright"),
    [
        (Position(Phase.FORWARD, 1), {0, 1}),
        (Position(Phase.BACKWARD, 1), {1, 2}),
        (Position(Phase.UPDATE, 0), {0}),
        (Position(Phase.LOSS), {0, 1, 2}),
    ],
)
def test_layers_show_their_numbers_once_they_are_reached(position: Position, bright: set[int]) -> None:
    state = state_at(position)
    assert set(choose_edges(state, whole_request(state)).layer.tolist()) == bright
    faint = choose_faint(state, whole_request(state))
    assert faint is not None
    assert set(faint.edges.layer[~faint.is_done].tolist()) == {0, 1, 2} - bright


def test_no_number_that_is_not_known_has_a_bright_edge() -> None:
    for position in positions(StepLevel.NEURON, state_of(LAYERS, label=1).network.architecture):
        state = state_at(position)
        assert state.reveal is not None
        edges = choose_edges(state, whole_request(state))
        for layer, target in zip(edges.layer.tolist(), edges.target.tolist(), strict=True):
            if state.phase is Phase.UPDATE:
                assert state.reveal.updated[layer]
            elif state.phase is Phase.BACKWARD:
                assert state.reveal.knows_delta(layer, target)
            else:
                assert state.reveal.knows_sum(layer, target)


def test_what_is_not_known_yet_tells_the_sign_of_the_weight_only() -> None:
    state = state_at(Position(Phase.FORWARD, 0))
    faint = choose_faint(state, whole_request(state))
    assert faint is not None
    weights = state.network.parameters[faint.edges.parameter]
    assert (faint.is_negative == (weights < 0)).all()
    assert not faint.is_done.any()


def test_what_was_computed_before_the_neuron_in_focus_stays_faintly() -> None:
    state = state_at(Position(Phase.FORWARD, 2, 0))
    faint = choose_faint(state, whole_request(state))
    assert faint is not None
    assert set(faint.edges.layer[faint.is_done].tolist()) == {0, 1}
    done = faint.edges.taken(np.flatnonzero(faint.is_done))
    assert (faint.is_negative[faint.is_done] == (edge_values(state, done) < 0)).all()


def test_with_everything_known_nothing_is_faint() -> None:
    state = state_of(LAYERS, label=1)
    assert choose_faint(state, whole_request(state)) is None


def test_what_recedes_is_faint_and_known() -> None:
    state = state_of(LAYERS, Phase.BACKWARD, label=1)
    request = replace(whole_request(state), recedes=True)
    faint = choose_faint(state, request)
    assert len(choose_edges(state, request)) == 0
    assert faint is not None
    assert faint.is_done.all()
    assert len(faint.edges) > 0


def test_a_selection_in_a_layer_not_reached_has_no_bright_edge() -> None:
    state = state_at(Position(Phase.FORWARD, 0))
    request = replace(whole_request(state), selected=NeuronPart(2, 1))
    assert len(choose_edges(state, request)) == 0


def test_edges_carry_the_batchs_mean_gradient_when_asked() -> None:
    state = state_of(LAYERS, Phase.BACKWARD, label=1)
    batch = batch_of(state.network)
    mean = replace(state, batch=batch, shows_batch_mean=True)
    edges = choose_edges(mean, whole_request(mean))
    expected = []
    for layer, source, target in zip(
        edges.layer.tolist(), edges.source.tolist(), edges.target.tolist(), strict=True
    ):
        fed = batch.forward.input_of(layer).astype(np.float64)
        column = np.ones(len(fed)) if source == BIAS else fed[:, source]
        expected.append(float(column @ batch.delta[layer][:, target].astype(np.float64)))
    assert edge_values(mean, edges) == pytest.approx(expected, rel=1e-4, abs=1e-7)
    assert edge_values(mean, edges) != pytest.approx(edge_values(state, edges), rel=1e-2)


def test_the_batchs_mean_is_shown_in_backward_only() -> None:
    state = replace(state_of(LAYERS, Phase.FORWARD, label=1), shows_batch_mean=True)
    assert replace(state, batch=batch_of(state.network)).mean_of is None
