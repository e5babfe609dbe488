"""Preallocated memory of an iteration."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import ForwardPass, Gradients, Network
from bpviz.nn.raw_inputs import RawInputs, raw_inputs
from bpviz.training.targets import targets_of

MAX_SIZES = 8
"""Batch sizes whose buffers are kept; a size field that is dragged passes through many."""


@dataclass(frozen=True, slots=True)
class Buffers:
    """Preallocated memory of an iteration with one batch size; the next iteration overwrites it.

    `forward.x` is not filled where `raw_inputs` does the first product.
    """

    raw: npt.NDArray[Any]
    labels: npt.NDArray[np.uint8]
    Y: FloatArray
    forward: ForwardPass
    gradients: Gradients
    raw_inputs: RawInputs | None
    """Set where plain descent has a quicker way to the first layer's products."""


class BufferPool:
    """The buffers of one trainer, one set for each batch size that occurs."""

    def __init__(self, dataset: Dataset, network: Network) -> None:
        self._dataset = dataset
        self._network = network
        self._flat_gradient = np.empty_like(network.parameters)
        self._targets = targets_of(dataset.train, network.architecture.layers[-1])
        self._buffers: dict[int, Buffers] = {}

    def of_size(self, batch_size: int) -> Buffers:
        """Return the buffers for this batch size, which may be left over from an earlier iteration."""
        if batch_size not in self._buffers:
            if len(self._buffers) == MAX_SIZES:
                del self._buffers[next(iter(self._buffers))]
            self._buffers[batch_size] = self._new(batch_size)
        return self._buffers[batch_size]

    def load(self, indices: IndexArray) -> Buffers:
        """Return buffers that hold these training samples: inputs, labels and targets."""
        train = self._dataset.train
        buffers = self.of_size(len(indices))
        # mode="clip" skips a second buffer; the indices are a permutation, so nothing is ever clipped.
        np.take(train.inputs, indices, axis=0, out=buffers.raw, mode="clip")
        np.take(train.labels, indices, out=buffers.labels, mode="clip")
        np.take(self._targets, indices, axis=0, out=buffers.Y, mode="clip")
        return buffers

    def _new(self, batch_size: int) -> Buffers:
        train, network = self._dataset.train, self._network
        n_in, n_out = network.W[0].shape
        return Buffers(
            raw=np.empty((batch_size, n_in), train.inputs.dtype),
            labels=np.empty(batch_size, train.labels.dtype),
            Y=np.empty((batch_size, self._targets.shape[1]), np.float32),
            forward=network.new_forward(batch_size),
            gradients=network.new_gradients(batch_size, self._flat_gradient),
            # Decided by the batch size alone: a run replayed from the middle must do the same sums.
            raw_inputs=raw_inputs(train.inputs, batch_size, n_out, train.input_scale),
        )
