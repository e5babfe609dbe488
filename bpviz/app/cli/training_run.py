"""A training run without a window: the trainer in this thread, timed, watched, measured at the end."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpviz.training.evaluation import Evaluation, evaluate
from bpviz.training.trainer import DivergedError, Trainer

WATCH_INTERVAL_S = 0.1


@dataclass(frozen=True, slots=True)
class EpochFigures:
    """What was measured of one epoch.

    Attributes
    ----------
    epoch
        Number of the epoch, from 1.
    train_loss
        Mean loss of its training samples, each when its batch was used.
    test
        The network after the epoch on the test part; None if that was not asked for.
    """

    epoch: int
    train_loss: float
    test: Evaluation | None


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What was measured of a whole run.

    Attributes
    ----------
    samples_per_s
        Training samples over the seconds inside epochs: order, batches and metrics included, loading and
        evaluation not.
    """

    train_loss: float
    test: Evaluation
    samples_per_s: float


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how the run goes on.

    Attributes
    ----------
    on_progress
        Called about ten times a second with the fraction of the run done, 0 to 1.
    on_epoch
        Called after each epoch; without it only the last epoch's network is tested.
    """

    on_progress: Callable[[float], None] | None = None
    on_epoch: Callable[[EpochFigures], None] | None = None


def run_training(trainer: Trainer, n_epochs: int, watcher: Watcher) -> RunFigures:
    """Train for `n_epochs` and return what was measured.

    Raises
    ------
    DivergedError
        If a loss or a weight stops being a finite number.
    """
    seconds = 0.0
    # Overflow shows itself in the loss, which is checked; NumPy's warnings would only repeat it.
    with np.errstate(all="ignore"):
        for epoch in range(1, n_epochs + 1):
            seconds += _train_epoch(trainer, n_epochs, watcher.on_progress)
            is_last = epoch == n_epochs
            test = _test(trainer) if is_last or watcher.on_epoch is not None else None
            train_loss = trainer.epoch_totals.mean_loss
            if watcher.on_epoch is not None:
                watcher.on_epoch(EpochFigures(epoch, train_loss, test))
    assert test is not None
    return RunFigures(train_loss, test, n_epochs * len(trainer.dataset.train) / seconds)


def _train_epoch(trainer: Trainer, n_epochs: int, on_progress: Callable[[float], None] | None) -> float:
    """Train one epoch and return the seconds it took."""
    total = n_epochs * trainer.iterations_per_epoch
    started = watched = time.perf_counter()
    for _ in range(trainer.iterations_per_epoch):
        trainer.train_iteration()
        if on_progress is not None and (now := time.perf_counter()) - watched > WATCH_INTERVAL_S:
            watched = now
            on_progress(trainer.iteration / total)
    return time.perf_counter() - started


def _test(trainer: Trainer) -> Evaluation:
    test = evaluate(trainer.network, trainer.dataset.test)
    # The last update of an epoch can break the network after the last loss that was looked at.
    if not (math.isfinite(test.loss) and np.isfinite(trainer.network.parameters).all()):
        raise DivergedError(trainer.iteration, trainer.learning_rate)
    return test
