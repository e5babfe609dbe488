"""Commands do what they say, in any order, and what the window is told is true."""

import numpy as np
import pytest

from bpviz.training import messages
from bpviz.training.changes import SetLearningRate, SetWeight
from bpviz.training.messages import (
    ApplyChange,
    AskWeightHistory,
    ForkHere,
    GoTo,
    Pause,
    Race,
    Run,
    RunTo,
    StepBack,
    StepSize,
    SwitchBranch,
)
from tests.training.plain_runs import from_scratch
from tests.training.run_desk import BACK, ON, Desk, assert_same_iteration
from tests.training.small_runs import config_for


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_going_back_shows_the_very_iteration_again(optimizer: str) -> None:
    desk = Desk(config_for(layers=(64, 9, 10), optimizer=optimizer, learning_rate=0.02))
    originals = {}
    for iteration in range(1, 31):
        desk.do(ON)
        originals[iteration] = desk.shown()
    for iteration in (30, 1, 17, 16, 29):
        desk.do(GoTo(iteration))
        again = desk.shown()
        assert_same_iteration(again, originals[iteration])
        assert again.optimizer is not None
        first = originals[iteration].optimizer
        assert first is not None
        assert again.optimizer.updates == first.updates == iteration
        for name, state in first.state_before.items():
            np.testing.assert_array_equal(again.optimizer.state_before[name], state)
    assert [event.iteration for event in desk.told(messages.Rewound)] == [30, 1, 17, 16, 29]


def test_running_stepping_and_rewinding_all_end_in_the_same_bits() -> None:
    ran, stepped, rewound = Desk().do(RunTo(40)), Desk(), Desk()
    stepped.do(*[ON] * 40)
    rewound.do(RunTo(25)).do(GoTo(3)).do(RunTo(30)).do(BACK, BACK).do(RunTo(40))
    expected = from_scratch((), 40, 0).parameters
    for desk in (ran, stepped, rewound):
        np.testing.assert_array_equal(desk.trainer.network.parameters, expected)
        assert len(desk.branches()) == 1


def test_home_shows_the_untrained_network() -> None:
    desk = Desk().do(RunTo(12)).do(GoTo(0))
    shot = desk.shown()
    assert (shot.iteration, shot.is_standing) == (0, True)
    np.testing.assert_array_equal(shot.parameters, from_scratch((), 0, 0).parameters)


def test_a_place_never_reached_leads_to_the_furthest() -> None:
    assert Desk().do(RunTo(12)).do(GoTo(3)).do(GoTo(500)).shown().iteration == 12


def test_steps_back_add_up_however_fast_they_come() -> None:
    desk = Desk().do(RunTo(30)).do(BACK, BACK, BACK)
    assert desk.shown().iteration == 27
    assert desk.do(*[BACK] * 40).shown().iteration == 0


def test_steps_forward_add_up_too() -> None:
    assert Desk().do(ON, ON, ON).trainer.iteration == 3


def test_an_epoch_back_is_the_end_of_the_one_before() -> None:
    desk = Desk().do(RunTo(25))
    back = StepBack(StepSize.EPOCH)
    assert [desk.do(back).trainer.iteration for _ in range(3)] == [22, 11, 0]


def test_a_step_sent_during_a_jump_begins_where_it_ends() -> None:
    assert Desk().do(RunTo(30)).do(GoTo(10), ON).trainer.iteration == 11


def test_a_newer_jump_takes_the_place_of_an_older_one_at_once() -> None:
    desk = Desk().do(RunTo(60))
    desk.control.obey(GoTo(7))
    desk.control.advance()
    desk.do(GoTo(30))
    assert desk.trainer.iteration == 30
    assert [event.iteration for event in desk.told(messages.Rewound)] == [30]


def test_pause_ends_a_jump_after_one_more_iteration() -> None:
    # A clock that stands still makes the checkpoints sparse.
    desk = Desk(clock=lambda: 0.0).do(RunTo(200))
    desk.control.obey(GoTo(55))
    assert [event.n_replayed for event in desk.settle(0).told(messages.Rewinding)] == [31]
    desk.control.advance()
    desk.do(Pause())
    assert desk.trainer.iteration == 26
    assert desk.shown().iteration == 26


def test_a_jump_replays_few_iterations_and_going_on_back_even_fewer() -> None:
    desk = Desk(clock=lambda: 0.0).do(RunTo(1000)).do(GoTo(777))
    for _ in range(40):
        desk.do(BACK)
    replayed = [event.n_replayed for event in desk.told(messages.Rewinding)]
    assert replayed[0] < 500
    assert max(replayed[1:]) <= 32
    assert sum(replayed[1:]) <= 40 * 8


