"""Between classes and outputs: what the outputs should be for a class, and which class they answer."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import one_hot

HALF = 0.5
"""A single output above this answers the second of two classes."""


def class_targets(
    labels: npt.NDArray[Any], n_outputs: int, dtype: type[np.floating] = np.float32
) -> FloatArray:
    """Return what the outputs should be, shape (n, n_outputs): one-hot, or the label for one output."""
    if n_outputs == 1:
        return np.asarray(labels[:, None], dtype)
    return one_hot(labels, n_outputs, dtype)


def answered_classes(output: FloatArray) -> IndexArray:
    """Return the class each sample is answered as, shape (B,).

    That of the largest output; a single output answers the second of two classes from one half on.
    """
    if output.shape[1] == 1:
        return (output[:, 0] > HALF).astype(np.intp)
    return np.asarray(output.argmax(axis=1))


def n_classes_of(n_outputs: int) -> int:
    """Return how many classes so many outputs can tell apart."""
    return max(2, n_outputs)
