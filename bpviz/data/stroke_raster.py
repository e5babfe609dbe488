"""Renders pen strokes straight into MNIST's frame, anti-aliased by the exact distance to each segment."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bpviz.errors import DataError

IMAGE_SIDE_PX = 28
INK_SIDE_PX = 20
"""Length of the longer side of the ink in an MNIST image."""
CENTRE_OF_MASS_PX = 14.0
"""Row and column index on which MNIST centres the ink's mass."""

_Points = npt.NDArray[np.floating]
_Grey = npt.NDArray[np.float64]


def render_strokes(strokes: Sequence[_Points], pen_width_px: float) -> npt.NDArray[np.uint8]:
    """Return the drawing as MNIST would hold it: white on black, shape (28, 28), 0-255.

    The longer side of the ink is 20 px, its centre of mass lies within half a pixel of index (14, 14)
    unless that would push ink off the image.

    Parameters
    ----------
    strokes
        Polylines, each shape (k, 2) with k >= 1, x right and y down, in any unit.
    pen_width_px
        Diameter of the round pen in the finished image, at least 1 and less than 20.

    Raises
    ------
    DataError
        If there is no point, a point is not finite, or the pen width is out of range.
    """
    _check(strokes, pen_width_px)
    starts, ends = _segments(_fitted(strokes, pen_width_px))
    ink = np.clip(0.5 + pen_width_px / 2.0 - _distances(starts, ends), 0.0, 1.0)
    grey = np.round(255.0 * ink.reshape(IMAGE_SIDE_PX, IMAGE_SIDE_PX)).astype(np.uint8)
    return _centred(grey)


def _check(strokes: Sequence[_Points], pen_width_px: float) -> None:
    if not 1.0 <= pen_width_px < INK_SIDE_PX:
        raise DataError(
            f"the pen is {pen_width_px} px wide; it must be at least 1 and below {INK_SIDE_PX} px"
        )
    if not strokes or any(s.ndim != 2 or s.shape[0] < 1 or s.shape[1] != 2 for s in strokes):
        raise DataError("a drawing needs one or more strokes of shape (points, 2) with a point in each")
    if not all(np.isfinite(stroke).all() for stroke in strokes):
        raise DataError("a stroke has a coordinate that is not finite; all must be numbers")


def _fitted(strokes: Sequence[_Points], pen_width_px: float) -> list[_Grey]:
    """Return the strokes in pixel indices, the ink's box on pixel edges in the middle of the image."""
    points = np.concatenate(strokes).astype(np.float64)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    # A single dot has no size to scale; it stays a dot of the pen's own width.
    scale = (INK_SIDE_PX - pen_width_px) / max(float(size.max()), 1e-9)
    ink_size = size * scale + pen_width_px
    # Pixel i covers i - 0.5 to i + 0.5, so an edge lies at a whole number minus one half.
    edge = np.round((IMAGE_SIDE_PX - ink_size) / 2.0) - 0.5
    return [(stroke - low) * scale + edge + pen_width_px / 2.0 for stroke in strokes]


def _segments(strokes: Sequence[_Grey]) -> tuple[_Grey, _Grey]:
    """Return the start and end points of all segments, each (m, 2); a lone point is a segment of length 0."""
    starts = np.concatenate([stroke[:-1] if len(stroke) > 1 else stroke for stroke in strokes])
    ends = np.concatenate([stroke[1:] if len(stroke) > 1 else stroke for stroke in strokes])
    return starts, ends


def _distances(starts: _Grey, ends: _Grey) -> _Grey:
    """Return the distance from each pixel centre to the nearest segment, shape (784,)."""
    rows, columns = np.divmod(np.arange(IMAGE_SIDE_PX**2), IMAGE_SIDE_PX)
    along = ends - starts
    to_x = columns[:, np.newaxis] - starts[:, 0]
    to_y = rows[:, np.newaxis] - starts[:, 1]
    length_squared = np.maximum((along**2).sum(axis=1), 1e-12)
    foot = np.clip((to_x * along[:, 0] + to_y * along[:, 1]) / length_squared, 0.0, 1.0)
    to_x -= foot * along[:, 0]
    to_y -= foot * along[:, 1]
    nearest: _Grey = np.sqrt((to_x**2 + to_y**2).min(axis=1))
    return nearest


def _centred(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the image shifted by whole pixels so that its mass is centred, no ink pushed off."""
    return _shift(_shift(grey, axis=0), axis=1)


def _shift(grey: npt.NDArray[np.uint8], axis: int) -> npt.NDArray[np.uint8]:
    profile = grey.sum(axis=1 - axis, dtype=np.float64)
    inked = np.flatnonzero(profile)
    wanted = round(CENTRE_OF_MASS_PX - float(profile @ np.arange(IMAGE_SIDE_PX) / profile.sum()))
    room_before, room_after = int(inked[0]), IMAGE_SIDE_PX - 1 - int(inked[-1])
    return np.roll(grey, min(max(wanted, -room_before), room_after), axis=axis)
