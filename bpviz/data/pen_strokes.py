"""One movement of the pen over the canvas, as points and a pen's width."""

from dataclasses import dataclass

from bpviz.data.rasterize import Points


@dataclass(frozen=True, slots=True)
class PenStroke:
    """One movement of the pen.

    Attributes
    ----------
    points
        Shape (k, 2), k >= 1, (x, y) in canvas sides, x right and y down.
    pen_width
        In canvas sides.
    """

    points: Points
    pen_width: float
