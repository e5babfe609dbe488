"""Takes an ink image apart: what hangs together, and how often lines across it meet ink."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.pen_width import Gray, box_of, resized

_SIDE = 48
"""Longer side, in cells, of the grid on which ink is taken apart: a pen of 3 % of it still leaves a line."""
_INK_LEVEL = 0.35
"""Of the brightest ink."""
_SPECK_CELLS = 6
"""Parts of fewer cells are dust, or a pen that skipped."""


@dataclass(frozen=True, slots=True)
class PartBox:
    """The box around one part of the ink; right and bottom are excluded."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its extent along x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent along y."""
        return self.bottom - self.top

    def joined(self, other: "PartBox") -> "PartBox":
        """Return the box around both."""
        return PartBox(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class InkParts:
    """What ink consists of, on a grid whose longer side is at most 48 cells.

    Attributes
    ----------
    boxes
        Of the parts that hang together, specks left out.
    whole
        The box around all ink.
    row_runs, column_runs
        How many separate stretches of ink a row and a column meets, on average over those that meet any.
    filled
        Share of `whole` that is ink.
    """

    boxes: tuple[PartBox, ...]
    whole: PartBox
    row_runs: float
    column_runs: float
    filled: float


def parts_of_ink(ink: Gray) -> InkParts:
    """Return the parts of a picture that is white on black and holds some ink."""
    mask = _mask(_cropped(ink))
    starts, ends = _runs(mask)
    whole = _box_of(mask)
    n_columns = len(_runs(mask.T)[0])
    return InkParts(
        _connected(starts, ends, mask.shape[1] + 1),
        whole,
        len(starts) / max(int(mask.any(axis=1).sum()), 1),
        n_columns / max(int(mask.any(axis=0).sum()), 1),
        int(mask.sum()) / (whole.width * whole.height),
    )


def _cropped(ink: Gray) -> Gray:
    left, top, right, bottom = box_of(ink, 1) or (0, 0, *ink.shape[::-1])
    return ink[top:bottom, left:right]


def _box_of(mask: npt.NDArray[np.bool_]) -> PartBox:
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    return PartBox(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _mask(crop: Gray) -> npt.NDArray[np.bool_]:
    small = resized(crop, _SIDE) if max(crop.shape) > _SIDE else crop
    mask: npt.NDArray[np.bool_] = small >= max(_INK_LEVEL * int(small.max()), 1)
    return mask


def _runs(mask: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where the stretches of ink in each row begin and end, as indices of rows one cell longer."""
    height, width = mask.shape
    padded = np.zeros(height * (width + 1) + 1, np.int8)
    padded[1:].reshape(height, width + 1)[:, :width] = mask
    steps = np.diff(padded)
    return np.flatnonzero(steps > 0), np.flatnonzero(steps < 0)


def _connected(starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp], stride: int) -> tuple[PartBox, ...]:
    """Return the boxes of the parts that touch each other, corners included, specks left out."""
    rows = (starts // stride).tolist()
    lefts, rights = (starts % stride).tolist(), ((ends - 1) % stride + 1).tolist()
    part_of = _parts(rows, lefts, rights)
    found: dict[int, list[int]] = {}
    for run, part in enumerate(part_of):
        box = found.setdefault(part, [stride, rows[run], 0, 0, 0])
        box[0] = min(box[0], lefts[run])
        box[2] = max(box[2], rights[run])
        box[3] = rows[run] + 1
        box[4] += rights[run] - lefts[run]
    return tuple(PartBox(*box[:4]) for box in found.values() if box[4] >= _SPECK_CELLS)


def _parts(rows: list[int], lefts: list[int], rights: list[int]) -> list[int]:
    """Return for each run of ink the number of the part it belongs to; runs go row by row."""
    parent = list(range(len(rows)))
    above = 0
    for run, row in enumerate(rows):
        while rows[above] < row - 1 or (rows[above] == row - 1 and rights[above] < lefts[run]):
            above += 1
        other = above
        while rows[other] == row - 1 and lefts[other] <= rights[run]:
            _join(parent, run, other)
            other += 1
    return [_root(parent, run) for run in range(len(rows))]


def _join(parent: list[int], one: int, other: int) -> None:
    first, second = _root(parent, one), _root(parent, other)
    parent[max(first, second)] = min(first, second)


def _root(parent: list[int], run: int) -> int:
    while parent[run] != run:
        run = parent[run]
    return run
