"""The whole window: real clicks and keys on a real run in its thread."""

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.data.samples import Dataset
from bpviz.nn.network import Architecture, Network
from bpviz.training.changes import SetLearningRate
from bpviz.training.checkpoint import ModelAbout, load_model, save_model
from bpviz.training.config import TrainingConfig
from bpviz.training.trainer import Trainer
from bpviz.ui.mode import Mode
from bpviz.viewmodel.run.phases import Phase
from tests.app.hands import canvas_output, click, is_past, iteration, paused_at, sentence_told, shown
from tests.training.small_runs import config_for


def test_space_runs_and_pauses(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.session.is_running and iteration(desk) > 20)
    assert desk.window.transport.run.text() == "Pause"
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    assert desk.window.transport.run.text() == "Run"


def test_step_button_trains_exactly_one_iteration_then_an_epoch(desk: Desk, qtbot: QtBot) -> None:
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    assert iteration(desk) == 1
    QTest.keyClick(desk.window, Qt.Key.Key_5)
    QTest.keyClick(desk.window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: paused_at(desk, 11))
    assert iteration(desk) == 11


def test_what_the_window_trained_is_what_the_trainer_trains(
    desk: Desk, dataset: Dataset, qtbot: QtBot
) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_5)
    for epochs in (1, 2):
        click(desk.window.transport.step)
        qtbot.waitUntil(partial(paused_at, desk, 11 * epochs))
    trainer = Trainer(config_for(), dataset)
    trainer.train_epoch()
    trainer.train_epoch()
    np.testing.assert_array_equal(shown(desk).parameters_after, trainer.network.parameters)


def test_reset_starts_again_from_the_same_first_weights(desk: Desk, qtbot: QtBot) -> None:
    first = shown(desk).parameters
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    QTest.keyClick(desk.window, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    np.testing.assert_array_equal(shown(desk).parameters, first)


def test_phases_are_drawn_as_clicked(desk: Desk, qtbot: QtBot) -> None:
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    for phase in Phase:
        click(desk.window.lab.stage.phases.arrow(phase))
        assert desk.presenter.shown_phase is phase
        assert desk.window.lab.stage.network.picture is not None


def test_adding_a_layer_starts_a_new_run_that_learns(desk: Desk, qtbot: QtBot) -> None:
    click(desk.window.lab.settings.layers.add_layer)
    qtbot.waitUntil(lambda: iteration(desk) == 0 and len(shown(desk).architecture.layers) == 4)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))


def test_learning_rate_changes_the_run_under_way(desk: Desk, qtbot: QtBot) -> None:
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    desk.window.lab.settings.change_requested.emit(SetLearningRate(0.125))
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 2))
    assert shown(desk).learning_rate == 0.125


def test_network_saved_and_opened_again_is_the_same(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    path = tmp_path / "net.safetensors"
    desk.presenter.save(path)
    expected = shown(desk).parameters_after
    np.testing.assert_array_equal(load_model(path)[0].parameters, expected)
    desk.presenter.open(path)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    np.testing.assert_array_equal(shown(desk).parameters, expected)


def test_damaged_file_is_told_and_the_run_goes_on(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "bad.safetensors"
    path.write_bytes(b"not a network")
    desk.presenter.open(path)
    assert desk.window.notices.isVisible()
    assert "bad.safetensors" in sentence_told(desk)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))


def test_divergence_is_told_and_the_window_stays_usable(desk: Desk, qtbot: QtBot) -> None:
    config = config_for(loss="squared", output_activation="identity", learning_rate=1e3)
    desk.presenter.start_run(config)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    click(desk.window.transport.run)
    notices = desk.window.notices
    qtbot.waitUntil(lambda: notices.isVisible() and "not a finite number" in sentence_told(desk))
    click(desk.window.transport.reset)
    qtbot.waitUntil(lambda: iteration(desk) == 0 and not desk.session.is_running)


def test_modes_and_themes_change_while_it_trains(desk: Desk, qtbot: QtBot) -> None:
    click(desk.window.transport.run)
    for mode in (Mode.DRAW, Mode.LAB, Mode.DRAW, Mode.LAB):
        desk.window.set_mode(mode)
        click(desk.window.transport.theme)
        desk.window.resize(1300 + 40 * iteration(desk) % 300, 820)
        reached = iteration(desk)
        qtbot.waitUntil(partial(is_past, desk, reached))
    assert desk.source.theme.is_dark
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: not desk.session.is_running)


def test_canvas_follows_the_network_in_training_when_asked(desk: Desk, qtbot: QtBot) -> None:
    desk.window.set_mode(Mode.DRAW)
    desk.presenter.canvas.follow(True)
    canvas = desk.window.draw.panel.canvas.viewport()
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 60))
    QTest.mouseMove(canvas, middle)
    QTest.mouseMove(canvas, middle + QPoint(0, 60))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 60))
    before = canvas_output(desk).copy()
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: iteration(desk) > 50)
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    assert not np.array_equal(canvas_output(desk), before)


def test_network_that_does_not_fit_the_digits_is_told_and_the_run_goes_on(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    architecture = Architecture((100, 10))
    parameters = np.zeros(architecture.n_parameters, np.float32)
    about = ModelAbout(TrainingConfig(layers=(100, 10)), "other", 0, 0, 1)
    save_model(tmp_path / "small.safetensors", Network(architecture, parameters), about)
    desk.presenter.open(tmp_path / "small.safetensors")
    assert "needs 784 inputs and 10 outputs" in sentence_told(desk)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
