"""Digits of the pen-stroke model as people draw them on the canvas: anywhere, small or large, any pen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.pen_strokes import PenStroke
from bpviz.data.rasterize import INK_SIZE, Ink, InkRaster
from bpviz.data.stroke_dataset import part_labels
from bpviz.data.strokes import draw_digit
from bpviz.errors import DataError


@dataclass(frozen=True, slots=True)
class CanvasSpread:
    """How differently people draw on a canvas; lengths in canvas sides, all equally likely.

    Attributes
    ----------
    sizes
        Smallest and largest longer side of the ink.
    pen_widths
        Finest and broadest pen.
    """

    sizes: tuple[float, float] = (0.3, 0.9)
    pen_widths: tuple[float, float] = (0.03, 0.08)

    def __post_init__(self) -> None:
        for name, (low, high) in (("sizes", self.sizes), ("pen widths", self.pen_widths)):
            if not 0.0 < low <= high <= 1.0:
                raise DataError(
                    f"the {name} are {low} to {high}; more than 0 to at most 1, rising, are needed"
                )
        if self.pen_widths[1] >= self.sizes[0]:
            raise DataError(
                f"the pen may be {self.pen_widths[1]} wide and the digit {self.sizes[0]}; "
                "the digit must be larger than the pen"
            )


ANY_DRAWING = CanvasSpread()


@dataclass(frozen=True, slots=True, eq=False)
class CanvasDrawings:
    """Drawings with their digits.

    Attributes
    ----------
    strokes
        Of each drawing.
    labels
        Shape (n,), the digit meant.
    """

    strokes: tuple[tuple[PenStroke, ...], ...]
    labels: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.strokes)

    def ink(self, index: int) -> Ink:
        """Return the ink of one drawing, uint8, shape (INK_SIZE, INK_SIZE), white on black."""
        return ink_of(self.strokes[index])


def canvas_drawings(
    count: int, rng: np.random.Generator, spread: CanvasSpread = ANY_DRAWING
) -> CanvasDrawings:
    """Return `count` newly drawn digits in random order, every class as often as any other."""
    labels = part_labels(count, rng)
    drawings = (draw_digit(int(label), rng) for label in labels)
    return CanvasDrawings(tuple(placed_anywhere(strokes, rng, spread) for strokes in drawings), labels)


def placed_anywhere(
    strokes: Sequence[npt.NDArray[np.floating]], rng: np.random.Generator, spread: CanvasSpread = ANY_DRAWING
) -> tuple[PenStroke, ...]:
    """Return a digit drawn with a random pen, in a random size, wholly on the canvas at a random place.

    Parameters
    ----------
    strokes
        Points of each stroke, shape (k, 2), x right and y down, in any unit.
    """
    size, pen_width = rng.uniform(*spread.sizes), rng.uniform(*spread.pen_widths)
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    # The ink reaches half a pen over the points.
    scale = (size - pen_width) / max(float(extent.max()), 1e-9)
    corner = pen_width / 2.0 + rng.uniform(size=2) * (1.0 - pen_width - extent * scale)
    placed = (((stroke - low) * scale + corner).astype(np.float32) for stroke in strokes)
    return tuple(PenStroke(stroke, pen_width) for stroke in placed)


def ink_of(strokes: Sequence[PenStroke], size: int = INK_SIZE) -> Ink:
    """Return the ink that strokes leave on an empty canvas, uint8, shape (size, size)."""
    raster = InkRaster(size)
    for stroke in strokes:
        raster.stamp_stroke(stroke.points, stroke.pen_width)
    return raster.ink
