"""Makes a dataset of a folder of digit pictures named by label, each through the canvas's recipe."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bpviz.data.digit_image import IMAGE_SIDE, prepare_image, read_image
from bpviz.data.samples import Dataset, Samples
from bpviz.errors import DataError

MAX_IMAGES = 100_000
"""Most pictures a folder may hold; more than MNIST has."""

_SUFFIXES = (".png", ".jpg", ".jpeg")
_LABEL = re.compile(r"([0-9])(?![0-9])")
_TEST_EVERY = 5
_PARTS = ("train", "test")


@dataclass(frozen=True, slots=True)
class SkippedImage:
    """A picture that is not in the dataset, and why, as a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class FolderDigits:
    """The digits of a folder and the pictures that could not be used."""

    dataset: Dataset
    skipped: tuple[SkippedImage, ...]


@dataclass(frozen=True, slots=True)
class FolderDigit:
    """One digit of a folder.

    Attributes
    ----------
    part
        ``"train"`` or ``"test"`` if the folder says so, else None.
    pixels
        What the network is given, uint8, shape (784,).
    """

    label: int
    part: str | None
    pixels: npt.NDArray[np.uint8]


def load_image_folder(folder: Path, max_images: int = MAX_IMAGES) -> FolderDigits:
    """Return the digits of the PNG and JPEG files in `folder`, split into training and test part.

    A picture's label is the digit its name begins with (``7_mine.png``, ``7.png``, ``7-b.jpg``), or
    the name of the folder it is in (``7/mine.png``). Folders ``train`` and ``test`` at the top, with
    pictures or label folders inside, are the two parts. Otherwise every fifth picture of each label,
    in the order of their paths, is for testing, and of a label with two to four the last. If that
    leaves nothing to test with, or nothing to train with, both parts are all pictures.

    Raises
    ------
    DataError
        If the folder is missing, has too many pictures, or none that can be used.
    """
    digits, skipped = read_folder_digits(folder, max_images)
    train, test = _split(digits)
    dataset = Dataset("folder", folder.resolve().name or "Your digits", _samples(train), _samples(test))
    return FolderDigits(dataset, skipped)


def read_folder_digits(
    folder: Path, max_images: int = MAX_IMAGES
) -> tuple[tuple[FolderDigit, ...], tuple[SkippedImage, ...]]:
    """Return the digits of a folder's pictures, as `load_image_folder` finds them, and what was skipped.

    Raises
    ------
    DataError
        If the folder is missing, has too many pictures, or none that can be used.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder; a folder of pictures named by label is needed")
    paths = sorted(islice(_picture_paths(folder), max_images + 1), key=lambda path: path.parts)
    if len(paths) > max_images:
        raise DataError(f"{folder} holds more than {max_images:,} pictures; that is the most accepted")
    digits: list[FolderDigit] = []
    skipped: list[SkippedImage] = []
    for path in paths:
        try:
            digits.append(_read_digit(path, folder))
        except DataError as error:
            skipped.append(SkippedImage(path, str(error)))
    if not digits:
        why = f" (the first of {len(skipped):,} skipped: {skipped[0].reason})" if skipped else ""
        raise DataError(f"{folder} holds no digit picture such as 7_mine.png or 7/mine.png{why}")
    return tuple(digits), tuple(skipped)


def _picture_paths(folder: Path) -> Iterator[Path]:
    # Links to folders are not followed: they could lead in circles.
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in names if name.lower().endswith(_SUFFIXES))


def _read_digit(path: Path, folder: Path) -> FolderDigit:
    place = path.relative_to(folder).parts
    part = place[0] if len(place) > 1 and place[0] in _PARTS else None
    label = _label_of(place)
    if label is None:
        raise DataError(f"{path} has no label; a name such as 7_mine.png or a folder named 7 is needed")
    digit = prepare_image(read_image(path))
    if digit.is_empty:
        raise DataError(f"{path} shows no ink; a picture of a digit is needed")
    return FolderDigit(label, part, digit.pixels)


def _label_of(place: Sequence[str]) -> int | None:
    # The folder counts before the name: cameras and exports number their files.
    if len(place) > 1 and re.fullmatch("[0-9]", place[-2]):
        return int(place[-2])
    found = _LABEL.match(place[-1])
    return int(found[1]) if found else None


def _split(digits: Sequence[FolderDigit]) -> tuple[Sequence[FolderDigit], Sequence[FolderDigit]]:
    if any(digit.part for digit in digits):
        test = [digit for digit in digits if digit.part == "test"]
        train = [digit for digit in digits if digit.part != "test"]
    else:
        train, test = _split_by_count(digits)
    return (train, test) if train and test else (digits, digits)


def _split_by_count(digits: Sequence[FolderDigit]) -> tuple[list[FolderDigit], list[FolderDigit]]:
    train: list[FolderDigit] = []
    test: list[FolderDigit] = []
    for label in range(10):
        of_label = [digit for digit in digits if digit.label == label]
        for place, digit in enumerate(of_label, start=1):
            is_last_of_few = place == len(of_label) and 1 < place < _TEST_EVERY
            (test if place % _TEST_EVERY == 0 or is_last_of_few else train).append(digit)
    return train, test


def _samples(digits: Sequence[FolderDigit]) -> Samples:
    inputs = np.empty((len(digits), IMAGE_SIDE * IMAGE_SIDE), np.uint8)
    for row, digit in zip(inputs, digits, strict=True):
        row[:] = digit.pixels
    return Samples(inputs, np.array([digit.label for digit in digits], np.uint8))
