"""What every sample of the batch says about one number: its gradient or its loss, sorted, one marked."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.network.parts import BIAS


@dataclass(frozen=True, slots=True)
class SortedSamples:
    """One value for each sample of the batch, smallest first.

    Attributes
    ----------
    values
        Shape (B,), increasing; values that are not numbers stand last.
    rows
        The training row of each, shape (B,).
    marked
        Place of the watched sample; None if it is not in this batch.
    mean
        Mean of the values: the batch's own.
    """

    values: FloatArray
    rows: IndexArray
    marked: int | None
    mean: float


def sample_gradients(
    snapshot: Snapshot, sample: SamplePass, layer: int, row: int, target: int
) -> SortedSamples:
    """Return ∂Lᵢ/∂w for every sample i of the batch; their mean is the batch's ∂L/∂w.

    The engine's δ has 1/B in it, so each is B times the engine's aᵢ·δᵢ; row BIAS stands for the bias.
    """
    batch = snapshot.batch
    delta = batch.delta[layer][:, target].astype(np.float64) * len(batch.losses)
    if row == BIAS:
        return sorted_samples(delta, batch.indices, sample)
    fed = batch.forward.input_of(layer)[:, row].astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        return sorted_samples(fed * delta, batch.indices, sample)


def sample_losses(snapshot: Snapshot, sample: SamplePass) -> SortedSamples:
    """Return the loss of every sample of the batch; their mean is the batch's loss."""
    return sorted_samples(snapshot.batch.losses.astype(np.float64), snapshot.batch.indices, sample)


def sorted_samples(values: FloatArray, rows: IndexArray, sample: SamplePass) -> SortedSamples:
    """Return values sorted with their training rows, the watched sample's place marked."""
    order = np.argsort(values, kind="stable")
    places = np.flatnonzero(rows[order] == sample.index) if sample.index is not None else np.empty(0)
    marked = int(places[0]) if len(places) else None
    with np.errstate(invalid="ignore", over="ignore"):
        return SortedSamples(values[order], rows[order], marked, float(values.mean()))
