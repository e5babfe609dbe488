"""What a loss says of one sample, as a curve with the sample on it: of its distance, or of a probability."""

import math
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.network.color_scale import nice_limit
from bpviz.viewmodel.run.ticks import Tick
from bpviz.viewmodel.words.number_format import fixed, grouped

_PLACES = 121
_LEAST_REACH = 1.2
_MOST_LOG_LOSS = 5.0
_HALF_OF_SQUARE = 0.5


@dataclass(frozen=True, slots=True)
class LossPoint:
    """Something on the curve: shares of the width and of the height, from the lower left."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class LossPicture:
    """What is to be drawn.

    Attributes
    ----------
    loss, count
        The mean loss of all samples, and of how many that is.
    share
        How many of them are answered rightly; empty in a regression.
    formula
        How the watched sample's loss comes about.
    curve_x, curve_y
        The loss over the distance or the probability, in shares of the axes.
    point, tried
        The watched sample, and where it is imagined to be.
    """

    loss: str
    count: str
    share: str
    who: str
    formula: str
    x_name: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    curve_x: FloatArray
    curve_y: FloatArray
    point: LossPoint | None
    tried: LossPoint | None = None


@dataclass(frozen=True, slots=True)
class WholeLoss:
    """The mean loss of so many samples, and the share of right answers; nan in a regression."""

    loss: float
    accuracy: float
    count: int


def squared_loss(distance: float) -> float:
    """Return the squared error of an output this far from its target, ½ d²."""
    return _HALF_OF_SQUARE * distance * distance


def log_loss(probability: float) -> float:
    """Return −ln of what the right class was given; infinite for nothing."""
    return -math.log(probability) if probability > 0.0 else math.inf


def distance_of(sample: SamplePass) -> float:
    """Return how far the first output lies from its target."""
    return math.nan if sample.target is None else abs(float(sample.target[0]) - float(sample.output[0]))


def right_share(sample: SamplePass) -> float:
    """Return the probability given to the right class: by the output of a B, or by that of its own class."""
    if sample.label is None:
        return math.nan
    if len(sample.output) > 1:
        return float(sample.output[sample.label])
    share = float(sample.output[0])
    return share if sample.label == 1 else 1.0 - share


def squared_picture(sample: SamplePass, whole: WholeLoss, tried: float | None) -> LossPicture:
    """Return the curve ½ d² with the sample on it, by its distance from its target."""
    distance, loss = distance_of(sample), sample.loss or 0.0
    furthest = max(np.nan_to_num((distance, tried or 0.0)))
    reach = _LEAST_REACH if furthest <= _LEAST_REACH else nice_limit(furthest)
    top = squared_loss(reach)
    x = np.linspace(0.0, 1.0, _PLACES)
    return LossPicture(
        loss=fixed(whole.loss, 3),
        count=f"mean of {grouped(whole.count)} points",
        share="",
        who="The point with the ring",
        formula=f"½ × {fixed(distance, 2)}² = {fixed(loss, 2)}",
        x_name="distance",
        x_ticks=_ticks((0.0, 0.5, 1.0), reach),
        y_ticks=_ticks((0.0, 0.2, 0.4, 0.6), top),
        curve_x=x,
        curve_y=x * x,
        point=_point(distance / reach, loss / top, loss),
        tried=None
        if tried is None
        else _point(tried / reach, squared_loss(tried) / top, squared_loss(tried)),
    )


def log_picture(sample: SamplePass, whole: WholeLoss, tried: float | None) -> LossPicture:
    """Return the curve −ln p with the sample on it, by the probability of its right class."""
    share, loss, top = right_share(sample), sample.loss or 0.0, _MOST_LOG_LOSS
    x = np.concatenate(
        (np.exp(-np.linspace(top, 1.0, _PLACES)), np.linspace(math.exp(-1.0), 1.0, _PLACES)[1:])
    )
    is_image = len(sample.output) > 1
    return LossPicture(
        loss=fixed(whole.loss, 2),
        count=f"mean of {grouped(whole.count)} {'images' if is_image else 'points'}",
        share=f"{grouped(round(whole.accuracy * whole.count))} of them right",
        who="This image" if is_image else "The point with the ring",
        formula=f"−ln {fixed(share, 2)} = {fixed(loss, 2)}",
        x_name="p of the right class",
        x_ticks=_ticks((0.0, 0.5, 1.0), 1.0),
        y_ticks=_ticks((0.0, 1.0, 2.0, 3.0, 4.0, 5.0), top, 0),
        curve_x=x,
        curve_y=-np.log(x) / top,
        point=_point(share, loss / top, loss),
        tried=None if tried is None else _point(tried, log_loss(tried) / top, log_loss(tried)),
    )


def _point(x: float, y: float, loss: float) -> LossPoint | None:
    """Return a place on the curve; what lies beyond an axis stands at its end."""
    if not (math.isfinite(x) and math.isfinite(loss)):
        return None
    return LossPoint(min(x, 1.0), min(y, 1.0), fixed(loss, 2))


def _ticks(values: tuple[float, ...], reach: float, decimals: int = 1) -> tuple[Tick, ...]:
    return tuple(
        Tick(value / reach, "0" if value == 0.0 else fixed(value, decimals))
        for value in values
        if value <= 1.001 * reach
    )
