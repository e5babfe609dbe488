import pytest

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.part_names import feed_name, layer_name, neuron_name, weight_name
from bpviz.viewmodel.network.parts import BIAS

ONE_HIDDEN, DEEP, NUMBERS = (
    Architecture((784, 30, 10)),
    Architecture((784, 16, 16, 10)),
    Architecture((3, 2, 2)),
)


def test_neurons_are_counted_from_zero_and_layers_from_one() -> None:
    assert neuron_name(ONE_HIDDEN, 0, 22) == "Hidden neuron 22"
    assert neuron_name(DEEP, 1, 0) == "Hidden 2, neuron 0"
    assert neuron_name(DEEP, 2, 7) == "Output 7"


@pytest.mark.parametrize(
    ("architecture", "place", "name"),
    [
        (ONE_HIDDEN, (1, 10, 7), "Weight, hidden 10 → output 7"),
        (ONE_HIDDEN, (0, 28 * 17 + 15, 3), "Weight, row 17, col 15 → hidden 3"),
        (DEEP, (1, 3, 5), "Weight, hidden 1: 3 → hidden 2: 5"),
        (NUMBERS, (0, 2, 1), "Weight, input 2 → hidden 1"),
        (ONE_HIDDEN, (1, BIAS, 7), "Bias of output 7"),
    ],
)
def test_weights_name_both_their_ends(
    architecture: Architecture, place: tuple[int, int, int], name: str
) -> None:
    assert weight_name(architecture, *place) == name


def test_inputs_and_layers_are_counted_in_words() -> None:
    assert feed_name(ONE_HIDDEN, 0) == "784 pixels"
    assert feed_name(ONE_HIDDEN, 1) == "30 neurons"
    assert feed_name(NUMBERS, 0) == "3 inputs"
    assert layer_name(ONE_HIDDEN, 1, 10) == "10 outputs"
    assert layer_name(DEEP, 1, 1) == "1 neuron"
