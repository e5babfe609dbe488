"""What a network drawn for a class shows of each phase, and where its parts stand."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture, Network
from bpviz.training.observation import pass_sample
from bpviz.viewmodel.lessons.large_layout import large_layout
from bpviz.viewmodel.lessons.large_network import (
    LargePicture,
    cells,
    chosen_pixels,
    edges_of,
    loss_text,
    tag_of,
)
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position

ARCHITECTURE = Architecture((4, 3, 2), "sigmoid", "sigmoid", "squared")
NETWORK = Network(ARCHITECTURE, np.linspace(-1.0, 1.0, ARCHITECTURE.n_parameters))
SAMPLE = pass_sample(NETWORK, np.array([1.0, 0.5, 0.0, 0.2]), label=1)
PIXELS = (0, 2, 3)
COLUMNS = ("output", "target", "error", "square", "slope", "delta")


def picture_in(phase: Phase, layer: int | None = None, selected: Part | None = None) -> LargePicture:
    reveal = reveal_of(Position(phase, layer), ARCHITECTURE)
    state = NetworkState(NETWORK, SAMPLE, phase, reveal=reveal)
    return LargePicture(state, PIXELS, COLUMNS, selected)


def now(selected: Part | None = None, before: FloatArray | None = None) -> LargePicture:
    return LargePicture(NetworkState(NETWORK, SAMPLE, Phase.FORWARD), PIXELS, COLUMNS, selected, before)


def test_the_columns_are_the_numbers_of_the_outputs() -> None:
    assert SAMPLE.target is not None
    assert SAMPLE.delta is not None
    for k in range(2):
        a, t = float(SAMPLE.output[k]), float(SAMPLE.target[k])
        told = [cells(now(), column)[k] for column in COLUMNS]
        assert told[0].text == f"{a:.2f}"
        assert told[1].text == f"{t:g}"
        assert told[2].text == f"{t - a:+.2f}".replace("-", "−")
        assert told[2].bar == pytest.approx(t - a)
        assert told[3].text == f"{(t - a) ** 2:.2f}"
        assert told[4].text == f"{a * (1 - a):.2f}"
        assert told[5].text == f"{float(SAMPLE.delta[-1][k]):+.3f}".replace("-", "−")


def test_what_an_iteration_has_not_come_to_is_left_empty() -> None:
    first = picture_in(Phase.FORWARD, 0)
    assert [cell.text for cell in cells(first, "output")] == ["", ""]
    assert [cell.text for cell in cells(first, "target")] == ["0", "1"]
    assert loss_text(first) == ""
    assert not edges_of(first, 1).is_known
    assert edges_of(first, 0).is_known
    back = picture_in(Phase.BACKWARD, 1)
    assert all(cell.text for cell in cells(back, "delta"))
    assert edges_of(back, 1).is_gradient
    assert not edges_of(back, 0).is_gradient


def test_backward_edges_are_gradients_of_the_drawn_pixels() -> None:
    edges = edges_of(picture_in(Phase.BACKWARD), 0)
    assert SAMPLE.delta is not None
    fed = np.array([*SAMPLE.x[list(PIXELS)], 1.0])
    gradients = np.outer(fed, SAMPLE.delta[0])
    assert edges.strength == pytest.approx((gradients / np.abs(gradients).max()).ravel())


def test_edges_behind_a_selected_neuron_are_the_shares_handed_back_to_it() -> None:
    selected = NeuronPart(0, 1)
    edges = edges_of(picture_in(Phase.BACKWARD, selected=selected), 1)
    assert SAMPLE.delta is not None
    handed = np.vstack((NETWORK.W[1], NETWORK.b[1])) * SAMPLE.delta[1]
    assert edges.strength == pytest.approx((handed / np.abs(handed).max()).ravel())
    assert edges.source[edges.is_meant].tolist() == [1, 1]
    before = edges_of(now(selected=selected), 0)
    assert before.target[before.is_meant].tolist() == [1, 1, 1, 1]


def test_a_selected_weight_tells_its_value_its_gradient_and_its_change() -> None:
    part = WeightPart(0, 2, 1)
    weight = float(NETWORK.W[0][2, 1])
    assert SAMPLE.delta is not None
    tag = tag_of(now(selected=part))
    assert tag is not None
    assert tag.text == f"w = {weight:.2f}".replace("-", "−")
    bias = tag_of(picture_in(Phase.BACKWARD, selected=WeightPart(1, BIAS, 0)))
    assert bias is not None
    assert float(bias.text.removeprefix("gradient = ").replace("−", "-")) == pytest.approx(
        float(SAMPLE.delta[1][0]), rel=0.06
    )
    before = NETWORK.parameters - 0.001
    moved = tag_of(now(selected=part, before=before))
    assert moved is not None
    told = [float(text.replace("−", "-")) for text in moved.text.removeprefix("w = ").split(" → ")]
    assert told == pytest.approx([weight - 0.001, weight], abs=0.0006)
    assert told[0] != told[1]
    assert tag_of(now()) is None


def test_the_loss_is_told_with_the_one_before() -> None:
    assert loss_text(now()) == f"{SAMPLE.loss:.2f}"
    assert loss_text(replace(now(), loss_before=9.0)) == f"9.00 → {SAMPLE.loss:.2f}"


def test_edges_begin_and_end_at_the_boxes_and_discs_they_join() -> None:
    places = large_layout((784, 8, 10), 10, COLUMNS[:3], 1226.0, 490.0, 1.25)
    assert places.tails(0)[:10].tolist() == [[box.right, box.center_y] for box in places.boxes]
    assert places.heads(0).tolist() == [[pill.x, pill.center_y] for pill in places.hidden[0]]
    assert places.heads(1)[:, 1].tolist() == list(places.row_y)
    assert places.image.right < places.boxes[0].x < places.hidden[0][0].x < places.disc_x < places.name_x
    assert max(places.column_right.values()) < places.right
    assert places.row_y[-1] + places.pitch / 2 <= places.foot_y


@pytest.mark.parametrize("layers", [(784, 11, 10), (784, 5, 5, 5, 10)])
def test_a_network_with_too_much_to_draw_is_refused(layers: tuple[int, ...]) -> None:
    with pytest.raises(ConfigError, match="too large for the large drawing"):
        large_layout(layers, 10, COLUMNS, 1226.0, 490.0, 1.25)


def test_pixels_are_lit_ones_where_a_lesson_names_none() -> None:
    x = np.zeros(784)
    x[100:200] = 1.0
    pixels = chosen_pixels(x, ())
    assert len(pixels) == 10
    assert all(x[pixel] == 1.0 for pixel in pixels)
    assert chosen_pixels(x, (3, 4)) == (3, 4)
