"""Every field asks for exactly one new run, or for one change of the run under way."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.training.changes import (
    Change,
)
from bpviz.training.config import TrainingConfig
from bpviz.ui.settings.layer_settings import MOST_HIDDEN_LAYERS
from bpviz.ui.settings.settings_panel import SettingsPanel
from bpviz.ui.settings.view_settings import DEFAULT_EDGE_BUDGET
from bpviz.viewmodel.network.graph_geometry import InputStyle
from bpviz.viewmodel.network.tile_content import TileContent
from tests.ui.hands import LEFT, take, type_number
from tests.ui.settings.settings_window import START, Window, dataset, take_in, type_into

# The offscreen platform says this when a list opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        (type_into("seed", "7"), replace(START, seed=7)),
        (
            lambda settings: QTest.mouseClick(settings.training.next_seed, LEFT),
            replace(START, seed=1),
        ),
        (lambda settings: settings.draw_new_weights(), replace(START, seed=1)),
        (take_in("layers", "activation", "ReLU"), replace(START, activation="relu")),
        (take_in("layers", "activation", "Leaky ReLU"), replace(START, activation="leaky-relu")),
        (take_in("layers", "initializer", "Xavier"), replace(START, initializer="xavier")),
        (take_in("layers", "initializer", "All zero"), replace(START, initializer="zeros")),
        (
            lambda settings: type_number(settings.layers.hidden_fields[0], "64"),
            replace(START, layers=(784, 64, 10)),
        ),
        (
            lambda settings: QTest.mouseClick(settings.layers.add_layer, LEFT),
            replace(START, layers=(784, 30, 16, 10)),
        ),
        (
            lambda settings: QTest.mouseClick(settings.layers.hidden.removers[0], LEFT),
            replace(START, layers=(784, 10)),
        ),
    ],
)
def test_each_setting_asks_for_one_new_run(
    settings: SettingsPanel,
    wanted: list[TrainingConfig],
    changes: list[Change],
    do: Callable[[SettingsPanel], None],
    expected: TrainingConfig,
) -> None:
    do(settings)
    # As text: 7.0 would equal 7, but is no seed.
    assert repr(wanted) == repr([expected])
    assert settings.config == expected
    assert changes == []


def test_the_next_seed_follows_the_one_shown(settings: SettingsPanel, wanted: list[TrainingConfig]) -> None:
    type_number(settings.training.seed, "9999")
    QTest.mouseClick(settings.training.next_seed, LEFT)
    assert [config.seed for config in wanted] == [9999, 10_000]
    assert settings.training.seed.value == 10_000


@pytest.mark.parametrize("label", ["Cross-entropy", "Log loss", "Squared error"])
@pytest.mark.parametrize("activation", ["Sigmoid", "Tanh", "ReLU", "Leaky ReLU", "Identity"])
def test_every_loss_goes_with_every_hidden_activation(
    settings: SettingsPanel, qtbot: QtBot, label: str, activation: str
) -> None:
    with qtbot.assertNotEmitted(settings.refused):
        take(settings.training.loss, label)
        take(settings.layers.activation, activation)
    assert settings.config.architecture().output_activation in ("softmax", "sigmoid")


def test_output_row_says_what_the_loss_chose(settings: SettingsPanel) -> None:
    assert settings.layers.output.text == "10 Softmax"
    take(settings.training.loss, "Log loss")
    assert settings.layers.output.text == "10 Sigmoid"


def test_a_new_run_keeps_what_was_changed_in_the_old_one(
    settings: SettingsPanel, wanted: list[TrainingConfig]
) -> None:
    type_number(settings.training.learning_rate, "0.05")
    take(settings.training.optimizer, "Momentum")
    QTest.mouseClick(settings.layers.add_layer, LEFT)
    type_number(settings.training.seed, "3")
    changed = replace(START, learning_rate=0.05, optimizer="momentum", layers=(784, 30, 16, 10))
    assert wanted == [changed, replace(changed, seed=3)]


def test_what_is_there_already_asks_for_nothing(
    settings: SettingsPanel, wanted: list[TrainingConfig], changes: list[Change]
) -> None:
    seed = settings.training.seed
    QTest.mousePress(seed, LEFT, pos=QPoint(20, 13))
    QTest.mouseMove(seed, QPoint(60, 13))
    assert seed.value > 0
    QTest.mouseMove(seed, QPoint(0, 13))
    QTest.mouseRelease(seed, LEFT, pos=QPoint(0, 13))
    assert seed.value == 0
    type_number(settings.training.seed, "0")
    type_number(settings.layers.hidden_fields[0], "30")
    take(settings.training.loss, "Cross-entropy")
    take(settings.training.optimizer, "SGD")
    type_number(settings.training.learning_rate, "0.5")
    assert (wanted, changes) == ([], [])


def test_an_impossible_network_is_refused_in_a_sentence_and_the_old_one_stands(
    make_window: Callable[[TrainingConfig], Window], qtbot: QtBot
) -> None:
    config = replace(START, layers=(48_830, 1000, 10))
    settings = make_window(config).settings
    with qtbot.assertNotEmitted(settings.config_changed), qtbot.waitSignal(settings.refused) as told:
        type_number(settings.layers.hidden_fields[0], "1024")
    assert told.args is not None
    assert "parameters" in told.args[0]
    assert settings.layers.hidden_fields[0].value == 1000
    assert settings.config == config


def test_values_beyond_the_fields_are_shown_as_they_are(
    make_window: Callable[[TrainingConfig], Window],
) -> None:
    config = replace(
        START, learning_rate=50.0, batch_size=5000, l1=0.5, l2=1e-8, seed=123_456, layers=(784, 2000, 10)
    )
    settings = make_window(config).settings
    training = settings.training
    shown = [field.value for field in (training.learning_rate, training.batch_size, training.l1, training.l2)]
    assert shown == [50.0, 5000.0, 0.5, 1e-8]
    assert training.seed.value == 123_456
    assert settings.layers.hidden_fields[0].value == 2000


def test_layers_come_and_go_one_by_one(settings: SettingsPanel, wanted: list[TrainingConfig]) -> None:
    layers = settings.layers
    for count in range(2, MOST_HIDDEN_LAYERS + 1):
        assert layers.add_layer.isEnabled()
        QTest.mouseClick(layers.add_layer, LEFT)
        assert len(layers.hidden_fields) == count
    assert not layers.add_layer.isEnabled()
    assert wanted[-1].layers == (784, 30, *[16] * (MOST_HIDDEN_LAYERS - 1), 10)
    type_number(layers.hidden_fields[4], "99")
    QTest.mouseClick(layers.hidden.removers[1], LEFT)
    assert wanted[-1].layers == (784, 30, 16, 16, 99, 16, 16, 16, 16, 16, 10)
    assert layers.add_layer.isEnabled()


def test_without_hidden_layers_there_is_no_hidden_activation(
    settings: SettingsPanel, wanted: list[TrainingConfig]
) -> None:
    QTest.mouseClick(settings.layers.hidden.removers[0], LEFT)
    assert settings.layers.hidden_fields == ()
    assert not settings.layers.activation.isVisible()
    QTest.mouseClick(settings.layers.add_layer, LEFT)
    assert settings.layers.activation.isVisible()
    assert wanted[-1].layers == (784, 30, 10)


def test_showing_a_configuration_tells_nobody(settings: SettingsPanel, qtbot: QtBot) -> None:
    other = TrainingConfig((784, 20, 12, 10), "relu", None, "log", "adam", 0.01, 0.5, 32, "he", 0.1, 0.2, 9)
    training = settings.training
    with qtbot.assertNotEmitted(settings.config_changed), qtbot.assertNotEmitted(settings.change_requested):
        settings.show_config(other)
    assert settings.config == other
    assert [field.value for field in settings.layers.hidden_fields] == [20, 12]
    assert (training.loss.key, training.optimizer.key) == ("log", "adam")
    assert (settings.layers.activation.key, settings.layers.initializer.key) == ("relu", "he")
    assert (training.learning_rate.value, training.batch_size.value, training.seed.value) == (0.01, 32, 9)


def test_the_dataset_wanted_is_only_asked_for(settings: SettingsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.data.dataset_requested) as told:
        take(settings.data.dataset, "MNIST")
    assert told.args == ["mnist"]
    settings.data.show_dataset(dataset())
    assert settings.data.dataset.key == "strokes"


def test_a_dataset_of_another_name_is_shown_by_its_title(settings: SettingsPanel) -> None:
    settings.data.show_dataset(replace(dataset(), name="rings", title="Two rings"))
    assert settings.data.dataset.accessibleName() == "Dataset: Two rings"


def test_view_options_are_told_by_their_values(settings: SettingsPanel, qtbot: QtBot) -> None:
    view = settings.view
    assert view.edges.value == DEFAULT_EDGE_BUDGET
    with qtbot.waitSignal(view.edge_budget_changed) as told:
        type_number(view.edges, "800")
    assert told.args == [800]
    for switch, toggled, first in (
        (view.bias_nodes, view.bias_nodes_toggled, False),
        (view.sign_as_dashes, view.sign_as_dashes_toggled, True),
    ):
        with qtbot.waitSignal(toggled) as told:
            QTest.mouseClick(switch, LEFT)
        assert told.args == [first]


def test_what_input_and_small_images_show_can_be_chosen(settings: SettingsPanel, qtbot: QtBot) -> None:
    view = settings.view
    with qtbot.waitSignal(view.input_style_chosen) as told:
        take(view.input_style, "Ten boxes")
    assert told.args == [InputStyle.BOXES]
    for label, content in (("Gradients", TileContent.GRADIENT), ("None", None)):
        with qtbot.waitSignal(view.tile_content_chosen) as told:
            take(view.images, label)
        assert told.args == [content]
