"""A loss of one weight with a dip and a deeper valley, and a ball an update rule moves on it.

L(w) = (3w⁴ - 4w³ - 12w² + 32) / 32, whose slope is 3/8 · w (w + 1) (w - 2): a local minimum at -1, a hump
at 0 and the lowest point, where the loss is 0, at 2.
"""

import copy
import math
from dataclasses import dataclass
from typing import overload

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.optimizers import DEFAULT_MOMENTUM, new_optimizer

FORMULA = "L = (3w⁴ − 4w³ − 12w² + 32) / 32"
DIP, HUMP, FLOOR = -1.0, 0.0, 2.0
LEFT, RIGHT = -2.4, 3.2
"""The stretch of weights that is shown."""
TOP = 3.5
_FARTHEST = 1e6
"""A ball further away is gone: a few steps more, and its numbers could not be written."""
_LONGEST_PATH = 400


@overload
def valley_loss(w: float) -> float: ...
@overload
def valley_loss(w: FloatArray) -> FloatArray: ...
def valley_loss(w: float | FloatArray) -> float | FloatArray:
    """Return the loss at a weight."""
    return (3.0 * w**4 - 4.0 * w**3 - 12.0 * w**2 + 32.0) / 32.0


def valley_slope(w: float) -> float:
    """Return dL/dw at a weight."""
    return 0.375 * w * (w + 1.0) * (w - 2.0)


@dataclass(frozen=True, slots=True)
class BallState:
    """A ball as it lies, and the step it would take next.

    Attributes
    ----------
    rule
        The update rule's name, as in `nn.optimizers`.
    velocity
        What the next step multiplies by the rate: μ times the velocity before, plus the slope; for rules
        without a velocity, the slope.
    change
        How far the next step moves the weight.
    pushed
        The slope's part of it: minus rate times slope; the rest is carried on from earlier steps.
    path
        Where it has been, the oldest first, this place included.
    is_gone
        It has left for good: the loss grew beyond bounds.
    """

    rule: str
    w: float
    loss: float
    slope: float
    velocity: float
    change: float
    pushed: float
    path: tuple[float, ...]
    n_steps: int
    is_gone: bool

    @property
    def carried(self) -> float:
        """The part of the next step that earlier slopes make."""
        return self.change - self.pushed


class Ball:
    """One weight and the rule that moves it, the very one that trains networks.

    Attributes
    ----------
    w
        Where it lies.
    n_steps
        Steps taken since it was laid down.
    """

    def __init__(self, rule: str, w: float, momentum: float = DEFAULT_MOMENTUM) -> None:
        self.rule = rule
        self._momentum = momentum
        self._place = np.zeros(1)
        self.lay(w)

    @property
    def w(self) -> float:
        """Where it lies."""
        return float(self._place[0])

    @property
    def is_gone(self) -> bool:
        """Whether it has left for good."""
        return not abs(self.w) <= _FARTHEST

    def lay(self, w: float) -> None:
        """Lay it down at a place, at rest: nothing is remembered."""
        self._place = np.array([w], np.float64)
        self._optimizer = new_optimizer(self.rule, 1, self._place.dtype, self._momentum)
        self._path = [float(w)]
        self.n_steps = 0

    def step(self, rate: float) -> None:
        """Take one step; nothing where it is gone."""
        if self.is_gone:
            return
        self._update(rate)
        self.n_steps += 1
        self._path = [*self._path[-_LONGEST_PATH:], self.w]

    def state(self, rate: float) -> BallState:
        """Return how it lies and what it would do next at this rate."""
        is_gone = self.is_gone
        slope = math.nan if is_gone else valley_slope(self.w)
        ahead = copy.deepcopy(self)
        if not is_gone:
            ahead._update(rate)
        velocity = ahead._optimizer.state.get("velocity")
        return BallState(
            rule=self.rule,
            w=self.w,
            loss=math.inf if is_gone else valley_loss(self.w),
            slope=slope,
            velocity=slope if velocity is None else float(velocity[0]),
            change=math.nan if is_gone else ahead.w - self.w,
            pushed=-rate * slope,
            path=tuple(self._path),
            n_steps=self.n_steps,
            is_gone=is_gone,
        )

    def _update(self, rate: float) -> None:
        self._optimizer.update(self._place, np.array([valley_slope(self.w)]), rate)
