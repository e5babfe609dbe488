"""One gradient by three ways."""

import numpy as np
import pytest

from bpviz.nn.arrays import FloatArray
from bpviz.nn.autodiff import Product, counted_loss, finite_differences, forward_mode, reverse_mode
from bpviz.nn.gradcheck import numerical_gradient, relative_error
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, Network

SHAPES = [
    Architecture((5, 4, 3), "tanh", "softmax", "cross-entropy"),
    Architecture((6, 3), "sigmoid", "sigmoid", "squared"),
    Architecture((4, 5, 6, 2), "sigmoid", "sigmoid", "log"),
    Architecture((3, 4, 1), "relu", "identity", "squared"),
]


def network_of(architecture: Architecture) -> Network:
    rng = np.random.default_rng(3)
    return Network(architecture, initial_parameters(architecture, "uniform", rng, np.float64))


def sample_of(architecture: Architecture) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(4)
    y = np.zeros((1, architecture.layers[-1]))
    y[0, 0] = 1.0
    return rng.uniform(0.0, 1.0, (1, architecture.layers[0])), y


@pytest.mark.parametrize("architecture", SHAPES)
def test_all_three_give_the_gradient_of_the_engine(architecture: Architecture) -> None:
    network, (x, y) = network_of(architecture), sample_of(architecture)
    expected = network.backward(network.forward(x), y).flat
    assert relative_error(reverse_mode(network, x, y).gradient, expected) < 1e-12
    assert relative_error(forward_mode(network, x, y).gradient, expected) < 1e-12
    assert relative_error(finite_differences(network, x, y).gradient, expected) < 1e-6
    assert relative_error(numerical_gradient(network, x, y), expected) < 1e-6


def test_the_size_of_a_block_changes_nothing() -> None:
    architecture = SHAPES[2]
    network, (x, y) = network_of(architecture), sample_of(architecture)
    whole, blocks = forward_mode(network, x, y), forward_mode(network, x, y, block=7)
    np.testing.assert_allclose(blocks.gradient, whole.gradient, rtol=1e-12)
    assert blocks.multiplications == whole.multiplications


def test_multiplications_are_those_of_the_matrices_by_hand() -> None:
    architecture = Architecture((5, 4, 3), "tanh", "softmax", "cross-entropy")
    network, (x, y) = network_of(architecture), sample_of(architecture)
    forward = 5 * 4 + 4 * 3
    # Two outer products, the error through W[2], the slopes of four hidden neurons.
    assert reverse_mode(network, x, y).multiplications == forward + 4 * 3 + 3 * 4 + 4 + 5 * 4
    first, second = (5 + 1) * 4, (4 + 1) * 3
    # Every first-layer parameter: four slopes, the way through W[2], the loss; the others only the loss.
    expected = forward + first * (4 + 4 * 3 + 3) + second * 3
    assert forward_mode(network, x, y).multiplications == expected
    assert finite_differences(network, x, y).multiplications == 2 * (first + second) * forward


def test_every_product_is_noted_with_its_shape_however_it_was_cut() -> None:
    architecture = Architecture((5, 4, 3), "tanh", "softmax", "cross-entropy")
    network, (x, y) = network_of(architecture), sample_of(architecture)
    assert Product("back 2", 1, 3, 4) in reverse_mode(network, x, y).products
    assert Product("carry 1 over 2", 24, 4, 3) in forward_mode(network, x, y, block=7).products
    assert Product("forward 1", 2 * 39, 5, 4) in finite_differences(network, x, y).products
    for count in (reverse_mode, forward_mode, finite_differences):
        result = count(network, x, y)
        assert sum(product.multiplications for product in result.products) == result.multiplications


def test_one_way_forward_multiplies_once_for_each_weight() -> None:
    network, (x, y) = network_of(SHAPES[2]), sample_of(SHAPES[2])
    counted = counted_loss(network, x, y)
    assert counted.multiplications == 4 * 5 + 5 * 6 + 6 * 2
    passed = network.forward(x)
    assert counted.loss == pytest.approx(network.loss_function.mean(passed.z[-1], passed.a[-1], y))


def test_reverse_mode_costs_two_to_three_ways_forward_whatever_the_size() -> None:
    for hidden in (5, 20, 40):
        architecture = Architecture((30, hidden, 10), "sigmoid", "softmax", "cross-entropy")
        network, (x, y) = network_of(architecture), sample_of(architecture)
        forward = 30 * hidden + hidden * 10
        assert 2.0 < reverse_mode(network, x, y).multiplications / forward < 3.0


def test_differences_can_be_ended_early_and_leave_the_network_alone() -> None:
    class EnoughError(Exception):
        pass

    network, (x, y) = network_of(SHAPES[0]), sample_of(SHAPES[0])
    before = network.parameters.copy()

    def stop(index: int) -> None:
        if index == 3:
            raise EnoughError

    with pytest.raises(EnoughError):
        finite_differences(network, x, y, on_parameter=stop)
    np.testing.assert_array_equal(network.parameters, before)
