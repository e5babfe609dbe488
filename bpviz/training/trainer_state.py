"""Everything a run needs to go on from an iteration bit for bit, as read-only copies."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpviz.nn.arrays import FloatArray
from bpviz.nn.switched_off import SwitchedOff
from bpviz.training.batches import BatchSchedule
from bpviz.training.config import TrainingConfig


@dataclass(slots=True)
class EpochTotals:
    """Loss and right answers summed over an epoch so far, each sample as it was when its batch was used.

    In a regression nothing is right or wrong: the count, and the accuracy, are NaN.
    """

    samples: int = 0
    loss_sum: float = 0.0
    right: float = 0

    def add(self, samples: int, mean_loss: float, right: float) -> None:
        """Count one batch."""
        self.samples += samples
        self.loss_sum += mean_loss * samples
        self.right += right

    @property
    def mean_loss(self) -> float:
        """Mean loss of the samples counted."""
        return self.loss_sum / self.samples

    @property
    def accuracy(self) -> float:
        """Fraction of the samples counted that were right."""
        return self.right / self.samples


@dataclass(frozen=True, slots=True)
class TrainerState:
    """One run after `iteration` iterations.

    Attributes
    ----------
    optimizer_state
        The optimiser's vectors by name, each shaped like the parameters.
    updates
        Updates the optimiser has made since it was new.
    config
        The settings in force.
    epoch_totals
        Sums over the epoch under way.
    """

    iteration: int
    parameters: FloatArray
    optimizer_state: Mapping[str, FloatArray]
    updates: int
    config: TrainingConfig
    schedule: BatchSchedule
    switched_off: SwitchedOff
    epoch_totals: EpochTotals

    @property
    def n_bytes(self) -> int:
        """Memory its arrays take."""
        return self.parameters.nbytes + sum(array.nbytes for array in self.optimizer_state.values())
