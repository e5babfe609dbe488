"""What a stand does by itself when nobody draws: counts down, clears, shows how it is done."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from bpviz.data.pen_strokes import PenStroke
from bpviz.viewmodel.drawing.kiosk_times import (
    CLEAR_AFTER_S,
    COUNTDOWN_S,
    DEMO_AFTER_S,
    DEMO_STAYS_S,
    LEAST_CLEAR_AFTER_S,
    MOST_CLEAR_AFTER_S,
)

_PEN_SPEED = 1.4
"""Of the hand that shows how it is done, in canvas sides a second."""
_PEN_UP_S = 0.25


@dataclass(frozen=True, slots=True)
class PenDown:
    """The pen is put down at (x, y), in canvas sides."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PenMove:
    """The pen goes on to (x, y), in canvas sides."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PenUp:
    """The pen is lifted."""


@dataclass(frozen=True, slots=True)
class ClearAll:
    """The canvas is cleared."""


Deed = PenDown | PenMove | PenUp | ClearAll


class KioskScript:
    """Knows the time of the last touch and the demonstration under way; belongs to one thread.

    Parameters
    ----------
    clock
        Seconds that only grow.
    next_demo
        Gives the strokes of another digit to demonstrate.
    clear_after_s
        How long a drawing stays that nobody touches.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        next_demo: Callable[[], tuple[PenStroke, ...]],
        clear_after_s: float = CLEAR_AFTER_S,
    ) -> None:
        self._clock = clock
        self._next_demo = next_demo
        self._clear_after_s = CLEAR_AFTER_S
        self._touched_at = clock()
        self._demo: list[tuple[float, Deed]] | None = None
        self.set_clear_after(clear_after_s)

    @property
    def clear_after_s(self) -> float:
        """How long a drawing stays that nobody touches."""
        return self._clear_after_s

    @property
    def is_demonstrating(self) -> bool:
        """Whether what is on the canvas is the demonstration's."""
        return self._demo is not None

    def set_clear_after(self, seconds: float) -> None:
        """Let a drawing stay for so long, within reason."""
        self._clear_after_s = min(max(seconds, LEAST_CLEAR_AFTER_S), MOST_CLEAR_AFTER_S)

    def touch(self) -> bool:
        """Note that somebody is here; return whether a demonstration was under way, which ends."""
        self._touched_at = self._clock()
        was_demonstrating = self.is_demonstrating
        self._demo = None
        return was_demonstrating

    def seconds_left(self, *, is_empty: bool) -> int | None:
        """Return the seconds to be counted down before the drawing is cleared; None while there are many."""
        left = self._touched_at + self._clear_after_s - self._clock()
        if is_empty or self.is_demonstrating or left > min(COUNTDOWN_S, 0.6 * self._clear_after_s):
            return None
        return max(math.ceil(left), 0)

    def tick(self, *, is_empty: bool) -> list[Deed]:
        """Return what is to be done now, in order."""
        now = self._clock()
        if self._demo is not None:
            return self._due(self._demo, now)
        idle_s = now - self._touched_at
        if is_empty and idle_s >= DEMO_AFTER_S:
            self._demo = _planned(self._next_demo(), now)
            return self._due(self._demo, now)
        if not is_empty and idle_s >= self._clear_after_s:
            self._touched_at = now
            return [ClearAll()]
        return []

    def _due(self, demo: list[tuple[float, Deed]], now: float) -> list[Deed]:
        deeds: list[Deed] = []
        while demo and demo[0][0] <= now:
            deeds.append(demo.pop(0)[1])
        if not demo:
            self._demo = None
            self._touched_at = now
        return deeds


def _planned(strokes: tuple[PenStroke, ...], start: float) -> list[tuple[float, Deed]]:
    """Return when a steady hand does what, to draw these strokes and clear them after a while."""
    plan: list[tuple[float, Deed]] = []
    at = start
    for stroke in strokes:
        points: list[tuple[float, float]] = stroke.points.tolist()
        plan.append((at, PenDown(*points[0])))
        for before, after in pairwise(points):
            at += math.dist(before, after) / _PEN_SPEED
            plan.append((at, PenMove(*after)))
        plan.append((at, PenUp()))
        at += _PEN_UP_S
    return [*plan, (at + DEMO_STAYS_S, ClearAll())]
