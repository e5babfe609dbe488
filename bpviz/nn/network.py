"""A dense network: its architecture, its parameters in one flat vector, forward and backward pass.

Invariant: `W[l]` and `b[l]` are views of `parameters`, laid out W[0], b[0], W[1], b[1], ...
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from bpviz.errors import ConfigError, ShapeError
from bpviz.nn.activations import HIDDEN_ACTIVATION_NAMES, activation_named
from bpviz.nn.arrays import FloatArray
from bpviz.nn.losses import check_pair, loss_named
from bpviz.nn.switched_off import SwitchedOff, neurons_by_layer

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
    scratch
        Working memory of the backward pass, shaped like `delta`; its contents mean nothing.
    """

    delta: tuple[FloatArray, ...]
    flat: FloatArray
    grad_W: tuple[FloatArray, ...]
    grad_b: tuple[FloatArray, ...]
    scratch: tuple[FloatArray, ...]


def layer_views(
    flat: FloatArray, layers: Sequence[int]
) -> tuple[tuple[FloatArray, ...], tuple[FloatArray, ...]]:
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

    A hidden neuron that is switched off has activation 0 (its z is still computed) and delta 0, so neither
    the weights that lead to it nor those that leave it get a gradient.

    `forward` and `backward` change nothing but the buffers they are given, so any thread may call them
    on a network whose parameters no other thread writes.
    """

    def __init__(
        self, architecture: Architecture, parameters: FloatArray, switched_off: SwitchedOff = ()
    ) -> None:
        if parameters.shape != (architecture.n_parameters,):
            needed = f"({architecture.n_parameters},)"
            raise ShapeError(f"parameters have shape {parameters.shape}; the network needs {needed}")
        self.architecture = architecture
        self.parameters = parameters
        self.W, self.b = layer_views(parameters, architecture.layers)
        self.activations = tuple(
            activation_named(architecture.activation_of(layer)) for layer in range(architecture.depth)
        )
        self.loss_function = loss_named(architecture.loss)
        self.switched_off = switched_off
        self._off = neurons_by_layer(switched_off, architecture.layers)

    def with_parameters(self, parameters: FloatArray) -> "Network":
        """Return a network like this one, the same neurons switched off, over other parameters."""
        return Network(self.architecture, parameters, self.switched_off)

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
        sizes = self.architecture.layers[1:]
        delta = tuple(np.empty((batch_size, n), dtype) for n in sizes)
        scratch = tuple(np.empty((batch_size, n), dtype) for n in sizes)
        return Gradients(delta, flat, *layer_views(flat, self.architecture.layers), scratch)

    def forward(self, X: FloatArray, out: ForwardPass | None = None) -> ForwardPass:
        """Return the forward pass of a batch: z = a_prev @ W + b, a = f(z), layer by layer.

        Parameters
        ----------
        X
            Inputs, shape (B, n_in).
        out
            Buffers to compute into; its `x` may be `X` itself.

        Raises
        ------
        ShapeError
            If `X` does not fit the input layer.
        """
        if X.ndim != 2 or X.shape[1] != self.architecture.layers[0]:
            raise ShapeError(
                f"X has shape {X.shape}; the input layer needs (B, {self.architecture.layers[0]})"
            )
        passed = self.new_forward(len(X)) if out is None else out
        np.matmul(X, self.W[0], out=passed.z[0])
        self.finish_forward(passed)
        return passed if passed.x is X else ForwardPass(X, passed.z, passed.a)

    def finish_forward(self, passed: ForwardPass) -> None:
        """Complete a pass, in place, whose `z[0]` holds the first product X @ W[0] without its bias."""
        z, a = passed.z, passed.a
        for layer, (b, f) in enumerate(zip(self.b, self.activations, strict=True)):
            if layer > 0:
                np.matmul(a[layer - 1], self.W[layer], out=z[layer])
            np.add(z[layer], b, out=z[layer])
            f.apply(z[layer], out=a[layer])
            if layer in self._off:
                a[layer][:, self._off[layer]] = 0.0

    def backward(
        self,
        forward: ForwardPass,
        Y: FloatArray,
        out: Gradients | None = None,
        grad_scale: float = 1.0,
        on_first_delta: Callable[[FloatArray], None] | None = None,
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
        on_first_delta
            If given, it is handed the first layer's delta times `grad_scale`, and `grad_W[0]` is left as it
            was: for a caller who has a quicker way to that product.

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
            scaled = self._scaled_delta(layer, grads, grad_scale)
            np.add.reduce(scaled, axis=0, out=grads.grad_b[layer])
            if layer > 0 or on_first_delta is None:
                _outer_sum(forward.input_of(layer), scaled, out=grads.grad_W[layer])
            else:
                on_first_delta(scaled)
            if layer > 0:
                before = layer - 1
                np.matmul(delta[layer], self.W[layer].T, out=delta[before])
                slope = self.activations[before].derivative(z[before], a[before], out=grads.scratch[before])
                np.multiply(delta[before], slope, out=delta[before])
                if before in self._off:
                    delta[before][:, self._off[before]] = 0.0
        return grads

    def _scaled_delta(self, layer: int, grads: Gradients, grad_scale: float) -> FloatArray:
        delta = grads.delta[layer]
        return delta if grad_scale == 1.0 else np.multiply(delta, grad_scale, out=grads.scratch[layer])

    def loss(self, forward: ForwardPass, Y: FloatArray) -> float:
        """Return the mean loss of the batch, without any penalty."""
        return self.loss_function.mean(forward.z[-1], forward.output, Y)


def one_hot(labels: npt.NDArray[Any], n_classes: int, dtype: type[np.floating] = np.float32) -> FloatArray:
    """Return targets, shape (B, n_classes): 1 at each sample's label, 0 elsewhere."""
    targets = np.zeros((len(labels), n_classes), dtype)
    targets[np.arange(len(labels)), labels] = 1.0
    return targets


def _outer_sum(a_prev: FloatArray, delta: FloatArray, out: FloatArray) -> None:
    """Write a_prev.T @ delta into `out`."""
    if len(delta) == 1:
        # For one sample this is an outer product; broadcasting beats matmul 4-5 times.
        np.multiply(a_prev.T, delta, out=out)
    else:
        np.matmul(a_prev.T, delta, out=out)
