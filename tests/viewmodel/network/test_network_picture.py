from dataclasses import replace

import numpy as np
import pytest

from bpviz.viewmodel.network.graph_geometry import LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.network_picture import NeuronChoice, PictureOptions, next_picture
from bpviz.viewmodel.network.parts import BIAS, NeuronPart
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.network_states import state_of

LAYERS = (784, 128, 10)
LAYOUT = lay_out(LayoutRequest(LAYERS, 746.0, 540.0))


def test_edges_leave_the_picture_at_the_row_of_their_pixel() -> None:
    picture = next_picture(state_of(LAYERS), LAYOUT, PictureOptions())
    edges, area = picture.edges, LAYOUT.input.picture
    pixels = (edges.layer == 0) & (edges.source != BIAS)
    rows = edges.source[pixels] // 28
    assert picture.lines.x[pixels, 0] == pytest.approx(np.full(pixels.sum(), LAYOUT.input.right))
    assert picture.lines.y[pixels, 0] == pytest.approx(area.y + (rows + 0.5) * area.height / 28)


def test_edges_end_at_the_weight_image_and_start_at_the_disc_of_their_neuron() -> None:
    picture = next_picture(state_of(LAYERS), LAYOUT, PictureOptions())
    assert LAYOUT.tiles is not None
    edges, shown = picture.edges, picture.shown[0].tolist()
    for edge in np.flatnonzero(edges.layer == 0).tolist():
        slot = shown.index(int(edges.target[edge]))
        assert picture.lines.x[edge, 1] == LAYOUT.tiles.x[slot]
    for edge in np.flatnonzero((edges.layer == 1) & (edges.source != BIAS)).tolist():
        slot = shown.index(int(edges.source[edge]))
        assert picture.lines.y[edge, 0] == LAYOUT.columns[0].y[slot]


def test_bias_edges_start_at_their_node() -> None:
    layout = lay_out(LayoutRequest((6, 5, 3), 746.0, 540.0))
    state = state_of((6, 5, 3), Phase.BACKWARD, label=1)
    picture = next_picture(state, layout, PictureOptions())
    from_bias = (picture.edges.source == BIAS) & (picture.edges.layer == 1)
    assert from_bias.sum() == 3
    assert (picture.lines.y[from_bias, 0] == layout.biases[1].y).all()


def test_neurons_keep_their_slots_when_asked() -> None:
    first = next_picture(state_of(LAYERS), LAYOUT, PictureOptions())
    other = state_of(LAYERS, seed=5)
    kept = next_picture(other, LAYOUT, PictureOptions(), first, NeuronChoice.KEEP)
    assert kept.shown[0] is first.shown[0]
    chosen = next_picture(other, LAYOUT, PictureOptions(), first)
    assert (chosen.shown[0] != first.shown[0]).any()


def test_a_selected_neuron_is_among_those_shown() -> None:
    state = state_of(LAYERS)
    quiet = int(np.abs(state.sample.a[0][10:110]).argmin()) + 10
    assert quiet not in next_picture(state, LAYOUT, PictureOptions()).shown[0]
    assert quiet in next_picture(state, LAYOUT, PictureOptions(selected=NeuronPart(0, quiet))).shown[0]


def test_the_label_of_a_wide_output_layer_is_shown() -> None:
    layers = (20, 8, 60)
    layout = lay_out(LayoutRequest(layers, 746.0, 540.0))
    for label in (20, 30, 40):
        state = state_of(layers, label=label)
        assert label in next_picture(state, layout, PictureOptions()).shown[-1]


def test_the_cost_of_a_choice_does_not_grow_with_hidden_width() -> None:
    """Candidates are the shown neurons only, however many there are."""
    wide = state_of((784, 512, 512, 10))
    layout = lay_out(LayoutRequest((784, 512, 512, 10), 746.0, 540.0))
    picture = next_picture(wide, layout, PictureOptions(edge_budget=10**6))
    slots = max(len(column.y) for column in layout.columns)
    assert len(picture.edges) <= (28 + 1) * slots + 2 * (slots + 1) * slots


def test_changes_may_concern_pixels_that_this_sample_leaves_dark() -> None:
    state = state_of((784, 30, 10), Phase.UPDATE)
    assert state.parameters_after is not None
    after = state.parameters_after.copy()
    after[0] += 5.0
    layout = lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0))
    picture = next_picture(replace(state, parameters_after=after), layout, PictureOptions())
    assert 0 in picture.edges.parameter


def test_the_most_active_neurons_come_first_and_stay_until_they_are_sorted_anew() -> None:
    layout = lay_out(LayoutRequest(LAYERS, 746.0, 540.0, most_active_first=True))
    state, other = state_of(LAYERS), state_of(LAYERS, seed=5)
    first = next_picture(state, layout, PictureOptions())
    activity = np.abs(state.sample.a[0])
    n_slots = len(layout.columns[0].y)
    np.testing.assert_array_equal(activity[first.shown[0]], np.sort(activity)[::-1][:n_slots])
    np.testing.assert_array_equal(first.shown[1], np.arange(10))
    kept = next_picture(other, layout, PictureOptions(), first, NeuronChoice.CHANGE_FEW)
    stayed = np.isin(kept.shown[0], first.shown[0])
    np.testing.assert_array_equal(kept.shown[0][stayed], first.shown[0][stayed])
    anew = next_picture(other, layout, PictureOptions(), kept, NeuronChoice.SORT)
    assert (np.diff(np.abs(other.sample.a[0])[anew.shown[0]]) <= 0).all()
