"""The samples a network misreads, worst first, and one sample with all its outputs, as plain values."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import IndexArray
from bpviz.nn.targets import class_targets
from bpviz.training.predictions import Predictions
from bpviz.viewmodel.drawing.answer import share_text
from bpviz.viewmodel.run.confusion import Cell, Confusion, cell_name
from bpviz.viewmodel.run.results import DataPart, Results
from bpviz.viewmodel.words.number_format import fixed, grouped, significant

ARROW = "→"
_PERCENT = "\N{NO-BREAK SPACE}%"
_WITH_AN = ("8", "A")
"""Classes whose spoken names begin with a vowel."""


@dataclass(frozen=True, slots=True)
class MistakeTile:
    """One sample of the gallery.

    Attributes
    ----------
    row
        Its row among the samples tried.
    caption
        Label and answer, ``"4→9"``; the label alone where it was read rightly.
    share
        The output of the class it was read as, short: ``"98 %"``.
    words
        All of it in a sentence.
    """

    row: int
    caption: str
    share: str
    is_wrong: bool
    words: str


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """One sample with everything the network says to it.

    Attributes
    ----------
    title
        ``"Test sample 1 234"``.
    label, predicted
        Names of the true class and of the class it was read as.
    names
        Which class each output stands for.
    outputs, targets
        Activations of the output layer, and what they should be.
    output_texts
        The outputs as they are written.
    loss_text
        The sample's loss.
    """

    row: int
    label: str
    predicted: str
    title: str
    names: tuple[str, ...]
    outputs: tuple[float, ...]
    targets: tuple[float, ...]
    output_texts: tuple[str, ...]
    loss_text: str

    @property
    def is_wrong(self) -> bool:
        """Whether it was read as another class."""
        return self.predicted != self.label

    @property
    def verdict(self) -> str:
        """``"A 4, read as 9"``."""
        article = "An" if self.label in _WITH_AN else "A"
        return f"{article} {self.label}, read {f'as {self.predicted}' if self.is_wrong else 'rightly'}"


def ranked_rows(predictions: Predictions, cell: Cell | None = None) -> IndexArray:
    """Return the rows of a cell's samples, largest loss first; for None those of all mistakes.

    A loss that is not a number counts as the largest.
    """
    if cell is None:
        rows = np.flatnonzero(predictions.predicted != predictions.labels)
    else:
        label, predicted = cell
        rows = np.flatnonzero((predictions.labels == label) & (predictions.predicted == predicted))
    losses = predictions.losses[rows]
    losses = np.where(np.isnan(losses), np.inf, losses)
    return np.asarray(rows[np.argsort(-losses, kind="stable")])


def mistake_tiles(results: Results, rows: IndexArray) -> tuple[MistakeTile, ...]:
    """Return the gallery's tiles for these rows."""
    return tuple(_tile(results, row) for row in rows.tolist())


def gallery_title(confusion: Confusion, cell: Cell | None, count: int) -> str:
    """Return what the gallery shows: ``"268 mistakes"``, ``"4 read as 9: 31"``."""
    if cell is None:
        return f"{grouped(count)} mistake{'s' if count != 1 else ''}" if count else "No mistakes"
    return f"{cell_name(confusion, cell)}: {grouped(count) if count else 'none'}"


def sample_outcome(results: Results, row: int) -> SampleOutcome:
    """Return one sample with all outputs."""
    predictions, names = results.predictions, results.confusion.names
    outputs = tuple(predictions.outputs[row].tolist())
    targets = class_targets(predictions.labels[row : row + 1], len(outputs))[0]
    return SampleOutcome(
        row=row,
        label=names[predictions.labels[row]],
        predicted=names[predictions.predicted[row]],
        title=sample_name(results.part, row),
        # A single output says how much it is the last of the two classes.
        names=names[-len(outputs) :],
        outputs=outputs,
        targets=tuple(targets.tolist()),
        output_texts=tuple(share_text(output, results.is_probability) for output in outputs),
        loss_text=significant(float(predictions.losses[row])),
    )


def sample_name(part: DataPart, row: int) -> str:
    """Return what a sample is called: ``"Test sample 1 234"``."""
    return f"{part.value} {'digit' if part is DataPart.CLASS else 'sample'} {grouped(row)}"


def _tile(results: Results, row: int) -> MistakeTile:
    predictions, names = results.predictions, results.confusion.names
    label, answer = names[predictions.labels[row]], int(predictions.predicted[row])
    predicted = names[answer]
    outputs, loss = predictions.outputs[row], float(predictions.losses[row])
    share = float(outputs[min(answer, len(outputs) - 1)])
    is_wrong = predicted != label
    verdict = f"read as {predicted}" if is_wrong else "read rightly"
    return MistakeTile(
        row=row,
        caption=f"{label}{ARROW}{predicted}" if is_wrong else label,
        share=_short_share(share, results.is_probability),
        is_wrong=is_wrong,
        words=f"{sample_name(results.part, row)}: label {label}, {verdict} with "
        f"{share_text(share, results.is_probability)}, loss {significant(loss)}",
    )


def _short_share(share: float, is_probability: bool) -> str:
    """Return an output in few signs; a probability is never written as certainty."""
    if not is_probability or not np.isfinite(share):
        return fixed(share, 2)
    return f"> 99{_PERCENT}" if share >= 0.995 else f"{fixed(100.0 * share, 0)}{_PERCENT}"
