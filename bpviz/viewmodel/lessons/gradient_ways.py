"""Three ways to one gradient, each counted and timed: what a lesson compares."""

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.autodiff import (
    CountedGradient,
    Product,
    counted_loss,
    finite_differences,
    forward_mode,
    reverse_mode,
)
from bpviz.nn.network import Network
from bpviz.nn.parameter_index import bias_index, weight_index
from bpviz.viewmodel.network.parts import BIAS, WeightPart

MOST_RUNS = 9
ENOUGH_SECONDS = 0.3
"""A way is timed `MOST_RUNS` times, or as often as begins within this time."""


class Way(StrEnum):
    """How a gradient is found, from the cheapest to the dearest."""

    REVERSE = "reverse"
    FORWARD = "forward"
    DIFFERENCES = "differences"


WAY_NAMES = {
    Way.REVERSE: "Reverse mode",
    Way.FORWARD: "Forward mode",
    Way.DIFFERENCES: "Finite differences",
}


@dataclass(frozen=True, slots=True)
class GradientTask:
    """The gradient wanted: of this network's loss for one sample, shapes (1, n_in) and (1, n_out).

    The network computes in float64.
    """

    network: Network
    x: FloatArray
    y: FloatArray

    @property
    def n_parameters(self) -> int:
        """Weights and biases: the numbers the gradient has."""
        return int(self.network.parameters.size)

    @property
    def forward_multiplications(self) -> int:
        """Multiplications of one way forward, counted."""
        return counted_loss(self.network, self.x, self.y).multiplications

    def index_of(self, part: WeightPart) -> int:
        """Return the place of a weight or bias in the gradient."""
        layers = self.network.architecture.layers
        if part.source == BIAS:
            return bias_index(layers, part.layer, part.target)
        return weight_index(layers, part.layer, part.source, part.target)

    def loss_nudged(self, index: int, nudge: float) -> float:
        """Return the loss with one parameter moved by `nudge`."""
        nudged = self.network.with_parameters(self.network.parameters.copy())
        nudged.parameters[index] += nudge
        return counted_loss(nudged, self.x, self.y).loss


@dataclass(frozen=True, slots=True)
class WayCount:
    """A gradient by one way.

    Attributes
    ----------
    seconds
        Median time of `runs` runs.
    """

    way: Way
    result: CountedGradient
    seconds: float
    runs: int

    def product(self, name: str) -> Product | None:
        """Return the product of this name, None if there was none."""
        return next((product for product in self.result.products if product.name == name), None)


def count_way(
    way: Way,
    task: GradientTask,
    clock: Callable[[], float],
    on_parameter: Callable[[int], None] | None = None,
) -> WayCount:
    """Return the gradient by this way, its multiplications and its time.

    Parameters
    ----------
    clock
        Seconds.
    on_parameter
        Finite differences call it before each parameter; what it raises ends the work.
    """
    times: list[float] = []
    while True:
        begin = clock()
        result = gradient_by(way, task, on_parameter)
        times.append(clock() - begin)
        if len(times) >= MOST_RUNS or sum(times) >= ENOUGH_SECONDS:
            return WayCount(way, result, statistics.median(times), len(times))


def agreeing_digits(first: FloatArray, second: FloatArray) -> float:
    """Return to how many digits two gradients agree: those of their largest difference, against the largest
    number in the first; nan where that is 0.
    """
    largest = float(np.abs(first).max())
    difference = float(np.abs(first - second).max())
    if not largest:
        return math.nan
    # float64 has no more to agree in.
    return math.floor(-math.log10(max(difference / largest, np.finfo(np.float64).eps)))


def gradient_by(
    way: Way, task: GradientTask, on_parameter: Callable[[int], None] | None = None
) -> CountedGradient:
    """Return the gradient by this way, once."""
    match way:
        case Way.REVERSE:
            return reverse_mode(task.network, task.x, task.y)
        case Way.FORWARD:
            return forward_mode(task.network, task.x, task.y)
        case Way.DIFFERENCES:
            return finite_differences(task.network, task.x, task.y, on_parameter=on_parameter)
