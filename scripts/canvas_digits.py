"""Draws digits on the canvas as many hands, pens and mice would, and gives them the canvas's recipe."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from bundled_data import TabletDigits, samples_of

from bpviz.data.canvas_drawings import CanvasSpread, ink_of, placed_anywhere
from bpviz.data.digit_image import prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.samples import Samples
from bpviz.data.stroke_dataset import part_labels
from bpviz.data.strokes import ORDINARY_HANDS, Stroke, draw_digit, vary_strokes

SPREAD = CanvasSpread((0.26, 0.95), (0.028, 0.085))
"""A little more than people are expected to do: what is trained on should surround what comes."""

# The writing has its own ends and wobble already; people at a screen slant by 20 degrees either way.
_TABLET_VARIATION = replace(
    ORDINARY_HANDS, balance_sd=0.14, bend_sd=0.025, slant_mean=0.0, slant_sd=0.2, tilt_sd_deg=10.0
)
_MODEL_VARIATION = replace(ORDINARY_HANDS, slant_sd=0.26, tilt_sd_deg=9.0)
_MOUSE_SHARE = 0.35
_MOUSE_SHAKE_SD = 0.012
_MOUSE_PIXELS = 200


def tablet_drawings(digits: TabletDigits, copies: int, rng: np.random.Generator) -> Samples:
    """Return each tablet digit `copies` times, written differently, drawn anywhere with any pen."""
    written = (
        vary_strokes(strokes, rng, _TABLET_VARIATION) for _ in range(copies) for strokes in digits.strokes
    )
    return _drawn(written, np.tile(digits.labels, copies), rng)


def tablet_on_canvas(digits: TabletDigits, rng: np.random.Generator) -> Samples:
    """Return the digits as they were written, drawn anywhere with any pen."""
    return samples_of((read_off(placed_anywhere(strokes, rng)) for strokes in digits.strokes), digits.labels)


def model_drawings(count: int, rng: np.random.Generator) -> Samples:
    """Return `count` digits of the pen-stroke model, drawn anywhere with any pen."""
    labels = part_labels(count, rng)
    return _drawn((draw_digit(int(label), rng, _MODEL_VARIATION) for label in labels), labels, rng)


def _drawn(
    digits: Iterator[list[Stroke]], labels: npt.NDArray[np.uint8], rng: np.random.Generator
) -> Samples:
    shown = (_by_mouse(strokes, rng) if rng.random() < _MOUSE_SHARE else strokes for strokes in digits)
    return samples_of((read_off(placed_anywhere(strokes, rng, SPREAD)) for strokes in shown), labels)


def read_off(strokes: Sequence[PenStroke]) -> npt.NDArray[np.uint8]:
    """Return what the canvas hands to the network, shape (28, 28)."""
    return prepare_ink(ink_of(strokes)).image


def _by_mouse(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """Return the strokes as a mouse leaves them: few points, shaken, on whole pixels."""
    stride = int(rng.integers(1, 6))
    shake = _MOUSE_SHAKE_SD * rng.uniform(0.0, 1.5)
    drawn = []
    for points in strokes:
        few = np.concatenate([points[:-1:stride], points[-1:]])
        drawn.append(np.round((few + rng.normal(0.0, shake, few.shape)) * _MOUSE_PIXELS) / _MOUSE_PIXELS)
    return drawn
