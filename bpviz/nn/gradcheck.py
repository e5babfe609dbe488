"""Checks gradients against central differences, (L(w + ε) - L(w - ε)) / 2ε, in float64."""

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network

EPSILON = 1e-5
"""Nudge of one parameter: near the cube root of float64's precision, where the error is smallest."""


def as_float64(network: Network) -> Network:
    """Return a copy of the network that computes in float64."""
    return network.with_parameters(network.parameters.astype(np.float64))


def numerical_derivative(
    network: Network, X: FloatArray, Y: FloatArray, parameter: int, epsilon: float = EPSILON
) -> float:
    """Return ∂L/∂parameters[parameter] of the mean batch loss by two forward passes.

    Parameters
    ----------
    network
        Left unchanged; pass one in float64, as `as_float64` makes it.
    X, Y
        The batch, shapes (B, n_in) and (B, n_out).
    """
    losses = []
    for nudge in (epsilon, -epsilon):
        nudged = network.with_parameters(network.parameters.copy())
        nudged.parameters[parameter] += nudge
        losses.append(nudged.loss(nudged.forward(X), Y))
    return (losses[0] - losses[1]) / (2.0 * epsilon)


def numerical_gradient(network: Network, X: FloatArray, Y: FloatArray) -> FloatArray:
    """Return the whole gradient by central differences, shape (n_parameters,): two passes a parameter."""
    count = network.parameters.size
    return np.array([numerical_derivative(network, X, Y, i) for i in range(count)])


def relative_error(gradient: FloatArray, other: FloatArray) -> float:
    """Return ‖g - ĝ‖ / (‖g‖ + ‖ĝ‖), 0 if both are zero."""
    scale = float(np.linalg.norm(gradient) + np.linalg.norm(other))
    return float(np.linalg.norm(gradient - other)) / scale if scale else 0.0
