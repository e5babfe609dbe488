"""Gradients agree with central differences, with a network worked by hand, and with PyTorch."""

import itertools
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bpviz.errors import ConfigError, ShapeError
from bpviz.nn.activations import HIDDEN_ACTIVATION_NAMES
from bpviz.nn.arrays import FloatArray
from bpviz.nn.gradcheck import numerical_gradient, relative_error
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.losses import LOSSES
from bpviz.nn.network import Architecture, Network, one_hot

PAIRS = [(loss.name, output) for loss in LOSSES.values() for output in loss.allowed_outputs]
DEPTHS = [(4, 3), (4, 5, 3), (4, 5, 4, 3)]


def network_of(layers: tuple[int, ...], activation: str, output: str, loss: str, seed: int = 3) -> Network:
    architecture = Architecture(layers, activation, output, loss)
    rng = np.random.default_rng(seed)
    parameters = initial_parameters(architecture, "normal", rng, np.float64)
    return Network(architecture, parameters + 0.1 * rng.normal(size=parameters.shape))


def batch_of(n_samples: int, seed: int = 5) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n_samples, 4)), one_hot(rng.integers(0, 3, n_samples), 3, np.float64)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("activation", HIDDEN_ACTIVATION_NAMES)
@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("batch_size", [1, 6])
def test_gradient_agrees_with_central_differences(
    layers: tuple[int, ...], activation: str, loss: str, output: str, batch_size: int
) -> None:
    network = network_of(layers, activation, output, loss)
    X, Y = batch_of(batch_size)
    forward = network.forward(X)
    smallest_z = min(np.abs(z).min() for z in forward.z)
    assert smallest_z > 1e-4, "the check must stay away from the kink of a ReLU"
    gradients = network.backward(forward, Y)
    assert relative_error(gradients.flat, numerical_gradient(network, X, Y)) < 1e-6


def test_two_two_one_network_worked_by_hand() -> None:
    architecture = Architecture((2, 2, 1), "sigmoid", "sigmoid", "squared")
    W1, b1 = [[0.1, 0.3], [0.2, 0.4]], [0.25, 0.25]
    W2, b2 = [[0.5], [0.6]], [0.35]
    network = Network(architecture, np.array([*W1[0], *W1[1], *b1, *W2[0], *W2[1], *b2]))
    x, y = (0.1, 0.5), 0.95

    def sigmoid(z: float) -> float:
        return float(1 / (1 + np.exp(-z)))

    h1 = sigmoid(0.1 * 0.1 + 0.5 * 0.2 + 0.25)
    h2 = sigmoid(0.1 * 0.3 + 0.5 * 0.4 + 0.25)
    out = sigmoid(h1 * 0.5 + h2 * 0.6 + 0.35)
    delta2 = (out - y) * out * (1 - out)
    delta1 = (delta2 * 0.5 * h1 * (1 - h1), delta2 * 0.6 * h2 * (1 - h2))
    by_hand = [0.1 * delta1[0], 0.1 * delta1[1], 0.5 * delta1[0], 0.5 * delta1[1], *delta1]
    by_hand += [h1 * delta2, h2 * delta2, delta2]

    forward = network.forward(np.array([x]))
    assert forward.output[0, 0] == pytest.approx(out, abs=1e-15)
    assert network.loss(forward, np.array([[y]])) == pytest.approx(0.5 * (out - y) ** 2, abs=1e-15)
    np.testing.assert_allclose(network.backward(forward, np.array([[y]])).flat, by_hand, rtol=1e-12)


def test_delta_carries_the_mean_over_the_batch() -> None:
    network = network_of((4, 5, 3), "tanh", "softmax", "cross-entropy")
    X, Y = batch_of(4)
    whole = network.backward(network.forward(X), Y)
    singles = [network.backward(network.forward(X[i : i + 1]), Y[i : i + 1]) for i in range(4)]
    np.testing.assert_allclose(whole.flat, np.mean([s.flat for s in singles], axis=0), rtol=1e-12)
    for layer in range(2):
        np.testing.assert_allclose(4 * whole.delta[layer][2], singles[2].delta[layer][0], rtol=1e-12)


