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
    """

    gradient: FloatArray
    multiplications: int
    passes: int


class _Counter:
    """Multiplies, and counts."""

    def __init__(self) -> None:
        self.multiplications = 0

    def product(self, left: FloatArray, right: FloatArray) -> FloatArray:
        self.multiplications += left.shape[0] * left.shape[1] * right.shape[1]
        return np.asarray(left @ right)

    def scaled(self, left: FloatArray, right: FloatArray) -> FloatArray:
        result = np.asarray(left * right)
        self.multiplications += result.size
        return result


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
        parts[:0] = [counter.product(passed.inputs[layer].T, delta).ravel(), delta.ravel()]
        if layer:
            back = counter.product(delta, network.W[layer].T)
            delta = counter.scaled(back, _slope(network, passed, layer - 1))
    return CountedGradient(np.concatenate(parts), counter.multiplications, 2)


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
            parts.append(counter.product(tangents, delta.T).ravel())
    n_parameters = network.parameters.size
    return CountedGradient(np.concatenate(parts), counter.multiplications, n_parameters + 1)


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
            passed = _forward(nudged, x, counter)
            losses.append(network.loss_function.mean(passed.z[-1], passed.a[-1], y))
        nudged.parameters[index] = value
        gradient[index] = (losses[0] - losses[1]) / (2.0 * epsilon)
    return CountedGradient(gradient, counter.multiplications, 2 * len(gradient))


def _forward(network: Network, x: FloatArray, counter: _Counter) -> _Pass:
    inputs, zs, activations = [], [], []
    a = x
    for W, b, f in zip(network.W, network.b, network.activations, strict=True):
        inputs.append(a)
        z = counter.product(a, W) + b
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
        tangents = counter.scaled(tangents, _slope(network, passed, after - 1))
        tangents = counter.product(tangents, network.W[after])
    return tangents
