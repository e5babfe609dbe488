"""The recipe that gives any drawing or picture of a digit the frame MNIST's images have.

Crop to the ink, scale so that the longer side is 20 px, shift by whole pixels so that the centre of
mass lies on index (14, 14) of 28 x 28. A network trained on MNIST is lost without it.
"""

from dataclasses import dataclass

import numpy as np

from bpviz.data.image_file import read_image
from bpviz.data.paper import lift_ink
from bpviz.data.pen_width import INK_SIDE, Box, Gray, box_of, box_of_peaks, scale_down, scale_ink
from bpviz.data.preparation import ALL_STEPS, Preparation
from bpviz.errors import DataError

__all__ = [
    "IMAGE_SIDE",
    "INK_SIDE",
    "MASS_INDEX",
    "Gray",
    "PreparedDigit",
    "has_mnist_frame",
    "prepare_image",
    "prepare_ink",
    "read_image",
]

IMAGE_SIDE = 28
MASS_INDEX = 14
"""Row and column index MNIST centres the ink's mass on; not 13.5, the middle of 28 pixels."""

CropBox = tuple[int, int, int, int]

# Fractions of the brightest ink. Below the first, an anti-aliased rim is not part of the crop; below
# the second, an outermost row of the scaled ink is dust.
_RIM_LEVEL = 0.25
_DUST_LEVEL = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class PreparedDigit:
    """A digit on its way into the network, one picture for each step; arrays are read-only.

    Attributes
    ----------
    ink
        What was drawn, uint8, any shape, white on black.
    crop_box
        The ink's (left, top, right, bottom) in `ink`, right and bottom excluded; None if there is no ink.
    scaled
        The cropped ink with its longer side 20 px; (0, 0) if there is no ink.
    image
        What the network is given, uint8, shape (28, 28).
    center_of_mass
        (x, y) pixel index of the mass's centre in `image`; None if there is no ink.
    scaled_box
        The part of `ink` that `scaled` shows, (left, top, right, bottom): the crop box, or a little more or
        less of it where strokes were made thicker or thinner.
    thickened_px
        How much wider the strokes were made at 20 px; negative where they were made thinner.
    steps
        The steps taken.
    """

    ink: Gray
    crop_box: CropBox | None
    scaled: Gray
    image: Gray
    center_of_mass: tuple[float, float] | None
    scaled_box: Box = (0.0, 0.0, 0.0, 0.0)
    thickened_px: float = 0.0
    steps: Preparation = ALL_STEPS

    def __post_init__(self) -> None:
        for name in ("ink", "scaled", "image"):
            view = getattr(self, name).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn; `image` is then black."""
        return self.crop_box is None

    @property
    def cropped(self) -> Gray:
        """The part of `ink` inside `crop_box`; (0, 0) if there is no ink."""
        left, top, right, bottom = self.crop_box or (0, 0, 0, 0)
        return self.ink[top:bottom, left:right]

    @property
    def pixels(self) -> Gray:
        """`image` as the network's row of inputs, shape (784,)."""
        return self.image.reshape(-1)


def prepare_ink(ink: Gray, steps: Preparation = ALL_STEPS) -> PreparedDigit:
    """Return the digit of an ink image, framed as MNIST frames its digits.

    Parameters
    ----------
    ink
        uint8, shape (height, width), white ink on exact black (0).
    steps
        What of the recipe is done; less than all gives other images than MNIST's.

    Raises
    ------
    DataError
        If `ink` is not a two-dimensional uint8 array with at least one pixel.
    """
    _check_gray(ink)
    box = _ink_box(ink)
    if box is None:
        return _empty(ink, steps)
    box = _without_dusty_rim(ink, box) if steps.crops else (0, 0, ink.shape[1], ink.shape[0])
    scaled = scale_ink(_crop(ink, box), steps)
    if not scaled.picture.any():
        return _empty(ink, steps)
    image, center = _placed(scaled.picture, steps.centers_mass)
    shown = _moved(scaled.box, box[0], box[1])
    return PreparedDigit(ink, box, scaled.picture, image, center, shown, scaled.thickened_px, steps)


def prepare_image(gray: Gray) -> PreparedDigit:
    """Return the digit of a picture, dark on light or light on dark, framed as MNIST frames its digits.

    A picture that already has MNIST's frame passes unchanged. Otherwise polarity and paper are found
    from the border, the paper is removed, and the ink goes the way of a drawing.

    Parameters
    ----------
    gray
        uint8, shape (height, width), any size; as `read_image` gives it.

    Raises
    ------
    DataError
        If `gray` is not a two-dimensional uint8 array with at least one pixel.
    """
    _check_gray(gray)
    if has_mnist_frame(gray):
        return _as_it_is(gray)
    ink = lift_ink(gray)
    return _as_it_is(ink) if has_mnist_frame(ink) else prepare_ink(ink)