def test_tests_and_epochs_are_not_told_again_on_a_retrace() -> None:
    desk = Desk().do(RunTo(25)).do(GoTo(4)).do(RunTo(34))
    assert [event.iteration for event in desk.told(messages.EpochEnded)] == [11, 22, 33]
    assert [event.iteration for event in desk.told(messages.TestMeasured)] == [0, 11, 22, 33]
    rows = desk.metrics.drain()
    np.testing.assert_array_equal(rows.iteration, np.arange(1, 35))


def test_an_epoch_has_the_same_figures_after_a_rewind_into_its_middle() -> None:
    plain = Desk().do(RunTo(22)).told(messages.EpochEnded)[1]
    desk = Desk().do(RunTo(15)).do(GoTo(13))
    desk.do(ForkHere(name="same")).do(RunTo(22))
    again = desk.told(messages.EpochEnded)[1]
    assert (again.branch_id, again.n_samples) == (1, plain.n_samples)
    assert (again.train_loss, again.train_accuracy) == (plain.train_loss, plain.train_accuracy)


def test_a_branch_left_by_a_switch_is_shown_whole_again() -> None:
    desk = Desk().do(RunTo(20))
    original = desk.shown()
    desk.do(ForkHere((SetLearningRate(1.0),))).do(RunTo(35)).do(SwitchBranch(0))
    assert_same_iteration(desk.shown(), original)
    shown = desk.do(SwitchBranch(1)).shown()
    assert (shown.iteration, shown.branch_id) == (35, 1)
    replayed = [event.n_replayed for event in desk.told(messages.Rewinding)]
    assert replayed == [1, 1]


def test_a_branch_left_with_a_weight_changed_by_hand_is_so_again() -> None:
    desk = Desk().do(RunTo(20)).do(ApplyChange(SetWeight(0, 1, 1, 7.0)))
    desk.do(ForkHere((SetLearningRate(1.0),))).do(RunTo(25)).do(SwitchBranch(0))
    shot = desk.shown()
    assert (shot.iteration, shot.is_standing) == (20, True)
    assert shot.network().W[0][1, 1] == 7.0


def test_weight_history_is_what_the_weight_was() -> None:
    index = 123
    desk = Desk().do(RunTo(30)).do(ForkHere((SetLearningRate(1.0),))).do(RunTo(60))
    log, end = desk.branches()[1].changes, desk.trainer.state()
    desk.do(AskWeightHistory(index)).do(AskWeightHistory(index, 25, 37))
    recorded, replayed = desk.told(messages.WeightHistory)
    assert not recorded.is_every_iteration
    assert len(recorded.iterations) > 5
    assert (np.diff(recorded.iterations) > 0).all()
    np.testing.assert_array_equal(replayed.iterations, np.arange(25, 38))
    for history in (recorded, replayed):
        for iteration, value in zip(history.iterations, history.values, strict=True):
            made = 1 if iteration > 30 else 0
            assert value == from_scratch(log, int(iteration), made).parameters[index]
    np.testing.assert_array_equal(desk.trainer.network.parameters, end.parameters)
    assert desk.do(RunTo(61)).metrics.drain_all()[-1].iteration[-1] == 61


def test_a_newer_command_ends_a_long_replay_of_a_weight() -> None:
    desk = Desk().do(RunTo(60))
    desk.control.obey(AskWeightHistory(5, 0, 60))
    desk.control.advance()
    desk.do(ON)
    assert desk.trainer.iteration == 61
    assert list(desk.told(messages.WeightHistory)[0].iterations) == [0, 1]
    np.testing.assert_array_equal(desk.trainer.network.parameters, from_scratch((), 61, 0).parameters)


def test_divergence_in_a_fork_is_told_and_the_branch_can_be_left() -> None:
    config = config_for(layers=(64, 9, 10), loss="squared", output_activation="identity", learning_rate=0.01)
    desk = Desk(config).do(RunTo(10))
    with np.errstate(all="ignore"):
        desk.do(ForkHere((SetLearningRate(5e3),))).do(Run())
    diverged = desk.told(messages.Diverged)[0]
    assert diverged.branch_id == 1
    assert desk.branches()[1].diverged_at == diverged.iteration
    desk.do(SwitchBranch(0)).do(RunTo(20))
    assert (desk.trainer.iteration, desk.branches()[0].diverged_at) == (20, None)


def test_after_a_failure_nothing_is_under_way_and_the_run_can_go_on() -> None:
    desk = Desk().do(RunTo(60))
    for begun in (GoTo(30), AskWeightHistory(5, 0, 60), Run(), Race((0,))):
        desk.control.obey(begun)
        desk.control.advance()
        desk.control.stop()
        assert not desk.control.is_busy
    desk.do(RunTo(70))
    np.testing.assert_array_equal(desk.trainer.network.parameters, from_scratch((), 70, 0).parameters)
