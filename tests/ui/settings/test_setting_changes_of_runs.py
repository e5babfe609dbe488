"""Settings of training change the run under way: one change each, the one a trainer makes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.data.samples import Dataset
from bpviz.training.changes import (
    Change,
    SetBatchSize,
    SetLearningRate,
    SetLoss,
    SetOptimizer,
    SetPenalty,
)
from bpviz.training.config import TrainingConfig
from bpviz.training.trainer import Trainer
from bpviz.ui.settings.settings_panel import SettingsPanel
from tests.training.small_runs import sparse_digits
from tests.ui.hands import LEFT, take, type_number
from tests.ui.settings.settings_window import START, Window, take_in, type_into

# The offscreen platform says this when a list opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(
    ("do", "change", "expected"),
    [
        (type_into("learning_rate", "0.05"), SetLearningRate(0.05), replace(START, learning_rate=0.05)),
        (type_into("batch_size", "128"), SetBatchSize(128), replace(START, batch_size=128)),
        (type_into("batch_size", "0"), SetBatchSize(1), replace(START, batch_size=1)),
        (type_into("batch_size", "12.6"), SetBatchSize(13), replace(START, batch_size=13)),
        (type_into("l1", "0,001"), SetPenalty(0.001, 0.0), replace(START, l1=0.001)),
        (type_into("l2", "1e-4"), SetPenalty(0.0, 1e-4), replace(START, l2=1e-4)),
        (take_in("training", "loss", "Log loss"), SetLoss("log"), replace(START, loss="log")),
        (take_in("training", "loss", "Squared error"), SetLoss("squared"), replace(START, loss="squared")),
        (
            take_in("training", "optimizer", "Adam"),
            SetOptimizer("adam", 0.9),
            replace(START, optimizer="adam"),
        ),
    ],
)
def test_each_setting_of_training_asks_for_one_change(
    settings: SettingsPanel,
    wanted: list[TrainingConfig],
    changes: list[Change],
    do: Callable[[SettingsPanel], None],
    change: Change,
    expected: TrainingConfig,
) -> None:
    do(settings)
    assert repr(changes) == repr([change])
    assert settings.config == expected
    assert wanted == []


def test_the_change_asked_for_is_the_one_a_trainer_makes(
    settings: SettingsPanel, changes: list[Change]
) -> None:
    training = settings.training
    type_number(training.learning_rate, "0.05")
    type_number(training.batch_size, "32")
    type_number(training.l1, "0.001")
    type_number(training.l2, "0.01")
    take(training.optimizer, "Momentum")
    type_number(training.momentum, "0.5")
    take(training.loss, "Log loss")
    trainer = Trainer(START, Dataset("test", "Test", sparse_digits(20), sparse_digits(10)))
    for change in changes:
        change.apply(trainer)
    assert trainer.config == settings.config


def test_a_rate_being_dragged_is_asked_for_once_when_let_go(
    settings: SettingsPanel, changes: list[Change]
) -> None:
    rate = settings.training.learning_rate
    QTest.mousePress(rate, LEFT, pos=QPoint(20, 13))
    for x in (30, 40, 50):
        QTest.mouseMove(rate, QPoint(x, 13))
    assert changes == []
    QTest.mouseRelease(rate, LEFT, pos=QPoint(50, 13))
    assert changes == [SetLearningRate(rate.value)]
    assert rate.value != START.learning_rate


def test_an_output_chosen_elsewhere_gives_way_to_a_new_loss(
    make_window: Callable[[TrainingConfig], Window], qtbot: QtBot
) -> None:
    chosen = replace(START, loss="squared", output_activation="tanh")
    settings = make_window(chosen).settings
    assert settings.layers.output.text == "10 Tanh"
    with qtbot.waitSignal(settings.change_requested) as told:
        take(settings.training.loss, "Log loss")
    assert told.args == [SetLoss("log")]
    assert settings.config == replace(chosen, loss="log", output_activation=None)


def test_an_optimiser_offers_its_momentum(settings: SettingsPanel, changes: list[Change]) -> None:
    assert not settings.training.momentum.isVisible()
    take(settings.training.optimizer, "Nesterov")
    assert settings.training.momentum.isVisible()
    type_number(settings.training.momentum, "0.5")
    take(settings.training.optimizer, "Adam")
    assert not settings.training.momentum.isVisible()
    assert changes == [
        SetOptimizer("nesterov", 0.9),
        SetOptimizer("nesterov", 0.5),
        SetOptimizer("adam", 0.5),
    ]
