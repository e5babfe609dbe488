"""Scales ink to the size of MNIST's digits and brings its strokes to the width of theirs."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from bpviz.data.preparation import ALL_STEPS, Preparation

INK_SIDE = 20
"""Longer side of the ink within the image, in pixels."""

Gray = npt.NDArray[np.uint8]

# MNIST's strokes are 1.9 to 4.7 px wide (1st to 99th centile), 2.6 px in the middle. Thinner ones are
# brought to this width: drawn digits with strokes of 0.7 px are then read 2 % better.
_LEAST_PEN_PX = 2.0
# Strokes are measured and evened on a grid this many times finer than the 20 px.
_FINE = 4


class ScaledInk(NamedTuple):
    """Ink in its final size.

    Attributes
    ----------
    picture
        Longer side 20 px, the peak at 255.
    thickened_px
        How much wider the strokes were made, in pixels; negative where they were made thinner.
    """

    picture: Gray
    thickened_px: float


def scale_ink(crop: Gray, steps: Preparation = ALL_STEPS) -> ScaledInk:
    """Return the ink of a crop scaled to 20 px, its strokes evened if `steps` says so."""
    if steps.evens_pen and max(crop.shape) > 2 * INK_SIDE:
        fine = _resized(crop, _FINE * INK_SIDE, steps.keeps_shape)
        missing_px = _LEAST_PEN_PX - _stroke_width(fine) / _FINE
        rings = round(missing_px * _FINE / 2)
        if rings > 0:
            thick = _thicken(brighten(fine), rings)
            return ScaledInk(scale_down(thick, steps.keeps_shape), 2 * rings / _FINE)
    return ScaledInk(scale_down(crop, steps.keeps_shape), 0.0)


def scale_down(crop: Gray, keeps_shape: bool = True) -> Gray:
    """Return the picture with its longer side 20 px (or both) and its peak at 255."""
    return brighten(_resized(crop, INK_SIDE, keeps_shape))


def brighten(ink: Gray) -> Gray:
    """Return the ink with its peak at 255; as bright as MNIST's (254 mostly) it is left alone."""
    peak = int(ink.max())
    if peak == 0 or peak >= 250:
        return ink
    factors = np.minimum(np.arange(256) * 255 / peak + 0.5, 255).astype(np.uint8)
    return factors[ink]


def _resized(crop: Gray, side: int, keeps_shape: bool) -> Gray:
    """Return the picture with its longer side so many pixels, or stretched to a square."""
    height, width = crop.shape
    longer = max(width, height)
    size = (side, side)
    if keeps_shape:
        size = (max(round(side * width / longer), 1), max(round(side * height / longer), 1))
    # The area filter means nothing when enlarging; there it would make blocks.
    method = Image.Resampling.BOX if longer >= side else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(crop).resize(size, method))


def _stroke_width(ink: Gray) -> float:
    """Return the mean width of the strokes in pixels: twice the area over the length of the outline.

    It is 0 where scaling has left no ink.
    """
    level = np.pad(ink, 1).astype(np.int16)
    across = level[1:-1, 2:] - level[1:-1, :-2]
    down = level[2:, 1:-1] - level[:-2, 1:-1]
    # The slope summed over the picture is the outline's length times the height of the step; central
    # differences count it twice.
    outline = float(np.hypot(across, down, dtype=np.float32).sum()) / 2
    return 2 * float(ink.sum(dtype=np.int64)) / outline if outline else 0.0


def _thicken(ink: Gray, rings: int) -> Gray:
    """Return the ink grown by `rings` pixels on every side, with an octagonal tip, on a larger image."""
    grown = np.pad(ink, rings)
    for ring in range(rings):
        rows = grown.copy()
        np.maximum(rows[1:], grown[:-1], out=rows[1:])
        np.maximum(rows[:-1], grown[1:], out=rows[:-1])
        # Every other ring spreads the spread rows too: squares and diamonds in turn make an octagon.
        source = rows if ring % 2 else grown
        result = rows.copy()
        np.maximum(result[:, 1:], source[:, :-1], out=result[:, 1:])
        np.maximum(result[:, :-1], source[:, 1:], out=result[:, :-1])
        grown = result
    return grown
