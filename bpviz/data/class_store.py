"""The digits a class collects, on disk the moment they are drawn, and found again after a crash.

Invariant: the file is only ever appended to, in one write a change, so that neither a crash nor a
second window can take away what was there.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import numpy as np
import platformdirs

from bpviz.data.class_digits import N_CLASSES, ClassDigit, encode_digit
from bpviz.data.class_file import (
    MAX_DIGITS,
    SUFFIX,
    DamagedLine,
    merged,
    recover_digits,
    relabel_line,
    removal_line,
)
from bpviz.errors import DataError


def default_class_file() -> Path:
    """Return the file in the user's data folder where the digits being collected are kept."""
    return Path(platformdirs.user_data_dir("bpviz", appauthor=False)) / f"class-digits{SUFFIX}"


class ClassStore:
    """The collection at hand and its file. Belongs to one thread.

    Every change is flushed to the disk before the method returns. A change that cannot be written is
    made all the same, so that nobody draws in vain, then raises DataError, and is written with the next.

    Parameters
    ----------
    path
        The file; it and its folder are made with the first digit.

    Attributes
    ----------
    damaged
        Lines of the file that could not be read when it was opened; they stay in it.

    Raises
    ------
    DataError
        If the file is there but cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._digits: list[ClassDigit] = []
        self._unwritten = b""
        self.damaged: tuple[DamagedLine, ...] = ()
        if path.exists():
            recovered = recover_digits(path)
            self._digits = list(recovered.digits)
            self.damaged = recovered.damaged

    def __len__(self) -> int:
        return len(self._digits)

    @property
    def digits(self) -> tuple[ClassDigit, ...]:
        """All digits, in the order they came."""
        return tuple(self._digits)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many there are of each label, 0 to 9."""
        labels = [digit.label for digit in self._digits]
        return tuple(np.bincount(np.array(labels, np.intp), minlength=N_CLASSES).tolist())

    def add(self, digit: ClassDigit) -> None:
        """Keep one more digit."""
        self._check_room(1)
        self._digits.append(digit)
        self._append([encode_digit(digit)])

    def merge(self, digits: Sequence[ClassDigit]) -> int:
        """Keep those that are not here yet; return how many that were."""
        new = merged(self._digits, digits)
        self._check_room(len(new))
        self._digits.extend(new)
        self._append(map(encode_digit, new))
        return len(new)

    def remove(self, digit: ClassDigit) -> None:
        """Take a digit away."""
        del self._digits[self._place_of(digit)]
        self._append([removal_line(digit)])

    def relabel(self, digit: ClassDigit, label: int) -> ClassDigit:
        """Give a digit another label; return it as it is now."""
        place = self._place_of(digit)
        changed = digit.with_label(label)
        self._digits[place] = changed
        self._append([relabel_line(digit, label)])
        return changed

    def start_anew(self, now: datetime) -> Path | None:
        """Begin an empty collection; the file so far is kept beside it under a dated name, returned.

        Raises
        ------
        DataError
            If the file cannot be renamed; the collection then stays as it is.
        """
        kept = self._dated_path(now) if self.path.exists() else None
        if kept is not None:
            try:
                self.path.rename(kept)
            except OSError as error:
                raise DataError(f"{self.path} cannot be put aside ({error.strerror})") from error
        self._digits = []
        self._unwritten = b""
        self.damaged = ()
        return kept

    def _dated_path(self, now: datetime) -> Path:
        name = f"{self.path.stem} {now:%Y-%m-%d %H.%M.%S}"
        path = self.path.with_name(name + self.path.suffix)
        number = 2
        while path.exists():
            path = self.path.with_name(f"{name} ({number}){self.path.suffix}")
            number += 1
        return path

    def _check_room(self, n_more: int) -> None:
        if len(self._digits) + n_more > MAX_DIGITS:
            raise DataError(
                f"the collection would hold {len(self._digits) + n_more:,} digits; "
                f"at most {MAX_DIGITS:,} are kept, so begin a new one"
            )

    def _place_of(self, digit: ClassDigit) -> int:
        for place in range(len(self._digits) - 1, -1, -1):
            if self._digits[place] is digit or self._digits[place].key == digit.key:
                return place
        raise DataError("the digit is no longer in the collection")

    def _append(self, lines: Iterable[str]) -> None:
        self._unwritten += "".join(f"{line}\n" for line in lines).encode()
        is_new = not self.path.exists()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                file.write(_line_end_if_torn(file) + self._unwritten)
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                _sync_folder(self.path.parent)
        except OSError as error:
            raise DataError(
                f"{self.path} cannot be written ({error.strerror}); the latest digits are kept only until "
                "bpviz is closed, so save them elsewhere"
            ) from error
        self._unwritten = b""


def _line_end_if_torn(file: BinaryIO) -> bytes:
    """Return what ends a line whose writing was cut off, so that the next one stands alone."""
    if file.seek(0, os.SEEK_END) == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"


def _sync_folder(folder: Path) -> None:
    """Have the folder remember the new file; not every system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
