"""Raced branches come level, stay level, and are each the run they would have been alone."""

import numpy as np
import pytest

from bpviz.training import messages
from bpviz.training.changes import SetBatchSize, SetLearningRate
from bpviz.training.messages import ApplyChange, ForkHere, GoTo, Pause, Race, RunTo, SwitchBranch
from tests.training.plain_runs import DATA, from_scratch
from tests.training.run_desk import Desk
from tests.training.small_runs import config_for


class WorkClock:
    """Time that goes on by what each iteration costs: a tenth of a millisecond a sample."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1e-3
        return self.now_s


def forked(*rates: float) -> Desk:
    """Return a run with a branch for each rate, all forked after ten iterations."""
    desk = Desk(clock=WorkClock()).do(RunTo(10))
    for rate in rates:
        desk.do(SwitchBranch(0)).do(ForkHere((SetLearningRate(rate),)))
    return desk


def furthest(desk: Desk) -> dict[int, int]:
    return {branch.id: desk.track.tree[branch.id].furthest for branch in desk.track.tree}


def assert_all_true(desk: Desk) -> None:
    for branch_id, info in desk.branches().items():
        desk.do(SwitchBranch(branch_id))
        assert desk.trainer.iteration == info.furthest
        expected = from_scratch(info.changes, info.furthest, len(info.changes))
        np.testing.assert_array_equal(desk.trainer.network.parameters, expected.parameters)


def test_each_racer_is_the_run_it_would_have_been_alone() -> None:
    desk = forked(0.1, 1.0).do(Race((0, 1, 2), until=60))
    assert furthest(desk) == {0: 60, 1: 60, 2: 60}
    assert desk.told(messages.StateChanged)[-1].is_running is False
    assert_all_true(desk)


def test_those_behind_catch_up_and_then_all_stay_level() -> None:
    desk = forked(0.1, 1.0).do(SwitchBranch(0)).do(RunTo(70))
    desk.control.obey(Race((0, 1, 2)))
    desk.settle(100)
    assert furthest(desk)[0] == 70
    spread = []
    for _ in range(20):
        desk.settle(37)
        reached = furthest(desk) | {desk.track.branch.id: desk.trainer.iteration}
        spread.append(max(reached.values()) - min(reached.values()))
    # A slice is 20 looks at this clock, one before every iteration.
    assert max(spread) <= 25
    assert min(furthest(desk).values()) > 200


def test_pause_ends_a_race_and_every_branch_can_be_shown_whole() -> None:
    desk = forked(0.1, 1.0)
    desk.control.obey(Race((1, 2)))
    desk.settle(300)
    desk.do(Pause())
    assert not desk.control.is_busy
    shown = desk.shown()
    assert (shown.branch_id, shown.iteration) == (2, furthest(desk)[2])
    assert furthest(desk)[0] == 10
    assert desk.track.branch.id == desk.track.tree.current_id == 2
    assert_all_true(desk)


def test_a_race_of_others_leaves_the_branch_shown_where_it_was() -> None:
    desk = forked(0.1, 1.0).do(SwitchBranch(0)).do(GoTo(7)).do(Race((1, 2), until=30))
    assert furthest(desk) == {0: 10, 1: 30, 2: 30}
    assert (desk.trainer.iteration, desk.shown().branch_id) == (7, 0)


def test_switching_during_a_race_changes_only_what_is_shown() -> None:
    desk = forked(0.1, 1.0)
    desk.control.obey(Race((1, 2), until=90))
    desk.settle(20)
    desk.do(SwitchBranch(1))
    assert furthest(desk) == {0: 10, 1: 90, 2: 90}
    assert (desk.shown().branch_id, desk.trainer.iteration) == (1, 90)


def test_a_rewound_branch_races_on_from_its_end() -> None:
    desk = forked(0.1).do(RunTo(40)).do(GoTo(15)).do(Race((0, 1), until=50))
    assert furthest(desk) == {0: 50, 1: 50}
    assert len(desk.branches()) == 2
    assert_all_true(desk)


def test_a_change_ends_the_race_and_is_made_on_the_branch_shown() -> None:
    desk = forked(0.1, 1.0)
    desk.control.obey(Race((1, 2)))
    desk.settle(100)
    desk.do(ApplyChange(SetBatchSize(5)), Pause())
    assert [logged.change for logged in desk.branches()[2].changes] == [SetLearningRate(1.0), SetBatchSize(5)]
    assert_all_true(desk)


def test_a_racer_that_diverges_leaves_the_race_to_the_others() -> None:
    config = config_for(layers=(64, 9, 10), loss="squared", output_activation="identity", learning_rate=0.01)
    desk = Desk(config, WorkClock()).do(RunTo(5))
    desk.do(ForkHere((SetLearningRate(5e3),)))
    with np.errstate(all="ignore"):
        desk.do(Race((0, 1), until=40))
    assert desk.told(messages.Diverged)[0].branch_id == 1
    assert furthest(desk)[0] == 40
    assert furthest(desk)[1] == desk.told(messages.Diverged)[0].iteration - 1 < 40


def test_metrics_of_a_race_are_each_branch_s_own() -> None:
    desk = forked(0.1, 1.0).do(Race((1, 2), until=40))
    logged = {rows.branch_id: list(rows.iteration) for rows in desk.metrics.drain_all()}
    assert logged == {0: list(range(1, 11)), 1: list(range(11, 41)), 2: list(range(11, 41))}


@pytest.mark.parametrize("batch_size", [1, 50])
def test_a_slow_racer_is_waited_for(batch_size: int) -> None:
    assert len(DATA.train) > batch_size
    desk = forked().do(ForkHere((SetBatchSize(batch_size),))).do(Race((0, 1), until=50))
    assert furthest(desk) == {0: 50, 1: 50}
    assert_all_true(desk)
