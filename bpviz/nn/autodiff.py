"""One gradient by three ways, every multiplication counted: reverse mode, forward mode, differences.

All are for one sample. The chain rule is a product of matrices; reverse mode multiplies it from the loss's
side, where it begins with a vector, forward mode from the parameters' side, where it begins with a matrix of
one row per parameter. See Baydin et al. 2018, *Automatic differentiation in machine learning: a survey*, 3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.gradcheck import EPSILON
from bpviz.nn.network import Network

BLOCK = 2048
"""Parameters whose derivatives are carried forward at once: 16 MB for a thousand neurons in float64."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product of matrices, (rows, inner) by (inner, columns), that was worked out.

    Attributes
    ----------
    name
        What it is for, with its weight layer from 1: ``"forward 1"`` z from the input, ``"gradient 2"``
        ∂L/∂W[2], ``"back 2"`` δ through W[2], ``"slope 1"`` times f′ of layer 1; ``"carry 1 by slope 1"`` and
        ``"carry 1 over 2"`` the derivatives by layer 1's parameters, ``"loss 1"`` on to the loss.
    rows
        Those of all times it was worked out, one below the other.
    inner
        1 where numbers are multiplied one by one.
    """

    name: str
    rows: int
    inner: int
    columns: int

    @property
    def multiplications(self) -> int:
        """Multiplications of two numbers it takes."""
        return self.rows * self.inner * self.columns


@dataclass(frozen=True, slots=True)
class CountedGradient:
    """A gradient and what it took.

    Attributes
    ----------
    gradient
        ∂L/∂parameters, shape (n_parameters,).
    multiplications
        Multiplications of two numbers, those inside activation and loss functions left out.
    passes
        Ways through the network: forward and backward ones, or one for every parameter's direction.
    products
        All that was multiplied, in the order it was first met; their multiplications make the sum.
    """

    gradient: FloatArray
    multiplications: int
    passes: int
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class CountedLoss:
    """One sample's loss and the multiplications of the way forward to it."""

    loss: float
    multiplications: int


class _Counter:
    """Multiplies, and notes every product."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int, int], int] = {}

    @property
    def products(self) -> tuple[Product, ...]:
        return tuple(Product(name, rows, *shape) for (name, *shape), rows in self._rows.items())

    @property
    def multiplications(self) -> int:
        return sum(product.multiplications for product in self.products)

    def product(self, name: str, left: FloatArray, right: FloatArray) -> FloatArray:
        self._note((name, left.shape[1], right.shape[1]), left.shape[0])
        return np.asarray(left @ right)

    def scaled(self, name: str, left: FloatArray, right: FloatArray) -> FloatArray:
        self._note((name, 1, left.shape[1]), left.shape[0])
        return np.asarray(left * right)

    def _note(self, key: tuple[str, int, int], rows: int) -> None:
        self._rows[key] = self._rows.get(key, 0) + rows


@dataclass(frozen=True, slots=True)
class _Pass:
    """One sample's way forward: `inputs` of every layer, its z and a, shapes (1, n)."""

    inputs: tuple[FloatArray, ...]
    z: tuple[FloatArray, ...]
    a: tuple[FloatArray, ...]


def reverse_mode(network: Network, x: FloatArray, y: FloatArray) -> CountedGradient:
    """Return the gradient by backpropagation: one way forward, one way back.

    Parameters
    ----------
    x, y
        One sample and its target, shapes (1, n_in) and (1, n_out).
    """
    counter = _Counter()
    passed = _forward(network, x, counter)
    delta = _output_delta(network, passed, y)
    parts: list[FloatArray] = []
    for layer in reversed(range(network.architecture.depth)):
        by_weights = counter.product(f"gradient {layer + 1}", passed.inputs[layer].T, delta)
        parts[:0] = [by_weights.ravel(), delta.ravel()]
        if layer:
            back = counter.product(f"back {layer + 1}", delta, network.W[layer].T)
            delta = counter.scaled(f"slope {layer}", back, _slope(network, passed, layer - 1))
    return _counted(parts, counter, 2)


