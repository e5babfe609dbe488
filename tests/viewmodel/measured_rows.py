"""Metrics of made-up iterations, for the tests of what draws them."""

from collections.abc import Sequence

import numpy as np

from bpviz.training.messages import TestMeasured
from bpviz.training.metrics import MetricsRows

NORM_INTERVAL = 10


def rows(
    first: int, losses: Sequence[float], accuracy: float = 0.5, depth: int = 1, branch: int = 0
) -> MetricsRows:
    """Return consecutive iterations from `first` on; layer l's gradient norm is (l + 1) × the loss."""
    iteration = np.arange(first, first + len(losses))
    loss = np.array(losses, dtype=np.float64)
    is_measured = iteration % NORM_INTERVAL == 0
    norms = loss[is_measured, None] * np.arange(1, depth + 1)
    return MetricsRows(
        1, iteration, loss, np.full(len(loss), accuracy), iteration[is_measured], norms, branch
    )


def trial(
    iteration: int, loss: float, is_whole: bool = True, accuracy: float = 0.9, branch: int = 0
) -> TestMeasured:
    """Return a trial on test samples."""
    return TestMeasured(1, iteration, 1, loss, accuracy, 100, is_whole, branch)
