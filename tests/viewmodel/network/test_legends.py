import pytest

from bpviz.viewmodel.network.color_scale import ActivationScale
from bpviz.viewmodel.network.edges import EdgeQuantity
from bpviz.viewmodel.network.legends import LegendRamp, legend_rows
from bpviz.viewmodel.network.parts import NeuronPart
from bpviz.viewmodel.network.scales import Scales
from tests.viewmodel.network_states import state_of

UNIT = ActivationScale(0.0, 1.0)


def scales(quantity: EdgeQuantity, *edges: float, hidden: ActivationScale = UNIT) -> Scales:
    return Scales(hidden=hidden, output=UNIT, weight=0.2, quantity=quantity, edges=edges, rings=edges[0])


def test_forward_names_activation_weight_edges_and_widths() -> None:
    rows = legend_rows(state_of(), scales(EdgeQuantity.CONTRIBUTION, 0.3, 2.0), 400, with_tiles=True)
    assert [row.title for row in rows] == ["Activation", "Weight", "Edges", "Widest"]
    assert (rows[0].low, rows[0].high) == ("0", "1")
    assert (rows[1].low, rows[1].high) == ("−0.2", "+0.2")
    assert rows[2].text == "w × a, top 400"
    assert rows[3].text == "0.3 | 2"


def test_backward_says_the_scale_that_rings_and_edges_share() -> None:
    rows = legend_rows(state_of(), scales(EdgeQuantity.GRADIENT, 0.7, 0.7), 400, with_tiles=True)
    assert (rows[0].title, rows[0].low, rows[0].high) == ("Gradient", "−0.7", "+0.7")
    assert rows[0].ramp is LegendRamp.GRADIENT
    assert rows[-1].text == "∂Lᵢ/∂w, top 400"


def test_update_says_that_edges_are_changes() -> None:
    rows = legend_rows(state_of(), scales(EdgeQuantity.CHANGE, 0.01, 0.01), 380, with_tiles=False)
    assert (rows[0].title, rows[0].high) == ("Change", "+0.01")
    assert rows[-1].text == "Δw, top 380"


def test_without_weight_images_their_scale_is_not_in_the_legend() -> None:
    rows = legend_rows(state_of(), scales(EdgeQuantity.CONTRIBUTION, 0.3, 2.0), 400, with_tiles=False)
    assert "Weight" not in [row.title for row in rows]


def test_signed_activations_have_a_ramp_with_two_ends() -> None:
    tanh = ActivationScale(-1.0, 1.0)
    row = legend_rows(state_of(), scales(EdgeQuantity.CONTRIBUTION, 1.0, 1.0, hidden=tanh), 9, True)[0]
    assert row.ramp is LegendRamp.SIGNED_ACTIVATION
    assert (row.low, row.high) == ("−1", "+1")


@pytest.mark.parametrize(
    ("part", "text"), [(NeuronPart(0, 21), "w × x, neuron 21"), (NeuronPart(1, 6), "w × a, output 6")]
)
def test_edges_of_a_selection_say_whose_they_are(part: NeuronPart, text: str) -> None:
    rows = legend_rows(state_of(), scales(EdgeQuantity.CONTRIBUTION, 1.0, 1.0), 31, True, part)
    assert rows[2].text == text


def test_both_ends_can_be_written_as_one_text() -> None:
    rows = legend_rows(state_of(), scales(EdgeQuantity.CONTRIBUTION, 0.3, 2.0), 400, with_tiles=True)
    assert [row.compact for row in rows] == ["0 to 1", "±0.2", "w × a, top 400", "0.3 | 2"]


def test_many_layers_give_the_range_of_widths() -> None:
    deep = scales(EdgeQuantity.CONTRIBUTION, 0.3, 1.0, 5.0, 2.0)
    assert legend_rows(state_of(), deep, 400, with_tiles=False)[-1].text == "0.3 to 5"
