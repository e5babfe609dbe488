import numpy as np
import pytest

from bpviz.viewmodel.network.graph_geometry import LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.network_picture import PictureOptions, next_picture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import (
    BIAS,
    BiasPart,
    GapPart,
    InputPart,
    LegendPart,
    LossPart,
    NeuronPart,
    Part,
    WeightPart,
)
from bpviz.viewmodel.network.readout import readout
from bpviz.viewmodel.words.number_format import signed_significant, significant
from tests.viewmodel.network_states import state_of


def lines(part: Part, state: NetworkState) -> tuple[str, ...]:
    layout = lay_out(LayoutRequest(state.network.architecture.layers, 746.0, 540.0))
    return readout(part, state, layout, next_picture(state, layout, PictureOptions()))


def test_a_hidden_neuron_gives_a_z_bias_and_delta() -> None:
    state = state_of()
    assert state.sample.delta is not None
    name, figures, more = lines(NeuronPart(0, 16), state)
    assert name == "Hidden neuron 16"
    assert f"a {significant(float(state.sample.a[0][16]))}" in figures
    assert f"z {significant(float(state.sample.z[0][16]))}" in figures
    assert "bias 0" in figures
    assert more == f"δ {signed_significant(float(state.sample.delta[0][16]))}"


def test_an_output_gives_its_target() -> None:
    assert "target 1" in lines(NeuronPart(1, 3), state_of())[2]
    assert "target 0" in lines(NeuronPart(1, 4), state_of())[2]


def test_a_weight_gives_w_its_product_gradient_and_change() -> None:
    state = state_of()
    assert state.sample.delta is not None
    name, figures, more = lines(WeightPart(1, 9, 7), state)
    w, a = float(state.network.W[1][9, 7]), float(state.sample.a[0][9])
    gradient = a * float(state.sample.delta[1][7])
    assert name == "Hidden neuron 9 → output 7"
    assert f"w {significant(w)}" in figures
    assert f"w × a {significant(w * a)}" in figures
    assert f"∂Lᵢ/∂w {signed_significant(gradient)}" in more
    # Plain gradient descent at rate 0.5 made the step.
    change = float(more.split("change ")[1].replace("−", "-").replace("+", ""))
    assert change == pytest.approx(-0.5 * gradient, rel=0.01)


def test_a_bias_edge_gives_the_bias() -> None:
    name, figures, more = lines(WeightPart(1, BIAS, 7), state_of())
    assert name == "Constant 1 → output 7"
    assert figures == "bias 0"
    assert "∂Lᵢ/∂w" in more


def test_a_pixel_gives_its_place_counted_from_zero() -> None:
    assert lines(InputPart(28 * 6 + 12), state_of()) == ("Pixel in row 6, column 12", "x 1.00")


def test_an_input_that_is_no_pixel_gives_its_number() -> None:
    assert lines(InputPart(1), state_of((4, 3, 2), label=1))[0] == "Input 1"


def test_a_gap_says_who_is_drawn() -> None:
    text = " ".join(lines(GapPart(0), state_of((784, 128, 10))))
    assert "of 128 are drawn" in text


def test_the_weight_legend_counts_what_is_beyond_its_scale() -> None:
    state = state_of()
    layout = lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0))
    picture = next_picture(state, layout, PictureOptions())
    beyond = int(np.count_nonzero(np.abs(state.network.W[0]) > picture.scales.weight))
    assert f"{beyond} of" in readout(LegendPart(1), state, layout, picture)[1]


def test_the_loss_is_written_in_full() -> None:
    state = state_of()
    assert state.sample.loss is not None
    assert lines(LossPart(), state)[1] == significant(state.sample.loss, 6)
    assert "no label" in lines(LossPart(), state_of(label=None))[1]


def test_a_bias_node_gives_the_range_it_feeds() -> None:
    assert lines(BiasPart(0), state_of())[1] == "30 biases, 0 to 0"
