"""A picture the user holds out: pasted, dropped or chosen, not yet looked at."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from bpviz.data.digit_image import Gray
from bpviz.data.image_file import MAX_PIXELS, gray_levels, read_image
from bpviz.errors import BpvizError, DataError

_FORMATS = "a picture, or a PNG or JPEG file on this computer, is needed"


@dataclass(frozen=True, slots=True, eq=False)
class PictureOffer:
    """Where a picture is and what it is called; reading it is for another thread than the window's.

    Attributes
    ----------
    content
        A file, or the pixels themselves.
    """

    content: Path | QImage
    name: str

    def gray(self, least_side: int) -> Gray:
        """Return the picture's grey levels, uint8, shape (height, width); see `read_image`.

        Raises
        ------
        DataError
            If the file cannot be read, or the picture is too large or empty.
        """
        if isinstance(self.content, Path):
            return read_image(self.content, least_side)
        return _gray_of(self.content)


def offered_picture(data: QMimeData | None) -> PictureOffer:
    """Return the picture in what was pasted or dropped.

    Raises
    ------
    DataError
        If there is none in it.
    """
    if data is None:
        raise DataError(f"There is nothing to paste; {_FORMATS}.")
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return PictureOffer(files[0], files[0].name)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return PictureOffer(image, "the picture")
    what = (
        "an address on the web" if data.hasUrls() else "text" if data.hasText() else "nothing bpviz can show"
    )
    raise DataError(f"This is {what}; {_FORMATS}.")


def holds_picture(data: QMimeData) -> bool:
    """Return whether it is worth taking: there is a picture or a file in it."""
    try:
        offered_picture(data)
    except BpvizError:
        return False
    return True


def _gray_of(image: QImage) -> Gray:
    n_pixels = image.width() * image.height()
    if n_pixels > MAX_PIXELS:
        raise DataError(f"the picture has {n_pixels:,} pixels; at most {MAX_PIXELS:,} are accepted")
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size, stride = (plain.width(), plain.height()), plain.bytesPerLine()
    levels = np.frombuffer(plain.constBits(), np.uint8).reshape(size[1], stride // 4, 4)
    return gray_levels(Image.fromarray(levels[:, : size[0]].copy()))
