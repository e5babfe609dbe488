"""Update rules raced from the same start, on the same batches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray
from bpviz.training.config import TrainingConfig
from bpviz.training.targets import targets_of
from bpviz.training.trainer import DivergedError, Trainer

LOOKS_EVERY = 10
"""Iterations between two measurements."""
N_SAMPLES = 500


@dataclass(frozen=True, slots=True, eq=False)
class RaceLane:
    """One rule's way.

    Attributes
    ----------
    losses
        Mean loss of the same samples at each measurement, shape (n,); NaN from where it diverged.
    """

    rule: str
    losses: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """All lanes.

    Attributes
    ----------
    iterations
        Where the losses were measured, from 0, shape (n,).
    """

    iterations: FloatArray
    lanes: tuple[RaceLane, ...]
    rate: float

    def final(self, rule: str) -> float:
        """Return a rule's last loss; NaN where it did not run or diverged."""
        return next((float(lane.losses[-1]) for lane in self.lanes if lane.rule == rule), float("nan"))

    def first(self, count: int) -> "Race":
        """Return the race as it was after so many measurements."""
        lanes = tuple(replace(lane, losses=lane.losses[:count]) for lane in self.lanes)
        return Race(self.iterations[:count], lanes, self.rate)


def run_race(
    config: TrainingConfig,
    dataset: Dataset,
    rules: Sequence[str],
    iterations: int,
    on_lane: Callable[[int], None] | None = None,
) -> Race:
    """Return how the loss falls under each rule: same weights at the start, same batches, same rate."""
    n_samples = min(N_SAMPLES, len(dataset.train))
    samples = dataset.train.first(n_samples)
    X, Y = samples.scaled(slice(None)), targets_of(samples, config.layers[-1])
    n_looks = iterations // LOOKS_EVERY + 1
    lanes = []
    for place, rule in enumerate(rules):
        if on_lane is not None:
            on_lane(place)
        losses = _run(Trainer(replace(config, optimizer=rule), dataset), (X, Y), n_looks)
        lanes.append(RaceLane(rule, losses))
    return Race(np.arange(n_looks, dtype=np.float64) * LOOKS_EVERY, tuple(lanes), config.learning_rate)


def _run(trainer: Trainer, samples: tuple[FloatArray, FloatArray], n_looks: int) -> FloatArray:
    X, Y = samples
    losses = np.full(n_looks, np.nan)
    with np.errstate(all="ignore"):
        for look in range(n_looks):
            losses[look] = trainer.network.loss(trainer.network.forward(X), Y)
            try:
                for _ in range(LOOKS_EVERY if look < n_looks - 1 else 0):
                    trainer.train_iteration()
            except DivergedError:
                break
    return losses
