import math
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.network.pixel_marks import strongest_pixels
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.network.graph_geometry import Arrangement
from bpviz.viewmodel.network.parts import NeuronPart
from bpviz.viewmodel.run.phases import Phase
from tests.ui.network_hands import (
    Clock,
    disc_place,
    place,
    seen,
    shown_view,
    with_activations,
    yellowness,
)
from tests.viewmodel.network_states import state_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource, clock: Clock) -> NetworkView:
    return shown_view(qtbot, source, clock)


def test_an_active_neuron_is_yellower_than_a_quiet_one(view: NetworkView) -> None:
    activations = [0.0] * 30
    activations[4] = 1.0
    view.show_state(with_activations(state_of(), 0, activations))
    image = seen(view)
    active = yellowness(image.pixelColor(disc_place(view, 0, 4)))
    quiet = yellowness(image.pixelColor(disc_place(view, 0, 5)))
    assert active > quiet + 150


def test_an_edge_of_a_positive_weight_is_blue_and_of_a_negative_one_orange(view: NetworkView) -> None:
    state = state_of((6, 2, 2), label=1)
    state.network.W[1][0, 0] = 3.0
    state.network.W[1][1, 1] = -3.0
    view.show_state(state)
    image, layout = seen(view), view.graph_layout
    assert layout is not None
    middle = (layout.columns[0].x + layout.columns[1].x) / 2

    def at(row: int) -> QColor:
        y = (float(layout.columns[0].y[row]) + float(layout.columns[1].y[row])) / 2
        return image.pixelColor(place(view, middle, y))

    assert at(0).blue() > at(0).red() + 60
    assert at(1).red() > at(1).blue() + 60


def test_a_larger_output_has_a_longer_bar(view: NetworkView) -> None:
    outputs = [0.0] * 10
    outputs[2], outputs[5] = 0.9, 0.3
    view.show_state(with_activations(state_of(), 1, outputs))
    layout = view.graph_layout
    assert layout is not None
    block, image = layout.outputs, seen(view)

    def is_filled(output: int, share: float) -> bool:
        x = block.bar_left + share * (block.bar_right - block.bar_left)
        point = place(view, x, float(layout.columns[-1].y[output]))
        return yellowness(image.pixelColor(point)) > 100

    assert [is_filled(2, 0.2), is_filled(2, 0.8)] == [True, True]
    assert [is_filled(5, 0.2), is_filled(5, 0.8)] == [True, False]


def test_the_error_bar_spans_what_is_missing_to_the_target(view: NetworkView) -> None:
    outputs = [0.0] * 10
    outputs[3] = 0.4
    view.show_state(with_activations(state_of(label=3), 1, outputs))
    layout = view.graph_layout
    assert layout is not None
    block, image = layout.outputs, seen(view)
    below = float(layout.columns[-1].y[3]) + block.bar_height / 2 + 3.5

    def redness(share: float) -> int:
        x = block.bar_left + share * (block.bar_right - block.bar_left)
        color = image.pixelColor(place(view, x, below))
        return color.red() - color.green()

    assert redness(0.2) < 30
    assert redness(0.7) > 120


def test_backward_rings_a_neuron_that_should_grow_in_green(view: NetworkView) -> None:
    view.show_state(state_of(phase=Phase.BACKWARD, label=3))
    layout = view.graph_layout
    assert layout is not None
    column = layout.columns[-1]
    ring = place(view, column.x - column.radius, float(column.y[3]))
    color = seen(view).pixelColor(ring)
    assert color.green() > color.red() + 40


def test_the_light_theme_shows_a_light_stage_and_the_same_things(
    view: NetworkView, source: ThemeSource
) -> None:
    before = view.picture
    source.set_choice(ThemeChoice.LIGHT)
    assert seen(view).pixelColor(3, 3) == source.theme.stage
    assert view.picture is not None
    assert before is not None
    assert (view.picture.edges.parameter == before.edges.parameter).all()


def test_weight_images_show_blue_where_weights_are_positive(view: NetworkView, clock: Clock) -> None:
    state = state_of()
    state.network.W[0][:] = 0.0
    state.network.W[0][:392, 0] = 1.0
    state.network.W[0][392:, 0] = -1.0
    clock.now += 1.0
    view.show_state(state)
    layout = view.graph_layout
    assert layout is not None
    assert layout.tiles is not None
    x, y, size = float(layout.tiles.x[0]), float(layout.tiles.y[0]), layout.tiles.size
    image = seen(view)
    top = image.pixelColor(place(view, x + size / 2, y + size / 4))
    bottom = image.pixelColor(place(view, x + size / 2, y + 3 * size / 4))
    assert top.blue() > top.red()
    assert bottom.red() > bottom.blue()


def test_a_selected_neuron_outlines_the_pixels_that_count_most(view: NetworkView) -> None:
    state = state_of()
    pixel = 10 * 28 + 13
    state.network.W[0][:, 5] = 0.01
    state.network.W[0][pixel, 5] = 2.0
    state.network.W[0][pixel + 28, 5] = -2.0
    view.show_state(replace(state, phase=Phase.LOSS))
    view.select(NeuronPart(0, 5))
    assert view.picture is not None
    pixels, signs = strongest_pixels(state, view.picture, view.selected)
    assert dict(zip(pixels.tolist(), signs.tolist(), strict=True)).items() >= {
        (pixel, 1),
        (pixel + 28, -1),
    }
    assert view.graph_layout is not None
    area = view.graph_layout.input.picture
    side = area.width / 28
    corner = place(view, area.x + 13 * side, area.y + 10 * side)
    color = seen(view).pixelColor(corner)
    assert color.blue() > color.red() + 40


