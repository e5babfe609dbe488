"""A dense network: its architecture, its parameters in one flat vector, forward and backward pass.

Invariant: `W[l]` and `b[l]` are views of `parameters`, laid out W[0], b[0], W[1], b[1], ...
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bpviz.errors import ConfigError, ShapeError
from bpviz.nn.activations import HIDDEN_ACTIVATION_NAMES, activation_named
from bpviz.nn.arrays import FloatArray
from bpviz.nn.losses import check_pair, loss_named

MAX_PARAMETERS = 50_000_000
"""Bound on a network's size (200 MB in float32), so that a typing slip cannot exhaust memory."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes and functions of a network.

    Attributes
    ----------
    layers
        Neurons of each layer from input to output, for example ``(784, 30, 10)``; at least two.
    activation
        Activation of every hidden layer.
    output_activation, loss
        What stands on the output layer; only possible pairs are accepted.
    """

    layers: tuple[int, ...]
    activation: str = "sigmoid"
    output_activation: str = "softmax"
    loss: str = "cross-entropy"

    def __post_init__(self) -> None:
        if len(self.layers) < 2 or min(self.layers) < 1:
            raise ConfigError(f"layers are {self.layers}; at least two are needed, each of 1 neuron or more")
        if self.activation not in HIDDEN_ACTIVATION_NAMES:
            known = ", ".join(HIDDEN_ACTIVATION_NAMES)
            raise ConfigError(f"unknown hidden activation '{self.activation}'; choose one of {known}")
        activation_named(self.output_activation)
        check_pair(loss_named(self.loss), self.output_activation)
        if self.n_parameters > MAX_PARAMETERS:
            raise ConfigError(
                f"layers {self.layers} have {self.n_parameters:,} parameters; at most {MAX_PARAMETERS:,} fit"
            )

    @property
    def n_parameters(self) -> int:
        """Weights and biases together."""
        return sum((n_in + 1) * n_out for n_in, n_out in pairwise(self.layers))

    @property
    def depth(self) -> int:
        """Number of weight layers: hidden layers + 1."""
        return len(self.layers) - 1

    def activation_of(self, layer: int) -> str:
        """Return the activation name of weight layer `layer` (0 leads from the input)."""
        return self.output_activation if layer == self.depth - 1 else self.activation


@dataclass(frozen=True, slots=True)
class ForwardPass:
    """What a forward pass computed for B samples.

    Attributes
    ----------
    x
        The input, shape (B, n_in).
    z, a
        Weighted sums and activations of each weight layer, shapes (B, n_out of that layer).
    """

    x: FloatArray
    z: tuple[FloatArray, ...]
    a: tuple[FloatArray, ...]

    @property
    def output(self) -> FloatArray:
        """Activations of the output layer, shape (B, n_out)."""
        return self.a[-1]

    def input_of(self, layer: int) -> FloatArray:
        """Return what weight layer `layer` is fed: `x` for 0, else the activations before it."""
        return self.x if layer == 0 else self.a[layer - 1]


@dataclass(frozen=True, slots=True)
class Gradients:
    """Gradients of the mean batch loss.

    Attributes
    ----------
    delta
        ∂L/∂z of each weight layer, shapes (B, n_out), 1/B included.
    flat
        ∂L/∂parameters, in the order of `Network.parameters`.
    grad_W, grad_b
        Views of `flat`, shaped like `W` and `b`.
    """

    delta: tuple[FloatArray, ...]
    flat: FloatArray
    grad_W: tuple[FloatArray, ...]
    grad_b: tuple[FloatArray, ...]


def layer_views(flat: FloatArray, layers: Sequence[int]) -> tuple[tuple[FloatArray, ...], tuple[FloatArray, ...]]:
    """Return the W-shaped and b-shaped views of a flat vector laid out W[0], b[0], W[1], b[1], ..."""
    W, b, start = [], [], 0
    for n_in, n_out in pairwise(layers):
        W.append(flat[start : start + n_in * n_out].reshape(n_in, n_out))
        start += n_in * n_out
        b.append(flat[start : start + n_out])
        start += n_out
    return tuple(W), tuple(b)


class Network:
    """A dense network over a flat parameter vector.

    `forward` and `backward` change nothing but the buffers they are given, so any thread may call them
    on a network whose parameters no other thread writes.
    """

    def __init__(self, architecture: Architecture, parameters: FloatArray) -> None:
        if parameters.shape != (architecture.n_parameters,):
            needed = f"({architecture.n_parameters},)"
            raise ShapeError(f"parameters have shape {parameters.shape}; {architecture.layers} needs {needed}")
        self.architecture = architecture
        self.parameters = parameters
        self.W, self.b = layer_views(parameters, architecture.layers)
        self.activations = tuple(
            activation_named(architecture.activation_of(layer)) for layer in range(architecture.depth)
        )
        self.loss_function = loss_named(architecture.loss)

    def new_forward(self, batch_size: int) -> ForwardPass:
        """Return empty buffers for a forward pass of `batch_size` samples."""
        n_in, *sizes = self.architecture.layers
        dtype = self.parameters.dtype
        z = tuple(np.empty((batch_size, n), dtype) for n in sizes)
        a = tuple(np.empty((batch_size, n), dtype) for n in sizes)
        return ForwardPass(np.empty((batch_size, n_in), dtype), z, a)

    def new_gradients(self, batch_size: int, flat: FloatArray | None = None) -> Gradients:
        """Return empty buffers for a backward pass; `flat` may be shared between batch sizes."""
        dtype = self.parameters.dtype
        flat = np.empty_like(self.parameters) if flat is None else flat
        delta = tuple(np.empty((batch_size, n), dtype) for n in self.architecture.layers[1:])
        return Gradients(delta, flat, *layer_views(flat, self.architecture.layers))

    def forward(self, X: FloatArray, out: ForwardPass | None = None) -> ForwardPass:
        """Return the forward pass of a batch: z = a_prev @ W + b, a = f(z), layer by layer.

        Parameters
        ----------
        X
            Inputs, shape (B, n_in).
        out
            Buffers to compute into; its `x` need not be `X`.

        Raises
        ------
        ShapeError
            If `X` does not fit the input layer.
        """
        if X.ndim != 2 or X.shape[1] != self.architecture.layers[0]:
            raise ShapeError(f"X has shape {X.shape}; the input layer needs (B, {self.architecture.layers[0]})")
        passed = self.new_forward(len(X)) if out is None else out
        a_prev = X
        for W, b, f, z, a in zip(self.W, self.b, self.activations, passed.z, passed.a, strict=True):
            np.matmul(a_prev, W, out=z)
            np.add(z, b, out=z)
            a_prev = f.apply(z, out=a)
        return ForwardPass(X, passed.z, passed.a)

    def backward(
        self, forward: ForwardPass, Y: FloatArray, out: Gradients | None = None, grad_scale: float = 1.0
    ) -> Gradients:
        """Return the gradients of the mean batch loss.

        Parameters
        ----------
        forward
            Result of `self.forward` for this batch of B samples.
        Y
            Targets, shape (B, n_out); one-hot for classes.
        out
            Buffers to compute into.
        grad_scale
            `flat` holds the gradient times this; `delta` is always the true one. The trainer passes the
            learning rate, which saves a pass over all weights in plain gradient descent.

        Raises
        ------
        ShapeError
            If `Y` does not fit the output layer.

        References
        ----------
        Nielsen, *Neural Networks and Deep Learning*, ch. 2, BP1-BP4.
        """
        if Y.shape != forward.output.shape:
            raise ShapeError(f"Y has shape {Y.shape}; the output layer needs {forward.output.shape}")
        grads = self.new_gradients(len(Y)) if out is None else out
        z, a, delta = forward.z, forward.a, grads.delta
        self.loss_function.output_delta(z[-1], a[-1], Y, self.activations[-1], out=delta[-1])
        for layer in range(self.architecture.depth - 1, -1, -1):
            self._layer_gradient(forward.input_of(layer), layer, grads, grad_scale)
            if layer > 0:
                before = layer - 1
                np.matmul(delta[layer], self.W[layer].T, out=delta[before])
                slope = self.activations[before].derivative(z[before], a[before])
                np.multiply(delta[before], slope, out=delta[before])
        return grads

    def _layer_gradient(self, a_prev: FloatArray, layer: int, grads: Gradients, grad_scale: float) -> None:
        delta = grads.delta[layer]
        if grad_scale != 1.0:
            delta = delta * grad_scale
        if len(delta) == 1:
            # For one sample the gradient is an outer product; broadcasting beats matmul 4-5 times.
            np.multiply(a_prev.T, delta, out=grads.grad_W[layer])
            np.copyto(grads.grad_b[layer], delta[0])
        else:
            np.matmul(a_prev.T, delta, out=grads.grad_W[layer])
            np.sum(delta, axis=0, out=grads.grad_b[layer])

    def loss(self, forward: ForwardPass, Y: FloatArray) -> float:
        """Return the mean loss of the batch, without any penalty."""
        return self.loss_function.mean(forward.z[-1], forward.output, Y)


def one_hot(labels: np.ndarray, n_classes: int, dtype: type[np.floating] = np.float32) -> FloatArray:
    """Return targets, shape (B, n_classes): 1 at each sample's label, 0 elsewhere."""
    return np.eye(n_classes, dtype=dtype)[labels]
