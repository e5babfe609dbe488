"""Collected digits as a folder of PNGs named by label, and back; other programs read such folders."""

import re
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from bpviz.data.class_digits import IMAGE_SHAPE, ClassDigit, class_digit
from bpviz.data.class_file import MAX_DIGITS
from bpviz.data.image_folder import SkippedImage, read_folder_digits
from bpviz.errors import DataError


def export_pictures(folder: Path, digits: Sequence[ClassDigit]) -> None:
    """Write every digit's 28 x 28 image to `folder`, as ``7/0001.png`` or ``7/0001 Ada.png``.

    Raises
    ------
    DataError
        If one of the files is there already (nothing is then written), or the folder cannot be written.
    """
    paths = [folder / name for name in _names(digits)]
    for path in paths:
        if path.exists():
            raise DataError(f"{path} is there already; a folder without such pictures is needed")
    try:
        for path, digit in zip(paths, digits, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(digit.image).save(path, "PNG")
    except OSError as error:
        raise DataError(
            f"{folder} cannot be written ({error.strerror}); a writable folder is needed"
        ) from error


def import_pictures(folder: Path) -> tuple[tuple[ClassDigit, ...], tuple[SkippedImage, ...]]:
    """Return the digits of a folder of pictures, each through the canvas's recipe, and what was skipped.

    Raises
    ------
    DataError
        If the folder is missing, has too many pictures, or none that can be used.
    """
    digits, skipped = read_folder_digits(folder, MAX_DIGITS)
    return tuple(class_digit(digit.label, (), digit.pixels.reshape(IMAGE_SHAPE)) for digit in digits), skipped


def _names(digits: Sequence[ClassDigit]) -> list[str]:
    names = []
    for number, digit in enumerate(digits, start=1):
        # No letter that some system refuses in a name, and none that leads out of the folder.
        who = re.sub(r"[^\w-]+", " ", digit.who).strip()
        names.append(f"{digit.label}/{number:04}{' ' + who if who else ''}.png")
    return names
