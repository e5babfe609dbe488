"""Steps reveal the iteration held before they ask for another one."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.app.stepper import Stepper
from bpviz.data.samples import Dataset
from bpviz.training.messages import GoTo, Step, StepSize
from bpviz.training.observation import observe_iteration, observe_untrained
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position, StepLevel
from tests.training.small_runs import config_for, sparse_digits

ONE, EPOCH = Step(StepSize.ITERATION), Step(StepSize.EPOCH)


@pytest.fixture(scope="module")
def snapshots() -> list[Snapshot]:
    data = Dataset("test", "Test", sparse_digits(105), sparse_digits(5))
    trainer = Trainer(config_for(layers=(784, 3, 10)), data)
    shots = [observe_untrained(trainer, run_id=1, watch=None)]
    return shots + [observe_iteration(trainer, run_id=1, watch=None) for _ in range(13)]


@pytest.fixture
def stepper(snapshots: list[Snapshot]) -> Stepper:
    stepper = Stepper()
    stepper.arrived(snapshots[5])
    return stepper


def test_an_iteration_that_comes_is_shown_whole(stepper: Stepper) -> None:
    assert stepper.is_whole
    assert stepper.reveal is None


def test_a_phase_step_from_a_whole_iteration_enters_the_next_at_its_first_phase(
    stepper: Stepper, snapshots: list[Snapshot]
) -> None:
    assert stepper.step(StepLevel.PHASE) == ONE
    assert stepper.is_waiting
    stepper.arrived(snapshots[6])
    assert stepper.position == Position(Phase.FORWARD)
    assert not stepper.is_waiting


def test_phase_steps_walk_through_the_iteration_without_asking(
    stepper: Stepper, snapshots: list[Snapshot]
) -> None:
    stepper.step(StepLevel.PHASE)
    stepper.arrived(snapshots[6])
    seen = [stepper.position.phase]
    while not stepper.is_whole:
        assert stepper.step(StepLevel.PHASE) is None
        seen.append(stepper.position.phase)
    assert seen == list(Phase)
    assert stepper.step(StepLevel.PHASE) == ONE


def test_neuron_steps_count_every_neuron_forward_and_backward(
    stepper: Stepper, snapshots: list[Snapshot]
) -> None:
    stepper.step(StepLevel.NEURON)
    stepper.arrived(snapshots[6])
    steps = 1
    while not stepper.is_whole:
        stepper.step(StepLevel.NEURON)
        steps += 1
    assert steps == 13 + 1 + 13 + 2


def test_a_coarser_step_completes_what_was_begun(stepper: Stepper, snapshots: list[Snapshot]) -> None:
    stepper.step(StepLevel.NEURON)
    stepper.arrived(snapshots[6])
    assert stepper.step(StepLevel.ITERATION) is None
    assert stepper.is_whole
    assert stepper.step(StepLevel.ITERATION) == ONE


def test_back_retraces_the_steps_and_then_leaves_for_the_iteration_before(
    stepper: Stepper, snapshots: list[Snapshot]
) -> None:
    for phase in (Phase.BACKWARD, Phase.LOSS, Phase.FORWARD):
        assert stepper.back(StepLevel.PHASE) is None
        assert stepper.position.phase is phase
    assert stepper.back(StepLevel.PHASE) == GoTo(4)
    stepper.arrived(snapshots[4])
    assert stepper.is_whole


def test_back_by_iteration_and_epoch(stepper: Stepper, snapshots: list[Snapshot]) -> None:
    assert stepper.back(StepLevel.ITERATION) == GoTo(4)
    stepper.arrived(snapshots[13])
    assert stepper.back(StepLevel.EPOCH) == GoTo(11)
    assert stepper.step(StepLevel.EPOCH) is None, "nothing is asked for while an answer is awaited"
    stepper.arrived(snapshots[11])
    assert stepper.step(StepLevel.EPOCH) == EPOCH


def test_there_is_nothing_before_the_untrained_network(snapshots: list[Snapshot]) -> None:
    stepper = Stepper()
    stepper.arrived(snapshots[0])
    assert stepper.back(StepLevel.NEURON) is None
    assert stepper.step(StepLevel.LAYER) == ONE


def test_any_place_can_be_stood_at(stepper: Stepper) -> None:
    stepper.stand_at(Position(Phase.LOSS))
    assert stepper.position == Position(Phase.LOSS)
    assert stepper.reveal is not None
    assert stepper.reveal.is_loss_known
    stepper.stand_at(Position(Phase.UPDATE))
    assert stepper.is_whole


def test_the_same_iteration_shown_again_keeps_the_place(stepper: Stepper, snapshots: list[Snapshot]) -> None:
    stepper.stand_at(Position(Phase.FORWARD))
    stepper.arrived(snapshots[5])
    assert stepper.position == Position(Phase.FORWARD)


def test_looking_never_changes_what_is_looked_at(stepper: Stepper, snapshots: list[Snapshot]) -> None:
    before = snapshots[5].parameters.copy()
    stepper.back(StepLevel.NEURON)
    stepper.stand_at(Position(Phase.BACKWARD))
    np.testing.assert_array_equal(snapshots[5].parameters, before)


def test_back_from_a_change_by_hand_leads_to_what_was_before_it(
    stepper: Stepper, snapshots: list[Snapshot]
) -> None:
    stepper.stand_at(Position(Phase.FORWARD))
    stepper.arrived(replace(snapshots[5], is_standing=True))
    assert stepper.is_whole
    assert stepper.back(StepLevel.ITERATION) == GoTo(5)
