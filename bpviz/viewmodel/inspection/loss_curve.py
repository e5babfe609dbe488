"""The loss of a network along one of its parameters, with the place where it stands."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.landscape import loss_along
from bpviz.nn.network import Network

N_POINTS = 101
N_SAMPLES = 1000
"""The loss is the mean of so many training samples, the first ones."""
_LEAST_REACH = 4.0
_FEWEST_SAMPLES = 50
_MOST_PRODUCTS = 2e9
"""Multiplications one curve may take: well under a second."""


@dataclass(frozen=True, slots=True, eq=False)
class LossCurve:
    """The mean loss with one parameter at different values, all others as they are.

    Attributes
    ----------
    values, losses
        Shape (k,), values increasing.
    at, loss, slope
        The parameter's own value, the loss there, and the gradient by this parameter.
    iteration
        When the network stood so.
    n_samples
        The loss is the mean of so many.
    """

    values: FloatArray
    losses: FloatArray
    at: float
    loss: float
    slope: float
    iteration: int
    n_samples: int

    @property
    def lowest(self) -> tuple[float, float]:
        """The value with the smallest loss on this stretch, and that loss."""
        place = int(np.argmin(np.nan_to_num(self.losses, nan=np.inf)))
        return float(self.values[place]), float(self.losses[place])


def loss_curve(
    network: Network,
    samples: tuple[FloatArray, FloatArray],
    index: int,
    reach: tuple[float, float],
    iteration: int,
) -> LossCurve:
    """Return the loss along the parameter at `index` of the flat parameters.

    Parameters
    ----------
    samples
        Inputs and targets, shapes (B, n_in) and (B, n_out).
    reach
        The smallest and the largest value tried.
    """
    X, Y = samples
    values = np.linspace(*reach, N_POINTS)
    at = float(network.parameters[index])
    with np.errstate(all="ignore"):
        losses = loss_along(network, X, Y, index, values)
        passed = network.forward(X)
        slope = float(network.backward(passed, Y).flat[index])
        loss = network.loss(passed, Y)
    return LossCurve(values, losses, at, loss, slope, iteration, len(X))


def samples_for(layers: Sequence[int]) -> int:
    """Return how many samples a curve of such a network may take: fewer for a large one, at least 50."""
    products = sum(n_in * n_out for n_in, n_out in pairwise(layers[1:])) + layers[0] * layers[1] / N_POINTS
    return max(_FEWEST_SAMPLES, min(N_SAMPLES, round(_MOST_PRODUCTS / (products * N_POINTS))))


def reach_around(at: float) -> tuple[float, float]:
    """Return a round stretch of values around one: it stays the same while the value moves a little."""
    if not math.isfinite(at):
        return -_LEAST_REACH, _LEAST_REACH
    size = _LEAST_REACH * 2.0 ** max(0.0, math.ceil(math.log2(max(abs(at), 1e-9) / _LEAST_REACH * 1.5)))
    return -size, size
