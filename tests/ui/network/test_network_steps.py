"""What the network view draws at a place inside an iteration, judged by pixels and texts."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.nn.network import Network
from bpviz.ui.network.network_stage import NetworkStage
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.graph_geometry import InputStyle
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, LossPart, NeuronPart, WeightPart
from bpviz.viewmodel.network.tile_content import TileContent
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position, StepLevel, positions
from tests.ui.network_hands import Clock, disc_place, place, seen, shown_view, yellowness
from tests.viewmodel.network_states import batch_of, state_of, stepped


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource, clock: Clock) -> NetworkView:
    return shown_view(qtbot, source, clock)


def at(phase: Phase, layer: int | None = None, neuron: int | None = None) -> NetworkState:
    return stepped(state_of(), Position(phase, layer, neuron))


def stage_of(view: NetworkView) -> NetworkStage:
    assert view.renderer.stage is not None
    return view.renderer.stage


def distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


def test_what_is_not_computed_yet_is_an_empty_disc_and_a_dash(view: NetworkView, source: ThemeSource) -> None:
    view.show_state(at(Phase.FORWARD, 0, 10))
    image = seen(view)
    stage = source.theme.stage
    assert distance(image.pixelColor(disc_place(view, 0, 10)), stage) > 40
    assert distance(image.pixelColor(disc_place(view, 0, 11)), stage) == 0
    assert distance(image.pixelColor(disc_place(view, 1, 3)), stage) == 0
    assert stage_of(view).outputs.value_texts == ("–",) * 10


def test_a_neurons_step_fills_the_next_disc(view: NetworkView, source: ThemeSource) -> None:
    view.show_state(at(Phase.FORWARD, 0, 10))
    view.show_state(at(Phase.FORWARD, 0, 11))
    assert distance(seen(view).pixelColor(disc_place(view, 0, 11)), source.theme.stage) > 40


def test_outputs_of_a_softmax_are_written_when_the_last_sum_is_there(view: NetworkView) -> None:
    view.show_state(at(Phase.FORWARD, 1, 8))
    assert set(stage_of(view).outputs.value_texts) == {"–"}
    view.show_state(at(Phase.FORWARD, 1, 9))
    assert "–" not in stage_of(view).outputs.value_texts


def test_the_loss_and_the_errors_wait_for_their_phase(view: NetworkView) -> None:
    layout = view.graph_layout
    assert layout is not None
    block = layout.outputs
    below = float(layout.columns[-1].y[3]) + block.bar_height / 2 + 3.5
    far = place(view, block.bar_left + 0.6 * (block.bar_right - block.bar_left), below)

    def redness() -> int:
        color = seen(view).pixelColor(far)
        return color.red() - color.green()

    view.show_state(at(Phase.FORWARD))
    assert stage_of(view).loss_text == "Loss –"
    assert redness() < 30
    view.show_state(at(Phase.LOSS))
    assert stage_of(view).loss_text != "Loss –"
    assert redness() > 120
    view.show_state(at(Phase.FORWARD))
    assert stage_of(view).loss_text == "Loss –"
    assert redness() < 30


def test_the_neuron_in_focus_carries_its_number(view: NetworkView) -> None:
    view.show_state(at(Phase.FORWARD, 0, 10))
    a = float(state_of().sample.a[0][10])
    assert stage_of(view).tags.texts == (f"a = {a:.3f}",)
    assert stage_of(view).focus_mark.is_shown


def test_a_switched_off_neuron_is_an_empty_disc_that_says_so(view: NetworkView, source: ThemeSource) -> None:
    state = state_of()
    network = Network(state.network.architecture, state.network.parameters, ((0, 4),))
    view.show_state(replace(state, network=network))
    view.select(NeuronPart(0, 4))
    image = seen(view)
    assert distance(image.pixelColor(disc_place(view, 0, 4)), source.theme.stage) == 0
    assert distance(image.pixelColor(disc_place(view, 0, 5)), source.theme.stage) > 0
    assert stage_of(view).tags.texts == ("switched off",)
    assert view.renderer.lines_about(NeuronPart(0, 4))[0] == "Hidden neuron 4, switched off"


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("layers", [(784, 30, 10), (784, 16, 16, 16, 16, 10), (784, 10)], ids=str)
def test_no_tag_covers_an_outputs_disc(view: NetworkView, layers: tuple[int, ...], phase: Phase) -> None:
    view.show_state(state_of(layers, phase))
    assert view.graph_layout is not None
    outputs, last = view.graph_layout.columns[-1], len(layers) - 2
    for part in (WeightPart(last, 9, 3), WeightPart(last, BIAS, 9), NeuronPart(last, 3)):
        view.select(part)
        areas = stage_of(view).tags.areas
        assert areas
        assert max(area.right() for area in areas) <= outputs.x - outputs.radius


def test_running_on_draws_everything_again(view: NetworkView, clock: Clock) -> None:
    before = seen(view)
    view.show_state(at(Phase.FORWARD, 0, 10))
    assert seen(view) != before
    clock.now += 1.0
    view.show_state(state_of())
    assert seen(view) == before
    assert stage_of(view).tags.texts == ()
    assert stage_of(view).faint.is_empty


def test_stepping_back_draws_what_was_there(view: NetworkView) -> None:
    view.show_state(at(Phase.FORWARD, 0, 10))
    before = seen(view)
    view.show_state(at(Phase.BACKWARD, 1))
    view.show_state(at(Phase.FORWARD, 0, 10))
    assert seen(view) == before


def test_a_selected_weight_is_a_chain_of_its_factors(view: NetworkView, source: ThemeSource) -> None:
    state = at(Phase.BACKWARD)
    view.show_state(state)
    plain = seen(view)
    view.select(WeightPart(1, 9, 7))
    assert len(stage_of(view).tags.texts) == 3
    assert stage_of(view).weight.is_used
    layout = view.graph_layout
    assert layout is not None
    assert layout.loss is not None
    y = (float(layout.columns[-1].y[7]) + layout.loss.rect.y) / 2 + 20
    bus = place(view, layout.outputs.bus_x, y)
    ink = source.theme.ink
    assert distance(seen(view).pixelColor(bus), ink) < distance(plain.pixelColor(bus), ink)
    view.select(None)
    assert seen(view) == plain


def test_an_updated_layer_glows_for_a_moment(qtbot: QtBot, view: NetworkView) -> None:
    view.show_state(at(Phase.BACKWARD))
    view.show_state(at(Phase.UPDATE, 0))
    assert stage_of(view).flash.is_lit
    qtbot.waitUntil(lambda: not stage_of(view).flash.is_lit, timeout=3000)


def test_reduced_motion_never_glows(view: NetworkView, source: ThemeSource) -> None:
    source.set_reduced_motion(True)
    view.show_state(at(Phase.BACKWARD))
    view.show_state(at(Phase.UPDATE, 0))
    assert not stage_of(view).flash.is_lit


def test_resizing_while_it_glows_leaves_nothing_behind(qtbot: QtBot, view: NetworkView) -> None:
    view.show_state(at(Phase.BACKWARD))
    view.show_state(at(Phase.UPDATE, 0))
    view.resize(900, 640)
    assert not stage_of(view).flash.is_lit
    assert not seen(view).isNull()


def test_a_step_is_shown_whole_with_reduced_motion_too(view: NetworkView, source: ThemeSource) -> None:
    source.set_reduced_motion(True)
    view.show_state(at(Phase.FORWARD, 0, 3))
    view.show_state(at(Phase.FORWARD, 0, 4))
    assert stage_of(view).tags.texts == (f"a = {float(state_of().sample.a[0][4]):.3f}",)


def test_the_batchs_mean_changes_edges_and_legend(view: NetworkView) -> None:
    state = state_of(phase=Phase.BACKWARD)
    view.show_state(state)
    view.show_state(replace(state, batch=batch_of(state.network), shows_batch_mean=True))
    assert view.picture is not None
    assert view.picture.legend[-1].text == "∂L/∂w, mean of 5"


def test_another_network_in_mid_step_is_drawn(view: NetworkView) -> None:
    view.show_state(at(Phase.BACKWARD, 0, 20))
    view.select(WeightPart(1, 29, 9))
    view.show_state(stepped(state_of((784, 16, 16, 10)), Position(Phase.FORWARD, 1, 3)))
    assert view.selected is None
    assert not stage_of(view).weight.is_used
    assert stage_of(view).tags.texts[0].startswith("a = ")


@pytest.mark.parametrize(
    "layers", [(784, 30, 10), (784, 10), (784, 128, 64, 10), (6, 5, 3), (784, *(32,) * 10, 10)], ids=str
)
@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_no_place_fails_on_any_network_or_number(
    view: NetworkView, layers: tuple[int, ...], value: float | None
) -> None:
    state = state_of(layers, label=1)
    one = replace(state, batch=batch_of(state.network, 1))
    if value is not None:
        state.network.parameters[:] = value
        one = replace(one, sample=replace(one.sample, loss=value))
    places = (*positions(StepLevel.LAYER, state.network.architecture), Position(Phase.FORWARD, 0, 1))
    for number, position in enumerate((*places, Position(Phase.BACKWARD, 0, 1))):
        view.show_state(replace(stepped(one, position), shows_batch_mean=bool(number % 2)))
        view.select(WeightPart(0, 3, 1) if number % 3 else NeuronPart(0, 1))
    assert not seen(view).isNull()


@pytest.mark.parametrize("style", InputStyle)
@pytest.mark.parametrize("content", TileContent)
def test_input_styles_and_contents_of_the_images_go_together(
    view: NetworkView, style: InputStyle, content: TileContent
) -> None:
    state = state_of(phase=Phase.BACKWARD)
    view.show_state(replace(state, batch=batch_of(state.network)))
    view.set_input_style(style)
    view.set_tile_content(content)
    view.select(WeightPart(0, 12 * 28 + 13, 4))
    assert view.graph_layout is not None
    assert (view.graph_layout.input.column is None) == (style is InputStyle.IMAGE)
    assert stage_of(view).weight.is_used
    assert not seen(view).isNull()


def test_images_of_gradients_are_green_where_the_loss_falls_if_the_weight_grows(
    view: NetworkView, clock: Clock
) -> None:
    state = state_of()
    batch = batch_of(state.network)
    batch.delta[0][:] = 0.0
    batch.delta[0][:, 2] = -1.0
    view.set_tile_content(TileContent.GRADIENT)
    clock.now += 1.0
    view.show_state(replace(state, batch=batch))
    layout = view.graph_layout
    assert layout is not None
    assert layout.tiles is not None
    half = layout.tiles.size / 2
    color = seen(view).pixelColor(
        place(view, float(layout.tiles.x[2]) + half, float(layout.tiles.y[2]) + half)
    )
    assert color.green() > color.red() + 40


def test_a_click_on_the_loss_selects_it(qtbot: QtBot, view: NetworkView) -> None:
    layout = view.graph_layout
    assert layout is not None
    assert layout.loss is not None
    rect = layout.loss.rect
    with qtbot.waitSignal(view.selection_changed) as heard:
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=place(view, rect.x + 30, rect.center_y)
        )
    assert heard.args == [LossPart()]


def test_known_activations_keep_their_colour_at_every_later_place(view: NetworkView) -> None:
    bright = int(np.argmax(state_of().sample.a[0]))
    levels = []
    for place_now in (Position(Phase.FORWARD, 0), Position(Phase.FORWARD, 1, 2), Position(Phase.LOSS)):
        view.show_state(stepped(state_of(), place_now))
        levels.append(yellowness(seen(view).pixelColor(disc_place(view, 0, bright))))
    assert len(set(levels)) == 1
    assert levels[0] > 30
