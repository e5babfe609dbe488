"""Measures a network on samples, chunk by chunk, so that memory stays small and a caller can step in."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Samples
from bpviz.errors import ShapeError
from bpviz.nn.network import Network, one_hot

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
        Fraction of samples whose largest output is their label's, 0 to 1.
    confusion
        Counts, shape (n_classes, n_classes): row the true label, column the predicted one. Read-only.
    """

    loss: float
    accuracy: float
    confusion: npt.NDArray[np.int64]

    @property
    def n_samples(self) -> int:
        """Number of samples measured."""
        return int(self.confusion.sum())


def evaluate(
    network: Network,
    samples: Samples,
    chunk_size: int = CHUNK_SIZE,
    before_chunk: Callable[[], None] | None = None,
) -> Evaluation:
    """Return loss, accuracy and confusion matrix of `network` on `samples`.

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
    n_classes = network.architecture.layers[-1]
    loss_sum = 0.0
    confusion = np.zeros((n_classes, n_classes), np.int64)
    buffers = network.new_forward(min(chunk_size, len(samples)))
    for start in range(0, len(samples), chunk_size):
        if before_chunk is not None:
            before_chunk()
        rows = slice(start, start + chunk_size)
        labels = samples.labels[rows]
        whole = buffers if len(labels) == len(buffers.x) else None
        passed = network.forward(samples.scaled(rows).astype(network.parameters.dtype, copy=False), out=whole)
        Y = one_hot(labels, n_classes, network.parameters.dtype.type)
        loss_sum += network.loss(passed, Y) * len(labels)
        np.add.at(confusion, (labels, passed.output.argmax(axis=1)), 1)
    confusion.flags.writeable = False
    return Evaluation(loss_sum / len(samples), float(confusion.trace()) / len(samples), confusion)


def _check_fit(network: Network, samples: Samples) -> None:
    n_in, n_out = network.architecture.layers[0], network.architecture.layers[-1]
    if len(samples) == 0:
        raise ShapeError("there are no samples to evaluate; at least one is needed")
    if samples.inputs.shape[1] != n_in:
        found = samples.inputs.shape[1]
        raise ShapeError(f"samples have {found} values each; the network's input layer needs {n_in}")
    if int(samples.labels.max()) >= n_out:
        raise ShapeError(f"samples have the label {samples.labels.max()}; the network has {n_out} outputs")
