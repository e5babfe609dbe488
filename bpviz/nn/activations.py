"""Activation functions a = f(z), each with its derivative, written for preallocated buffers."""

from abc import ABC, abstractmethod

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray

LEAK = 0.01
"""Slope of the leaky ReLU for z < 0 (PyTorch's default)."""


class Activation(ABC):
    """One activation function; stateless, may be called from any thread."""

    name: str

    @abstractmethod
    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """Return a = f(z), shape of `z`, written into `out` if given."""

    @abstractmethod
    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """Return f'(z) elementwise, shape of `z`; `a` is f(z), which often gives it more cheaply."""

    def backward(self, grad_a: FloatArray, z: FloatArray, a: FloatArray) -> FloatArray:
        """Return ∂L/∂z from ∂L/∂a, shape (B, n)."""
        return grad_a * self.derivative(z, a)


class Identity(Activation):
    """f(z) = z."""

    name = "identity"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        if out is None:
            return z.copy()
        np.copyto(out, z)
        return out

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        slope = np.empty_like(z) if out is None else out
        slope.fill(1.0)
        return slope


class Sigmoid(Activation):
    """f(z) = 1 / (1 + e^-z)."""

    name = "sigmoid"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        a = np.negative(z, out=out)
        # e^-z may overflow to infinity for very negative z, and 1 / (1 + inf) = 0 is then right.
        with np.errstate(over="ignore"):
            np.exp(a, out=a)
        np.add(a, 1.0, out=a)
        return np.reciprocal(a, out=a)

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        slope = np.subtract(1.0, a, out=out)
        return np.multiply(slope, a, out=slope)


class Tanh(Activation):
    """f(z) = tanh z."""

    name = "tanh"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        return np.tanh(z, out=out)

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        slope = np.multiply(a, a, out=out)
        return np.subtract(1.0, slope, out=slope)


class Relu(Activation):
    """f(z) = max(z, 0); the slope at 0 is taken as 0, as in PyTorch."""

    name = "relu"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        return np.maximum(z, 0.0, out=out)

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        slope = np.empty_like(z) if out is None else out
        np.greater(z, 0.0, out=slope, casting="unsafe")
        return slope


class LeakyRelu(Activation):
    """f(z) = z for z > 0, 0.01 z otherwise."""

    name = "leaky-relu"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        a = np.multiply(z, LEAK, out=out)
        np.maximum(a, z, out=a)
        return a

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        slope = np.empty_like(z) if out is None else out
        np.greater(z, 0.0, out=slope, casting="unsafe")
        np.maximum(slope, LEAK, out=slope)
        return slope


class Softmax(Activation):
    """f(z)_k = e^z_k / Σ_j e^z_j over the outputs of one sample; for the output layer only."""

    name = "softmax"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        # One row per output: largest and sum over few outputs are quicker down than along.
        by_output = z.T.copy()
        # Subtracting a sample's largest z changes nothing and keeps e^z finite.
        np.subtract(by_output, by_output.max(axis=0), out=by_output)
        np.exp(by_output, out=by_output)
        np.divide(by_output, by_output.sum(axis=0), out=by_output)
        a = np.empty_like(z) if out is None else out
        np.copyto(a, by_output.T)
        return a

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """Return the diagonal ∂a_k/∂z_k = a_k (1 - a_k); the full Jacobian is in `backward`."""
        slope = np.subtract(1.0, a, out=out)
        return np.multiply(slope, a, out=slope)

    def backward(self, grad_a: FloatArray, z: FloatArray, a: FloatArray) -> FloatArray:
        """Return ∂L/∂z_k = a_k (g_k - Σ_j g_j a_j), the product with the softmax Jacobian."""
        return np.asarray(a * (grad_a - (grad_a * a).sum(axis=1, keepdims=True)))


ACTIVATIONS: dict[str, Activation] = {
    f.name: f for f in (Identity(), Sigmoid(), Tanh(), Relu(), LeakyRelu(), Softmax())
}
HIDDEN_ACTIVATION_NAMES = tuple(name for name in ACTIVATIONS if name != "softmax")


def activation_named(name: str) -> Activation:
    """Return the activation called `name`, or raise `ConfigError` naming those there are."""
    try:
        return ACTIVATIONS[name]
    except KeyError:
        known = ", ".join(ACTIVATIONS)
        raise ConfigError(f"unknown activation '{name}'; choose one of {known}") from None
