"""Reads picture files as grey levels, without Qt; sizes are checked before anything is decoded."""

import stat
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from bpviz.errors import DataError

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 40_000_000
"""Most pixels a picture may have; today's telephones take 12 to 50 million, mostly 12."""

_FORMATS = ("PNG", "JPEG")
_ORIENTATION_TAG = 0x0112
_DECODE_FAILURES = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


def read_image(path: Path, least_side: int = 0) -> npt.NDArray[np.uint8]:
    """Return the grey levels of a PNG or JPEG file, uint8, shape (height, width), upright.

    A transparent picture is laid on white if what is visible is dark, else on black. Levels of 16 bits
    are brought to 8.

    Parameters
    ----------
    least_side
        If given, a larger JPEG may come at a half, a quarter or an eighth of its size, its shorter side no
        shorter than this: that is decoded several times faster.

    Raises
    ------
    DataError
        If the file is missing, not a PNG or JPEG, damaged, or larger than the limits.
    """
    _check_file(path)
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            _check_size(picture, path)
            if least_side:
                picture.draft("L", (least_side, least_side))
            picture.load()
            levels = gray_levels(_upright(picture))
    except UnidentifiedImageError as error:
        raise DataError(f"{path} is not a picture bpviz can read; a PNG or JPEG file is needed") from error
    except Image.DecompressionBombError as error:
        raise DataError(f"{path} has too many pixels; at most {MAX_PIXELS:,} are accepted") from error
    except _DECODE_FAILURES as error:
        raise DataError(f"{path} is damaged ({error}); a whole PNG or JPEG file is needed") from error
    return levels


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be opened; an existing PNG or JPEG file is needed") from error
    if not stat.S_ISREG(status.st_mode):
        raise DataError(f"{path} is not a file; a PNG or JPEG file is needed")
    if status.st_size > MAX_FILE_BYTES:
        raise DataError(f"{path} has {status.st_size:,} bytes; at most {MAX_FILE_BYTES:,} are accepted")


def _check_size(picture: Image.Image, path: Path) -> None:
    pixels = picture.width * picture.height
    if not 0 < pixels <= MAX_PIXELS:
        raise DataError(f"{path} has {pixels:,} pixels; 1 to {MAX_PIXELS:,} are accepted")


def _upright(picture: Image.Image) -> Image.Image:
    if picture.getexif().get(_ORIENTATION_TAG, 1) == 1:
        return picture
    return ImageOps.exif_transpose(picture)


def gray_levels(picture: Image.Image) -> npt.NDArray[np.uint8]:
    """Return the grey levels of a picture, uint8, shape (height, width), as `read_image` gives them."""
    if picture.mode == "L" and "transparency" not in picture.info:
        return np.array(picture)
    if picture.mode.startswith("I"):
        return _from_deep_levels(np.asarray(picture))
    if picture.has_transparency_data:
        return _laid_on_paper(picture if picture.mode == "RGBA" else picture.convert("RGBA"))
    return np.array(picture.convert("L"))


def _from_deep_levels(levels: npt.NDArray[np.integer]) -> npt.NDArray[np.uint8]:
    # 16 bits are all a PNG can hold, whatever wider type Pillow keeps them in.
    wide = np.clip(levels, 0, 65535).astype(np.uint32)
    return np.asarray(wide * 255 // 65535, np.uint8)


def _laid_on_paper(picture: Image.Image) -> npt.NDArray[np.uint8]:
    opacity = np.asarray(picture.getchannel("A"))
    if opacity.min() == 255:
        return np.array(picture.convert("L"))
    # Levels times opacity, and their sum with the paper's share, just fit into 16 bits.
    alpha = opacity.astype(np.uint16)
    inked = np.asarray(picture.convert("L"), np.uint16) * alpha
    weight = int(alpha.sum(dtype=np.int64))
    visible = int(inked.sum(dtype=np.int64)) / weight if weight else 0
    if visible < 128:
        inked += np.uint16(255) * (np.uint16(255) - alpha)
    inked += np.uint16(127)
    return np.asarray(inked // np.uint16(255), np.uint8)
