"""A digit a class collected, and the line of text it is kept as.

A line is a JSON object: ``bpviz_digit`` (the version, 1), ``label``, ``who`` (may be empty), ``strokes``
(each ``pen``, a width, and ``points``, all in canvas sides, x right and y down; none for a digit that
came as a picture) and ``image`` (28 x 28 grey levels, white ink on black, two hexadecimal digits each,
row by row).
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bpviz.data.pen_strokes import PenStroke
from bpviz.errors import DataError

VERSION = 1
VERSION_KEY = "bpviz_digit"
IMAGE_SHAPE = (28, 28)
N_CLASSES = 10
MAX_NAME_LENGTH = 40
MAX_POINTS = 20_000
"""Most points of one digit; the canvas takes no more either."""

_HEX_LENGTH = 2 * IMAGE_SHAPE[0] * IMAGE_SHAPE[1]
_DECIMALS = 4
"""A ten-thousandth of the canvas is a thirtieth of a pixel of its ink."""
_LOWEST, _HIGHEST = -1.0, 2.0

Gray = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class ClassDigit:
    """One digit, its label and who drew it. Made by `class_digit`.

    Attributes
    ----------
    strokes
        As drawn, rounded to four decimals; empty for a digit that came as a picture.
    image
        What the network is given, uint8, shape (28, 28), read-only.
    who
        Name of the one who drew it; empty if it was not said.
    """

    label: int
    strokes: tuple[PenStroke, ...]
    image: Gray
    who: str = ""

    @cached_property
    def key(self) -> str:
        """Sixteen letters that two digits share only if they have the same strokes and image."""
        content = hashlib.sha256(self.image.tobytes())
        for stroke in self.strokes:
            content.update(f"{len(stroke.points)},{stroke.pen_width};".encode())
            content.update(np.asarray(stroke.points, "<f4").tobytes())
        return content.hexdigest()[:16]

    def with_label(self, label: int) -> "ClassDigit":
        """Return the same digit with another label."""
        return class_digit(label, self.strokes, self.image, self.who)


def class_digit(label: int, strokes: Sequence[PenStroke], image: Gray, who: str = "") -> ClassDigit:
    """Return a digit, its coordinates rounded as a file holds them.

    Raises
    ------
    DataError
        If the label is not 0 to 9, the image not (28, 28), or a stroke is not on or near the canvas.
    """
    if not 0 <= label < N_CLASSES:
        raise DataError(f"the label is {label}; 0 to 9 is needed")
    if image.shape != IMAGE_SHAPE or image.dtype != np.uint8:
        raise DataError(f"the image is {image.dtype} {image.shape}; uint8 {IMAGE_SHAPE} is needed")
    if sum(len(stroke.points) for stroke in strokes) > MAX_POINTS:
        raise DataError(f"the drawing has more than {MAX_POINTS:,} points; that is the most accepted")
    pixels = image.copy()
    pixels.flags.writeable = False
    return ClassDigit(int(label), tuple(map(_rounded, strokes)), pixels, tidy_name(who))


def tidy_name(who: str) -> str:
    """Return a name on one line, without control characters, of at most 40 letters."""
    visible = "".join(letter if letter.isprintable() else " " for letter in who)
    return " ".join(visible.split())[:MAX_NAME_LENGTH].strip()


def encode_digit(digit: ClassDigit) -> str:
    """Return the digit's line, without its end."""
    strokes = [
        {"pen": round(stroke.pen_width, _DECIMALS), "points": _decimals(stroke.points)}
        for stroke in digit.strokes
    ]
    entry = {
        VERSION_KEY: VERSION,
        "label": digit.label,
        "who": digit.who,
        "strokes": strokes,
        "image": digit.image.tobytes().hex(),
    }
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def parse_entry(line: str) -> Mapping[str, object]:
    """Return the object a line holds, its version known.

    Raises
    ------
    DataError
        If the line is no JSON object, or of another version.
    """
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError("is not JSON; one object a line is needed") from error
    if not isinstance(entry, dict) or VERSION_KEY not in entry:
        raise DataError(f"has no '{VERSION_KEY}'; lines saved by bpviz are needed")
    if entry[VERSION_KEY] != VERSION or isinstance(entry[VERSION_KEY], bool):
        raise DataError(f"is of version {str(entry[VERSION_KEY])[:20]}; version {VERSION} is needed")
    return entry


