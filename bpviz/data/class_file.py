"""Files of collected digits: JSON Lines, one digit or one change to an earlier digit a line.

A change names the digit by its `key`: ``{"bpviz_digit":1,"removed":KEY}`` takes the last such digit
away, ``{"bpviz_digit":1,"relabelled":KEY,"label":3}`` gives it another label. Two files put one after
the other are again such a file.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bpviz.data.class_digits import (
    VERSION,
    VERSION_KEY,
    ClassDigit,
    decode_digit,
    encode_digit,
    label_of,
    parse_entry,
)
from bpviz.errors import DataError

SUFFIX = ".jsonl"
MAX_DIGITS = 20_000
MAX_LINES = 4 * MAX_DIGITS
MAX_LINE_BYTES = 1 << 20
MAX_FILE_BYTES = 1 << 28

_REMOVED, _RELABELLED = "removed", "relabelled"


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A line that could not be read.

    Attributes
    ----------
    number
        Counted from 1.
    reason
        What was found and what is needed, to follow "line 12 of digits.jsonl".
    """

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class RecoveredDigits:
    """What could be read of a file, and what could not."""

    digits: tuple[ClassDigit, ...]
    damaged: tuple[DamagedLine, ...]


def read_digits(path: Path) -> tuple[ClassDigit, ...]:
    """Return the digits of a file, in the order they were drawn.

    Raises
    ------
    DataError
        If the file is missing, too large, or has a line that is no digit; file and line are named.
    """
    recovered = recover_digits(path)
    for line in recovered.damaged:
        raise DataError(f"line {line.number} of {path} {line.reason}")
    return recovered.digits


def recover_digits(path: Path) -> RecoveredDigits:
    """Return every digit that can be read, also from a file whose end was never written.

    Raises
    ------
    DataError
        If the file cannot be opened or is larger than the limits.
    """
    digits: list[ClassDigit] = []
    damaged: list[DamagedLine] = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            _take_line(line, digits)
        except DataError as error:
            damaged.append(DamagedLine(number, str(error)))
        if len(digits) > MAX_DIGITS or number > MAX_LINES:
            raise DataError(f"{path} holds more than {MAX_DIGITS:,} digits; that is the most accepted")
    return RecoveredDigits(tuple(digits), tuple(damaged))


def write_digits(path: Path, digits: Sequence[ClassDigit]) -> None:
    """Write the digits to a file, whole or not at all.

    Raises
    ------
    DataError
        If the file cannot be written; what was there before stays.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{encode_digit(digit)}\n" for digit in digits)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DataError(
            f"{path} cannot be written ({error.strerror}); a writable folder is needed"
        ) from error


def merged(digits: Sequence[ClassDigit], more: Sequence[ClassDigit]) -> tuple[ClassDigit, ...]:
    """Return those of `more` that are not among `digits` yet, each once, whatever their label."""
    known = {digit.key for digit in digits}
    new: list[ClassDigit] = []
    for digit in more:
        if digit.key not in known:
            known.add(digit.key)
            new.append(digit)
    return tuple(new)


def removal_line(digit: ClassDigit) -> str:
    """Return the line that takes a digit away."""
    return json.dumps({VERSION_KEY: VERSION, _REMOVED: digit.key}, separators=(",", ":"))


def relabel_line(digit: ClassDigit, label: int) -> str:
    """Return the line that gives a digit another label."""
    return json.dumps({VERSION_KEY: VERSION, _RELABELLED: digit.key, "label": label}, separators=(",", ":"))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
                raise DataError(f"{path} has more than {MAX_FILE_BYTES:,} bytes; that is the most accepted")
            while line := file.readline(MAX_LINE_BYTES):
                yield line
    except OSError as error:
        raise DataError(
            f"{path} cannot be read ({error.strerror}); a file saved by bpviz is needed"
        ) from error


def _take_line(line: bytes, digits: list[ClassDigit]) -> None:
    if not line.strip():
        return
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError("is not UTF-8 text; lines saved by bpviz are needed") from error
    entry = parse_entry(text)
    if _REMOVED in entry:
        del digits[_place_of(entry, _REMOVED, digits)]
    elif _RELABELLED in entry:
        place = _place_of(entry, _RELABELLED, digits)
        digits[place] = digits[place].with_label(label_of(entry))
    else:
        digits.append(decode_digit(entry))


def _place_of(entry: Mapping[str, object], change: str, digits: Sequence[ClassDigit]) -> int:
    key = entry[change]
    for place in range(len(digits) - 1, -1, -1):
        if digits[place].key == key:
            return place
    raise DataError(f"changes the digit {str(key)[:20]}, which no earlier line holds")
