"""The worker trains in its thread, obeys commands between iterations and ends when told."""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import pytest

from bpviz.data.samples import Dataset
from bpviz.errors import DataError
from bpviz.training import messages
from bpviz.training.messages import (
    Event,
    ForkHere,
    GoTo,
    Pause,
    Run,
    RunTo,
    SetLearningRate,
    SetPace,
    StartRun,
    Step,
    StepSize,
    SwitchBranch,
    Watch,
)
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import Trainer
from bpviz.training.worker import Helper, TrainingWorker
from tests.training.small_runs import config_for, sparse_digits

TIMEOUT_S = 20

EventT = TypeVar("EventT", bound=Event)


@pytest.fixture
def dataset() -> Dataset:
    return Dataset("test", "Test", sparse_digits(105), sparse_digits(30, seed=1))


@pytest.fixture
def worker(dataset: Dataset) -> Iterator[TrainingWorker]:
    worker = TrainingWorker()
    worker.start()
    worker.send(StartRun(1, config_for(), dataset))
    yield worker
    worker.stop()
    assert not worker.is_alive


def wait_for(worker: TrainingWorker, kind: type[EventT], **fields: object) -> EventT:
    while True:
        event = worker.events.get(timeout=TIMEOUT_S)
        if isinstance(event, kind) and all(getattr(event, k) == v for k, v in fields.items()):
            return event


def taken_from(worker: TrainingWorker) -> Snapshot:
    snapshot = worker.mailbox.take()
    assert snapshot is not None
    return snapshot


def test_new_run_is_shown_untrained_and_measured_before_it_starts(worker: TrainingWorker) -> None:
    assert wait_for(worker, messages.Started).run_id == 1
    measured = wait_for(worker, messages.TestMeasured)
    assert (measured.iteration, measured.n_samples, measured.is_whole) == (0, 30, True)
    shot = taken_from(worker)
    assert (shot.run_id, shot.iteration, shot.iteration_in_epoch) == (1, 0, 0)


def test_one_step_is_one_iteration_and_is_shown_whole(worker: TrainingWorker) -> None:
    worker.send(Step(StepSize.ITERATION))
    wait_for(worker, messages.StateChanged, is_running=False)
    shot = taken_from(worker)
    assert shot.iteration == 1
    assert not np.array_equal(shot.parameters, shot.parameters_after)


def test_stepping_running_and_training_without_a_thread_give_the_same_bits(
    worker: TrainingWorker, dataset: Dataset
) -> None:
    for _ in range(3):
        worker.send(Step(StepSize.ITERATION))
        wait_for(worker, messages.StateChanged, is_running=False)
    worker.send(Step(StepSize.EPOCH))
    wait_for(worker, messages.StateChanged, is_running=False)
    shot = taken_from(worker)
    assert shot.iteration == 11
    trainer = Trainer(config_for(), dataset)
    trainer.train_epoch()
    np.testing.assert_array_equal(shot.parameters_after, trainer.network.parameters)


def test_pause_shows_the_last_iteration_trained(worker: TrainingWorker) -> None:
    worker.send(Run())
    wait_for(worker, messages.EpochEnded, epoch=3)
    worker.send(Pause())
    stopped = wait_for(worker, messages.StateChanged, is_running=False)
    shot = taken_from(worker)
    assert shot.iteration == stopped.iteration > 33


def test_each_epoch_is_told_and_tested_on_the_whole_test_part(worker: TrainingWorker) -> None:
    worker.send(Step(StepSize.EPOCH))
    ended = wait_for(worker, messages.EpochEnded)
    assert (ended.epoch, ended.iteration) == (1, 11)
    measured = wait_for(worker, messages.TestMeasured)
    assert (measured.iteration, measured.is_whole) == (11, True)


def test_metrics_hold_every_iteration(worker: TrainingWorker) -> None:
    worker.send(Step(StepSize.EPOCH))
    wait_for(worker, messages.EpochEnded)
    np.testing.assert_array_equal(worker.metrics.drain().iteration, np.arange(1, 12))


def test_divergence_pauses_and_is_told(worker: TrainingWorker, dataset: Dataset) -> None:
    config = config_for(loss="squared", output_activation="identity", learning_rate=1e3)
    worker.send(StartRun(2, config, dataset))
    worker.send(Run())
    diverged = wait_for(worker, messages.Diverged)
    assert diverged.learning_rate == 1e3
    worker.send(SetLearningRate(1e-3))
    worker.send(Pause())
    assert worker.is_alive


def test_a_run_that_cannot_start_is_answered_with_a_sentence_and_the_worker_lives(
    worker: TrainingWorker, dataset: Dataset
) -> None:
    worker.send(StartRun(2, config_for(layers=(100, 10)), dataset))
    assert "needs 784 inputs" in wait_for(worker, messages.Failed).sentence
    worker.send(StartRun(3, config_for(), dataset))
    assert wait_for(worker, messages.Started, run_id=3)


