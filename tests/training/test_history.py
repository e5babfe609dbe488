"""A run goes back and on, forks and is changed by hand, and is always the run it would have been."""

import numpy as np
import pytest

from bpviz.errors import BpvizError, ConfigError, HistoryError, ShapeError
from bpviz.training.branches import MAX_BRANCHES
from bpviz.training.changes import (
    Change,
    SetBatchSize,
    SetBias,
    SetLearningRate,
    SetLoss,
    SetOptimizer,
    SetPenalty,
    SetWeight,
    SwitchNeuron,
)
from bpviz.training.metrics import MetricsLog
from bpviz.training.trainer import DivergedError
from tests.training.plain_runs import (
    CONFIG,
    assert_same_state,
    assert_true,
    finish_jump,
    from_scratch,
    go_to,
    new_history,
    train,
)
from tests.training.small_runs import config_for

CHANGES: dict[str, Change] = {
    "learning rate": SetLearningRate(0.05),
    "momentum": SetOptimizer("momentum", 0.8),
    "adam": SetOptimizer("adam", 0.9),
    "loss": SetLoss("squared"),
    "batch size": SetBatchSize(7),
    "penalty": SetPenalty(0.001, 0.01),
    "weight": SetWeight(0, 20, 3, -1.5),
    "bias": SetBias(1, 4, 0.75),
    "neuron": SwitchNeuron(0, 2, is_on=False),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_changed_run_retraces_bit_for_bit_from_anywhere(change: Change, optimizer: str) -> None:
    history = new_history(config_for(layers=(64, 9, 10), optimizer=optimizer, learning_rate=0.02))
    trainer = history.track.trainer
    train(history, 25)
    history.change(change)
    train(history, 20)
    end = trainer.state()
    for iteration in (0, 11, 24, 25, 26, 40):
        go_to(history, iteration)
        assert trainer.iteration == iteration
        train(history, 45 - iteration)
        assert_same_state(trainer.state(), end)


def test_a_change_forks_where_the_branch_has_a_future_and_only_there() -> None:
    history = new_history()
    tree = history.track.tree
    train(history, 20)
    history.change(SetLearningRate(0.1))
    assert len(list(tree)) == 1
    train(history, 10)
    go_to(history, 12)
    history.change(SetLearningRate(1.0))
    assert [branch.name for branch in tree] == ["original", "η 0.3 → 1"]
    fork = tree.current
    assert (fork.parent_id, fork.fork_iteration, fork.furthest) == (0, 12, 12)
    train(history, 30)
    assert_true(history)
    history.switch(0)
    finish_jump(history)
    assert (history.track.trainer.iteration, history.track.trainer.learning_rate) == (30, 0.1)
    assert_true(history)


def test_both_futures_begin_with_the_same_weights_and_come_out_as_if_run_alone() -> None:
    history = new_history()
    trainer = history.track.trainer
    train(history, 15)
    at_fork = trainer.state()
    history.fork((SetOptimizer("adam", 0.9), SetLearningRate(0.01)), "careful")
    np.testing.assert_array_equal(trainer.network.parameters, at_fork.parameters)
    train(history, 20)
    history.switch(0)
    finish_jump(history)
    assert_same_state(trainer.state(), at_fork)
    train(history, 20)
    assert_same_state(trainer.state(), from_scratch((), 35, 0))
    history.switch(1)
    finish_jump(history)
    assert history.track.branch.name == "careful"
    assert_true(history)


def test_the_place_a_branch_was_left_at_is_found_again() -> None:
    history = new_history()
    train(history, 30)
    history.fork((SetLearningRate(0.5),))
    train(history, 10)
    go_to(history, 17)
    history.switch(0)
    finish_jump(history)
    assert history.track.trainer.iteration == 30
    history.switch(1)
    finish_jump(history)
    assert history.track.trainer.iteration == 17
    assert_true(history)


def test_a_change_by_hand_is_undone_by_going_back_and_made_again_by_running_on() -> None:
    history = new_history()
    weights = history.track.trainer.network
    train(history, 10)
    old = float(weights.W[0][5, 5])
    history.change(SetWeight(0, 5, 5, 9.0))
    assert weights.W[0][5, 5] == 9.0
    go_to(history, 10)
    assert weights.W[0][5, 5] == old
    assert history.upcoming == (SetWeight(0, 5, 5, 9.0),)
    train(history, 1)
    assert abs(weights.W[0][5, 5] - 9.0) < 1.0
    assert_true(history)


def test_making_the_logged_change_again_retraces_instead_of_forking() -> None:
    history = new_history()
    train(history, 10)
    history.change(SetLearningRate(0.7))
    train(history, 10)
    end = history.track.trainer.state()
    go_to(history, 10)
    history.change(SetLearningRate(0.7))
    train(history, 10)
    assert len(list(history.track.tree)) == 1
    assert_same_state(history.track.trainer.state(), end)


def test_a_change_that_changes_nothing_is_no_change() -> None:
    history = new_history()
    train(history, 10)
    go_to(history, 5)
    assert not history.change(SetLearningRate(CONFIG.learning_rate))
    assert not history.change(SwitchNeuron(0, 1, is_on=True))
    assert len(list(history.track.tree)) == 1
    assert history.track.branch.log == []


def test_a_value_dragged_about_is_logged_once() -> None:
    history = new_history()
    for value in (0.1, 0.2, 0.3):
        history.change(SetWeight(1, 2, 3, value))
        history.change(SetWeight(1, 2, 3, value + 0.05))
    assert [logged.change for logged in history.track.branch.log] == [SetWeight(1, 2, 3, 0.35)]
    history.change(SetWeight(1, 2, 4, 1.0))
    assert len(history.track.branch.log) == 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (SetLearningRate(float("nan")), ConfigError),
        (SetBatchSize(0), ConfigError),
        (SetLoss("log", "softmax"), ConfigError),
        (SetOptimizer("newton", 0.9), ConfigError),
        (SetPenalty(-1.0, 0.0), ConfigError),
        (SetWeight(0, 64, 0, 1.0), ShapeError),
        (SetWeight(0, 0, 0, float("nan")), ConfigError),
        (SetBias(1, 0, 1e39), ConfigError),
        (SwitchNeuron(1, 0, is_on=False), ShapeError),
    ],
)
def test_an_impossible_change_is_refused_and_changes_nothing(change: Change, error: type[BpvizError]) -> None:
    history = new_history()
    train(history, 12)
    before = history.track.trainer.state()
    with pytest.raises(error):
        history.change(change)
    with pytest.raises(error):
        history.fork((SetLearningRate(0.9), SetOptimizer("adam", 0.9), change))
    assert_same_state(history.track.trainer.state(), before)
    assert len(list(history.track.tree)) == 1
    train(history, 3)
    assert_true(history)


