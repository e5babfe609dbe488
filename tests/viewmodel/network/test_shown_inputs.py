import numpy as np
import pytest

from bpviz.viewmodel.network.graph_geometry import GraphLayout, InputStyle, LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.hidden_neurons import hidden_neurons
from bpviz.viewmodel.network.network_picture import PictureOptions, next_picture
from bpviz.viewmodel.network.parts import BIAS, GapPart, InputPart, NeuronPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from tests.viewmodel.network_states import state_of, stepped


def layout_of(style: InputStyle, layers: tuple[int, ...] = (784, 30, 10)) -> GraphLayout:
    return lay_out(LayoutRequest(layers, 746.0, 540.0, input_style=style))


def test_ten_boxes_stand_for_first_last_and_brightest_pixels() -> None:
    state = state_of()
    picture = next_picture(state, layout_of(InputStyle.BOXES), PictureOptions())
    assert len(picture.inputs) == 10
    assert {0, 783} <= set(picture.inputs.tolist())
    assert (state.sample.x[picture.inputs[1:-1]] == 1.0).all()


def test_edges_come_from_the_boxes_only() -> None:
    picture = next_picture(state_of(), layout_of(InputStyle.BOXES), PictureOptions())
    sources = picture.edges.source[picture.edges.layer == 0]
    assert set(sources.tolist()) <= {BIAS, *picture.inputs.tolist()}
    layout = layout_of(InputStyle.BOXES)
    assert layout.input.column is not None
    from_boxes = (picture.edges.layer == 0) & (picture.edges.source != BIAS)
    assert (picture.lines.x[from_boxes, 0] == layout.input.column.x).all()


def test_the_pixels_that_add_most_to_the_selected_neuron_are_boxes() -> None:
    state = state_of()
    options = PictureOptions(selected=NeuronPart(0, 5))
    picture = next_picture(state, layout_of(InputStyle.STRONGEST), options)
    products = np.abs(state.sample.x * state.network.W[0][:, 5])
    least_shown = products[picture.inputs].min()
    hidden = np.setdiff1d(np.arange(784), picture.inputs)
    assert least_shown >= products[hidden].max()


def test_a_selected_pixel_gets_a_box() -> None:
    for style in (InputStyle.BOXES, InputStyle.STRONGEST):
        options = PictureOptions(selected=InputPart(400))
        assert 400 in next_picture(state_of(), layout_of(style), options).inputs


def test_weight_images_stay_when_the_input_is_boxes() -> None:
    assert layout_of(InputStyle.BOXES).tiles is not None


@pytest.mark.parametrize("layers", [(784, 128, 10), (784, 512, 512, 60)])
def test_the_hidden_ones_are_all_others_most_active_first(layers: tuple[int, ...]) -> None:
    state = state_of(layers)
    picture = next_picture(state, layout_of(InputStyle.IMAGE, layers), PictureOptions())
    found = hidden_neurons(GapPart(0), state, picture)
    indices = [row.part.index for row in found.rows]
    assert set(indices) | set(picture.shown[0].tolist()) == set(range(layers[1]))
    assert not set(indices) & set(picture.shown[0].tolist())
    sizes = np.abs(state.sample.a[0][indices])
    assert (np.diff(sizes) <= 0).all()
    assert found.title.startswith(f"{len(indices)} neurons")


def test_what_is_not_computed_yet_has_no_activation_in_the_list() -> None:
    state = stepped(state_of((784, 128, 10)), Position(Phase.FORWARD, 0, 60))
    picture = next_picture(state, layout_of(InputStyle.IMAGE, (784, 128, 10)), PictureOptions())
    for row in hidden_neurons(GapPart(0), state, picture).rows:
        assert (row.value == "–") == (row.part.index > 60)


def test_stepping_through_a_wide_layer_always_shows_the_neuron_in_focus_in_order() -> None:
    layout = layout_of(InputStyle.IMAGE, (784, 128, 10))
    for index in (0, 17, 60, 101, 127):
        state = stepped(state_of((784, 128, 10)), Position(Phase.FORWARD, 0, index))
        shown = next_picture(state, layout, PictureOptions()).shown[0]
        assert index in shown
        assert (np.diff(shown) > 0).all()
