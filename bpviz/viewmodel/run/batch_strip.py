"""The samples of a batch, largest loss first, as plain values to draw."""

from dataclasses import dataclass

import numpy as np

from bpviz.data.samples import Samples
from bpviz.nn.arrays import ByteArray, IndexArray
from bpviz.training.snapshot import BatchPass
from bpviz.viewmodel.drawing.answer_words import class_word
from bpviz.viewmodel.words.number_format import grouped, significant

IMAGE_SIDE = 28
N_PIXELS = IMAGE_SIDE * IMAGE_SIDE
ARROW = "→"


@dataclass(frozen=True, slots=True)
class BatchTile:
    """One sample of a batch.

    Attributes
    ----------
    row
        Row in the training set.
    caption
        The label, or label and wrong answer: ``"4→6"``.
    loss_share
        Its loss as a share of the batch's largest, 0 to 1.
    words
        All of it in a sentence.
    """

    row: int
    caption: str
    is_wrong: bool
    loss_share: float
    words: str


@dataclass(frozen=True, slots=True)
class BatchStrip:
    """The strip: a sentence on the whole batch, what the bars mean, and the tiles that fit."""

    sentence: str
    scale_note: str
    tiles: tuple[BatchTile, ...]

    @property
    def rows(self) -> IndexArray:
        """Rows of the tiles in the training set, shape (n_tiles,)."""
        return np.array([tile.row for tile in self.tiles], dtype=np.intp)


def batch_strip(batch: BatchPass, most: int) -> BatchStrip:
    """Return the strip of a batch with at most `most` tiles; a loss that is not finite counts as largest."""
    losses = np.where(np.isfinite(batch.losses), batch.losses, np.inf)
    order = largest_losses_first(batch)[: max(0, most)]
    finite = losses[np.isfinite(losses)]
    largest = float(finite.max(initial=0.0))
    shares = np.minimum(losses / largest, 1.0) if largest > 0.0 else np.zeros(len(losses))
    tiles = tuple(_tile(batch, int(place), float(shares[place])) for place in order)
    return BatchStrip(_sentence(batch), f"Longest bar: loss {significant(largest)}", tiles)


def largest_losses_first(batch: BatchPass) -> IndexArray:
    """Return the places of the batch's samples in the order they are shown in, shape (B,)."""
    losses = np.where(np.isfinite(batch.losses), batch.losses, np.inf)
    return np.argsort(-losses, kind="stable")


def tile_images(samples: Samples, rows: IndexArray) -> ByteArray:
    """Return the samples as grey images side by side, 0 black to 255 white, shape (28, 28 × n).

    Each has 784 values.
    """
    inputs = samples.inputs[rows]
    if inputs.dtype != np.uint8:
        inputs = np.clip(inputs * (255.0 * samples.input_scale), 0.0, 255.0).astype(np.uint8)
    images = inputs.reshape(-1, IMAGE_SIDE, IMAGE_SIDE)
    return np.ascontiguousarray(images.transpose(1, 0, 2).reshape(IMAGE_SIDE, -1), dtype=np.uint8)


def _tile(batch: BatchPass, place: int, share: float) -> BatchTile:
    row, loss = int(batch.indices[place]), float(batch.losses[place])
    n_outputs = batch.targets.shape[1]
    label, predicted = (class_word(int(part[place]), n_outputs) for part in (batch.labels, batch.predicted))
    is_wrong = predicted != label
    verdict = f"read as {predicted}" if is_wrong else "read rightly"
    return BatchTile(
        row=row,
        caption=f"{label}{ARROW}{predicted}" if is_wrong else label,
        is_wrong=is_wrong,
        loss_share=share,
        words=f"Sample {grouped(row)}: label {label}, {verdict}, loss {significant(loss)}",
    )


def _sentence(batch: BatchPass) -> str:
    n, n_right = len(batch.labels), int((batch.predicted == batch.labels).sum())
    counts = f"{grouped(n)} samples" if not batch.has_classes else f"{grouped(n_right)} of {grouped(n)} right"
    return f"{counts}, mean loss {significant(batch.loss)}. Largest losses first."
