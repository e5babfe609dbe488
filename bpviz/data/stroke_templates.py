"""Hand-drawn forms of the ten digits: the shapes the pen-stroke model varies.

They stand in resources/stroke_templates.txt. A line ``7 crossed, weight 1.3`` begins a style, and each
indented line below it is one form of that style: the path of the pen, in hundredths of the digit's height,
x to the right and y down. ``x,y`` points are joined by a smooth curve, ``!`` after a point makes it a sharp
corner, ``/`` lifts the pen. All forms of a style have the same strokes, points and corners, so that any
blend of them is again a digit of that style.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from bpviz.errors import DataError
from bpviz.resources import resource_path

_HEADER = re.compile(r"(?P<digit>\d) (?P<name>[^,]+), weight (?P<weight>\d+(\.\d+)?)")


@dataclass(frozen=True, slots=True)
class StrokeForm:
    """One stroke of a form.

    Attributes
    ----------
    points
        Control points, shape (k, 2), in digit heights.
    corners
        Indices into `points` at which the pen turns sharply, ends not included.
    """

    points: npt.NDArray[np.float64]
    corners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """One way of writing a digit, for example the crossed 7.

    Attributes
    ----------
    digit
        What it is read as, 0-9.
    name
        What tells this style from the digit's others.
    weight
        How often it is used, relative to the digit's other styles.
    forms
        The same pen movement by different hands; each form is a tuple of strokes.
    """

    digit: int
    name: str
    weight: float
    forms: tuple[tuple[StrokeForm, ...], ...]


@cache
def styles_of(digit: int) -> tuple[Style, ...]:
    """Return the styles in which `digit` (0-9) is written; their arrays are read-only."""
    return tuple(style for style in _all_styles() if style.digit == digit)


@cache
def _all_styles() -> tuple[Style, ...]:
    text = resource_path("stroke_templates.txt").read_text(encoding="utf-8")
    return parse_styles(text.splitlines())


def parse_styles(lines: Iterable[str]) -> tuple[Style, ...]:
    """Return the styles written in `lines`, in their order.

    Raises
    ------
    DataError
        If a line cannot be read, or the forms of a style cannot be blended.
    """
    return tuple(_style(header, forms) for header, forms in _sections(lines))


def _sections(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each style's header line with the lines of its forms."""
    header, forms = "", list[str]()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            forms.append(line)
            continue
        if header:
            yield header, forms
        header, forms = line, []
    yield header, forms


def _style(header: str, lines: list[str]) -> Style:
    found = _HEADER.fullmatch(header)
    if found is None or not lines:
        raise DataError(
            f"'{header}' with {len(lines)} forms is no style; '7 crossed, weight 1.3' and forms are"
        )
    forms = tuple(tuple(_stroke(part) for part in line.split("/")) for line in lines)
    if len({_structure(form) for form in forms}) > 1:
        raise DataError(f"the forms of '{header}' differ in strokes, points or corners; they must agree")
    return Style(int(found["digit"]), found["name"], float(found["weight"]), forms)


def _structure(form: tuple[StrokeForm, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    return tuple((len(stroke.points), stroke.corners) for stroke in form)


def _stroke(written: str) -> StrokeForm:
    words = written.split()
    try:
        pairs = [(float(x), float(y)) for x, y in (word.removesuffix("!").split(",") for word in words)]
    except ValueError as error:
        raise DataError(
            f"'{written.strip()}' is no path of the pen; points such as '50,0!' are needed"
        ) from error
    if len(pairs) < 2:
        raise DataError(f"the stroke '{written.strip()}' has {len(pairs)} points; at least 2 are needed")
    points = np.array(pairs) / 100.0
    points.flags.writeable = False
    return StrokeForm(points, tuple(i for i, word in enumerate(words) if word.endswith("!")))