def forward_mode(network: Network, x: FloatArray, y: FloatArray, block: int = BLOCK) -> CountedGradient:
    """Return the gradient by carrying the derivative by every parameter forward, layer by layer.

    A parameter's derivative is carried from its own layer on; before it, it is zero and costs nothing.

    Parameters
    ----------
    x, y
        One sample and its target, shapes (1, n_in) and (1, n_out).
    block
        Parameters carried at once; the result depends on it by rounding only.
    """
    counter = _Counter()
    passed = _forward(network, x, counter)
    delta = _output_delta(network, passed, y)
    parts: list[FloatArray] = []
    for layer, (n_in, n_out) in enumerate(pairwise(network.architecture.layers)):
        count = (n_in + 1) * n_out
        for start in range(0, count, block):
            places = np.arange(start, min(start + block, count))
            tangents = _carried(network, passed, layer, places, counter)
            parts.append(counter.product(f"loss {layer + 1}", tangents, delta.T).ravel())
    return _counted(parts, counter, network.parameters.size + 1)


def finite_differences(
    network: Network,
    x: FloatArray,
    y: FloatArray,
    epsilon: float = EPSILON,
    on_parameter: Callable[[int], None] | None = None,
) -> CountedGradient:
    """Return the gradient by nudging every parameter both ways: two ways forward for each.

    Parameters
    ----------
    network
        Left unchanged; in float64, or the differences drown in rounding.
    x, y
        One sample and its target, shapes (1, n_in) and (1, n_out).
    on_parameter
        Called with the number of each parameter before it is nudged; what it raises ends the work.
    """
    counter = _Counter()
    nudged = network.with_parameters(network.parameters.copy())
    gradient = np.empty_like(network.parameters)
    for index, value in enumerate(network.parameters):
        if on_parameter is not None:
            on_parameter(index)
        losses = []
        for nudge in (epsilon, -epsilon):
            nudged.parameters[index] = value + nudge
            losses.append(_loss(nudged, x, y, counter))
        nudged.parameters[index] = value
        gradient[index] = (losses[0] - losses[1]) / (2.0 * epsilon)
    return _counted([gradient], counter, 2 * len(gradient))


def counted_loss(network: Network, x: FloatArray, y: FloatArray) -> CountedLoss:
    """Return the loss of one sample and what one way forward costs.

    Parameters
    ----------
    x, y
        One sample and its target, shapes (1, n_in) and (1, n_out).
    """
    counter = _Counter()
    return CountedLoss(_loss(network, x, y, counter), counter.multiplications)


def _counted(parts: list[FloatArray], counter: _Counter, passes: int) -> CountedGradient:
    return CountedGradient(np.concatenate(parts), counter.multiplications, passes, counter.products)


def _loss(network: Network, x: FloatArray, y: FloatArray, counter: _Counter) -> float:
    passed = _forward(network, x, counter)
    return network.loss_function.mean(passed.z[-1], passed.a[-1], y)


def _forward(network: Network, x: FloatArray, counter: _Counter) -> _Pass:
    inputs, zs, activations = [], [], []
    a = x
    for layer, (W, b, f) in enumerate(zip(network.W, network.b, network.activations, strict=True), 1):
        inputs.append(a)
        z = counter.product(f"forward {layer}", a, W) + b
        a = f.apply(z)
        zs.append(z)
        activations.append(a)
    return _Pass(tuple(inputs), tuple(zs), tuple(activations))


def _output_delta(network: Network, passed: _Pass, y: FloatArray) -> FloatArray:
    out = np.empty_like(passed.z[-1])
    return network.loss_function.output_delta(passed.z[-1], passed.a[-1], y, network.activations[-1], out)


def _slope(network: Network, passed: _Pass, layer: int) -> FloatArray:
    return network.activations[layer].derivative(passed.z[layer], passed.a[layer])


def _carried(
    network: Network, passed: _Pass, layer: int, places: np.ndarray, counter: _Counter
) -> FloatArray:
    """Return ∂z_out/∂p for the parameters at these places of one layer, shape (len(places), n_out)."""
    n_out = network.W[layer].shape[1]
    source, target = places // n_out, places % n_out
    # The bias row comes after the weights' rows: its input is the constant 1.
    with_one = np.append(passed.inputs[layer][0], 1.0)
    tangents = np.zeros((len(places), n_out), network.parameters.dtype)
    tangents[np.arange(len(places)), target] = with_one[source]
    for after in range(layer + 1, network.architecture.depth):
        slope = _slope(network, passed, after - 1)
        tangents = counter.scaled(f"carry {layer + 1} by slope {after}", tangents, slope)
        tangents = counter.product(f"carry {layer + 1} over {after + 1}", tangents, network.W[after])
    return tangents
