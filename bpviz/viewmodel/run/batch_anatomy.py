"""How the samples of a batch make up its gradient: one picture for each, and their average."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.training.snapshot import BatchPass, Snapshot
from bpviz.viewmodel.network.color_scale import nice_limit, percentile_of_size
from bpviz.viewmodel.network.part_names import image_side, neuron_name
from bpviz.viewmodel.run.batch_strip import largest_losses_first
from bpviz.viewmodel.words.number_format import NO_VALUE, fixed, grouped, short

MOST_SAMPLES = 10


@dataclass(frozen=True, slots=True)
class SampleGradient:
    """One sample's own gradient of the chosen neuron's weights.

    Attributes
    ----------
    row
        Row in the training set.
    values
        ∂Lᵢ/∂w, not divided by the batch size, shape (side, side).
    share
        Length of its gradient of all weights and biases, as a share of the sum of all samples' lengths;
        NaN where there is none.
    words
        All of it in a sentence.
    """

    row: int
    values: FloatArray
    share: float
    share_text: str
    is_wrong: bool
    words: str


@dataclass(frozen=True, slots=True)
class BatchAnatomy:
    """The samples of a batch and their average, on one scale.

    Attributes
    ----------
    neuron
        Neuron of the first weight layer whose weights are looked at.
    samples
        The largest losses first, at most ten.
    n_more
        Samples of the batch that are not among them.
    mean
        The batch's ∂L/∂w, the mean over all its samples, shape (side, side).
    limit
        The value in full colour: the 99th percentile of the sizes shown, rounded up.
    counter
        What makes an epoch, in numbers.
    """

    title: str
    neuron: int
    samples: tuple[SampleGradient, ...]
    n_more: int
    mean: FloatArray
    limit: float
    counter: str

    @property
    def n_in_batch(self) -> int:
        """Samples the average is taken over."""
        return len(self.samples) + self.n_more

    @property
    def scale(self) -> str:
        """The scale in words: ``±0.2``."""
        return f"±{short(self.limit)}"


def batch_anatomy(
    snapshot: Snapshot,
    n_train: int,
    batch_size: int,
    neuron: int | None = None,
    selected: int | None = None,
    most: int = MOST_SAMPLES,
) -> BatchAnatomy | None:
    """Return what a batch's gradient is made of, None where the input is no picture.

    Parameters
    ----------
    n_train, batch_size
        Samples in the training set, and in a full batch.
    neuron
        Of the first weight layer; None for the one that the most samples want changed.
    selected
        Row of a sample that is to be among those shown if it is in the batch.
    most
        Samples to show.
    """
    side = image_side(snapshot.architecture)
    if not side:
        return None
    batch = snapshot.batch
    if neuron is None:
        neuron = _most_addressed_neuron(batch)
    places = _shown_places(batch, selected, most)
    n = len(batch.losses)
    own = _own_gradients(batch, places, neuron)
    shares = gradient_shares(batch)
    samples = tuple(
        _sample(batch, int(place), values.reshape(side, side), float(shares[place]))
        for place, values in zip(places, own, strict=True)
    )
    mean = np.asarray(batch.forward.x.T @ batch.delta[0][:, neuron])
    shown = np.concatenate((own.ravel(), mean))
    return BatchAnatomy(
        title=f"Gradient of {_in_a_sentence(neuron_name(snapshot.architecture, 0, neuron))}",
        neuron=neuron,
        samples=samples,
        n_more=n - len(samples),
        mean=mean.reshape(side, side),
        limit=nice_limit(percentile_of_size(shown[shown != 0.0])),
        counter=epoch_counter(n_train, batch_size),
    )


def epoch_counter(n_train: int, batch_size: int) -> str:
    """Return how many iterations an epoch is: ``100 samples ÷ 10 = 10 iterations = 1 epoch``."""
    n_iterations = -(-n_train // batch_size)
    n_last = n_train - (n_iterations - 1) * batch_size
    ragged = f" (the last of {_counted(n_last, 'sample')})" if n_last != batch_size else ""
    division = f"{_counted(n_train, 'sample')} ÷ {grouped(batch_size)}"
    return f"{division} = {_counted(n_iterations, 'iteration')}{ragged} = 1 epoch"


def gradient_shares(batch: BatchPass) -> FloatArray:
    """Return each sample's share of the gradient, shape (B,): its length over the sum of all lengths.

    The gradient of W is the outer product of input and δ, so its length is the product of theirs; the bias
    is one more input that is always 1. NaN where no sample has a gradient, or one that is no number.
    """
    squares = np.zeros(len(batch.losses))
    with np.errstate(invalid="ignore", over="ignore"):
        for layer, delta in enumerate(batch.delta):
            fed = np.asarray(batch.forward.input_of(layer), np.float64)
            own = np.asarray(delta, np.float64)
            squares += (np.einsum("ij,ij->i", fed, fed) + 1.0) * np.einsum("ij,ij->i", own, own)
        lengths = np.sqrt(squares)
        total = lengths.sum()
        return lengths / total if total > 0.0 else np.full(len(lengths), np.nan)


def _most_addressed_neuron(batch: BatchPass) -> int:
    """Return the neuron that the most samples want changed.

    Roots of the lengths of their gradients are added up: one sample that shouts is not many.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        inputs = np.linalg.norm(batch.forward.x.astype(np.float64), axis=1)
        scores = np.sqrt(np.abs(batch.delta[0], dtype=np.float64) * inputs[:, None]).sum(axis=0)
    return int(np.where(np.isnan(scores), -1.0, scores).argmax())


def _shown_places(batch: BatchPass, selected: int | None, most: int) -> IndexArray:
    order = largest_losses_first(batch)
    shown, rest = order[:most], order[most:]
    wanted = rest[batch.indices[rest] == selected] if selected is not None else rest[:0]
    return np.append(shown[:-1], wanted[0]) if len(wanted) else shown


def _own_gradients(batch: BatchPass, places: IndexArray, neuron: int) -> FloatArray:
    """Return ∂Lᵢ/∂w of some samples, shape (n, n_in): the engine's δ has 1/B in it, which is taken out."""
    delta = batch.delta[0][places, neuron].astype(np.float64) * len(batch.losses)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(batch.forward.x[places] * delta[:, None])


def _sample(batch: BatchPass, place: int, values: FloatArray, share: float) -> SampleGradient:
    row, label, predicted = (int(part[place]) for part in (batch.indices, batch.labels, batch.predicted))
    is_wrong = predicted != label
    verdict = f"read as {predicted}" if is_wrong else "read rightly"
    share_text = (
        NO_VALUE if np.isnan(share) else f"{fixed(100.0 * share, 0 if share >= 0.0995 else 1)}\u00a0%"
    )
    words = f"Sample {grouped(row)}: label {label}, {verdict}; its gradient, of all weights and biases, is "
    return SampleGradient(
        row, values, share, share_text, is_wrong, f"{words}{share_text} of all samples' lengths"
    )


def _in_a_sentence(name: str) -> str:
    return name[0].lower() + name[1:]


def _counted(n: int, noun: str) -> str:
    return f"{grouped(n)} {noun}" + ("" if n == 1 else "s")
