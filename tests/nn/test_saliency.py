"""The gradient of an output with respect to the input."""

import numpy as np
import pytest

from bpviz.errors import ShapeError
from bpviz.nn.activations import HIDDEN_ACTIVATION_NAMES
from bpviz.nn.network import Architecture, Network
from bpviz.nn.saliency import input_gradient

STEP = 1e-6


def network_of(layers: tuple[int, ...], activation: str) -> Network:
    architecture = Architecture(layers, activation)
    parameters = np.random.default_rng(3).normal(0.0, 0.8, architecture.n_parameters)
    return Network(architecture, parameters)


@pytest.mark.parametrize("layers", [(5, 3), (5, 4, 3), (5, 6, 4, 3)])
@pytest.mark.parametrize("activation", HIDDEN_ACTIVATION_NAMES)
def test_it_agrees_with_finite_differences_of_the_weighted_sum(
    layers: tuple[int, ...], activation: str
) -> None:
    network = network_of(layers, activation)
    x = np.random.default_rng(4).uniform(0.1, 0.9, (2, 5))
    for output in range(3):
        gradient = input_gradient(network, network.forward(x), output)
        numeric = np.empty_like(x)
        for pixel in range(5):
            step = np.zeros(5)
            step[pixel] = STEP
            above, below = network.forward(x + step).z[-1], network.forward(x - step).z[-1]
            numeric[:, pixel] = (above[:, output] - below[:, output]) / (2 * STEP)
        np.testing.assert_allclose(gradient, numeric, rtol=1e-6, atol=1e-8)


def test_without_a_hidden_layer_it_is_the_weight_column() -> None:
    network = network_of((5, 3), "sigmoid")
    gradient = input_gradient(network, network.forward(np.ones((1, 5))), 2)
    np.testing.assert_array_equal(gradient[0], network.W[0][:, 2])


@pytest.mark.parametrize("output", [-1, 3])
def test_an_output_that_does_not_exist_is_refused(output: int) -> None:
    network = network_of((5, 4, 3), "relu")
    with pytest.raises(ShapeError, match="outputs 0 to 2"):
        input_gradient(network, network.forward(np.ones((1, 5))), output)
