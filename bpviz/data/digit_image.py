"""The recipe that gives any drawing or picture of a digit the frame MNIST's images have.

Crop to the ink, scale so that the longer side is 20 px, shift by whole pixels so that the centre of
mass lies on index (14, 14) of 28 x 28. A network trained on MNIST is lost without it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from bpviz.data.image_file import read_image
from bpviz.data.paper import lift_ink
from bpviz.errors import DataError

__all__ = [
    "IMAGE_SIDE",
    "INK_SIDE",
    "MASS_INDEX",
    "PreparedDigit",
    "has_mnist_frame",
    "prepare_image",
    "prepare_ink",
    "read_image",
]

IMAGE_SIDE = 28
INK_SIDE = 20
"""Longer side of the ink within the image, in pixels."""
MASS_INDEX = 14
"""Row and column index MNIST centres the ink's mass on; not 13.5, the middle of 28 pixels."""

Gray = npt.NDArray[np.uint8]
CropBox = tuple[int, int, int, int]

# Fractions of the brightest ink. Below the first, an anti-aliased rim is not part of the crop; below
# the second, an outermost row of the scaled ink is dust.
_RIM_LEVEL = 0.25
_DUST_LEVEL = 0.06
# MNIST's strokes are 1.9 to 4.7 px wide (1st to 99th centile), 2.6 px in the middle. Thinner ones are
# brought to this width: drawn digits with strokes of 0.7 px are then read 2 % better.
_LEAST_PEN_PX = 2.0
# Thin strokes are measured and thickened on a grid this many times finer than the 20 px.
_FINE = 4


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
    thickened_px
        How much wider thin strokes were made, in twentieths of the crop's longer side; mostly 0.
        `scaled` then shows half of that around the crop on every side.
    """

    ink: Gray
    crop_box: CropBox | None
    scaled: Gray
    image: Gray
    center_of_mass: tuple[float, float] | None
    thickened_px: float = 0.0

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


def prepare_ink(ink: Gray) -> PreparedDigit:
    """Return the digit of an ink image, framed as MNIST frames its digits.

    Parameters
    ----------
    ink
        uint8, shape (height, width), white ink on exact black (0).

    Raises
    ------
    DataError
        If `ink` is not a two-dimensional uint8 array with at least one pixel.
    """
    _check_gray(ink)
    box = _ink_box(ink)
    if box is None:
        return _empty(ink)
    box = _without_dusty_rim(ink, box)
    scaled, thickened_px = _scale(_crop(ink, box))
    image, center = _place_by_mass(scaled)
    return PreparedDigit(ink, box, scaled, image, center, thickened_px)


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
    box = _box_of(gray, 1)
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


def _empty(ink: Gray) -> PreparedDigit:
    nothing = np.zeros((0, 0), np.uint8)
    return PreparedDigit(ink, None, nothing, np.zeros((IMAGE_SIDE, IMAGE_SIDE), np.uint8), None)


def _as_it_is(image: Gray) -> PreparedDigit:
    box = _box_of(image, 1)
    if box is None:
        return _empty(image)
    left, top, right, bottom = box
    return PreparedDigit(image, box, image[top:bottom, left:right], image, _center_of_mass(image))


def _ink_box(ink: Gray) -> CropBox | None:
    box = _box_of(ink, 1)
    # In a picture as small as MNIST's, the grey rim is a good part of the digit.
    if box is None or max(box[2] - box[0], box[3] - box[1]) <= IMAGE_SIDE:
        return box
    return _box_of(ink, max(round(_RIM_LEVEL * int(ink.max())), 1))


def _box_of(gray: Gray, level: int) -> CropBox | None:
    columns = np.flatnonzero(gray.max(axis=0) >= level)
    if columns.size == 0:
        return None
    rows = np.flatnonzero(gray.max(axis=1) >= level)
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _crop(ink: Gray, box: CropBox) -> Gray:
    left, top, right, bottom = box
    return ink[top:bottom, left:right]


def _without_dusty_rim(ink: Gray, box: CropBox) -> CropBox:
    """Return the box without the rows and columns at its rim that come out (almost) black at 20 px."""
    while max(box[2] - box[0], box[3] - box[1]) > INK_SIDE:
        small = _brighten(_resized(_crop(ink, box), INK_SIDE))
        kept = _box_of(small, round(_DUST_LEVEL * 255))
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


def _scale(crop: Gray) -> tuple[Gray, float]:
    """Return the ink with its longer side 20 px and its peak at 255, and the thickening in px."""
    if max(crop.shape) > 2 * INK_SIDE:
        fine = _resized(crop, _FINE * INK_SIDE)
        missing_px = _LEAST_PEN_PX - _stroke_width(fine) / _FINE
        steps = round(missing_px * _FINE / 2)
        if steps > 0:
            thick = _thicken(_brighten(fine), steps)
            return _brighten(_resized(thick, INK_SIDE)), 2 * steps / _FINE
    return _brighten(_resized(crop, INK_SIDE)), 0.0


def _resized(crop: Gray, side: int) -> Gray:
    """Return the picture with its longer side so many pixels, its proportions kept."""
    height, width = crop.shape
    longer = max(width, height)
    size = (max(round(side * width / longer), 1), max(round(side * height / longer), 1))
    # The area filter means nothing when enlarging; there it would make blocks.
    method = Image.Resampling.BOX if longer >= side else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(crop).resize(size, method))


def _stroke_width(ink: Gray) -> float:
    """Return the mean width of the strokes in pixels: twice the area over the length of the outline."""
    level = np.pad(ink, 1).astype(np.int16)
    across = level[1:-1, 2:] - level[1:-1, :-2]
    down = level[2:, 1:-1] - level[:-2, 1:-1]
    # The slope summed over the picture is the outline's length times the height of the step; central
    # differences count it twice.
    outline = float(np.hypot(across, down, dtype=np.float32).sum()) / 2
    return 2 * float(ink.sum(dtype=np.int64)) / outline


def _thicken(ink: Gray, steps: int) -> Gray:
    """Return the ink grown by `steps` pixels on every side, with an octagonal tip, on a larger image."""
    grown = np.pad(ink, steps)
    for step in range(steps):
        rows = grown.copy()
        np.maximum(rows[1:], grown[:-1], out=rows[1:])
        np.maximum(rows[:-1], grown[1:], out=rows[:-1])
        # Every other step spreads the spread rows too: squares and diamonds in turn make an octagon.
        source = rows if step % 2 else grown
        result = rows.copy()
        np.maximum(result[:, 1:], source[:, :-1], out=result[:, 1:])
        np.maximum(result[:, :-1], source[:, 1:], out=result[:, :-1])
        grown = result
    return grown


def _brighten(ink: Gray) -> Gray:
    """Return the ink with its peak at 255; as bright as MNIST's (254 mostly) it is left alone."""
    peak = int(ink.max())
    if peak == 0 or peak >= 250:
        return ink
    factors = np.minimum(np.arange(256) * 255 / peak + 0.5, 255).astype(np.uint8)
    return factors[ink]


def _place_by_mass(scaled: Gray) -> tuple[Gray, tuple[float, float]]:
    """Return the 28 x 28 image with the mass within half a pixel of its place, as far as no ink is lost."""
    height, width = scaled.shape
    x, y = _center_of_mass(scaled)
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
