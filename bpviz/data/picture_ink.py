"""Brings any picture of a digit onto the canvas: as its ink, well placed, as if it had been drawn there."""

import numpy as np
from PIL import Image

from bpviz.data.digit_image import IMAGE_SIDE, Gray, has_mnist_frame, prepare_ink
from bpviz.data.photo import lift_photo
from bpviz.data.rasterize import INK_SIZE, Ink
from bpviz.errors import DataError

LEAST_SIDE = 1024
"""A photograph may come averaged down to this many pixels on its shorter side; more tell nothing more."""
_PLACED_SHARE = 0.62
_ENLARGEMENT = INK_SIZE // IMAGE_SIDE


def picture_ink(gray: Gray) -> Ink:
    """Return the digit of a picture as ink on the canvas, uint8, shape (INK_SIZE, INK_SIZE).

    A picture as large as the canvas, and one with MNIST's frame, keep their place; any other digit
    is put in the middle with its longer side 62 % of the canvas.

    Parameters
    ----------
    gray
        uint8, shape (height, width), dark on light or light on dark, photographed or drawn.

    Raises
    ------
    DataError
        If nothing stands out from the paper.
    """
    ink = gray if has_mnist_frame(gray) else lift_photo(gray)
    box = prepare_ink(ink).crop_box
    if box is None:
        raise DataError(
            "nothing stands out from its paper; a digit darker or lighter than its ground is needed"
        )
    if has_mnist_frame(ink):
        return np.kron(ink, np.ones((_ENLARGEMENT, _ENLARGEMENT), np.uint8))
    if ink.shape == (INK_SIZE, INK_SIZE):
        return ink
    left, top, right, bottom = box
    return _placed(ink[top:bottom, left:right])


def _placed(crop: Gray) -> Ink:
    height, width = crop.shape
    scale = _PLACED_SHARE * INK_SIZE / max(height, width)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    # Reducing with the area of each pixel, enlarging smoothly: blocks would show on the canvas.
    method = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    scaled = np.asarray(Image.fromarray(crop).resize(size, method))
    ink = np.zeros((INK_SIZE, INK_SIZE), np.uint8)
    x, y = (INK_SIZE - size[0]) // 2, (INK_SIZE - size[1]) // 2
    ink[y : y + size[1], x : x + size[0]] = scaled
    return ink
