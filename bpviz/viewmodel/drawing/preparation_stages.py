"""The pictures a drawing goes through on its way into the network, and what is between two of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.digit_image import IMAGE_SIDE, INK_SIDE, PreparedDigit
from bpviz.data.pen_width import resized, scale_down
from bpviz.data.preparation import Preparation
from bpviz.viewmodel.drawing.ink_saliency import placement

Picture = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""(left, top, width, height) in shares of the frame's side."""

_SEEN_SIDE = 168
_MARGIN = (IMAGE_SIDE - INK_SIDE) / 2 / IMAGE_SIDE
_INK_FRAME: Box = (_MARGIN, _MARGIN, INK_SIDE / IMAGE_SIDE, INK_SIDE / IMAGE_SIDE)


@dataclass(frozen=True, slots=True)
class StepText:
    """How a step is named.

    Attributes
    ----------
    name
        The step's field of `Preparation`; empty for the drawing itself, which is no step.
    caption, off_caption
        Under its picture, when it is taken and when it is not.
    tip
        What it does.
    without
        What is said while it is left out.
    """

    name: str
    caption: str
    off_caption: str
    tip: str
    without: str


STEP_TEXTS = (
    StepText("", "drawn", "drawn", "The ink as you drew it, and the box around it.", ""),
    StepText("crops", "cropped", "uncropped", "Only what lies in the box.", "not cropped"),
    StepText(
        "keeps_shape",
        "20 px",
        "stretched",
        "The longer side is 20 pixels, as in MNIST's images.",
        "stretched to 20 × 20",
    ),
    StepText(
        "evens_pen",
        "even pen",
        "any pen",
        "Strokes are made as broad as most of MNIST's, 2.5 to 3 pixels.",
        "strokes as they come",
    ),
    StepText(
        "centers_mass",
        "centred",
        "by its box",
        "Shifted by whole pixels so that the centre of mass lies in the middle of 28 × 28.",
        "centred by its box",
    ),
)


def left_out_text(steps: Preparation) -> str:
    """Return what is said of the steps left out; nothing if all are taken."""
    left_out = steps.left_out
    if len(left_out) > 1:
        return f"{len(left_out)} steps left out"
    return next((text.without for text in STEP_TEXTS if text.name in left_out), "")


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One picture in a square frame.

    Attributes
    ----------
    picture
        Grey levels, shape (height, width); ink on the canvas is made coarser, as fine as can be seen.
    box
        Where the picture lies in the frame; it may reach out of it.
    mark
        A box to draw dotted around what counts, or None.
    cross
        The (x, y) of the centre of mass to mark, or None.
    is_smooth
        Whether it is ink on the canvas, finer than the network's pixels, which are to be seen as squares.
    """

    picture: Picture
    box: Box
    mark: Box | None
    cross: tuple[float, float] | None
    is_smooth: bool


def stages_of(prepared: PreparedDigit) -> tuple[Stage, ...]:
    """Return the drawing at each of `STEP_TEXTS`; nothing for one without ink."""
    if prepared.crop_box is None:
        return ()
    uneven = scale_down(prepared.cropped, prepared.steps.keeps_shape)
    return (
        _drawn(prepared),
        _cropped(prepared.cropped),
        _in_ink_frame(uneven),
        _in_ink_frame(prepared.scaled),
        _placed(prepared),
    )


def stage_before(stages: tuple[Stage, ...], index: int) -> Stage:
    """Return what becomes stage `index`, 1 or more: the one before, of the drawing what is cropped."""
    drawn = stages[0]
    if index == 1 and drawn.mark is not None:
        return Stage(stages[1].picture, drawn.mark, None, None, True)
    return stages[index - 1]


def box_between(first: Box, second: Box, share: float) -> Box:
    """Return the box that lies that share of the way from one to the other."""
    left, top, width, height = (a + (b - a) * share for a, b in zip(first, second, strict=True))
    return left, top, width, height


def _drawn(prepared: PreparedDigit) -> Stage:
    height, width = prepared.ink.shape
    side = max(height, width)
    left, top, right, bottom = prepared.crop_box or (0, 0, 0, 0)
    mark = (left / side, top / side, (right - left) / side, (bottom - top) / side)
    return Stage(_coarse(prepared.ink), (0.0, 0.0, width / side, height / side), mark, None, True)


def _cropped(picture: Picture) -> Stage:
    height, width = picture.shape
    side = max(height, width)
    box = ((1 - width / side) / 2, (1 - height / side) / 2, width / side, height / side)
    return Stage(_coarse(picture), box, None, None, True)


def _coarse(picture: Picture) -> Picture:
    return resized(picture, _SEEN_SIDE) if max(picture.shape) > _SEEN_SIDE else picture


def _in_ink_frame(picture: Picture) -> Stage:
    height, width = picture.shape
    # The middle of the frame, not yet of the mass: what the last step moves can be seen.
    place = (IMAGE_SIDE - width) // 2, (IMAGE_SIDE - height) // 2
    return Stage(picture, _pixel_box(place, picture), _INK_FRAME, None, False)


def _placed(prepared: PreparedDigit) -> Stage:
    x, y = prepared.center_of_mass or (0.0, 0.0)
    cross = (x + 0.5) / IMAGE_SIDE, (y + 0.5) / IMAGE_SIDE
    return Stage(prepared.scaled, _pixel_box(placement(prepared), prepared.scaled), None, cross, False)


def _pixel_box(place: tuple[int, int], picture: Picture) -> Box:
    height, width = picture.shape
    return place[0] / IMAGE_SIDE, place[1] / IMAGE_SIDE, width / IMAGE_SIDE, height / IMAGE_SIDE
