"""First-layer products over the inputs that are not zero in the whole batch.

Four of five pixels of a handwritten digit are black. An input that is 0 for every sample of a batch adds
nothing to z and its weights have gradient 0, so both matrix products, and the update, may leave it out.
For 784-128 with 32 digits about 457 of 784 inputs remain.
"""

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import ByteArray, FloatArray, IndexArray

SMALLEST_FAN_OUT = 64
"""Below this many neurons gathering the rows of W costs more than it saves (measured)."""
LARGEST_ACTIVE_SHARE = 0.75
SMALLEST_FAN_IN = 256


def is_worthwhile(inputs: npt.NDArray[np.generic], batch_size: int, n_out: int) -> bool:
    """Return whether leaving out zero inputs pays for batches like the first `batch_size` rows."""
    if inputs.dtype != np.uint8 or inputs.shape[1] < SMALLEST_FAN_IN or n_out < SMALLEST_FAN_OUT:
        return False
    active = np.count_nonzero(inputs[:batch_size].any(axis=0))
    return bool(active <= LARGEST_ACTIVE_SHARE * inputs.shape[1])


class ActiveInputs:
    """Buffers and operations of one trainer for one batch size; the next batch overwrites them."""

    def __init__(self, batch_size: int, n_in: int, n_out: int) -> None:
        self._batch_size = batch_size
        self._raw = np.empty(batch_size * n_in, np.uint8)
        self._x = np.empty(batch_size * n_in, np.float32)
        self._W = np.empty((n_in, n_out), np.float32)
        self._grad = np.empty((n_in, n_out), np.float32)
        self._rows: IndexArray = np.empty(0, np.intp)

    def load(self, raw: ByteArray, scale: np.float32) -> None:
        """Find the inputs that are not zero in this batch, shape (B, n_in), and gather them, scaled."""
        self._rows = np.bitwise_or.reduce(raw, axis=0).nonzero()[0]
        size = self._batch_size * len(self._rows)
        gathered = self._raw[:size].reshape(self._batch_size, -1)
        np.take(raw, self._rows, axis=1, out=gathered, mode="clip")
        np.multiply(gathered, scale, out=self._active_x())

    def multiply(self, W: FloatArray, out: FloatArray) -> None:
        """Write X @ W into `out`, shape (B, n_out)."""
        rows = self._W[: len(self._rows)]
        np.take(W, self._rows, axis=0, out=rows, mode="clip")
        np.matmul(self._active_x(), rows, out=out)

    def descend(self, W: FloatArray, scaled_delta: FloatArray) -> None:
        """Subtract X.T @ scaled_delta from `W`; `multiply` must have seen the same `W` just before."""
        rows, grad = self._W[: len(self._rows)], self._grad[: len(self._rows)]
        if self._batch_size == 1:
            np.multiply(self._active_x().T, scaled_delta, out=grad)
        else:
            np.matmul(self._active_x().T, scaled_delta, out=grad)
        np.subtract(rows, grad, out=rows)
        W[self._rows] = rows

    def gradient_norm(self) -> float:
        """Return ‖X.T @ scaled_delta‖₂ of the last `descend`."""
        return float(np.linalg.norm(self._grad[: len(self._rows)]))

    def _active_x(self) -> FloatArray:
        return self._x[: self._batch_size * len(self._rows)].reshape(self._batch_size, -1)
