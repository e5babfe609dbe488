"""The whole window: real clicks and keys on a real run in its thread."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from bpviz.app.application import open_desk
from bpviz.data.samples import Dataset
from bpviz.training.checkpoint import load_model
from bpviz.training.trainer import Trainer
from bpviz.ui.fonts import load_fonts
from bpviz.ui.mode import Mode
from bpviz.ui.theme_source import ThemeChoice
from bpviz.viewmodel.phases import Phase
from tests.training.small_runs import config_for, sparse_digits


@pytest.fixture
def dataset():
    return Dataset("strokes", "Test", sparse_digits(105), sparse_digits(30, seed=1))


@pytest.fixture
def desk(qapp, dataset, qtbot):
    load_fonts()
    with open_desk(qapp, ThemeChoice.DARK, config_for(), dataset, blas_threads=1) as desk:
        desk.window.show()
        qtbot.waitExposed(desk.window)
        qtbot.waitUntil(lambda: desk.presenter.snapshot is not None)
        yield desk


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def iteration(desk):
    return desk.presenter.snapshot.iteration if desk.presenter.snapshot else -1


def paused_at(desk, least):
    return not desk.session.is_running and iteration(desk) >= least


def test_space_runs_and_pauses(desk, qtbot):
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.session.is_running and iteration(desk) > 20)
    assert desk.window.transport.run.text() == "Pause"
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    assert desk.window.transport.run.text() == "Run"


def test_step_button_trains_exactly_one_iteration_then_an_epoch(desk, qtbot):
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    assert iteration(desk) == 1
    QTest.keyClick(desk.window, Qt.Key.Key_2)
    QTest.keyClick(desk.window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: paused_at(desk, 11))
    assert iteration(desk) == 11


def test_what_the_window_trained_is_what_the_trainer_trains(desk, dataset, qtbot):
    QTest.keyClick(desk.window, Qt.Key.Key_2)
    for epochs in (1, 2):
        click(desk.window.transport.step)
        qtbot.waitUntil(lambda epochs=epochs: paused_at(desk, 11 * epochs))
    trainer = Trainer(config_for(), dataset)
    trainer.train_epoch()
    trainer.train_epoch()
    np.testing.assert_array_equal(desk.presenter.snapshot.parameters_after, trainer.network.parameters)


def test_reset_starts_again_from_the_same_first_weights(desk, qtbot):
    first = desk.presenter.snapshot.parameters
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    QTest.keyClick(desk.window, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    np.testing.assert_array_equal(desk.presenter.snapshot.parameters, first)


def test_phases_are_drawn_as_clicked(desk, qtbot):
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    for phase in Phase:
        click(desk.window.lab.phases.arrow(phase))
        assert desk.window.lab.phase is phase
        assert desk.window.lab.network.picture is not None


def test_adding_a_layer_starts_a_new_run_that_learns(desk, qtbot):
    click(desk.window.lab.settings.layers.add_layer)
    qtbot.waitUntil(lambda: iteration(desk) == 0 and len(desk.presenter.snapshot.architecture.layers) == 4)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))


def test_learning_rate_changes_the_run_under_way(desk, qtbot):
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    desk.window.lab.settings.training.learning_rate_changed.emit(0.125)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 2))
    assert desk.presenter.snapshot.learning_rate == 0.125


def test_network_saved_and_opened_again_is_the_same(desk, qtbot, tmp_path):
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    path = tmp_path / "net.safetensors"
    desk.presenter.save(path)
    expected = desk.presenter.snapshot.parameters_after
    np.testing.assert_array_equal(load_model(path)[0].parameters, expected)
    desk.presenter.open(path)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    np.testing.assert_array_equal(desk.presenter.snapshot.parameters, expected)


def test_damaged_file_is_told_and_the_run_goes_on(desk, qtbot, tmp_path):
    path = tmp_path / "bad.safetensors"
    path.write_bytes(b"not a network")
    desk.presenter.open(path)
    assert desk.window.notices.isVisible()
    assert "bad.safetensors" in desk.window.notices.notice.sentence
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: paused_at(desk, 1))


def test_divergence_is_told_and_the_window_stays_usable(desk, qtbot):
    config = config_for(loss="squared", output_activation="identity", learning_rate=1e3)
    desk.presenter.start_run(config)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    click(desk.window.transport.run)
    notices = desk.window.notices
    qtbot.waitUntil(lambda: notices.isVisible() and "not a finite number" in notices.notice.sentence)
    click(desk.window.transport.reset)
    qtbot.waitUntil(lambda: iteration(desk) == 0 and not desk.session.is_running)


def test_modes_and_themes_change_while_it_trains(desk, qtbot):
    click(desk.window.transport.run)
    for mode in (Mode.DRAW, Mode.LAB, Mode.DRAW, Mode.LAB):
        desk.window.set_mode(mode)
        click(desk.window.transport.theme)
        desk.window.resize(1300 + 40 * iteration(desk) % 300, 820)
        reached = iteration(desk)
        qtbot.waitUntil(lambda reached=reached: iteration(desk) > reached)
    assert desk.source.theme.is_dark
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: not desk.session.is_running)


def test_canvas_follows_the_network_in_training_when_asked(desk, qtbot):
    desk.window.set_mode(Mode.DRAW)
    desk.presenter.follow_training(True)
    canvas = desk.window.draw.panel.canvas.viewport()
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 60))
    QTest.mouseMove(canvas, middle)
    QTest.mouseMove(canvas, middle + QPoint(0, 60))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 60))
    before = desk.window.draw.sample.output.copy()
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: iteration(desk) > 50)
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    assert not np.array_equal(desk.window.draw.sample.output, before)