def test_slow_pace_still_answers_pause_at_once(worker: TrainingWorker) -> None:
    worker.send(SetPace(0.001))
    worker.send(Run())
    wait_for(worker, messages.StateChanged, is_running=True)
    worker.send(Pause())
    assert wait_for(worker, messages.StateChanged, is_running=False).iteration <= 2


def test_running_to_an_iteration_stops_there(worker: TrainingWorker) -> None:
    worker.send(RunTo(7))
    assert wait_for(worker, messages.StateChanged, is_running=False).iteration == 7
    assert taken_from(worker).iteration == 7


def test_watched_sample_is_the_one_shown(worker: TrainingWorker) -> None:
    worker.send(Watch(42))
    worker.send(Step(StepSize.ITERATION))
    wait_for(worker, messages.StateChanged, is_running=False)
    assert taken_from(worker).sample.index == 42


def test_commands_before_any_run_do_no_harm() -> None:
    worker = TrainingWorker()
    worker.start()
    for command in (Run(), Pause(), Step(StepSize.EPOCH), SetLearningRate(0.1)):
        worker.send(command)
    worker.stop()
    assert not worker.is_alive


@pytest.fixture
def helper() -> Iterator[tuple[Helper, TrainingWorker]]:
    worker = TrainingWorker()
    helper = Helper(worker.events)
    helper.start()
    yield helper, worker
    helper.stop()


def test_helper_answers_through_the_events(helper: tuple[Helper, TrainingWorker]) -> None:
    answering, worker = helper
    answering.ask("count", lambda: messages.DownloadProgress(3, 4))
    assert worker.events.get(timeout=TIMEOUT_S) == messages.DownloadProgress(3, 4)


def test_helper_turns_errors_into_sentences_and_goes_on(helper: tuple[Helper, TrainingWorker]) -> None:
    answering, worker = helper

    def bad() -> messages.Event:
        raise DataError("the file is missing; it is needed")

    answering.ask("load", bad)
    failed = worker.events.get(timeout=TIMEOUT_S)
    assert failed == messages.QuestionFailed("load", "the file is missing; it is needed")
    answering.ask("count", lambda: messages.DownloadProgress(1, None))
    progress = worker.events.get(timeout=TIMEOUT_S)
    assert isinstance(progress, messages.DownloadProgress)
    assert progress.done_bytes == 1


def test_a_long_jump_gives_way_to_a_newer_command_at_once(dataset: Dataset) -> None:
    # Room for the start alone: every jump replays from there.
    worker = TrainingWorker(history_budget_bytes=1)
    worker.start()
    worker.send(StartRun(1, config_for(), dataset))
    worker.send(RunTo(5000))
    wait_for(worker, messages.StateChanged, is_running=False)
    worker.send(GoTo(4900))
    assert wait_for(worker, messages.Rewinding).n_replayed == 4900
    worker.send(GoTo(20))
    rewound = wait_for(worker, messages.Rewound)
    assert rewound.iteration == 20
    assert taken_from(worker).iteration == 20
    worker.stop()


def test_running_then_rewinding_then_running_ends_in_the_bits_of_one_run(
    worker: TrainingWorker, dataset: Dataset
) -> None:
    worker.send(Run())
    wait_for(worker, messages.EpochEnded, epoch=6)
    worker.send(GoTo(30))
    wait_for(worker, messages.Rewound, iteration=30)
    worker.send(RunTo(100))
    wait_for(worker, messages.StateChanged, is_running=False, iteration=100)
    trainer = Trainer(config_for(), dataset)
    for _ in range(100):
        trainer.train_iteration()
    np.testing.assert_array_equal(taken_from(worker).parameters_after, trainer.network.parameters)


def test_a_new_run_forgets_the_branches_of_the_old(worker: TrainingWorker, dataset: Dataset) -> None:
    worker.send(RunTo(9))
    worker.send(ForkHere((SetLearningRate(0.9),)))
    wait_for(worker, messages.BranchAdded, run_id=1)
    worker.send(StartRun(2, config_for(), dataset))
    info = wait_for(worker, messages.BranchAdded, run_id=2).branch
    assert (info.id, info.name, info.furthest, info.changes) == (0, "original", 0, ())
    worker.send(SwitchBranch(1))
    assert "there is no branch 1" in wait_for(worker, messages.Refused).sentence


def test_the_network_is_tried_soon_and_then_every_thousandth_iteration() -> None:
    worker = TrainingWorker()
    worker.start()
    data = Dataset("test", "Test", sparse_digits(20_000, n_in=20), sparse_digits(30, seed=1, n_in=20))
    worker.send(StartRun(1, config_for(layers=(20, 10)), data))
    worker.send(RunTo(1010))
    wait_for(worker, messages.StateChanged, is_running=True)
    tried: list[int] = []
    while not tried or tried[-1] < 1000:
        tried.append(wait_for(worker, messages.TestMeasured, is_whole=False).iteration)
    worker.stop()
    assert tried == [50, 100, 200, 500, 1000]