def test_scaled_gradient_leaves_delta_true() -> None:
    network = network_of((4, 5, 3), "tanh", "softmax", "cross-entropy")
    X, Y = batch_of(4)
    true = network.backward(network.forward(X), Y)
    scaled = network.backward(network.forward(X), Y, grad_scale=0.25)
    np.testing.assert_array_equal(scaled.delta[0], true.delta[0])
    np.testing.assert_allclose(scaled.flat, 0.25 * true.flat, rtol=1e-12)


@pytest.mark.parametrize("batch_size", [1, 5])
def test_passes_into_buffers_are_bit_equal_to_fresh_ones(batch_size: int) -> None:
    network = network_of((4, 5, 3), "sigmoid", "softmax", "cross-entropy")
    X, Y = batch_of(batch_size)
    fresh_forward = network.forward(X)
    fresh = network.backward(fresh_forward, Y)
    forward = network.forward(X, out=network.new_forward(batch_size))
    gradients = network.backward(forward, Y, out=network.new_gradients(batch_size))
    np.testing.assert_array_equal(forward.output, fresh_forward.output)
    np.testing.assert_array_equal(gradients.flat, fresh.flat)


@pytest.mark.parametrize(
    ("loss", "output", "needed"),
    [("log", "softmax", "sigmoid"), ("cross-entropy", "sigmoid", "softmax"), ("log", "tanh", "sigmoid")],
)
def test_impossible_pairs_are_refused_with_a_sentence(loss: str, output: str, needed: str) -> None:
    with pytest.raises(ConfigError, match=f"loss '{loss}' needs {needed} outputs; the output is '{output}'"):
        Architecture((4, 3), "sigmoid", output, loss)


def test_wrong_shapes_are_named() -> None:
    network = network_of((4, 3), "sigmoid", "softmax", "cross-entropy")
    with pytest.raises(ShapeError, match=r"X has shape \(2, 5\); the input layer needs \(B, 4\)"):
        network.forward(np.zeros((2, 5)))
    forward = network.forward(np.zeros((2, 4)))
    with pytest.raises(ShapeError, match=r"Y has shape \(2, 4\); the output layer needs \(2, 3\)"):
        network.backward(forward, np.zeros((2, 4)))
    with pytest.raises(ShapeError, match=r"parameters have shape \(3,\); the network needs \(15,\)"):
        Network(network.architecture, np.zeros(3))


TORCH_ACTIVATIONS: dict[str, Callable[[ModuleType, Any], Any]] = {
    "identity": lambda torch, z: z,
    "sigmoid": lambda torch, z: torch.sigmoid(z),
    "tanh": lambda torch, z: torch.tanh(z),
    "relu": lambda torch, z: torch.relu(z),
    "leaky-relu": lambda torch, z: torch.nn.functional.leaky_relu(z, 0.01),
    "softmax": lambda torch, z: torch.softmax(z, dim=1),
}


def torch_loss(torch: ModuleType, loss: str, a: Any, Y: Any) -> Any:
    if loss == "squared":
        return (0.5 * (a - Y) ** 2).sum(dim=1).mean()
    if loss == "log":
        return torch.nn.functional.binary_cross_entropy(a, Y, reduction="none").sum(dim=1).mean()
    return -(Y * torch.log(a)).sum(dim=1).mean()


@pytest.mark.parametrize(
    ("activation", "pair"), list(itertools.product(HIDDEN_ACTIVATION_NAMES, PAIRS)), ids=str
)
def test_gradient_agrees_with_pytorch(activation: str, pair: tuple[str, str]) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    loss, output = pair
    network = network_of((4, 5, 4, 3), activation, output, loss)
    X, Y = batch_of(6)
    weights = [torch.tensor(W, requires_grad=True) for W in network.W]
    biases = [torch.tensor(b, requires_grad=True) for b in network.b]
    a = torch.tensor(X)
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        a = TORCH_ACTIVATIONS[network.architecture.activation_of(layer)](torch, a @ W + b)
    value = torch_loss(torch, loss, a, torch.tensor(Y))
    value.backward()
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    assert network.loss(forward, Y) == pytest.approx(value.item(), abs=1e-12)
    for ours, theirs in zip(gradients.grad_W + gradients.grad_b, weights + biases, strict=True):
        assert relative_error(ours, theirs.grad.numpy()) < 1e-9
