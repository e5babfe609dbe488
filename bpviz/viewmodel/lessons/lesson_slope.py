"""Where the images of one digit stand on the sigmoid of their own output, and how steep it is there."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.activations import activation_named
from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.run.ticks import Tick, linear_axis
from bpviz.viewmodel.words.number_format import short

_N_POINTS = 241
_LEAST_REACH = 8.0
_N_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SlopeContent:
    """A sigmoid with one dot for each image; places are shares of the plot, 0 to 1, upwards.

    Attributes
    ----------
    curve_x, curve_y
        The sigmoid, shape (n,).
    dots_x, dots_y
        The images, at most 200.
    ticks
        Sums on the level axis.
    mean_slope
        Mean of a(1 − a) over all images of the digit; nan where there are none.
    """

    title: str
    curve_x: FloatArray
    curve_y: FloatArray
    dots_x: FloatArray
    dots_y: FloatArray
    ticks: tuple[Tick, ...]
    mean_slope: float


def slope_content(digit: int, sums: FloatArray) -> SlopeContent:
    """Return the picture for images of `digit`, given the sums of that digit's output, shape (n,)."""
    sums = np.asarray(sums, np.float64)[np.isfinite(sums)]
    reach = max(_LEAST_REACH, float(np.abs(sums).max(initial=0.0)))
    axis = linear_axis(-reach, reach, 5)
    sigmoid = activation_named("sigmoid")
    z = np.linspace(axis.low, axis.high, _N_POINTS)
    return SlopeContent(
        title=f"The output for {digit}, shown images of {digit}",
        curve_x=axis.fraction(z),
        curve_y=sigmoid.apply(z),
        dots_x=axis.fraction(sums[:_N_SHOWN]),
        dots_y=sigmoid.apply(sums[:_N_SHOWN]),
        ticks=tuple(
            Tick(float(axis.fraction(np.array([tick.value]))[0]), short(tick.value)) for tick in axis.ticks
        ),
        mean_slope=mean_slope(sums),
    )


def mean_slope(sums: FloatArray) -> float:
    """Return the mean slope of the sigmoid at these sums, a(1 − a); nan for none."""
    if not len(sums):
        return float("nan")
    a = activation_named("sigmoid").apply(np.asarray(sums, np.float64))
    return float((a * (1.0 - a)).mean())
