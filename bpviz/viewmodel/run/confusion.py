"""The confusion matrix as plain values to draw: counts, the scale of mistakes, the text of each cell."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray
from bpviz.training.predictions import Predictions
from bpviz.viewmodel.drawing.answer_words import class_word
from bpviz.viewmodel.network.color_scale import nice_limit
from bpviz.viewmodel.words.number_format import grouped, percent

Cell = tuple[int, int]
"""True class and class read."""

_LEAST_LIMIT, _LARGEST_LIMIT = 0.01, 1.0
_LESS_THAN_ONE = "<1"


class CellUnit(Enum):
    """What the numbers in the cells are; its value says it in the legend."""

    COUNTS = "counts"
    COUNTS_AND_SHARES = "diagonal in %"
    SHARES = "% of a row"


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each class was read as each class.

    Attributes
    ----------
    counts
        Shape (n_classes, n_classes): row the true class, column the class read. Read-only.
    names
        What the classes are called.
    """

    counts: npt.NDArray[np.int64]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        self.counts.flags.writeable = False

    @property
    def n_classes(self) -> int:
        """Number of rows and of columns."""
        return len(self.counts)

    @property
    def n_samples(self) -> int:
        """Number of samples counted."""
        return int(self.counts.sum())

    @property
    def n_wrong(self) -> int:
        """Number of samples read as another class."""
        return self.n_samples - int(self.counts.trace())

    @property
    def accuracy(self) -> float:
        """Share of samples read rightly, 0 to 1; NaN without samples."""
        return float(self.counts.trace()) / self.n_samples if self.n_samples else float("nan")

    @property
    def shares(self) -> FloatArray:
        """Each count as a share of its row, 0 to 1; 0 in rows without samples."""
        totals = self.counts.sum(axis=1, keepdims=True)
        return np.asarray(self.counts / np.maximum(totals, 1))


def confusion_of(predictions: Predictions) -> Confusion:
    """Return the confusion matrix of a network's answers."""
    n = predictions.n_classes
    places = predictions.labels.astype(np.intp) * n + predictions.predicted
    counts = np.bincount(places, minlength=n * n).reshape(n, n).astype(np.int64)
    return Confusion(counts, tuple(class_word(label, predictions.outputs.shape[1]) for label in range(n)))


def mistake_limit(confusion: Confusion, previous: float | None = None) -> float:
    """Return the share of a row that has a mistake's full colour: a round number not below the largest.

    Parameters
    ----------
    previous
        The limit shown before; it is kept while it still fits.
    """
    shares = confusion.shares.copy()
    np.fill_diagonal(shares, 0.0)
    largest = float(shares.max(initial=0.0))
    if largest == 0.0:
        return _LEAST_LIMIT if previous is None else previous
    return min(max(nice_limit(largest, previous), _LEAST_LIMIT), _LARGEST_LIMIT)


@dataclass(frozen=True, slots=True)
class CellTexts:
    """What is written in the cells, row by row (an empty text where a count is 0), and in which unit."""

    rows: tuple[tuple[str, ...], ...]
    unit: CellUnit


def cell_texts(confusion: Confusion, most_digits: int) -> CellTexts:
    """Return what to write in cells that have room for so many digits.

    Counts wherever they fit. The large ones of the diagonal may be shares of their row instead; if a mistake
    is as frequent, everything is.
    """
    counts = confusion.counts
    unit = _unit(counts, most_digits)
    shares = confusion.shares
    rows = [
        tuple(
            _share(int(counts[row, column]), float(shares[row, column]))
            if unit is CellUnit.SHARES or (unit is CellUnit.COUNTS_AND_SHARES and row == column)
            else str(counts[row, column] or "")
            for column in range(len(counts))
        )
        for row in range(len(counts))
    ]
    return CellTexts(tuple(rows), unit)


def cell_words(confusion: Confusion, cell: Cell) -> str:
    """Return a cell in words: ``"4 read as 9: 31 of 982, 3.2 %"``."""
    label, _ = cell
    count, total = int(confusion.counts[cell]), int(confusion.counts[label].sum())
    name = cell_name(confusion, cell)
    if not total:
        return f"{name}: there is no {confusion.names[label]} among these"
    return f"{name}: {grouped(count)} of {grouped(total)}, {percent(count / total)}"


def cell_name(confusion: Confusion, cell: Cell) -> str:
    """Return what a cell counts: ``"4 read as 9"``, ``"4 read rightly"``."""
    label, predicted = cell
    name = confusion.names[label]
    return f"{name} read rightly" if label == predicted else f"{name} read as {confusion.names[predicted]}"


def confusion_csv(confusion: Confusion) -> str:
    """Return the counts as comma-separated values with a head line; rows true, columns read."""
    lines = [["true \\ read as", *confusion.names]]
    lines += [
        [name, *map(str, row)] for name, row in zip(confusion.names, confusion.counts.tolist(), strict=True)
    ]
    return "".join(",".join(line) + "\n" for line in lines)


def _unit(counts: npt.NDArray[np.int64], most_digits: int) -> CellUnit:
    first_too_large = 10 ** max(most_digits, 0)
    if int(counts.max(initial=0)) < first_too_large:
        return CellUnit.COUNTS
    mistakes = counts.copy()
    np.fill_diagonal(mistakes, 0)
    return CellUnit.COUNTS_AND_SHARES if int(mistakes.max()) < first_too_large else CellUnit.SHARES


def _share(count: int, share: float) -> str:
    if count == 0:
        return ""
    if share == 1.0:
        return "100"
    # Only a row that is all the same is 100 %, and what occurs is never 0 %.
    return str(min(99, round(100.0 * share))) if share >= 0.005 else _LESS_THAN_ONE