def test_there_are_at_most_five_branches_and_none_is_dropped_unasked() -> None:
    history = new_history()
    train(history, 10)
    for rate in range(1, MAX_BRANCHES):
        history.fork((SetLearningRate(rate / 100),))
    go_to(history, 5)
    before = history.track.trainer.state()
    with pytest.raises(HistoryError, match="there are 5 branches already"):
        history.change(SetLearningRate(0.9))
    assert_same_state(history.track.trainer.state(), before)
    assert len(list(history.track.tree)) == MAX_BRANCHES
    history.drop(1)
    history.change(SetLearningRate(0.9))
    assert len(list(history.track.tree)) == MAX_BRANCHES


def test_dropping_a_branch_leaves_those_that_forked_from_it_whole() -> None:
    history = new_history()
    tree = history.track.tree
    train(history, 30)
    go_to(history, 10)
    history.fork((SetLearningRate(0.1),))
    train(history, 30)
    history.fork((SetBatchSize(4),))
    train(history, 10)
    history.switch(1)
    finish_jump(history)
    go_to(history, 20)
    history.fork((SetOptimizer("adam", 0.9),))
    history.drop(1)
    history.drop(0)
    assert {branch.id: branch.parent_id for branch in tree} == {2: None, 3: 2}
    for branch_id, iteration in ((2, 5), (2, 35), (3, 15), (2, 50), (3, 20)):
        history.switch(branch_id)
        finish_jump(history)
        go_to(history, iteration)
        assert_true(history)
    with pytest.raises(HistoryError, match="is shown"):
        history.drop(3)


def test_a_diverged_branch_can_be_rewound_and_saved_by_a_change() -> None:
    config = config_for(layers=(64, 9, 10), loss="squared", output_activation="identity", learning_rate=1e3)
    history = new_history(config)
    with np.errstate(all="ignore"), pytest.raises(DivergedError) as caught:
        train(history, 50)
    done = caught.value.iteration - 1
    assert history.track.trainer.iteration == done > 0
    go_to(history, 0)
    history.change(SetLearningRate(0.01))
    train(history, 30)
    assert np.isfinite(history.track.trainer.network.parameters).all()
    history.switch(0)
    with np.errstate(all="ignore"):
        finish_jump(history)
    assert history.track.trainer.iteration == done


def test_going_far_back_forks_off_the_branch_that_was_trained_there() -> None:
    history = new_history()
    train(history, 30)
    history.fork((SetLearningRate(0.1),))
    train(history, 10)
    go_to(history, 12)
    history.change(SetBatchSize(3))
    assert (history.track.branch.parent_id, history.track.branch.fork_iteration) == (0, 12)
    train(history, 10)
    assert_true(history)


def test_metrics_log_every_iteration_of_every_branch_once() -> None:
    metrics = MetricsLog()
    history = new_history(metrics=metrics)
    train(history, 20)
    go_to(history, 5)
    train(history, 20)
    go_to(history, 10)
    history.change(SetLearningRate(0.9))
    train(history, 7)
    logged = {rows.branch_id: list(rows.iteration) for rows in metrics.drain_all()}
    assert logged == {0: list(range(1, 26)), 1: list(range(11, 18))}
