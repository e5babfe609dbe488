"""A learner's path: step through an iteration, click, check, rewind, fork, with real clicks and keys."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.training.changes import SetLearningRate
from bpviz.training.messages import RunTo
from bpviz.viewmodel.inspection.inspection_neuron import NeuronInspection
from bpviz.viewmodel.inspection.inspection_weight import WeightInspection
from bpviz.viewmodel.network.parts import LossPart, NeuronPart, WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.play_clock import SpeedUnit
from bpviz.viewmodel.run.steps import Position
from tests.app.hands import click, click_part, iteration, paused_at, shown

PHASE_KEY, ITERATION_KEY, NEURON_KEY = Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1


@pytest.fixture
def trained(desk: Desk, qtbot: QtBot) -> Desk:
    """A run that has done forty iterations and stands paused."""
    desk.session.send(RunTo(40))
    qtbot.waitUntil(lambda: paused_at(desk, 40))
    return desk


def press(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.window, key)


def is_at(desk: Desk, number: int) -> bool:
    return iteration(desk) == number


def position(desk: Desk) -> Position:
    return desk.presenter.actions.stepper.position


def test_phase_by_phase_through_one_iteration_and_back(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    press(desk, PHASE_KEY)
    press(desk, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: iteration(desk) == 41)
    seen = [position(desk).phase]
    for _ in range(3):
        press(desk, Qt.Key.Key_Right)
        seen.append(position(desk).phase)
    assert seen == list(Phase)
    assert iteration(desk) == 41
    for phase in (Phase.BACKWARD, Phase.LOSS, Phase.FORWARD):
        press(desk, Qt.Key.Key_Left)
        assert position(desk).phase is phase
    press(desk, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: iteration(desk) == 40)


def test_what_is_not_computed_yet_is_not_shown(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    press(desk, NEURON_KEY)
    press(desk, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: iteration(desk) == 41)
    state = desk.window.lab.stage.state
    assert state is not None
    assert state.reveal is not None
    assert state.reveal.activations == (1, 0)
    assert not state.reveal.is_loss_known


def test_a_neuron_clicked_is_inspected_with_its_true_numbers(trained: Desk, qtbot: QtBot) -> None:
    click_part(trained, NeuronPart(1, 4))
    assert trained.window.lab.side.is_inspecting
    click_part(trained, NeuronPart(0, 0))
    inspection = trained.window.lab.inspector.shown
    assert isinstance(inspection, NeuronInspection)
    shot = shown(trained)
    W, b = (array.astype(np.float64) for array in (shot.network().W[0], shot.network().b[0]))
    assert inspection.z == pytest.approx(float(shot.sample.x @ W[:, 0] + b[0]), rel=1e-5)


def test_a_weight_is_clicked_and_its_gradient_checked(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    press(desk, PHASE_KEY)
    for _ in range(3):
        press(desk, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: not desk.presenter.actions.stepper.is_waiting)
    assert position(desk).phase is Phase.BACKWARD
    sample = shown(desk).sample
    assert sample.label is not None
    strongest = int(np.abs(sample.a[0]).argmax())
    desk.presenter.inspecting.select(WeightPart(1, strongest, sample.label))
    inspector = desk.window.lab.inspector
    assert isinstance(inspector.shown, WeightInspection)
    click(inspector.weight.check.buttons[0])
    ours, numerical = inspector.weight.check.numbers
    assert ours == numerical, "both are written to eight digits"
    assert "Agree" in inspector.weight.check.verdict


def test_the_loss_can_be_clicked(trained: Desk) -> None:
    click_part(trained, LossPart())
    assert trained.window.lab.inspector.title == "Loss"


def test_going_back_shows_the_very_same_iteration(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    press(desk, ITERATION_KEY)
    press(desk, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: iteration(desk) == 39)
    before = shown(desk)
    for _ in range(3):
        reached = iteration(desk)
        press(desk, Qt.Key.Key_Right)
        qtbot.waitUntil(partial(is_at, desk, reached + 1))
    desk.window.lab.foot.position_requested.emit(39)
    qtbot.waitUntil(lambda: iteration(desk) == 39)
    np.testing.assert_array_equal(shown(desk).parameters, before.parameters)
    np.testing.assert_array_equal(shown(desk).parameters_after, before.parameters_after)
    np.testing.assert_array_equal(shown(desk).batch.indices, before.batch.indices)


def test_slow_speed_plays_the_iteration_while_the_inspector_is_there(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    desk.window.transport.speed_slider.slider.setValue(45)
    assert desk.window.transport.speed.unit is SpeedUnit.LAYERS
    press(desk, Qt.Key.Key_Space)
    assert desk.presenter.actions.is_playing
    assert desk.window.lab.side.is_inspecting
    qtbot.waitUntil(lambda: iteration(desk) == 41)
    qtbot.waitUntil(lambda: position(desk).phase is Phase.BACKWARD)
    press(desk, Qt.Key.Key_Space)
    assert not desk.presenter.actions.is_playing
    assert not desk.session.is_running


def test_a_change_after_a_rewind_forks_and_keeps_both_futures(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    desk.window.lab.foot.position_requested.emit(20)
    qtbot.waitUntil(lambda: iteration(desk) == 20)
    desk.window.lab.settings.change_requested.emit(SetLearningRate(0.05))
    desk.session.send(RunTo(50))
    qtbot.waitUntil(lambda: paused_at(desk, 50))
    assert len(desk.presenter.branches.infos) == 2
    assert shown(desk).learning_rate == 0.05


def test_a_weight_changed_by_hand_is_used_and_can_be_rewound(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    press(desk, ITERATION_KEY)
    desk.window.lab.inspector.weight_change_requested.emit(1, 0, 4, 2.5)
    press(desk, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: iteration(desk) == 41)
    assert shown(desk).network().W[1][0, 4] == 2.5
    for expected in (40, 39):
        press(desk, Qt.Key.Key_Left)
        qtbot.waitUntil(partial(is_at, desk, expected))
    assert shown(desk).network().W[1][0, 4] != 2.5


def test_clicks_outside_of_everything_select_nothing(trained: Desk) -> None:
    QTest.mouseClick(trained.window.lab.stage.network.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert trained.window.lab.stage.network.selected is None


def test_a_step_leaves_inspector_and_network_where_they_are(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    click_part(desk, NeuronPart(0, 0))
    place = desk.window.lab.stage.network.geometry()
    press(desk, ITERATION_KEY)
    press(desk, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: iteration(desk) == 41 and not desk.session.is_running)
    assert desk.window.lab.side.is_inspecting
    assert desk.window.lab.stage.network.geometry() == place


def test_at_rest_the_picture_shows_a_sample_of_the_batch(desk: Desk, qtbot: QtBot) -> None:
    press(desk, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: iteration(desk) > 200)
    press(desk, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    assert shown(desk).sample.index in shown(desk).batch.indices


def test_an_untrained_network_shows_no_update(trained: Desk, qtbot: QtBot) -> None:
    desk = trained
    press(desk, PHASE_KEY)
    click(desk.window.lab.stage.phases.arrow(Phase.UPDATE))
    press(desk, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: iteration(desk) == 0)
    assert desk.presenter.shown_phase is Phase.FORWARD
