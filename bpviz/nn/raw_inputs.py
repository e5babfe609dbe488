"""First-layer products straight from grey levels, for plain gradient descent.

Two things make them cheaper than X @ W with X scaled to 0..1:

- The scale of the inputs is taken into z and delta, which are far smaller than X.
- Four of five pixels of a handwritten digit are black. An input that is 0 for every sample of a batch adds
  nothing to z and its weights have gradient 0, so both products and the update may leave it out. For
  784-128 with 32 digits about 457 of 784 inputs remain.
"""

from abc import ABC, abstractmethod

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import ByteArray, FloatArray, IndexArray

SMALLEST_FAN_OUT = 64
"""With fewer neurons, gathering the rows of W costs more than it saves (measured)."""
LARGEST_ACTIVE_SHARE = 0.75
SMALLEST_FAN_IN = 256
SMALLEST_BATCH = 64
"""With fewer samples, taking the scale into z and delta costs more calls than it saves."""


class RawInputs(ABC):
    """Buffers and operations of one trainer for one batch size; the next batch overwrites them."""

    def __init__(self, batch_size: int, n_in: int, n_out: int, scale: float) -> None:
        self._batch_size = batch_size
        self._scale = np.float32(scale)
        self._grad = np.empty((n_in, n_out), np.float32)

    @abstractmethod
    def multiply(self, raw: ByteArray, W: FloatArray, out: FloatArray) -> None:
        """Write (raw · scale) @ W into `out`, shape (B, n_out), and remember both for `descend`."""

    @abstractmethod
    def descend(self, delta: FloatArray) -> None:
        """Subtract (raw · scale).T @ delta from the `W` that `multiply` saw, which has not changed since."""

    @abstractmethod
    def gradient_norm(self) -> float:
        """Return the length of what the last `descend` subtracted."""

    def _outer_sum(self, x: FloatArray, delta: FloatArray, out: FloatArray) -> None:
        if self._batch_size == 1:
            np.multiply(x.T, delta, out=out)
        else:
            np.matmul(x.T, delta, out=out)


class AllInputs(RawInputs):
    """Uses every input."""

    def __init__(self, batch_size: int, n_in: int, n_out: int, scale: float) -> None:
        super().__init__(batch_size, n_in, n_out, scale)
        self._x = np.empty((batch_size, n_in), np.float32)
        self._delta = np.empty((batch_size, n_out), np.float32)
        self._W = self._grad

    def multiply(self, raw: ByteArray, W: FloatArray, out: FloatArray) -> None:
        self._W = W
        np.copyto(self._x, raw)
        np.matmul(self._x, W, out=out)
        np.multiply(out, self._scale, out=out)

    def descend(self, delta: FloatArray) -> None:
        np.multiply(delta, self._scale, out=self._delta)
        self._outer_sum(self._x, self._delta, out=self._grad)
        np.subtract(self._W, self._grad, out=self._W)

    def gradient_norm(self) -> float:
        return float(np.linalg.norm(self._grad))


class ActiveInputs(RawInputs):
    """Leaves out inputs that are zero in the whole batch."""

    def __init__(self, batch_size: int, n_in: int, n_out: int, scale: float) -> None:
        super().__init__(batch_size, n_in, n_out, scale)
        self._gathered = np.empty(batch_size * n_in, np.uint8)
        self._buffer = np.empty(batch_size * n_in, np.float32)
        self._active_W = np.empty((n_in, n_out), np.float32)
        self._rows: IndexArray = np.empty(0, np.intp)
        self._x = self._buffer.reshape(batch_size, n_in)
        self._W = self._grad

    def multiply(self, raw: ByteArray, W: FloatArray, out: FloatArray) -> None:
        self._rows = np.bitwise_or.reduce(raw, axis=0).nonzero()[0]
        size = self._batch_size * len(self._rows)
        gathered = self._gathered[:size].reshape(self._batch_size, -1)
        np.take(raw, self._rows, axis=1, out=gathered, mode="clip")
        self._x = self._buffer[:size].reshape(self._batch_size, -1)
        np.multiply(gathered, self._scale, out=self._x)
        self._W = W
        active = self._active_W[: len(self._rows)]
        np.take(W, self._rows, axis=0, out=active, mode="clip")
        np.matmul(self._x, active, out=out)

    def descend(self, delta: FloatArray) -> None:
        active, grad = self._active_W[: len(self._rows)], self._grad[: len(self._rows)]
        self._outer_sum(self._x, delta, out=grad)
        np.subtract(active, grad, out=active)
        # Whole rows at once: an assignment of single numbers takes half as long again.
        np.put(_whole_rows(self._W), self._rows, _whole_rows(active), mode="clip")

    def gradient_norm(self) -> float:
        return float(np.linalg.norm(self._grad[: len(self._rows)]))


def raw_inputs(
    inputs: npt.NDArray[np.generic], batch_size: int, n_out: int, scale: float
) -> RawInputs | None:
    """Return the quickest way for batches like the first `batch_size` rows; None where X @ W is."""
    n_in = inputs.shape[1]
    if inputs.dtype != np.uint8 or n_in < SMALLEST_FAN_IN:
        return None
    share = np.count_nonzero(inputs[:batch_size].any(axis=0)) / n_in
    if n_out >= SMALLEST_FAN_OUT and share <= LARGEST_ACTIVE_SHARE:
        return ActiveInputs(batch_size, n_in, n_out, scale)
    return AllInputs(batch_size, n_in, n_out, scale) if batch_size >= SMALLEST_BATCH else None


def _whole_rows(W: FloatArray) -> npt.NDArray[np.void]:
    """Return a contiguous matrix as a vector of its rows, sharing memory."""
    return W.view(np.dtype((np.void, W.itemsize * W.shape[1]))).reshape(-1)
