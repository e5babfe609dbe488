"""Draws what is no single digit, for the network to learn that it does not know.

Each drawing gets a label by lot. No network can learn it, so the least loss is reached with ten equal
outputs: scribbles and pairs of digits are then read without being sure.
"""

from collections.abc import Callable, Sequence

import numpy as np
from bundled_data import samples_of
from canvas_digits import SPREAD, read_off

from bpviz.data.canvas_drawings import placed_anywhere
from bpviz.data.samples import Samples
from bpviz.data.stroke_dataset import N_CLASSES
from bpviz.data.stroke_templates import StrokeForm
from bpviz.data.strokes import Stroke, draw_digit, smooth_stroke

_Maker = Callable[[np.random.Generator], list[Stroke]]


def no_digits(count: int, rng: np.random.Generator) -> Samples:
    """Return `count` scribbles and pairs of digits drawn anywhere with any pen, labelled by lot."""
    labels = rng.integers(0, N_CLASSES, count).astype(np.uint8)
    return samples_of((read_off(placed_anywhere(_any(rng), rng, SPREAD)) for _ in range(count)), labels)


def _any(rng: np.random.Generator) -> list[Stroke]:
    make = _MAKERS[int(rng.choice(len(_MAKERS), p=_SHARES))]
    return make(rng)


def _tangle(rng: np.random.Generator) -> list[Stroke]:
    """Return a smooth way through places picked anywhere."""
    places = rng.uniform(0.0, 1.0, (int(rng.integers(9, 26)), 2)) * (1.0, rng.uniform(0.6, 1.4))
    return [smooth_stroke(StrokeForm(places, ()))] if rng.random() < 0.6 else [places]


def _to_and_fro(rng: np.random.Generator) -> list[Stroke]:
    n_turns = int(rng.integers(6, 20))
    along = np.linspace(0.0, rng.uniform(0.3, 1.4), n_turns)
    ends = np.stack([along, np.arange(n_turns) % 2.0], axis=1) + rng.normal(0.0, 0.1, (n_turns, 2))
    turn = rng.uniform(0.0, np.pi)
    ends = ends @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return [smooth_stroke(StrokeForm(ends, ()))] if rng.random() < 0.5 else [ends]


def _rounds(rng: np.random.Generator) -> list[Stroke]:
    share = np.linspace(0.0, 1.0, 100)
    angle = 2.0 * np.pi * rng.uniform(2.5, 7.0) * share
    radius = rng.uniform(0.1, 1.0) + rng.uniform(-0.5, 0.9) * share
    drift = rng.normal(0.0, 0.8, 2) * share[:, np.newaxis]
    return [
        np.stack([radius * np.cos(angle), radius * np.sin(angle) * rng.uniform(0.4, 1.0)], axis=1) + drift
    ]


def _wander(rng: np.random.Generator) -> list[Stroke]:
    n_steps = int(rng.integers(90, 250))
    heading = np.cumsum(0.12 * np.cumsum(rng.normal(0.0, 0.3, n_steps)) + rng.normal(0.0, 0.2, n_steps))
    steps = 0.08 * np.stack([np.cos(heading), np.sin(heading)], axis=1)
    # Folded back at the sides: a triangle wave keeps the pen in a square without stopping it.
    return [np.abs((np.cumsum(steps, axis=0) + rng.uniform(0.0, 1.0, 2)) % 2.0 - 1.0)]


def _hatching(rng: np.random.Generator) -> list[Stroke]:
    starts = rng.uniform(0.0, 1.0, (int(rng.integers(4, 13)), 2))
    lean = rng.normal(0.0, 0.4, 2) * rng.integers(0, 2)
    return [np.array([start, start + lean + rng.normal(0.0, 0.3, 2)]) for start in starts]


def _row_of_digits(rng: np.random.Generator) -> list[Stroke]:
    """Return two digits, now and then three, beside each other; some of them touch."""
    strokes: list[Stroke] = []
    right = 0.0
    for _ in range(2 + (rng.random() < 0.15)):
        digit = draw_digit(int(rng.integers(N_CLASSES)), rng)
        points = np.concatenate(digit)
        height = rng.uniform(0.75, 1.25)
        unit = height / max(float(np.ptp(points[:, 1])), 0.3)
        corner = np.array([right, rng.normal(0.0, 0.12)])
        strokes += [(stroke - points.min(axis=0)) * unit + corner for stroke in digit]
        right += float(np.ptp(points[:, 0])) * unit + rng.uniform(-0.05, 0.45)
    return strokes


_MAKERS: Sequence[_Maker] = (_tangle, _to_and_fro, _rounds, _wander, _hatching, _row_of_digits)
_SHARES = (0.15, 0.12, 0.1, 0.15, 0.1, 0.38)
