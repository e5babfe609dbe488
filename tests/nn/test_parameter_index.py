"""The place told is where the network's own views find the number."""

import numpy as np
import pytest

from bpviz.errors import ShapeError
from bpviz.nn.network import layer_views
from bpviz.nn.parameter_index import bias_index, parameter_place, weight_index

LAYERS = (3, 4, 2)


def test_every_parameter_is_named_once_and_right() -> None:
    flat = np.arange(4 * 4 + 5 * 2).astype(np.float64)
    W, b = layer_views(flat, LAYERS)
    for layer in range(2):
        for (row, column), value in np.ndenumerate(W[layer]):
            assert weight_index(LAYERS, layer, row, column) == value
        for neuron, value in enumerate(b[layer]):
            assert bias_index(LAYERS, layer, neuron) == value


@pytest.mark.parametrize("place", [(0, 3, 0), (0, 0, 4), (1, -1, 0), (2, 0, 0), (-1, 0, 0)])
def test_a_weight_that_is_not_there_is_refused(place: tuple[int, int, int]) -> None:
    with pytest.raises(ShapeError, match=r"does not exist|there is no weight layer"):
        weight_index(LAYERS, *place)


def test_a_bias_that_is_not_there_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"b\[2\]\[2\] does not exist; b\[2\] has 2 values"):
        bias_index(LAYERS, 1, 2)


def test_place_of_every_parameter_leads_back_to_it() -> None:
    layers = (3, 4, 2)
    for index in range(4 * 4 + 5 * 2):
        layer, source, target = parameter_place(index, layers)
        if source is None:
            assert bias_index(layers, layer, target) == index
        else:
            assert weight_index(layers, layer, source, target) == index


@pytest.mark.parametrize("index", [-1, 26])
def test_a_place_outside_the_parameters_is_refused(index: int) -> None:
    with pytest.raises(ShapeError, match="there are 26"):
        parameter_place(index, (3, 4, 2))
