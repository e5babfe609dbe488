"""Recomputes a run from scratch, without history: what every rewound, forked or retraced run must equal."""

from collections.abc import Sequence

import numpy as np

from bpviz.data.samples import Dataset
from bpviz.training.branches import LoggedChange
from bpviz.training.config import TrainingConfig
from bpviz.training.history import History
from bpviz.training.metrics import MetricsLog
from bpviz.training.track import Track
from bpviz.training.trainer import Trainer
from bpviz.training.trainer_state import TrainerState
from tests.training.small_runs import config_for, sparse_digits

N_SAMPLES = 105
DATA = Dataset("test", "Test", sparse_digits(N_SAMPLES, n_in=64), sparse_digits(10, seed=1, n_in=64))
CONFIG = config_for(layers=(64, 9, 10))


def new_history(
    config: TrainingConfig = CONFIG, budget_bytes: int = 1 << 30, metrics: MetricsLog | None = None
) -> History:
    """Return the history of an untrained run so slow that every eighth iteration gets a checkpoint."""
    trainer = Trainer(config, DATA)
    return History(Track(trainer, metrics, budget_bytes, lambda: trainer.iteration / 100))


def train(history: History, n_iterations: int) -> None:
    """Train on as whoever drives a track does."""
    for _ in range(n_iterations):
        history.track.prepare()
        history.track.trainer.train_iteration()


def finish_jump(history: History) -> int:
    """Replay to the end of the jump under way; return how many iterations that took."""
    replayed = max(history.left, 0)
    train(history, replayed)
    history.arrive()
    return replayed


def go_to(history: History, iteration: int) -> int:
    """Jump; return how many iterations were replayed."""
    history.go_to(iteration)
    return finish_jump(history)


def from_scratch(
    log: Sequence[LoggedChange], iteration: int, applied: int, config: TrainingConfig = CONFIG
) -> TrainerState:
    """Return the state after so many iterations and changes of a log, by training once from the start."""
    trainer = Trainer(config, DATA)
    made = 0
    for done in range(iteration + 1):
        while made < applied and log[made].iteration == done:
            log[made].change.apply(trainer)
            made += 1
        if done < iteration:
            trainer.train_iteration()
    assert made == applied
    return trainer.state()


def assert_same_state(found: TrainerState, expected: TrainerState) -> None:
    """Fail unless both are equal to the last bit."""
    np.testing.assert_array_equal(found.parameters, expected.parameters)
    assert found.optimizer_state.keys() == expected.optimizer_state.keys()
    for name, array in expected.optimizer_state.items():
        np.testing.assert_array_equal(found.optimizer_state[name], array)
    for field in ("iteration", "updates", "config", "schedule", "switched_off", "epoch_totals"):
        assert getattr(found, field) == getattr(expected, field), field


def assert_true(history: History) -> None:
    """Fail unless the run stands, bit for bit, where a run from scratch with the same changes would."""
    position, log = history.track.position, history.track.branch.log
    expected = from_scratch(log, position.iteration, position.applied)
    assert_same_state(history.track.trainer.state(), expected)
