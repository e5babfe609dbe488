"""Grey-level arrays as Qt images, copied once, so that no pixel is shared with an array that changes."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

Picture = npt.NDArray[np.uint8]


def gray_image(gray: Picture) -> QImage:
    """Return an image of a (height, width) array of grey levels."""
    height, width = gray.shape
    rows = np.ascontiguousarray(gray)
    return QImage(rows.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def rgb_image(colors: Picture) -> QImage:
    """Return an image of a (height, width, 3) array of red, green and blue."""
    height, width, _ = colors.shape
    rows = np.ascontiguousarray(colors)
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
