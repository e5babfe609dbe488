"""Every change says what differs, before it is made."""

import pytest

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
from bpviz.training.trainer import Trainer
from tests.training.plain_runs import CONFIG, DATA


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (SetLearningRate(1.0), "η 0.3 → 1"),
        (SetOptimizer("adam", 0.9), "sgd → adam"),
        (SetOptimizer("sgd", 0.5), "μ 0.9 → 0.5"),
        (SetLoss("squared"), "cross-entropy → squared"),
        (SetBatchSize(32), "batch 10 → 32"),
        (SetPenalty(0.0, 0.01), "L2 0 → 0.01"),
        (SetPenalty(0.001, 0.0), "L1 0 → 0.001"),
        (SetWeight(1, 3, 7, 0.123456), "w[2][3,7] = 0.123"),
        (SetBias(0, 4, -2.0), "b[1][4] = -2"),
        (SwitchNeuron(0, 5, is_on=False), "neuron 5 of layer 1 off"),
    ],
)
def test_a_change_is_in_force_once_made_and_not_before(change: Change, label: str) -> None:
    trainer = Trainer(CONFIG, DATA)
    assert change.label(trainer) == label
    assert not change.is_in_force(trainer)
    change.apply(trainer)
    assert change.is_in_force(trainer)


def test_only_what_touches_the_network_itself_is_by_hand() -> None:
    hands = (SetWeight(0, 0, 0, 1.0), SetBias(0, 0, 1.0), SwitchNeuron(0, 0, is_on=False))
    assert all(change.is_by_hand for change in hands)
    assert not any(change.is_by_hand for change in (SetLearningRate(1.0), SetLoss("squared")))
