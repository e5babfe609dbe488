"""Reads the tables of a lesson's files; what is wrong is said with file, step and key."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from bpviz.errors import BpvizError
from bpviz.viewmodel.lessons.expression import Expression, ExpressionError, parse_expression
from bpviz.viewmodel.lessons.lesson_text import LessonText, parse_text

MAX_BYTES = 1_000_000


class LessonError(BpvizError):
    """A lesson's file cannot be used; the message says which file, step and key."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file; `place` is how an error names it: ``one-layer.toml, step 2 ('image')``."""

    place: str
    values: Mapping[str, object]

    def wrong(self, key: str, why: str) -> LessonError:
        """Return the error to raise about a key of this table."""
        return LessonError(f"{self.place}, key '{key}': {why}")

    def check_keys(self, known: Iterable[str]) -> None:
        """Raise `LessonError` for the first key that is not one of these."""
        names = sorted(known)
        for key in self.values:
            if key not in names:
                raise self.wrong(key, f"there is no such key; choose one of {', '.join(names) or 'none'}")

    def string(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(
                key, "a text is needed" if value is None else f"it is {value!r}; a text is needed"
            )
        return value

    def whole_number(self, key: str) -> int:
        """Return a whole number that must be there."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            found = "it is not there" if value is None else f"it is {value!r}"
            raise self.wrong(key, f"{found}; a whole number is needed")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is not there."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, f"it is {value!r}; a list of texts is needed")
        return tuple(value)

    def table(self, key: str) -> "Table":
        """Return a table inside, empty where the key is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"it is {value!r}; a table is needed")
        return Table(f"{self.place}, {key}", value)

    def tables(self, key: str) -> "tuple[Table, ...]":
        """Return a list of tables, empty where the key is not there; they are numbered from 1."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"it is {value!r}; a list of tables is needed")
        items = cast(list[dict[str, object]], value)
        return tuple(Table(f"{self.place}, {key} {number}", item) for number, item in enumerate(items, 1))

    def text(self, key: str, default: str | None = None) -> LessonText:
        """Return a text with numbers in it; without a default it must be there."""
        try:
            return parse_text(self.string(key, default))
        except ExpressionError as error:
            raise self.wrong(key, str(error)) from error

    def expression(self, key: str) -> Expression | None:
        """Return an expression, None where the key is not there."""
        if key not in self.values:
            return None
        try:
            return parse_expression(self.string(key))
        except ExpressionError as error:
            raise self.wrong(key, str(error)) from error


def read_table(path: Path) -> Table:
    """Return the whole file as one table.

    Raises
    ------
    LessonError
        If it cannot be read, is too large, or is not TOML: then with the line.
    """
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            raise LessonError(f"{path.name} has {size:,} bytes; a lesson has at most {MAX_BYTES:,}")
        return Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LessonError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise LessonError(f"{path.name} is not text in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"{path.name} is not valid TOML: {error}") from error
    except RecursionError as error:
        raise LessonError(f"{path.name} nests its tables too deeply to be read") from error
