"""A batch with chosen losses, for the tests of what draws it."""

import numpy as np

from bpviz.data.samples import Samples
from bpviz.nn.network import ForwardPass, one_hot
from bpviz.training.snapshot import BatchPass


def batch_of(losses: list[float], labels: list[int], predicted: list[int], first_row: int = 0) -> BatchPass:
    """Return a batch of rows `first_row` on with these losses."""
    n = len(losses)
    forward = ForwardPass(np.zeros((n, 784)), (np.zeros((n, 10)),), (np.zeros((n, 10)),))
    return BatchPass(
        indices=np.arange(first_row, first_row + n),
        labels=np.array(labels, dtype=np.uint8),
        predicted=np.array(predicted),
        losses=np.array(losses),
        forward=forward,
        delta=(np.zeros((n, 10)),),
        targets=one_hot(np.array(labels), 10),
    )


def grey_samples(n: int, n_in: int = 784) -> Samples:
    """Return samples whose row r is all of grey level r."""
    inputs = np.repeat(np.arange(n, dtype=np.uint8)[:, None], n_in, axis=1)
    return Samples(inputs, np.zeros(n, np.uint8))
