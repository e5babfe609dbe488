from dataclasses import replace

import numpy as np
import pytest

from bpviz.viewmodel.network.graph_geometry import GraphLayout, LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.network_picture import NetworkPicture, PictureOptions, next_picture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.tags import neuron_tags
from bpviz.viewmodel.network.weight_picture import WeightLook, WeightPicture, lit_output, weight_picture
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from bpviz.viewmodel.words.number_format import signed_significant, significant
from tests.viewmodel.network_states import batch_of, state_of, stepped

LAYERS = (784, 30, 10)
WEIGHT = WeightPart(1, 9, 7)


def drawn(state: NetworkState, part: Part | None) -> tuple[GraphLayout, NetworkPicture]:
    layout = lay_out(LayoutRequest(state.network.architecture.layers, 746.0, 540.0))
    return layout, next_picture(state, layout, PictureOptions(selected=part))


def pictured(state: NetworkState, part: Part | None = WEIGHT) -> WeightPicture:
    found = weight_picture(state, *drawn(state, part), part)
    assert found is not None
    return found


def texts(picture: WeightPicture) -> set[str]:
    return {tag.text for tag in picture.tags}


def test_backward_writes_every_factor_on_the_chain() -> None:
    state = state_of(phase=Phase.BACKWARD)
    assert state.sample.delta is not None
    a, delta = float(state.sample.a[0][9]), float(state.sample.delta[1][7])
    picture = pictured(state)
    assert picture.look is WeightLook.CHAIN
    assert texts(picture) == {
        f"a = {significant(a)}",
        f"δ = {signed_significant(delta)}",
        f"∂Lᵢ/∂w = {signed_significant(a * delta)}",
    }
    assert next(tag.text for tag in picture.tags if tag.is_main).startswith("∂Lᵢ/∂w")


def test_the_batchs_mean_gradient_stands_alone() -> None:
    state = state_of(phase=Phase.BACKWARD)
    batch = batch_of(state.network)
    picture = pictured(replace(state, batch=batch, shows_batch_mean=True))
    assert texts(picture) == {f"∂L/∂w = {signed_significant(float(batch.grad_W(1)[9, 7]))}"}


def test_an_early_weight_shows_the_paths_its_gradient_comes_along() -> None:
    state = state_of(phase=Phase.BACKWARD)
    early = WeightPart(0, 14 * 28 + 13, 4)
    layout, picture = drawn(state, early)
    found = weight_picture(state, layout, picture, early)
    assert found is not None
    assert found.fan is not None
    assert 3 <= len(found.flows) <= 10
    assert np.abs(found.flows).max() == pytest.approx(1.0)
    assert (found.fan.x[:, 0] == layout.columns[0].x).all()
    assert len(picture.edges) == 0
    assert picture.faint is not None


def test_forward_writes_the_weight_and_what_it_adds() -> None:
    state = state_of()
    w, a = float(state.network.W[1][9, 7]), float(state.sample.a[0][9])
    assert texts(pictured(state)) == {
        f"a = {significant(a)}",
        f"w = {signed_significant(w)}",
        f"w × a = {signed_significant(w * a)}",
    }


def test_nothing_is_written_that_is_not_computed_yet() -> None:
    state = stepped(state_of(), Position(Phase.FORWARD, 0, 5))
    w = float(state.network.W[1][9, 7])
    assert texts(pictured(state)) == {f"w = {signed_significant(w)}"}


def test_update_puts_the_old_width_beside_the_new() -> None:
    state = state_of(phase=Phase.UPDATE)
    assert state.parameters_after is not None
    picture = pictured(state)
    assert picture.look is WeightLook.PAIR
    reach = float(np.abs(state.network.W[1]).max())
    assert picture.old == pytest.approx(abs(float(state.network.W[1][9, 7])) / reach)
    assert picture.new != picture.old
    assert any(text.startswith("Δw = ") for text in texts(picture))
    waiting = stepped(state, Position(Phase.UPDATE, 0))
    assert pictured(waiting).look is WeightLook.PLAIN


def test_a_weight_with_an_end_that_is_not_shown_is_not_drawn() -> None:
    state = state_of((784, 128, 10), Phase.BACKWARD)
    layout, picture = drawn(state, None)
    missing = int(np.setdiff1d(np.arange(128), picture.shown[0])[0])
    assert weight_picture(state, layout, picture, WeightPart(1, missing, 2)) is None


def test_both_ends_of_a_selected_weight_are_shown() -> None:
    state = state_of((784, 128, 10), Phase.BACKWARD)
    _, before = drawn(state, None)
    missing = int(np.setdiff1d(np.arange(128), before.shown[0])[0])
    part = WeightPart(1, missing, 2)
    assert missing in drawn(state, part)[1].shown[0]
    assert pictured(state, part).look is WeightLook.CHAIN


def test_the_way_from_the_loss_is_lit_for_one_output() -> None:
    state = state_of(phase=Phase.BACKWARD)
    _, picture = drawn(state, WEIGHT)
    assert lit_output(state, picture, WEIGHT) == 7
    assert lit_output(state, picture, WeightPart(0, 300, 3)) is None
    assert lit_output(replace(state, phase=Phase.FORWARD), picture, WEIGHT) is None
    at_output = stepped(state, Position(Phase.BACKWARD, 1, 4))
    assert lit_output(at_output, drawn(at_output, None)[1], None) == 4


@pytest.mark.parametrize(
    ("position", "start"),
    [
        (Position(Phase.FORWARD, 0, 3), "a = "),
        (Position(Phase.FORWARD, 1, 3), "z = "),
        (Position(Phase.FORWARD, 1, 9), "a = "),
        (Position(Phase.BACKWARD, 1, 3), "δ = "),
        (Position(Phase.BACKWARD, 0, 3), "δ = "),
    ],
)
def test_the_neuron_in_focus_carries_the_number_it_was_computed_for(position: Position, start: str) -> None:
    state = stepped(state_of(), position)
    tags = neuron_tags(state, *drawn(state, None), None)
    assert len(tags) == 1
    assert tags[0].text.startswith(start)


def test_a_selected_neuron_ahead_says_that_it_is_not_computed() -> None:
    state, part = stepped(state_of(), Position(Phase.FORWARD, 0, 3)), NeuronPart(0, 20)
    tags = {tag.text for tag in neuron_tags(state, *drawn(state, part), part)}
    assert "not computed yet" in tags
    assert len(tags) == 2
