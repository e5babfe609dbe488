"""What commands print: JSON, tables, and a progress bar where someone is watching."""

import json
import math
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from bpviz.data.samples import Dataset, Task
from bpviz.training.evaluation import Evaluation

BAR_WIDTH = 30
REDRAW_INTERVAL_S = 0.1


def print_json(value: object) -> None:
    """Print one JSON value on standard output, plain ASCII; numbers must be finite."""
    print(json.dumps(value, indent=2, allow_nan=False))


def finite_or_none(value: float) -> float | None:
    """Return the number, or None where it is none and JSON could not say so."""
    return value if math.isfinite(value) else None


def noun_of(dataset: Dataset) -> str:
    """Return what the samples of a dataset are called."""
    return "digits" if dataset.task is Task.MANY_CLASSES else "points"


def is_regression(result: Evaluation) -> bool:
    """Tell whether nothing measured was a class."""
    return math.isnan(result.accuracy)


def print_table(rows: Iterable[Sequence[str]]) -> None:
    """Print right-aligned columns, each as wide as its widest cell."""
    table = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


class ProgressBar:
    """A bar on one line of the terminal; nothing at all where the stream is not a terminal."""

    def __init__(
        self,
        label: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        # A program without a console (on Windows) has no stream at all.
        self.is_shown = self._stream is not None and self._stream.isatty()
        self._drawn_at = -math.inf

    def show(self, fraction: float, note: str = "") -> None:
        """Draw the bar at `fraction`, 0 to 1, if the last drawing is not too recent."""
        if not self.is_shown or self._clock() - self._drawn_at < REDRAW_INTERVAL_S:
            return
        self._drawn_at = self._clock()
        filled = round(BAR_WIDTH * fraction)
        bar = "#" * filled + "-" * (BAR_WIDTH - filled)
        self._replace_line(f"{self._label} [{bar}] {fraction:4.0%}  {note}")

    def close(self) -> None:
        """Remove the bar."""
        if self.is_shown and self._drawn_at > -math.inf:
            self._replace_line("")
            self._stream.write("\r")
            self._stream.flush()

    def _replace_line(self, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        self._stream.write("\r" + text[:width].ljust(width))
        self._stream.flush()
