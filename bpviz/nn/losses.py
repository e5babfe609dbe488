"""Losses, each the mean over the batch, with the delta they give the output layer.

All are computed from z where that is the numerically stable way. For sigmoid with log loss and softmax
with cross-entropy the output delta is simply (a - y) / B: the activation's slope cancels
(Bishop, *Pattern Recognition and Machine Learning*, section 5.3).
"""

from abc import ABC, abstractmethod

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.activations import Activation
from bpviz.nn.arrays import FloatArray

_SAFE_PROBABILITY = 1e-30
"""Above this a float32 probability still has all its digits."""


class Loss(ABC):
    """One loss function; stateless, may be called from any thread."""

    name: str
    output_activation: str
    """The output activation that belongs to this loss for classes."""
    allowed_outputs: tuple[str, ...]

    @abstractmethod
    def per_sample(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        """Return the loss of each sample, shape (B,), summed over outputs; `z`, `a`, `Y` are (B, n_out)."""

    @abstractmethod
    def per_output(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        """Return the term each output adds to its sample's loss, shape (B, n_out)."""

    @abstractmethod
    def output_delta(
        self, z: FloatArray, a: FloatArray, Y: FloatArray, activation: Activation, out: FloatArray
    ) -> FloatArray:
        """Write ∂(mean batch loss)/∂z of the output layer into `out`, shape (B, n_out)."""

    def mean(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> float:
        """Return the mean loss of the batch."""
        return float(self.per_sample(z, a, Y).sum(dtype=np.float64)) / len(Y)


def _difference_over_batch(a: FloatArray, Y: FloatArray, out: FloatArray) -> FloatArray:
    np.subtract(a, Y, out=out)
    return np.multiply(out, 1.0 / len(Y), out=out)


class SquaredError(Loss):
    """½ Σ_k (a_k - y_k)²."""

    name = "squared"
    output_activation = "sigmoid"
    allowed_outputs = ("identity", "sigmoid", "tanh", "relu", "leaky-relu", "softmax")

    def per_sample(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        return np.asarray(self.per_output(z, a, Y).sum(axis=1))

    def per_output(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        difference = a - Y
        return np.asarray(0.5 * difference * difference)

    def output_delta(
        self, z: FloatArray, a: FloatArray, Y: FloatArray, activation: Activation, out: FloatArray
    ) -> FloatArray:
        _difference_over_batch(a, Y, out)
        np.copyto(out, activation.backward(out, z, a))
        return out


class LogLoss(Loss):
    """-Σ_k [y_k log a_k + (1 - y_k) log(1 - a_k)] on sigmoid outputs (binary cross-entropy)."""

    name = "log"
    output_activation = "sigmoid"
    allowed_outputs = ("sigmoid",)

    def per_sample(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        return np.asarray(self.per_output(z, a, Y).sum(axis=1))

    def per_output(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        # max(z, 0) - z y + log(1 + e^-|z|) is the same sum without ever taking the log of 0.
        return np.asarray(np.maximum(z, 0.0) - z * Y + np.log1p(np.exp(-np.abs(z))))

    def output_delta(
        self, z: FloatArray, a: FloatArray, Y: FloatArray, activation: Activation, out: FloatArray
    ) -> FloatArray:
        return _difference_over_batch(a, Y, out)


class CrossEntropy(Loss):
    """-Σ_k y_k log p_k on softmax outputs."""

    name = "cross-entropy"
    output_activation = "softmax"
    allowed_outputs = ("softmax",)

    def per_sample(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        largest = z.max(axis=1)
        log_sum = np.log(np.exp(z - largest[:, None]).sum(axis=1)) + largest
        return np.asarray(Y.sum(axis=1) * log_sum - np.einsum("bk,bk->b", z, Y))

    def mean(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> float:
        # With one-hot targets Σ_k y_k log p_k is the log of one p; only a p that has run out of digits
        # needs the way through z, which costs twice as much.
        p = np.einsum("bk,bk->b", a, Y)
        if p.min() > _SAFE_PROBABILITY and np.vdot(Y, Y) == len(Y):
            return -float(np.add.reduce(np.log(p, out=p))) / len(Y)
        return super().mean(z, a, Y)

    def per_output(self, z: FloatArray, a: FloatArray, Y: FloatArray) -> FloatArray:
        largest = z.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(z - largest).sum(axis=1, keepdims=True)) + largest
        return np.asarray(Y * (log_sum - z))

    def output_delta(
        self, z: FloatArray, a: FloatArray, Y: FloatArray, activation: Activation, out: FloatArray
    ) -> FloatArray:
        # Targets are probabilities (they sum to 1), so the softmax Jacobian leaves just a - y.
        return _difference_over_batch(a, Y, out)


LOSSES: dict[str, Loss] = {loss.name: loss for loss in (SquaredError(), LogLoss(), CrossEntropy())}


def loss_named(name: str) -> Loss:
    """Return the loss called `name`, or raise `ConfigError` naming those there are."""
    try:
        return LOSSES[name]
    except KeyError:
        raise ConfigError(f"unknown loss '{name}'; choose one of {', '.join(LOSSES)}") from None


def check_pair(loss: Loss, output_activation: str) -> None:
    """Raise `ConfigError` with a sentence if this loss cannot stand on this output activation."""
    if output_activation not in loss.allowed_outputs:
        needed = " or ".join(loss.allowed_outputs)
        raise ConfigError(f"loss '{loss.name}' needs {needed} outputs; the output is '{output_activation}'")
