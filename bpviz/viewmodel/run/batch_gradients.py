"""Gradients of the mean batch loss, computed only where they are looked at."""

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.training.snapshot import BatchPass


def batch_weight_gradients(
    batch: BatchPass, layer: IndexArray, source: IndexArray, target: IndexArray
) -> FloatArray:
    """Return ∂L/∂w of some weights, shape (n,): Σᵢ aᵢδᵢ over the batch, whose δ carries the 1/B.

    Parameters
    ----------
    layer, source, target
        Weight layer, neuron it comes from (a negative one stands for the constant 1) and neuron it leads to.
    """
    values = np.empty(len(layer), dtype=batch.forward.x.dtype)
    with np.errstate(invalid="ignore", over="ignore"):
        for number in np.unique(layer).tolist():
            here = np.flatnonzero(layer == number)
            columns, place = np.unique(target[here], return_inverse=True)
            gradient = grad_W_columns(batch, number, columns)
            row = np.where(source[here] < 0, len(gradient) - 1, source[here])
            values[here] = gradient[row, place]
    return values


def grad_W_columns(batch: BatchPass, layer: int, neurons: IndexArray) -> FloatArray:
    """Return ∂L/∂W and, as the last row, ∂L/∂b into some neurons, shape (n_in + 1, len(neurons))."""
    delta = batch.delta[layer][:, neurons]
    with np.errstate(invalid="ignore", over="ignore"):
        return np.vstack((batch.forward.input_of(layer).T @ delta, delta.sum(axis=0)))


def batch_deltas(batch: BatchPass) -> tuple[FloatArray, ...]:
    """Return the mean over the batch of each neuron's δ, shapes (n_out,): what its bias is told."""
    with np.errstate(invalid="ignore", over="ignore"):
        return tuple(delta.sum(axis=0) for delta in batch.delta)