def decode_digit(entry: Mapping[str, object]) -> ClassDigit:
    """Return the digit of a line's object.

    Raises
    ------
    DataError
        If anything is missing, of the wrong kind or out of bounds.
    """
    strokes = entry.get("strokes", [])
    if not isinstance(strokes, list):
        raise DataError("has 'strokes' that are no list; a list is needed")
    who = entry.get("who", "")
    if not isinstance(who, str):
        raise DataError("has a 'who' that is no text; a name is needed")
    return class_digit(label_of(entry), [_stroke_of(stroke) for stroke in strokes], _image_of(entry), who)


def label_of(entry: Mapping[str, object]) -> int:
    """Return the label of a line's object; raise DataError if there is none from 0 to 9."""
    label = entry.get("label")
    if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < N_CLASSES:
        raise DataError(f"has the label {str(label)[:20]}; a whole number from 0 to 9 is needed")
    return label


def _image_of(entry: Mapping[str, object]) -> Gray:
    text = entry.get("image")
    if not isinstance(text, str) or len(text) != _HEX_LENGTH:
        found = f"{len(text):,} letters" if isinstance(text, str) else "none"
        raise DataError(f"has an 'image' of {found}; {_HEX_LENGTH:,} hexadecimal digits are needed")
    try:
        pixels = bytes.fromhex(text)
    except ValueError:
        pixels = b""
    # Python skips blanks between the digits: then there are fewer bytes than letters promised.
    if len(pixels) * 2 != _HEX_LENGTH:
        raise DataError("has an 'image' with letters that are no hexadecimal digits")
    return np.frombuffer(pixels, np.uint8).reshape(IMAGE_SHAPE)


def _stroke_of(entry: object) -> PenStroke:
    if not isinstance(entry, dict):
        raise DataError("has a stroke that is no object with 'pen' and 'points'")
    pen, points = entry.get("pen"), entry.get("points")
    if not isinstance(pen, int | float) or not _is_number(pen) or not isinstance(points, list) or not points:
        raise DataError("has a stroke without a 'pen' width or without 'points'")
    if len(points) > MAX_POINTS:
        raise DataError(f"has a stroke of {len(points):,} points; at most {MAX_POINTS:,} are accepted")
    for point in points:
        if not (isinstance(point, list) and len(point) == 2 and all(map(_is_number, point))):
            raise DataError("has a stroke with a point that is no pair of numbers [x, y]")
    return PenStroke(np.array(points, np.float32), float(pen))


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # Bounded before it becomes a float: a whole number of a thousand figures fits none.
    return -1e6 < value < 1e6 and math.isfinite(value)


def _rounded(stroke: PenStroke) -> PenStroke:
    points = np.asarray(stroke.points, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise DataError(f"a stroke has shape {points.shape}; points of shape (k, 2) are needed")
    if not np.all((points >= _LOWEST) & (points <= _HIGHEST)):  # also false for NaN
        raise DataError("has a stroke with a point that is not on or near the canvas")
    pen_width = round(float(stroke.pen_width), _DECIMALS)
    if not 0.0 < pen_width <= 1.0:
        raise DataError(f"has a pen {stroke.pen_width} wide; more than 0 and at most 1 side is needed")
    rounded = np.round(points, _DECIMALS).astype(np.float32)
    rounded.flags.writeable = False
    return PenStroke(rounded, pen_width)


def _decimals(points: npt.NDArray[np.float32]) -> list[list[float]]:
    pairs: list[list[float]] = np.round(points.astype(np.float64), _DECIMALS).tolist()
    return pairs
