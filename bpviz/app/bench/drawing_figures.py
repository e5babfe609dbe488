"""What is measured of drawing a digit, and how long for; loads no Qt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawingEffort:
    """How long to measure: points drawn idle and in training, drawings gone through, confusion matrices."""

    stroke_points: int = 600
    drawings: int = 200
    matrices: int = 10


QUICK_DRAWING = DrawingEffort(stroke_points=120, drawings=40, matrices=3)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one thing takes.

    Attributes
    ----------
    what
        In a few words.
    most_ms
        What it may take, at the 99th percentile.
    ms_median, ms_p99
        What it took.
    """

    what: str
    most_ms: float
    ms_median: float
    ms_p99: float


@dataclass(frozen=True, slots=True)
class DrawingFigures:
    """All figures of drawing.

    Attributes
    ----------
    layers
        The network that comes with bpviz, which reads the drawings.
    timings
        One for each thing.
    """

    layers: tuple[int, ...]
    timings: tuple[Timing, ...]
