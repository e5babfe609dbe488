"""Drawings that are no single digit, made up from a generator: dots, scribbles, pairs of digits."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from bpviz.data.digit_image import PreparedDigit, prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.rasterize import rasterize_strokes
from bpviz.data.strokes import draw_digit

Points = npt.NDArray[np.floating]
Maker = Callable[[np.random.Generator], list[Points]]


def walk(rng: np.random.Generator) -> list[Points]:
    """Return a pen wandering about without lifting."""
    n_steps = int(rng.integers(140, 260))
    turns = 0.15 * np.cumsum(rng.normal(0.0, 0.25, n_steps)) + rng.normal(0.0, 0.25, n_steps)
    headings = np.cumsum(turns)
    place = np.zeros(2)
    places = []
    for heading in headings:
        place = np.clip(place + 0.08 * np.array([np.cos(heading), np.sin(heading)]), -0.5, 0.5)
        places.append(place)
    return [np.array(places)]


def zigzag(rng: np.random.Generator) -> list[Points]:
    """Return a pen going to and fro, as one crosses something out."""
    n_turns = int(rng.integers(8, 18))
    along = np.linspace(0.0, rng.uniform(0.5, 1.2), n_turns)
    points = np.stack([along, np.arange(n_turns) % 2.0], axis=1) + rng.normal(0.0, 0.08, (n_turns, 2))
    turn = rng.uniform(0.0, 2.0 * np.pi)
    return [points @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])]


def spiral(rng: np.random.Generator) -> list[Points]:
    """Return three to seven rounds of the pen."""
    share = np.linspace(0.0, 1.0, 120)
    angles = 2.0 * np.pi * rng.uniform(3.0, 7.0) * share
    radius = rng.uniform(0.2, 1.0) + rng.uniform(-0.2, 0.8) * share
    return [np.stack([radius * np.cos(angles) + rng.uniform() * share, radius * np.sin(angles)], axis=1)]


def jagged(rng: np.random.Generator) -> list[Points]:
    """Return straight lines from one place to any other."""
    return [rng.uniform(0.0, 1.0, (int(rng.integers(12, 24)), 2))]


def hatching(rng: np.random.Generator) -> list[Points]:
    """Return many short strokes."""
    starts = rng.uniform(0.0, 1.0, (int(rng.integers(5, 12)), 2))
    return [np.array([start, start + rng.normal(0.0, 0.4, 2)]) for start in starts]


SCRIBBLES: tuple[Maker, ...] = (walk, zigzag, spiral, jagged, hatching)


def two_digits(first: int, second: int, rng: np.random.Generator) -> list[Points]:
    """Return two digits of about the same height, the second to the right of the first, not touching."""
    left = _one_high(draw_digit(first, rng))
    size, drop = rng.uniform(0.85, 1.15), rng.uniform(-0.12, 0.12)
    gap = max(points[:, 0].max() for points in left) + rng.uniform(0.12, 0.4)
    return [*left, *(points * size + (gap, drop) for points in _one_high(draw_digit(second, rng)))]


def _one_high(strokes: Sequence[Points]) -> list[Points]:
    together = np.concatenate(strokes)
    return [(points - together.min(axis=0)) / np.ptp(together[:, 1]) for points in strokes]


def on_canvas(strokes: Sequence[Points], size: float, pen_width: float) -> tuple[PenStroke, ...]:
    """Return the drawing in the middle of the canvas, its longer side `size` canvas sides."""
    together = np.concatenate(strokes)
    low, high = together.min(axis=0), together.max(axis=0)
    scale = size / max(float((high - low).max()), 1e-9)
    return tuple(
        PenStroke(((points - (low + high) / 2) * scale + 0.5).astype(np.float32), pen_width)
        for points in strokes
    )


def prepared(strokes: Sequence[PenStroke]) -> PreparedDigit:
    """Return what the canvas makes of the strokes, all of one pen."""
    return prepare_ink(rasterize_strokes([stroke.points for stroke in strokes], strokes[0].pen_width))
