"""Where a run stands, counted the way the field counts: epochs, iterations, samples."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunPlace:
    """The iteration shown and its place in the run.

    Attributes
    ----------
    iteration
        Iterations since the run began, from 1; 0 before the first.
    epoch
        Epoch it belongs to, from 1.
    iteration_in_epoch, iterations_per_epoch
        Place inside the epoch, from 1; 0 before the first.
    batch_size, n_samples
        Samples of a full batch and of the training set.
    """

    iteration: int
    epoch: int
    iteration_in_epoch: int
    iterations_per_epoch: int
    batch_size: int
    n_samples: int

    @property
    def samples_in_epoch(self) -> int:
        """Training samples used in this epoch so far."""
        return min(self.iteration_in_epoch * self.batch_size, self.n_samples)