def test_states_that_come_fast_keep_edges_and_the_last_one_is_shown_whole(
    qtbot: QtBot, view: NetworkView, clock: Clock
) -> None:
    first = view.picture
    clock.now += 0.016
    view.show_state(state_of(seed=1))
    assert view.picture is first
    clock.now += 0.2
    qtbot.waitUntil(lambda: view.picture is not first, timeout=2000)


def test_a_drawing_moves_the_discs_at_once_and_the_edges_in_the_next_turn(
    qtbot: QtBot, view: NetworkView, clock: Clock
) -> None:
    view.set_arrangement(Arrangement.DRAW)
    dark = with_activations(state_of(), 0, [0.0] * 30)
    view.show_state(dark)
    view.finish_updates()
    first, before = view.picture, yellowness(seen(view).pixelColor(disc_place(view, 0, 4)))
    clock.now += 1.0
    view.show_state(with_activations(dark, 0, [1.0] * 30))
    assert view.picture is first
    assert yellowness(seen(view).pixelColor(disc_place(view, 0, 4))) > before + 150
    qtbot.waitUntil(lambda: view.picture is not first, timeout=2000)


def test_what_waits_can_be_shown_at_once(view: NetworkView, clock: Clock) -> None:
    first = view.picture
    clock.now += 0.016
    view.show_state(state_of(seed=1))
    view.finish_updates()
    assert view.picture is not first


def test_between_choices_the_discs_follow_every_state(view: NetworkView, clock: Clock) -> None:
    dark = with_activations(state_of(), 0, [0.0] * 30)
    view.show_state(replace(dark, phase=Phase.LOSS))
    before = yellowness(seen(view).pixelColor(disc_place(view, 0, 4)))
    clock.now += 0.016
    view.show_state(replace(with_activations(dark, 0, [1.0] * 30), phase=Phase.LOSS))
    assert yellowness(seen(view).pixelColor(disc_place(view, 0, 4))) > before + 150


def test_reduced_motion_holds_the_picture_still_in_between(
    view: NetworkView, source: ThemeSource, clock: Clock
) -> None:
    source.set_reduced_motion(True)
    dark = with_activations(state_of(), 0, [0.0] * 30)
    view.show_state(replace(dark, phase=Phase.LOSS))
    before = seen(view)
    clock.now += 0.2
    view.show_state(replace(with_activations(dark, 0, [1.0] * 30), phase=Phase.LOSS))
    assert seen(view) == before
    clock.now += 0.1
    view.show_state(replace(with_activations(dark, 0, [1.0] * 30), phase=Phase.LOSS))
    assert seen(view) != before


def test_the_edge_budget_holds(view: NetworkView) -> None:
    view.set_edge_budget(50)
    assert view.picture is not None
    assert len(view.picture.edges) <= 50
    assert view.picture.legend[-2].text == f"w × a, top {len(view.picture.edges)}"


def test_weight_images_and_bias_nodes_can_be_put_away(view: NetworkView) -> None:
    view.set_weight_images_visible(False)
    view.set_bias_nodes_visible(False)
    assert view.graph_layout is not None
    assert view.graph_layout.tiles is None
    assert view.graph_layout.biases == ()
    assert view.picture is not None
    assert (view.picture.edges.source >= 0).all()


def test_signs_as_dashes_breaks_negative_edges_only(view: NetworkView) -> None:
    view.set_sign_as_dashes(True)
    assert view.renderer.stage is not None
    for bucket, item in enumerate(view.renderer.stage.edges.items):
        is_dashed = item.pen().style() is Qt.PenStyle.CustomDashLine
        assert is_dashed == bool(bucket % 2)


def test_a_drawing_is_answered_in_percent_without_loss(view: NetworkView) -> None:
    view.set_arrangement(Arrangement.DRAW)
    view.show_state(state_of(label=None))
    stage = view.renderer.stage
    assert stage is not None
    assert stage.loss is None
    assert all(text.endswith("%") for text in stage.outputs.value_texts)


def test_another_architecture_is_laid_out_anew_and_the_selection_dropped(view: NetworkView) -> None:
    view.select(NeuronPart(0, 29))
    view.show_state(state_of((784, 16, 16, 10)))
    assert view.selected is None
    assert view.graph_layout is not None
    assert len(view.graph_layout.columns) == 3


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(
    "layers",
    [
        (784, 128, 10),
        (784, 128, 64, 10),
        (784, *(32,) * 10, 10),
        (784, 10),
        (2, 8, 2),
        (10, 5, 1),
        (784, 512, 512, 60),
    ],
    ids=str,
)
def test_every_architecture_is_drawn_in_every_phase(
    view: NetworkView, layers: tuple[int, ...], phase: Phase
) -> None:
    view.show_state(state_of(layers, phase, label=0))
    assert view.picture is not None
    assert len(view.picture.edges) > 0
    assert not seen(view).isNull()


def test_infinite_values_are_drawn_without_failing(view: NetworkView, clock: Clock) -> None:
    state = state_of(activation="relu")
    wild = [math.inf, -math.inf, math.nan] * 10
    broken = with_activations(with_activations(state, 0, wild), 1, [math.nan] * 10)
    clock.now += 1.0
    view.show_state(replace(broken, sample=replace(broken.sample, loss=math.inf)))
    assert not seen(view).isNull()


def test_edges_are_plain_items_with_opaque_pens(view: NetworkView) -> None:
    """Qt paints those without the interpreter, which the training thread then has to itself."""
    assert view.renderer.stage is not None
    for item in view.renderer.stage.edges.items:
        assert type(item).__module__.startswith("PySide6")
        assert item.pen().color().alpha() == 255
