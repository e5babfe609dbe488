"""Balls rolling on the valley as a lesson or a learner makes them."""

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bpviz.errors import ConfigError
from bpviz.nn.optimizers import OPTIMIZERS
from bpviz.viewmodel.lessons.valley import Ball, BallState

MAX_STEPS = 2000
AT_REST = 1e-3
"""A ball whose next step is shorter lies still."""
_MOST_A_FRAME = 50


@dataclass(frozen=True, slots=True)
class BallMark:
    """The balls as they lay."""

    balls: tuple[Ball, ...]
    rate: float
    start: float


class BallRun:
    """Owns the balls. All start from one place and step together, each by its own rule.

    Attributes
    ----------
    rate
        The learning rate of all of them.
    is_rolling
        Steps are still to be taken, one after another as time goes.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.rate = 0.1
        self.start = -2.0
        self._clock = clock
        self._balls: list[Ball] = [Ball("sgd", self.start)]
        self._left = 0
        self._interval = 0.0
        self._next_at = 0.0

    @property
    def is_rolling(self) -> bool:
        """Whether steps are still to be taken."""
        return self._left > 0

    @property
    def rules(self) -> tuple[str, ...]:
        """The rule of each ball."""
        return tuple(ball.rule for ball in self._balls)

    @property
    def is_at_rest(self) -> bool:
        """Whether no ball moves any more: each lies still or is gone."""
        return all(state.is_gone or _lies_still(state) for state in self.states())

    def states(self) -> tuple[BallState, ...]:
        """Return how all balls lie."""
        return tuple(ball.state(self.rate) for ball in self._balls)

    def state(self, rule: str) -> BallState:
        """Return how the ball of one rule lies.

        Raises
        ------
        ConfigError
            If no ball has that rule.
        """
        for ball in self._balls:
            if ball.rule == rule:
                return ball.state(self.rate)
        raise ConfigError(f"no ball is moved by '{rule}'; there are {', '.join(self.rules)}")

    def set_rate(self, rate: float) -> None:
        """Use this learning rate from the next step on.

        Raises
        ------
        ConfigError
            If it is not a positive number.
        """
        if not (math.isfinite(rate) and 0.0 < rate <= 1e3):
            raise ConfigError(f"the rate is {rate}; a number above 0, at most 1,000, is needed")
        self.rate = rate

    def set_rules(self, rules: Sequence[str]) -> None:
        """Put a new ball for each of these rules at the start.

        Raises
        ------
        ConfigError
            If there is no such rule.
        """
        if not rules or any(rule not in OPTIMIZERS for rule in rules):
            raise ConfigError(f"the rules are {list(rules)}; choose from {', '.join(OPTIMIZERS)}")
        self._balls = [Ball(rule, self.start) for rule in rules]
        self._left = 0

    def place(self, w: float) -> None:
        """Lay all balls down at a weight, which is where they start again from.

        Raises
        ------
        ConfigError
            If it is no number.
        """
        if not math.isfinite(w):
            raise ConfigError(f"the weight is {w}; a number is needed")
        self.start = w
        self.restart()

    def restart(self) -> None:
        """Put all balls back to the start."""
        self._left = 0
        for ball in self._balls:
            ball.lay(self.start)

    def step(self) -> None:
        """Take one step with every ball."""
        for ball in self._balls:
            ball.step(self.rate)

    def roll(self, steps: int, per_second: float) -> None:
        """Take steps; at once, or so many a second in calls of `pull`.

        Raises
        ------
        ConfigError
            If there are too few or too many.
        """
        if not 1 <= steps <= MAX_STEPS:
            raise ConfigError(f"'steps' is {steps}; it must be 1 to {MAX_STEPS:,}")
        if per_second <= 0.0:
            for _ in range(steps):
                self.step()
            return
        self._left, self._interval = steps, 1.0 / per_second
        self._next_at = self._clock() + self._interval

    def halt(self) -> None:
        """Take none of the steps that were still to come."""
        self._left = 0

    def pull(self) -> bool:
        """Take the steps that are due; return whether there were any."""
        if self._left == 0:
            return False
        has_moved, now = False, self._clock()
        for _ in range(_MOST_A_FRAME):
            if self._left == 0 or now < self._next_at:
                break
            self.step()
            self._left -= 1
            self._next_at += self._interval
            has_moved = True
        return has_moved

    def mark(self) -> BallMark:
        """Return what `restore` needs."""
        return BallMark(tuple(copy.deepcopy(self._balls)), self.rate, self.start)

    def restore(self, mark: BallMark) -> None:
        """Put everything back."""
        self._balls = list(copy.deepcopy(mark.balls))
        self.rate, self.start = mark.rate, mark.start
        self._left = 0


def _lies_still(state: BallState) -> bool:
    return abs(state.change) < AT_REST and abs(state.carried) < AT_REST