def has_mnist_frame(gray: Gray) -> bool:
    """Return whether the picture is 28 x 28, light on black, and its ink is scaled and centred as MNIST's."""
    if gray.shape != (IMAGE_SIDE, IMAGE_SIDE):
        return False
    box = box_of(gray, 1)
    if box is None or max(box[2] - box[0], box[3] - box[1]) != INK_SIDE:
        return False
    # Half a pixel is as far as a shift by whole pixels leaves the mass from its place.
    return all(abs(value - MASS_INDEX) <= 0.501 for value in _center_of_mass(gray))


def _check_gray(gray: Gray) -> None:
    if gray.dtype != np.uint8 or gray.ndim != 2 or gray.size == 0:
        raise DataError(
            f"the digit is an array of {gray.dtype} with shape {gray.shape}; "
            "grey levels 0 to 255 (uint8) with shape (height, width) are needed"
        )


def _empty(ink: Gray, steps: Preparation = ALL_STEPS) -> PreparedDigit:
    nothing = np.zeros((0, 0), np.uint8)
    black = np.zeros((IMAGE_SIDE, IMAGE_SIDE), np.uint8)
    return PreparedDigit(ink, None, nothing, black, None, steps=steps)


def _as_it_is(image: Gray) -> PreparedDigit:
    box = box_of(image, 1)
    if box is None:
        return _empty(image)
    left, top, right, bottom = box
    return PreparedDigit(
        image, box, image[top:bottom, left:right], image, _center_of_mass(image), _moved(box, 0, 0)
    )


def _moved(box: Box, right: int, down: int) -> Box:
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def _ink_box(ink: Gray) -> CropBox | None:
    columns, rows = ink.max(axis=0), ink.max(axis=1)
    box = box_of_peaks(columns, rows, 1)
    # In a picture as small as MNIST's, the grey rim is a good part of the digit.
    if box is None or max(box[2] - box[0], box[3] - box[1]) <= IMAGE_SIDE:
        return box
    return box_of_peaks(columns, rows, max(round(_RIM_LEVEL * int(columns.max())), 1))


def _crop(ink: Gray, box: CropBox) -> Gray:
    left, top, right, bottom = box
    return ink[top:bottom, left:right]


def _without_dusty_rim(ink: Gray, box: CropBox) -> CropBox:
    """Return the box without the rows and columns at its rim that come out (almost) black at 20 px."""
    while max(box[2] - box[0], box[3] - box[1]) > INK_SIDE:
        small = scale_down(_crop(ink, box))
        kept = box_of(small, round(_DUST_LEVEL * 255))
        if kept is None or kept == (0, 0, *small.shape[::-1]):
            break
        box = _inner_box(ink, box, kept, small.shape)
    return box


def _inner_box(ink: Gray, box: CropBox, kept: CropBox, small_shape: tuple[int, ...]) -> CropBox:
    """Return the ink's box inside that part of `box` that `kept` marks in the small picture."""
    left, top, right, bottom = box
    height, width = small_shape
    x_step, y_step = (right - left) / width, (bottom - top) / height
    left, right = left + int(kept[0] * x_step), right - int((width - kept[2]) * x_step)
    top, bottom = top + int(kept[1] * y_step), bottom - int((height - kept[3]) * y_step)
    tight = _ink_box(ink[top:bottom, left:right]) or (0, 0, right - left, bottom - top)
    return left + tight[0], top + tight[1], left + tight[2], top + tight[3]


def _placed(scaled: Gray, centers_mass: bool) -> tuple[Gray, tuple[float, float]]:
    """Return the 28 x 28 image and its centre of mass, which is within half a pixel of its place.

    It is farther off where ink would be lost, or where the middle of the picture is centred instead.
    """
    height, width = scaled.shape
    x, y = _center_of_mass(scaled)
    left, top = (IMAGE_SIDE - width) // 2, (IMAGE_SIDE - height) // 2
    if centers_mass:
        left = min(max(round(MASS_INDEX - x), 0), IMAGE_SIDE - width)
        top = min(max(round(MASS_INDEX - y), 0), IMAGE_SIDE - height)
    image = np.zeros((IMAGE_SIDE, IMAGE_SIDE), np.uint8)
    image[top : top + height, left : left + width] = scaled
    return image, (x + left, y + top)


def _center_of_mass(image: Gray) -> tuple[float, float]:
    columns, rows = image.sum(axis=0, dtype=np.int64), image.sum(axis=1, dtype=np.int64)
    mass = int(columns.sum())
    x = int(columns @ np.arange(columns.size)) / mass
    return x, int(rows @ np.arange(rows.size)) / mass
