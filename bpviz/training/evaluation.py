"""Measures a network on samples, chunk by chunk, so that memory stays small and a caller can step in."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Samples
from bpviz.errors import ShapeError
from bpviz.nn.network import Network
from bpviz.nn.targets import answered_classes, n_classes_of
from bpviz.training.targets import targets_of

CHUNK_SIZE = 1000
"""Samples in one forward pass: 3 MB of inputs for digits, and about 10 ms of work."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a network does on a set of samples.

    Attributes
    ----------
    loss
        Mean loss of a sample, without any penalty.
    accuracy
        Fraction of samples that are answered as their label, 0 to 1; NaN in a regression.
    confusion
        Counts, shape (n_classes, n_classes): row the true label, column the predicted one. Read-only; all 0
        in a regression.
    n_samples
        Number of samples measured.
    r_squared
        1 - Σ(a - y)² / Σ(y - mean y)² in a regression: 1 fits exactly, 0 no better than the mean; NaN for
        classes, and where all values are the same.
    """

    loss: float
    accuracy: float
    confusion: npt.NDArray[np.int64]
    n_samples: int
    r_squared: float = math.nan


def evaluate(
    network: Network,
    samples: Samples,
    chunk_size: int = CHUNK_SIZE,
    before_chunk: Callable[[], None] | None = None,
) -> Evaluation:
    """Return loss, accuracy, confusion matrix or R² of `network` on `samples`.

    Parameters
    ----------
    samples
        At least one; labels below the number of outputs.
    before_chunk
        Called before each chunk; what it raises ends the evaluation and reaches the caller.

    Raises
    ------
    ShapeError
        If the samples do not fit the network, or there are none.
    """
    _check_fit(network, samples)
    n_outputs, dtype = network.architecture.layers[-1], network.parameters.dtype.type
    loss_sum = squares = 0.0
    confusion = np.zeros((n_classes_of(n_outputs),) * 2, np.int64)
    buffers = network.new_forward(min(chunk_size, len(samples)))
    for start in range(0, len(samples), chunk_size):
        if before_chunk is not None:
            before_chunk()
        chunk = samples.at(slice(start, start + chunk_size))
        whole = buffers if len(chunk) == len(buffers.x) else None
        passed = network.forward(chunk.scaled(slice(None)).astype(dtype, copy=False), out=whole)
        Y = targets_of(chunk, n_outputs, dtype)
        loss_sum += network.loss(passed, Y) * len(chunk)
        if samples.values is None:
            np.add.at(confusion, (chunk.labels, answered_classes(passed.output)), 1)
        else:
            squares += float(np.square(passed.output - Y, dtype=np.float64).sum())
    confusion.flags.writeable = False
    n, right = len(samples), float(confusion.trace())
    if samples.values is None:
        return Evaluation(loss_sum / n, right / n, confusion, n)
    return Evaluation(loss_sum / n, math.nan, confusion, n, _r_squared(squares, samples.values))


def _r_squared(squares: float, values: npt.NDArray[np.float32]) -> float:
    spread = float(np.square(values - values.mean(axis=0, dtype=np.float64)).sum())
    return 1.0 - squares / spread if spread > 0.0 else math.nan


def _check_fit(network: Network, samples: Samples) -> None:
    n_in, n_out = network.architecture.layers[0], network.architecture.layers[-1]
    if len(samples) == 0:
        raise ShapeError("there are no samples to evaluate; at least one is needed")
    if samples.inputs.shape[1] != n_in:
        found = samples.inputs.shape[1]
        raise ShapeError(f"samples have {found} values each; the network's input layer needs {n_in}")
    if samples.values is not None:
        if samples.values.shape[1] != n_out:
            found = samples.values.shape[1]
            raise ShapeError(f"samples have {found} values to reach; the network has {n_out} outputs")
    elif int(samples.labels.max()) >= n_classes_of(n_out):
        raise ShapeError(f"samples have the label {samples.labels.max()}; the network has {n_out} outputs")
