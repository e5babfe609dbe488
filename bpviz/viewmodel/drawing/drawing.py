"""The drawing on the canvas: a picture laid on it, its strokes, its ink, and the way back to earlier states.

Invariant: the ink is always what laying the picture on an empty canvas and stamping all strokes would give.
"""

from dataclasses import dataclass

import numpy as np

from bpviz.data.digit_image import PreparedDigit, prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.preparation import ALL_STEPS, Preparation
from bpviz.data.rasterize import INK_SIZE, Ink, InkRaster

MIN_PEN_WIDTH = 0.03
MAX_PEN_WIDTH = 0.1
DEFAULT_PEN_WIDTH = 0.07
"""Pen widths in canvas sides; the default is the 2-3 px of MNIST's pen for a digit that fills the canvas."""

_SHORTEST_STEP = 0.5 / INK_SIZE
_UNDO_STATES = 500
_MAX_POINTS = 20_000
# A pointer dragged outside still draws, but from no further away than one canvas side.
_LOWEST, _HIGHEST = -1.0, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    strokes: tuple[PenStroke, ...] = ()
    picture: Ink | None = None


class Drawing:
    """Strokes on a square canvas, and a picture under them, and the ink they leave, with undo.

    Belongs to one thread. Coordinates are canvas sides, 0 to 1, whatever the size on screen.
    """

    def __init__(self) -> None:
        self._state = _State()
        self._open: list[tuple[float, float]] = []
        self._earlier: list[_State] = []
        self._raster = InkRaster()
        self._n_points = 0
        self.pen_width = DEFAULT_PEN_WIDTH

    @property
    def strokes(self) -> tuple[PenStroke, ...]:
        """All strokes, the one being drawn last."""
        if not self._open:
            return self._state.strokes
        return (*self._state.strokes, PenStroke(np.array(self._open, np.float32), self.pen_width))

    @property
    def pen_way(self) -> tuple[PenStroke, ...]:
        """All strokes where they are all the ink there is; none on a picture, of which they tell nothing."""
        return self.strokes if self._state.picture is None else ()

    @property
    def picture(self) -> Ink | None:
        """The ink of the picture under the strokes, shape (INK_SIZE, INK_SIZE), read-only."""
        return self._state.picture

    @property
    def ink(self) -> Ink:
        """The ink, shape (INK_SIZE, INK_SIZE), white on black, read-only; it changes with the next point."""
        return self._raster.ink

    @property
    def is_empty(self) -> bool:
        """Neither pen nor picture was laid on the canvas since it was cleared."""
        return not (self._state.strokes or self._open) and self._state.picture is None

    @property
    def is_stroke_open(self) -> bool:
        """The pen is down."""
        return bool(self._open)

    @property
    def can_undo(self) -> bool:
        """There is an earlier state to go back to."""
        return bool(self._earlier) or bool(self._open)

    def prepared(self, steps: Preparation = ALL_STEPS) -> PreparedDigit:
        """Return the drawing in the frame of the network's input, with a copy of the ink."""
        return prepare_ink(self._raster.ink.copy(), steps)

    def set_pen_width(self, pen_width: float) -> None:
        """Draw the next strokes with this pen, in canvas sides, kept within its bounds."""
        self.end_stroke()
        self.pen_width = min(max(pen_width, MIN_PEN_WIDTH), MAX_PEN_WIDTH)

    def begin_stroke(self, x: float, y: float) -> None:
        """Put the pen down: a dot, until the pen moves."""
        self.end_stroke()
        self._open = [_kept_near(x, y)]
        self._raster.stamp_segment(self._open[0], self._open[0], self.pen_width)

    def extend_stroke(self, x: float, y: float) -> bool:
        """Move the pen on; return False if that changed nothing: pen up, too short a step, drawing full."""
        point = _kept_near(x, y)
        if not self._open or self._n_points + len(self._open) >= _MAX_POINTS:
            return False
        last = self._open[-1]
        if abs(point[0] - last[0]) < _SHORTEST_STEP and abs(point[1] - last[1]) < _SHORTEST_STEP:
            return False
        self._open.append(point)
        self._raster.stamp_segment(last, point, self.pen_width)
        return True

    def end_stroke(self) -> None:
        """Lift the pen; from here the stroke can be undone as one."""
        if self._open:
            strokes = self.strokes
            self._open = []
            self._remember()
            self._hold(_State(strokes, self._state.picture))

    def undo(self) -> bool:
        """Take back the last stroke, clearing or replacement; return whether there was any."""
        if self._open:
            self._open = []
        elif self._earlier:
            self._hold(self._earlier.pop())
        else:
            return False
        self._stamp_anew()
        return True

    def clear(self) -> bool:
        """Take everything off, which can be undone; return whether there was anything."""
        if self.is_empty:
            return False
        self.replace(())
        return True

    def replace(self, strokes: tuple[PenStroke, ...]) -> None:
        """Show other strokes instead, which can be undone."""
        self._replace(_State(strokes))

    def replace_picture(self, ink: Ink) -> None:
        """Show a picture's ink instead of all there is, to be drawn on; it can be undone.

        Parameters
        ----------
        ink
            uint8, shape (INK_SIZE, INK_SIZE), white on black.

        Raises
        ------
        DataError
            If it has another shape or type.
        """
        InkRaster().lay(ink)
        picture = ink.copy()
        picture.flags.writeable = False
        self._replace(_State((), picture))

    def _replace(self, state: _State) -> None:
        self.end_stroke()
        self._remember()
        self._hold(state)
        self._stamp_anew()

    def _remember(self) -> None:
        self._earlier.append(self._state)
        del self._earlier[:-_UNDO_STATES]

    def _hold(self, state: _State) -> None:
        self._state = state
        self._n_points = sum(len(stroke.points) for stroke in state.strokes)

    def _stamp_anew(self) -> None:
        self._raster.clear()
        if self._state.picture is not None:
            self._raster.lay(self._state.picture)
        for stroke in self._state.strokes:
            self._raster.stamp_stroke(stroke.points, stroke.pen_width)


def _kept_near(x: float, y: float) -> tuple[float, float]:
    return min(max(x, _LOWEST), _HIGHEST), min(max(y, _LOWEST), _HIGHEST)
