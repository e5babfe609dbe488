"""Tells what is plainly no single digit (a dot, a scribble, several digits), whatever a network says to it.

A network trained on digits names one of them for anything it is given. What is looked at here is no digit's
shape, only how much pen it takes; a doubt is raised where hardly any digit of real hands would raise it.
"""

import math
from collections.abc import Sequence
from enum import Enum
from itertools import combinations, pairwise

from bpviz.data.digit_image import PreparedDigit
from bpviz.data.ink_parts import InkParts, PartBox, parts_of_ink
from bpviz.data.pen_strokes import PenStroke

__all__ = ["Doubt", "doubt_about"]

# Of 7,494 digits of 30 hands, with pens of 3 to 8 % of the canvas, 1 in 1000 is beyond any of these limits.
_DOT_TRAVEL_PENS = 0.8
_DOT_CANVAS_SHARE = 0.2
_FULL_BOX = 0.72
_UPRIGHT_ASPECT = 0.6
_MOST_CROSSINGS = 5.2
_MOST_STROKES = 4
_LONGEST_WAY = 4.8
_MOST_TURNING = 20.0
_LONG_AND_TURNING = 1.68
_WIDEST_DIGIT = 1.6
_TALL = 0.55
_FEW_PARTS = 4
_SEPARATE = 0.3
_SPREAD = 0.9

# The pen's way is measured in steps of this share of the drawing: a shaking hand does not lengthen it.
_STEP = 0.08
_ENOUGH_POINTS = 400


class Doubt(Enum):
    """Why a drawing is probably no single digit."""

    DOT = "dot"
    SCRIBBLE = "scribble"
    SEVERAL_DIGITS = "several digits"


def doubt_about(prepared: PreparedDigit, strokes: Sequence[PenStroke] = ()) -> Doubt | None:
    """Return why this is probably no single digit, or None: nothing speaks against one, or nothing is drawn.

    Parameters
    ----------
    prepared
        The drawing or picture as `prepare_ink` or `prepare_image` gives it.
    strokes
        The pen's way, where it is known: it shows more than the ink, in which loops may have closed.
    """
    if prepared.is_empty:
        return None
    parts = parts_of_ink(prepared.cropped)
    if _is_dot(prepared, parts, strokes):
        return Doubt.DOT
    # Digits side by side take as much pen as a scribble; but a scribble seldom falls into a few parts.
    if len(parts.boxes) <= _FEW_PARTS and _stand_apart(parts.boxes, parts.whole):
        return Doubt.SEVERAL_DIGITS
    if _is_scribbled_ink(parts) or (strokes and _is_scribbled(strokes)):
        return Doubt.SCRIBBLE
    is_wide = parts.whole.width > _WIDEST_DIGIT * parts.whole.height
    is_several = is_wide or _stand_apart(parts.boxes, parts.whole) or _are_written_apart(strokes)
    return Doubt.SEVERAL_DIGITS if is_several else None


def _is_dot(prepared: PreparedDigit, parts: InkParts, strokes: Sequence[PenStroke]) -> bool:
    if strokes:
        return _longer_side(strokes) < _DOT_TRAVEL_PENS * max(stroke.pen_width for stroke in strokes)
    share = max(prepared.cropped.shape) / max(prepared.ink.shape)
    return share < _DOT_CANVAS_SHARE and _is_full(parts)


def _is_full(parts: InkParts) -> bool:
    """Return whether ink fills its box, and the box is no upright stroke."""
    return parts.filled > _FULL_BOX and parts.whole.width > _UPRIGHT_ASPECT * parts.whole.height


def _is_scribbled_ink(parts: InkParts) -> bool:
    return parts.row_runs + parts.column_runs > _MOST_CROSSINGS or _is_full(parts)


def _is_scribbled(strokes: Sequence[PenStroke]) -> bool:
    """Return whether the pen went further, or turned more, than a digit needs."""
    longer_side = _longer_side(strokes)
    stride = 1 + sum(len(stroke.points) for stroke in strokes) // _ENOUGH_POINTS
    way, turning = 0.0, 0.0
    for stroke in strokes:
        steps = _steps(stroke.points[::stride].tolist(), _STEP * longer_side)
        way += sum(math.hypot(dx, dy) for dx, dy in steps) / longer_side
        turning += sum(
            abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)) for (ax, ay), (bx, by) in pairwise(steps)
        )
    is_long = way > _LONGEST_WAY or way / _LONGEST_WAY + turning / _MOST_TURNING > _LONG_AND_TURNING
    return is_long or turning > _MOST_TURNING or len(strokes) > _MOST_STROKES


def _steps(points: list[list[float]], length: float) -> list[tuple[float, float]]:
    """Return the pen's moves as vectors of at least `length`."""
    steps = []
    x, y = points[0]
    for next_x, next_y in points[1:]:
        if math.hypot(next_x - x, next_y - y) >= length:
            steps.append((next_x - x, next_y - y))
            x, y = next_x, next_y
    return steps


def _longer_side(strokes: Sequence[PenStroke]) -> float:
    """Return the longer side of the box around the pen's way, without the pen's width."""
    box = _box_around([_box_of(stroke, 0.0) for stroke in strokes])
    return max(box.width, box.height)


def _box_of(stroke: PenStroke, margin: float) -> PartBox:
    left, top = stroke.points.min(axis=0).tolist()
    right, bottom = stroke.points.max(axis=0).tolist()
    return PartBox(left - margin, top - margin, right + margin, bottom + margin)


def _box_around(boxes: Sequence[PartBox]) -> PartBox:
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.joined(box)
    return whole


def _stand_apart(boxes: Sequence[PartBox], whole: PartBox) -> bool:
    """Return whether two boxes nearly as tall as the whole stand beside each other."""
    tall = [box for box in boxes if box.height >= _TALL * whole.height]
    return any(_overlap(one, other) <= _SEPARATE for one, other in combinations(tall, 2))


def _overlap(one: PartBox, other: PartBox) -> float:
    """Return by how much the boxes overlap along x, as a share of the narrower one."""
    common = min(one.right, other.right) - max(one.left, other.left)
    return common / min(one.width, other.width)


def _are_written_apart(strokes: Sequence[PenStroke]) -> bool:
    """Return whether strokes form groups side by side, as digits that touch do."""
    groups: list[PartBox] = []
    for stroke in strokes:
        box = _box_of(stroke, stroke.pen_width / 2)
        for group in [group for group in groups if _overlap(group, box) > _SEPARATE]:
            groups.remove(group)
            box = box.joined(group)
        groups.append(box)
    if len(groups) < 2:
        return False
    whole = _box_around(groups)
    return whole.width > _SPREAD * whole.height and _stand_apart(groups, whole)
