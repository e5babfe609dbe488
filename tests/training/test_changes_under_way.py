"""Changes made in a run are logged, shown, replayed and forked from; the impossible is refused."""

import numpy as np

from bpviz.training import messages
from bpviz.training.changes import SetBatchSize, SetLearningRate, SetLoss, SetWeight, SwitchNeuron
from bpviz.training.messages import (
    ApplyChange,
    AskWeightHistory,
    DropBranch,
    GoTo,
    Pause,
    Race,
    Run,
    RunTo,
    Step,
    StepSize,
    SwitchBranch,
)
from tests.training.plain_runs import from_scratch
from tests.training.run_desk import ON, Desk


def test_a_change_sent_during_a_jump_is_made_where_it_ends_and_is_never_lost() -> None:
    desk = Desk().do(RunTo(30)).do(GoTo(10), ApplyChange(SetLearningRate(0.9)), GoTo(5))
    fork = desk.branches()[1]
    assert (fork.fork_iteration, fork.changes[0].iteration, fork.is_current) == (10, 10, True)
    assert desk.trainer.iteration == 5


def test_a_change_under_way_forks_while_retracing_and_not_at_the_front() -> None:
    desk = Desk().do(RunTo(30)).do(ApplyChange(SetLearningRate(0.2))).do(RunTo(40)).do(GoTo(20))
    desk.control.obey(Run())
    desk.settle(5)
    desk.control.obey(ApplyChange(SetLearningRate(0.6)))
    desk.settle(5)
    desk.do(Pause())
    infos = desk.branches()
    assert infos[0].furthest == 40
    assert (infos[1].name, infos[1].fork_iteration, infos[1].furthest) == ("η 0.3 → 0.6", 25, 31)
    np.testing.assert_array_equal(
        desk.trainer.network.parameters, from_scratch(infos[1].changes, 31, 1).parameters
    )


def test_replayed_changes_are_told_as_they_come_into_force() -> None:
    desk = Desk().do(RunTo(11)).do(ApplyChange(SetLearningRate(0.1))).do(RunTo(20)).do(GoTo(5))
    assert desk.told(messages.Rewound)[0].config.learning_rate == 0.3
    desk.do(RunTo(20))
    told = [
        (event.iteration, event.config.learning_rate, event.is_replayed)
        for event in desk.told(messages.Changed)
    ]
    assert told == [(11, 0.1, False), (11, 0.1, True)]


def test_a_weight_changed_by_hand_is_shown_at_once_with_what_follows() -> None:
    desk = Desk().do(RunTo(10))
    before = desk.shown()
    shot = desk.do(ApplyChange(SetWeight(1, 2, 3, 5.0))).shown()
    assert shot.is_standing
    assert shot.network().W[1][2, 3] == 5.0
    assert not np.array_equal(shot.batch.forward.z[1], before.batch.forward.z[1])
    after = desk.do(ON).shown()
    np.testing.assert_array_equal(after.parameters, shot.parameters)
    np.testing.assert_array_equal(after.batch.forward.z[1], shot.batch.forward.z[1])


def test_a_neuron_switched_off_stays_off_until_a_rewind_before_it() -> None:
    desk = Desk().do(RunTo(10)).do(ApplyChange(SwitchNeuron(0, 4, is_on=False))).do(RunTo(20))
    assert desk.shown().switched_off == ((0, 4),)
    rewound = desk.do(GoTo(9)).told(messages.Rewound)[0]
    assert rewound.switched_off == ()
    assert desk.shown().switched_off == ()


def test_an_impossible_wish_is_refused_in_a_sentence_and_training_goes_on() -> None:
    desk = Desk()
    desk.control.obey(Run())
    desk.settle(5)
    desk.control.obey(ApplyChange(SetBatchSize(0)))
    desk.control.obey(SwitchBranch(9))
    desk.control.obey(DropBranch(0))
    desk.control.obey(AskWeightHistory(10**6))
    desk.control.obey(Race((0, 4)))
    desk.settle(5)
    assert [event.sentence.split(";")[0] for event in desk.told(messages.Refused)] == [
        "batch size is 0",
        "there is no branch 9",
        "'original' is shown",
        "there is no parameter 1000000",
        "there is no branch 4",
    ]
    assert desk.trainer.iteration == 10


def test_an_epoch_step_ends_where_the_epoch_does_though_the_batch_size_changes() -> None:
    desk = Desk()
    desk.control.obey(Step(StepSize.EPOCH))
    desk.settle(4)
    desk.do(ApplyChange(SetBatchSize(5)))
    assert desk.trainer.iteration == 4 + 13
    assert desk.shown().iterations_per_epoch == 17
    desk.do(GoTo(1)).do(Step(StepSize.EPOCH))
    assert desk.trainer.iteration == 17


def test_after_another_loss_the_epoch_counts_anew() -> None:
    desk = Desk().do(RunTo(6)).do(ApplyChange(SetLoss("squared"))).do(RunTo(11))
    ended = desk.told(messages.EpochEnded)[0]
    assert ended.n_samples == 45
    assert desk.shown().architecture.output_activation == "sigmoid"
