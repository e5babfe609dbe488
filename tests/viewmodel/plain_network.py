"""The mathematics written out plainly in Python floats: slow, and independent of the engine."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import Snapshot

NUDGE = 1e-5


def plain_f(name: str, z: list[float]) -> list[float]:
    if name == "softmax":
        powers = [math.exp(value - max(z)) for value in z]
        return [power / sum(powers) for power in powers]
    f: Callable[[float], float] = {
        "sigmoid": lambda v: 1.0 / (1.0 + math.exp(-v)),
        "tanh": math.tanh,
        "relu": lambda v: v if v > 0 else 0.0,
        "leaky-relu": lambda v: v if v > 0 else 0.01 * v,
        "identity": lambda v: v,
    }[name]
    return [f(value) for value in z]


def plain_term(name: str, a: float, y: float) -> float:
    if name == "squared":
        return 0.5 * (a - y) ** 2
    if name == "log":
        return -(y * math.log(a) + (1 - y) * math.log(1 - a))
    return -y * math.log(a) if y else 0.0


def plain_pass(
    snapshot: Snapshot, parameters: FloatArray, x: FloatArray
) -> tuple[list[list[float]], list[list[float]]]:
    """Return z and a of every layer for one input."""
    layers, start = snapshot.architecture.layers, 0
    values = x.astype(np.float64)
    all_z, all_a = [], []
    for layer, (n_in, n_out) in enumerate(pairwise(layers)):
        W = parameters[start : start + n_in * n_out].reshape(n_in, n_out).astype(np.float64)
        b = parameters[start + n_in * n_out : start + (n_in + 1) * n_out].astype(np.float64)
        start += (n_in + 1) * n_out
        z = (values @ W + b).tolist()
        a = plain_f(snapshot.architecture.activation_of(layer), z)
        all_z.append(z)
        all_a.append(a)
        values = np.array(a)
    return all_z, all_a


def plain_loss(snapshot: Snapshot, parameters: FloatArray, x: FloatArray, label: int) -> float:
    """Return one sample's loss."""
    _, a = plain_pass(snapshot, parameters, x)
    name = snapshot.architecture.loss
    return sum(plain_term(name, value, float(k == label)) for k, value in enumerate(a[-1]))


def plain_derivative(snapshot: Snapshot, x: FloatArray, label: int, index: int) -> float:
    """Return ∂Lᵢ/∂parameters[index] by central differences."""
    losses = []
    for nudge in (NUDGE, -NUDGE):
        parameters = snapshot.parameters.astype(np.float64)
        parameters[index] += nudge
        losses.append(plain_loss(snapshot, parameters, x, label))
    return (losses[0] - losses[1]) / (2 * NUDGE)


def place_in(snapshot: Snapshot, layer: int, row: int | None, column: int) -> int:
    """Return where a weight, or for row None a bias, stands in the flat parameters."""
    layers, start = snapshot.architecture.layers, 0
    for n_in, n_out in pairwise(layers[: layer + 1]):
        start += n_in * n_out + n_out
    n_in, n_out = layers[layer], layers[layer + 1]
    return start + (n_in if row is None else row) * n_out + column
