"""The losses of all batches of a run, to be compared with runs of other batch sizes over the same epochs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray

FEWEST_COMPARED = 5
"""Batches whose losses are compared for how far they jump, where an epoch has fewer."""


@dataclass(frozen=True, slots=True)
class BatchCourse:
    """One run.

    Attributes
    ----------
    losses
        Loss of each iteration's batch, before its update, shape (iterations,).
    n_samples
        Samples an epoch uses.
    final_loss
        Mean loss over all samples at the end; nan while it is not known.
    """

    batch_size: int
    n_samples: int
    losses: FloatArray
    final_loss: float = float("nan")

    @property
    def iterations_per_epoch(self) -> int:
        """Batches that use each sample once."""
        return -(-self.n_samples // self.batch_size)

    @property
    def epochs(self) -> FloatArray:
        """How many epochs were done when each loss was measured, shape (iterations,)."""
        return np.arange(len(self.losses), dtype=np.float64) / self.iterations_per_epoch

    @property
    def wobble(self) -> float:
        """How far the loss jumps from one batch to the next, on average over the last epoch; nan before."""
        last = self.losses[-max(self.iterations_per_epoch, FEWEST_COMPARED) :]
        return float(np.abs(np.diff(last)).mean()) if len(last) > 1 else float("nan")


@dataclass(frozen=True, slots=True)
class BatchCurves:
    """The run under way, and those before it.

    Attributes
    ----------
    epochs
        Where the axis ends.
    highest
        The largest loss of all.
    """

    current: BatchCourse
    earlier: tuple[BatchCourse, ...]
    epochs: int

    @property
    def courses(self) -> tuple[BatchCourse, ...]:
        """All of them, the present one last."""
        return (*self.earlier, self.current)

    @property
    def highest(self) -> float:
        """The largest loss there is."""
        sizes = [float(np.nanmax(course.losses)) for course in self.courses if len(course.losses)]
        return max(sizes, default=1.0)


def with_course(earlier: Sequence[BatchCourse], course: BatchCourse) -> tuple[BatchCourse, ...]:
    """Return the earlier runs with one more; it takes the place of one with the same batch size."""
    others = [other for other in earlier if other.batch_size != course.batch_size]
    return tuple(sorted((*others, course), key=lambda run: run.batch_size))
