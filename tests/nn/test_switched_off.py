"""A switched-off neuron is as good as gone: no activation, no delta, no gradient on either side."""

import numpy as np
import pytest

from bpviz.errors import ShapeError
from bpviz.nn.activations import HIDDEN_ACTIVATION_NAMES
from bpviz.nn.gradcheck import as_float64, numerical_gradient, relative_error
from bpviz.nn.network import Architecture, Network, one_hot

LAYERS = (4, 5, 6, 3)
OFF = ((0, 2), (1, 0), (1, 5))


def networks(activation: str) -> tuple[Network, Network]:
    """Return a network with three neurons off, and one from which the same three are cut out."""
    architecture = Architecture(LAYERS, activation)
    parameters = np.random.default_rng(1).normal(size=architecture.n_parameters)
    off = Network(architecture, parameters, OFF)
    first, second = [0, 1, 3, 4], [1, 2, 3, 4]
    kept = (
        off.W[0][:, first],
        off.b[0][first],
        off.W[1][np.ix_(first, second)],
        off.b[1][second],
        off.W[2][second],
        off.b[2],
    )
    flat = np.concatenate([array.ravel() for array in kept])
    return off, Network(Architecture((4, 4, 4, 3), activation), flat)


@pytest.mark.parametrize("activation", HIDDEN_ACTIVATION_NAMES)
def test_the_rest_computes_as_if_the_neuron_were_cut_out(activation: str) -> None:
    off, cut = networks(activation)
    X = np.random.default_rng(2).normal(size=(7, 4))
    Y = one_hot(np.arange(7) % 3, 3, np.float64)
    passed, expected = off.forward(X), cut.forward(X)
    np.testing.assert_allclose(passed.output, expected.output)
    assert not passed.a[0][:, 2].any()
    assert passed.z[0][:, 2].any()
    gradients, wanted = off.backward(passed, Y), cut.backward(expected, Y)
    np.testing.assert_allclose(gradients.grad_W[2][1:5], wanted.grad_W[2])
    for silent in (
        gradients.delta[0][:, 2],
        gradients.grad_W[0][:, 2],
        gradients.grad_b[0][2],
        gradients.grad_W[1][2],
        gradients.grad_W[1][:, [0, 5]],
        gradients.grad_W[2][[0, 5]],
    ):
        assert not silent.any()


def test_the_gradient_check_leaves_the_neuron_off() -> None:
    off, _ = networks("tanh")
    X = np.random.default_rng(2).normal(size=(3, 4))
    Y = one_hot(np.arange(3), 3, np.float64)
    checked = as_float64(off)
    gradient = checked.backward(checked.forward(X), Y).flat
    assert relative_error(gradient, numerical_gradient(checked, X, Y)) < 1e-7


@pytest.mark.parametrize("neuron", [(2, 0), (0, 5), (-1, 0), (0, -1)])
def test_only_hidden_neurons_can_be_switched_off(neuron: tuple[int, int]) -> None:
    architecture = Architecture(LAYERS)
    with pytest.raises(ShapeError, match="must be a hidden neuron of 4, 5, 6, 3"):
        Network(architecture, np.zeros(architecture.n_parameters), (neuron,))
