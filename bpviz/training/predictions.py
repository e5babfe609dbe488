"""What a network says to each sample of a set: class, outputs and loss, sample by sample."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpviz.data.samples import Labels, Samples
from bpviz.errors import ShapeError
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import Network
from bpviz.nn.targets import answered_classes, class_targets, n_classes_of

CHUNK_SIZE = 500
"""Samples in one forward pass: for digits their inputs fit the second-level cache of today's processors, and
between two chunks another thread gets its turn after a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Predictions:
    """A network's answers to n samples, in their order; arrays are read-only.

    Attributes
    ----------
    labels
        The true classes, shape (n,).
    predicted
        The class each is answered as, shape (n,): that of the largest output where there are several.
    losses
        Each sample's loss without any penalty, shape (n,).
    outputs
        Activations of the output layer, shape (n, n_outputs).
    """

    labels: Labels
    predicted: IndexArray
    losses: FloatArray
    outputs: FloatArray

    def __post_init__(self) -> None:
        for array in (self.labels, self.predicted, self.losses, self.outputs):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def n_classes(self) -> int:
        """Number of classes the outputs tell apart."""
        return n_classes_of(self.outputs.shape[1])

    @property
    def is_finite(self) -> bool:
        """Whether every output is a number; those of a network that diverged are not."""
        return bool(np.isfinite(self.outputs).all())


def predict(
    network: Network,
    samples: Samples,
    chunk_size: int = CHUNK_SIZE,
    before_chunk: Callable[[], None] | None = None,
) -> Predictions:
    """Return what `network` says to each of `samples`, which may be none.

    Parameters
    ----------
    samples
        Labels below the number of classes the outputs tell apart.
    before_chunk
        Called before each chunk; what it raises ends the work and reaches the caller.

    Raises
    ------
    ShapeError
        If the samples do not fit the network.
    """
    if (reason := misfit(network, samples)) is not None:
        raise ShapeError(reason)
    n_outputs, dtype = network.architecture.layers[-1], network.parameters.dtype
    losses, outputs = np.empty(len(samples), dtype), np.empty((len(samples), n_outputs), dtype)
    # One set of buffers for all chunks: fresh memory for each would cost as much as the first product.
    buffers = network.new_forward(min(chunk_size, len(samples)))
    for start in range(0, len(samples), chunk_size):
        if before_chunk is not None:
            before_chunk()
        rows = slice(start, min(start + chunk_size, len(samples)))
        passes = buffers if rows.stop - start == len(buffers.x) else network.new_forward(rows.stop - start)
        np.multiply(samples.inputs[rows], np.float32(samples.input_scale), out=passes.x)
        network.forward(passes.x, out=passes)
        outputs[rows] = passes.output
        Y = class_targets(samples.labels[rows], n_outputs, dtype.type)
        losses[rows] = network.loss_function.per_sample(passes.z[-1], passes.output, Y)
    return Predictions(samples.labels, answered_classes(outputs), losses, outputs)


def misfit(network: Network, samples: Samples) -> str | None:
    """Return why samples cannot be given to a network; None if they can."""
    n_in, n_out = network.architecture.layers[0], network.architecture.layers[-1]
    found = samples.inputs.shape[1]
    if samples.values is not None:
        return "the samples have numbers to reach, not classes that could be taken for one another"
    if len(samples) and found != n_in:
        return f"the samples have {found} values each; the network's input layer needs {n_in}"
    if len(samples) and int(samples.labels.max()) >= n_classes_of(n_out):
        return f"the samples have the label {samples.labels.max()}; the network has {n_out} outputs"
    return None
