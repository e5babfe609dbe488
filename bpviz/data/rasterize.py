"""Turns pen strokes into an ink image of one fixed size, the same whatever the size on screen.

Each pixel holds the largest coverage of any segment, so stamping segments as they are drawn gives
the very image that drawing all strokes from scratch gives.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bpviz.errors import DataError

INK_SIZE = 280
"""Side of the ink image in pixels; ten per pixel of the network's 28 x 28 input."""

Points = npt.NDArray[np.float32]
Ink = npt.NDArray[np.uint8]

_MAX_COORDINATE = 1e4
_TILE = 64


class InkRaster:
    """An ink image that grows with the drawing, white (255) on black (0).

    Owns its pixels; belongs to one thread. Points are ``(x, y)`` in canvas sides, x right, y down,
    0 to 1 on the canvas; what lies outside is clipped. `pen_width` is in canvas sides too.

    Parameters
    ----------
    size
        Side of the square ink image in pixels.
    """

    def __init__(self, size: int = INK_SIZE) -> None:
        self._pixels = np.zeros((size, size), np.uint8)
        self._view = self._pixels.view()
        self._view.flags.writeable = False
        # Pixel centres, so that coverage is exact for a straight edge and needs no finer grid.
        self._centers = np.arange(size, dtype=np.float32) + np.float32(0.5)

    @property
    def ink(self) -> Ink:
        """The pixels, shape (size, size), read-only; they change with the next stamp."""
        return self._view

    def clear(self) -> None:
        """Take all ink off."""
        self._pixels.fill(0)

    def lay(self, ink: Ink) -> None:
        """Add a whole picture's ink, uint8, shape (size, size); where ink is already, the brighter stays.

        Raises
        ------
        DataError
            If it is not a uint8 picture of this size.
        """
        if ink.shape != self._pixels.shape or ink.dtype != np.uint8:
            raise DataError(
                f"the picture is {ink.dtype} of shape {ink.shape}; uint8 of {self._pixels.shape} is needed"
            )
        np.maximum(self._pixels, ink, out=self._pixels)

    def stamp_segment(self, start: Sequence[float], end: Sequence[float], pen_width: float) -> None:
        """Draw one round-ended segment; with `start` equal to `end` it is a dot."""
        self.stamp_stroke(np.array([start, end], np.float32), pen_width)

    def stamp_stroke(self, points: Points, pen_width: float) -> None:
        """Draw one stroke through `points`, shape (k, 2); a single point is a dot, none is nothing.

        Raises
        ------
        DataError
            If the points are not (k, 2) finite coordinates or the pen width is not positive.
        """
        points = np.asarray(points, np.float32)
        _check_stroke(points, pen_width)
        size = len(self._pixels)
        corners = (points * np.float32(size)).tolist()
        radius = max(0.5 * pen_width * size, 0.5)
        # The pen goes down as a dot, also when more follows: as it does while drawing.
        for point in corners[:1]:
            self._stamp(point, point, radius)
        for start, end in pairwise(corners):
            self._stamp(start, end, radius)

    def _stamp(self, start: list[float], end: list[float], radius: float) -> None:
        # A long slanted segment fills little of its bounding box: stamp it tile by tile.
        size = len(self._pixels)
        top, bottom = _pixel_span(start[1], end[1], radius, size)
        for row in range(top, bottom, _TILE):
            row_end = min(row + _TILE, bottom)
            left, right = _span_in_band(start, end, radius, (row, row_end), size)
            if left < right:
                self._stamp_box(start, end, radius, (row, row_end, left, right))

    def _stamp_box(
        self, start: list[float], end: list[float], radius: float, box: tuple[int, int, int, int]
    ) -> None:
        top, bottom, left, right = box
        x = self._centers[left:right] - np.float32(start[0])
        y = (self._centers[top:bottom] - np.float32(start[1]))[:, np.newaxis]
        coverage = _squared_distance(x, y, end[0] - start[0], end[1] - start[1])
        np.sqrt(coverage, out=coverage)
        np.subtract(np.float32(radius + 0.5), coverage, out=coverage)
        np.clip(coverage, 0.0, 1.0, out=coverage)
        coverage *= np.float32(255.0)
        coverage += np.float32(0.5)
        target = self._pixels[top:bottom, left:right]
        np.maximum(target, coverage.astype(np.uint8), out=target)


def rasterize_strokes(strokes: Sequence[Points], pen_width: float, size: int = INK_SIZE) -> Ink:
    """Return the ink of whole strokes, uint8, shape (size, size), white on black.

    Parameters
    ----------
    strokes
        Points of each stroke, shape (k, 2), ``(x, y)`` in canvas sides, x right, y down.
    pen_width
        Width of the round pen in canvas sides, for example 0.06.
    """
    raster = InkRaster(size)
    for points in strokes:
        raster.stamp_stroke(points, pen_width)
    return raster.ink


_SHORTEST_SQUARED = 1e-12
"""A segment shorter than a millionth of a pixel is a dot; dividing by less would overflow float32."""


def _squared_distance(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], dx: float, dy: float
) -> npt.NDArray[np.float32]:
    """Return the squared distances of points (x, y) from the segment from the origin to (dx, dy)."""
    length_squared = dx * dx + dy * dy
    if length_squared < _SHORTEST_SQUARED:
        return x * x + y * y
    along = x * np.float32(dx / length_squared) + y * np.float32(dy / length_squared)
    np.clip(along, 0.0, 1.0, out=along)
    across_x = np.multiply(along, np.float32(dx))
    np.subtract(x, across_x, out=across_x)
    np.multiply(along, np.float32(dy), out=along)
    across_y = np.subtract(y, along, out=along)
    across_x *= across_x
    across_y *= across_y
    across_x += across_y
    return across_x


def _pixel_span(first: float, second: float, radius: float, size: int) -> tuple[int, int]:
    """Return the pixels a pen can touch along one axis, as a half-open range within the image."""
    low = int(min(first, second) - radius - 1.0)
    high = int(max(first, second) + radius + 2.0)
    return max(low, 0), min(high, size)


def _span_in_band(
    start: list[float], end: list[float], radius: float, band: tuple[int, int], size: int
) -> tuple[int, int]:
    """Return the columns the segment's pen can touch within a band of rows."""
    dy = end[1] - start[1]
    if abs(dy) <= _TILE:
        return _pixel_span(start[0], end[0], radius, size)
    reach = radius + 1.0
    times = sorted(((band[0] - reach - start[1]) / dy, (band[1] + reach - start[1]) / dy))
    t0, t1 = (min(max(time, 0.0), 1.0) for time in times)
    dx = end[0] - start[0]
    return _pixel_span(start[0] + t0 * dx, start[0] + t1 * dx, radius, size)


def _check_stroke(points: Points, pen_width: float) -> None:
    if points.ndim != 2 or points.shape[1] != 2:
        raise DataError(f"a stroke has shape {points.shape}; points of shape (k, 2) are needed")
    if not np.all(np.abs(points) <= _MAX_COORDINATE):  # also false for NaN
        raise DataError("a stroke has a point that is not a finite position on or near the canvas")
    if not 0.0 < pen_width <= 1.0:
        raise DataError(f"the pen width is {pen_width}; more than 0 and at most 1 canvas side is needed")
