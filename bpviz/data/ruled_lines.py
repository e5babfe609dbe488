"""Takes the printed lines of ruled and squared paper out of a picture, also when it is a little tilted."""

import numpy as np
import numpy.typing as npt

Share = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_TILTS = np.arange(-8, 9) / 100.0
_LEAST_COVER = 0.6
"""A printed line is seen along this share of the picture's width at least; no stroke of a digit is."""
_THICKEST = 0.014
"""A printed line is thinner than this share of the longer side; so is what it leaves beside itself."""


def without_rules(share: Share, least: float) -> Share:
    """Return the picture without lines that cross it straight from side to side.

    Parameters
    ----------
    share
        How much darker than the paper each pixel is, shape (height, width).
    least
        What is darker than this is looked at.
    """
    across = _without_level_rules(share, least)
    return _without_level_rules(across.T, least).T


def _without_level_rules(share: Share, least: float) -> Share:
    mask = share > least
    tilt = max(_TILTS.tolist(), key=lambda tilt: _sharpness(mask, tilt))
    rows = _rows_along(mask.shape, tilt)
    # Steps between rows and the rounding of the slope must not tear a line a pixel thick.
    is_rule = _cover(_spread_by_a_row(mask), rows) > _LEAST_COVER
    if not is_rule.any():
        return share
    thickest = max(round(_THICKEST * max(mask.shape)), 3)
    on_rule = np.convolve(is_rule, np.ones(5), "same")[rows] > 0
    is_thin = _heights(mask) <= thickest
    return np.where(on_rule & is_thin & mask, np.float32(0.0), share)


def _rows_along(shape: tuple[int, ...], tilt: float) -> npt.NDArray[np.intp]:
    """Return for each pixel which line of this slope it lies on, counted from 0."""
    height, width = shape
    offset = np.round(tilt * (np.arange(width) - width / 2)).astype(np.intp)
    return np.asarray(np.clip(np.arange(height)[:, np.newaxis] - offset, 0, height - 1), np.intp)


def _cover(mask: Mask, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    return np.asarray(np.bincount(rows[mask], minlength=mask.shape[0]) / mask.shape[1], np.float64)


def _spread_by_a_row(mask: Mask) -> Mask:
    spread = mask.copy()
    spread[1:] |= mask[:-1]
    spread[:-1] |= mask[1:]
    return spread


def _sharpness(mask: Mask, tilt: float) -> float:
    """Return how much of the ink stands in few rows when lines of this slope are taken as level."""
    return float(np.sum(_cover(mask, _rows_along(mask.shape, tilt)) ** 2))


def _heights(mask: Mask) -> npt.NDArray[np.intp]:
    """Return for each pixel how many pixels of the mask stand in one piece above and below it."""
    places = np.arange(mask.shape[0], dtype=np.intp)[:, np.newaxis]
    above = np.maximum.accumulate(np.where(mask, -1, places), axis=0)
    below = np.minimum.accumulate(np.where(mask, mask.shape[0], places)[::-1], axis=0)[::-1]
    return below - above - 1
