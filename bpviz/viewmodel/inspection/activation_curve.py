"""The curve of an activation function with the point where a neuron stands on it."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.activations import activation_named
from bpviz.nn.arrays import FloatArray

_N_POINTS = 121
_REACH = {"sigmoid": 6.0, "softmax": 6.0, "tanh": 3.0}
_LEAST_REACH = 3.0
_FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class ActivationCurve:
    """f over a stretch of z that holds the neuron's own.

    Attributes
    ----------
    z, a
        Points of the curve, shape (n,), z increasing.
    at_z, at_a, slope
        Where the neuron is; not finite if its numbers are not.
    low, high
        The span of `a` to draw.
    """

    z: FloatArray
    a: FloatArray
    at_z: float
    at_a: float
    slope: float
    low: float
    high: float

    @property
    def has_point(self) -> bool:
        """Whether the neuron's place can be drawn."""
        return bool(np.isfinite([self.at_z, self.at_a, self.slope]).all())


def activation_curve(
    name: str, at_z: float, at_a: float, slope: float, others: FloatArray | None = None
) -> ActivationCurve:
    """Return the curve of the function called `name`.

    Parameters
    ----------
    others
        The other outputs' z, for softmax alone: they are held while this one's z moves.
    """
    shift = _log_sum(others) if name == "softmax" and others is not None else 0.0
    z = np.linspace(*_span(name, at_z, shift), _N_POINTS)
    # e^z / (e^z + Σ e^others), a softmax of one z, is a sigmoid moved to where both are equal.
    a = activation_named("sigmoid" if name == "softmax" else name).apply(z - shift)
    bounds = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
    low, high = bounds.get(name, (float(a.min()), float(a.max())))
    return ActivationCurve(z, a, at_z, at_a, slope, low, high)


def _span(name: str, at_z: float, middle: float) -> tuple[float, float]:
    reach = _REACH.get(name, _LEAST_REACH)
    if not np.isfinite(middle):
        middle = 0.0
    if np.isfinite(at_z):
        reach = max(reach, min(_FARTHEST, float(np.ceil(1.15 * abs(at_z - middle)))))
    return middle - reach, middle + reach


def _log_sum(z: FloatArray) -> float:
    if z.size == 0 or not np.isfinite(z).all():
        return 0.0
    largest = float(z.max())
    return largest + float(np.log(np.exp(z.astype(np.float64) - largest).sum()))
