"""The digits a stand draws while nobody is there, as strokes in the middle of the canvas."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from bpviz.data.pen_strokes import PenStroke
from bpviz.data.strokes import draw_digit

_SIZE = 0.6
_PEN_WIDTH = 0.065


def demo_digits(rng: np.random.Generator) -> Callable[[], tuple[PenStroke, ...]]:
    """Return what gives another digit of the pen model at each call, all ten before any comes again."""
    waiting: list[int] = []

    def next_demo() -> tuple[PenStroke, ...]:
        if not waiting:
            waiting.extend(rng.permutation(10).tolist())
        return _placed(draw_digit(waiting.pop(), rng))

    return next_demo


def _placed(curves: Sequence[npt.NDArray[np.float64]]) -> tuple[PenStroke, ...]:
    points = np.vstack(curves)
    low, high = points.min(axis=0), points.max(axis=0)
    scale, middle = _SIZE / float((high - low).max()), (low + high) / 2
    return tuple(
        PenStroke(((curve - middle) * scale + 0.5).astype(np.float32), _PEN_WIDTH) for curve in curves
    )
