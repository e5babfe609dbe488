"""Scales ink to the size of MNIST's digits and brings its strokes to the width of theirs."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from bpviz.data.preparation import ALL_STEPS, Preparation

INK_SIDE = 20
"""Longer side of the ink within the image, in pixels."""

Gray = npt.NDArray[np.uint8]

Box = tuple[float, float, float, float]

# MNIST's strokes are 1.9 to 4.7 px wide (1st to 99th centile), 2.6 px in the middle. Others are brought
# into this range: tablet digits of all sizes and pens are then read 1 % better, small ones drawn
# with a broad pen 12 %, also by a network trained on them either way.
_LEAST_PEN_PX, _MOST_PEN_PX = 2.5, 3.0
# Strokes are measured and evened on a grid this many times finer than the 20 px.
_FINE = 4
# A blob is no broad stroke; this is enough for pens of 6 px.
_MOST_RINGS = 6
# Fraction of the full level: a fainter rim of thinned strokes is not part of their box.
_RIM_LEVEL = 0.25
# Share of the ink a thinner pen cannot have left; digits drawn with one pen have at most 1 % of it.
_LARGEST_LOSS = 0.03


class ScaledInk(NamedTuple):
    """Ink in its final size.

    Attributes
    ----------
    picture
        Longer side 20 px, the peak at 255.
    box
        The part of the crop it shows, in the crop's pixels: (left, top, right, bottom). It reaches out of
        the crop where strokes were thickened.
    thickened_px
        How much wider the strokes were made, in pixels; negative where they were made thinner.
    """

    picture: Gray
    box: Box
    thickened_px: float


class _Part(NamedTuple):
    """A picture and the (left, top, right, bottom) of what it shows of the fine one."""

    picture: Gray
    box: tuple[int, int, int, int]


def scale_ink(crop: Gray, steps: Preparation = ALL_STEPS) -> ScaledInk:
    """Return the ink of a crop scaled to 20 px, its strokes evened if `steps` says so."""
    height, width = crop.shape
    if steps.evens_pen and max(width, height) > 2 * INK_SIDE:
        fine = resized(crop, _FINE * INK_SIDE, steps.keeps_shape)
        rings = _missing_rings(_stroke_width(fine) / _FINE)
        even = _evened(brighten(fine), rings)
        if even is not None:
            x_step, y_step = width / fine.shape[1], height / fine.shape[0]
            left, top, right, bottom = even.box
            box = (left * x_step, top * y_step, right * x_step, bottom * y_step)
            return ScaledInk(scale_down(even.picture, steps.keeps_shape), box, 2 * rings / _FINE)
    return ScaledInk(scale_down(crop, steps.keeps_shape), (0.0, 0.0, float(width), float(height)), 0.0)


def _missing_rings(width_px: float) -> int:
    """Return how many fine pixels strokes so wide must grow on every side; negative is to shrink."""
    wanted_px = min(max(width_px, _LEAST_PEN_PX), _MOST_PEN_PX)
    return max(round((wanted_px - width_px) * _FINE / 2), -_MOST_RINGS)


def _evened(fine: Gray, rings: int) -> _Part | None:
    """Return the ink with strokes so many pixels larger or smaller on every side; None to leave it alone."""
    if rings == 0:
        return None
    if rings < 0:
        return _thinned(fine, -rings)
    height, width = fine.shape
    return _Part(_grow(np.pad(fine, rings), rings), (-rings, -rings, width + rings, height + rings))


def _thinned(fine: Gray, rings: int) -> _Part | None:
    padded = np.pad(fine, 1)
    thin = _shrink(padded, rings)
    kept = np.minimum(_grow(thin, rings), padded).sum(dtype=np.int64)
    # Strokes of very different widths were made by no pen; the finer ones would get lost.
    if kept < (1.0 - _LARGEST_LOSS) * fine.sum(dtype=np.int64):
        return None
    box = box_of(thin[1:-1, 1:-1], round(_RIM_LEVEL * 255))
    if box is None:
        return None
    left, top, right, bottom = box
    return _Part(thin[1:-1, 1:-1][top:bottom, left:right], box)


def box_of(gray: Gray, level: int) -> tuple[int, int, int, int] | None:
    """Return the (left, top, right, bottom) of all pixels from `level` on, or None if there is none."""
    return box_of_peaks(gray.max(axis=0), gray.max(axis=1), level)


def box_of_peaks(columns: Gray, rows: Gray, level: int) -> tuple[int, int, int, int] | None:
    """Return `box_of` a picture whose columns and rows have these highest levels."""
    across = np.flatnonzero(columns >= level)
    if across.size == 0:
        return None
    down = np.flatnonzero(rows >= level)
    return int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1


def scale_down(crop: Gray, keeps_shape: bool = True) -> Gray:
    """Return the picture with its longer side 20 px (or both) and its peak at 255."""
    return brighten(resized(crop, INK_SIDE, keeps_shape))


def brighten(ink: Gray) -> Gray:
    """Return the ink with its peak at 255; as bright as MNIST's (254 mostly) it is left alone."""
    peak = int(ink.max())
    if peak == 0 or peak >= 250:
        return ink
    factors = np.minimum(np.arange(256) * 255 / peak + 0.5, 255).astype(np.uint8)
    return factors[ink]


def resized(crop: Gray, side: int, keeps_shape: bool = True) -> Gray:
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
    level = np.zeros((ink.shape[0] + 2, ink.shape[1] + 2), np.int16)
    level[1:-1, 1:-1] = ink
    across = level[1:-1, 2:] - level[1:-1, :-2]
    down = level[2:, 1:-1] - level[:-2, 1:-1]
    # The slope summed over the picture is the outline's length times the height of the step; central
    # differences count it twice.
    outline = float(np.hypot(across, down, dtype=np.float32).sum()) / 2
    return 2 * float(ink.sum(dtype=np.int64)) / outline if outline else 0.0


def _shrink(ink: Gray, rings: int) -> Gray:
    """Return the picture with its bright parts `rings` pixels smaller on every side; all around is black."""
    return 255 - _grow(255 - ink, rings)


def _grow(ink: Gray, rings: int) -> Gray:
    """Return the picture with its bright parts grown by `rings` pixels, with an octagonal tip."""
    grown = ink
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
