"""Points in the whole window: settings, clicks on the surface, points of one's own."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.run_actions import RunActions
from bpviz.training import messages
from bpviz.training.checkpoint import load_model
from bpviz.training.usual_config import usual_config
from bpviz.ui.settings.point_settings import PointSettings
from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.phases import Phase
from tests.app.hands import click, iteration, paused_at, sentence_told, shown


def choose(desk: Desk, qtbot: QtBot, name: str) -> None:
    """Choose a dataset in the settings and wait until its network is shown."""
    data = desk.window.lab.settings.data
    data.dataset.choice_changed.emit(name)
    qtbot.waitUntil(lambda: is_shown(desk, name))


def is_shown(desk: Desk, name: str) -> bool:
    """Tell whether the run on this dataset has come to the window."""
    lab, snapshot = desk.window.lab, desk.presenter.snapshot
    is_begun = lab.settings.data.dataset.key == name and snapshot is not None
    return is_begun and lab.stage.state is not None


def points(desk: Desk) -> PointSettings:
    return desk.window.lab.settings.data.points


def place_of(desk: Desk, across: float, up: float) -> QPoint:
    """Return where inputs stand in the network view."""
    network = desk.window.lab.stage.network
    stage = network.renderer.stage
    assert stage is not None
    assert stage.plane is not None
    at = QPointF(*stage.plane.surface.map.place(across, up))
    return network.zoom.transform().map(at).toPoint()


def click_plane(
    desk: Desk, across: float, up: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    QTest.mouseClick(desk.window.lab.stage.network.viewport(), button, pos=place_of(desk, across, up))


@pytest.mark.parametrize("name", ["xor", "spiral", "curve"])
def test_choosing_points_brings_their_usual_settings(desk: Desk, qtbot: QtBot, name: str) -> None:
    choose(desk, qtbot, name)
    assert desk.session.config.layers == usual_config(name).layers
    assert desk.session.config.loss == usual_config(name).loss
    assert points(desk).noise.isVisible()
    assert points(desk).noise.value == (0.3 if name == "curve" else 0.1)
    assert shown(desk).architecture.layers == usual_config(name).layers


def test_digits_have_no_settings_of_points(desk: Desk, qtbot: QtBot) -> None:
    assert not points(desk).noise.isVisible()
    assert not points(desk).draw.isVisible()
    choose(desk, qtbot, "xor")
    assert points(desk).draw.isVisible()


def test_noise_and_number_make_other_points_for_the_same_network(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "circle")
    before = desk.session.config
    points(desk).n_points.value_committed.emit(50.0)
    qtbot.waitUntil(lambda: len(desk.session.dataset.train) == 35)
    points(desk).noise.value_committed.emit(0.5)
    made_with = desk.session.dataset.made_with
    assert made_with is not None
    assert (made_with.noise, len(desk.session.dataset.train)) == (0.5, 35)
    assert desk.session.config == before


def test_a_new_sample_has_other_points(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "moons")
    before = desk.session.dataset.train.inputs
    click(points(desk).new_sample)
    qtbot.waitUntil(lambda: desk.session.dataset.train.inputs is not before)
    assert not np.array_equal(desk.session.dataset.train.inputs, before)


def test_a_click_on_a_sample_watches_it(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "gaussians")
    row = int(np.argmax(desk.session.dataset.train.inputs.sum(axis=1)))
    click_plane(desk, *desk.session.dataset.train.inputs[row].tolist())
    qtbot.waitUntil(lambda: shown(desk).sample.index == row)
    assert shown(desk).sample.label == desk.session.dataset.train.labels[row]


def test_points_put_down_join_the_data_and_the_network_trains_on(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "circle")
    click(desk.window.transport.step)
    qtbot.waitUntil(partial(paused_at, desk, 1))
    trained = shown(desk).parameters_after
    click(points(desk).draw)
    for number, button in enumerate((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton), start=1):
        click_plane(desk, 1.0, 1.0, button)
        qtbot.waitUntil(lambda: is_shown(desk, "own-points"))
        dataset = desk.session.dataset
        assert len(dataset.train) + len(dataset.test) == 300 + number
    added = desk.session.dataset.train
    assert added.labels[-2:].tolist() == [0, 1]
    assert added.inputs[-1].tolist() == pytest.approx([1.0, 1.0], abs=0.02)
    qtbot.waitUntil(lambda: shown(desk).batch is not None)
    np.testing.assert_array_equal(shown(desk).parameters, trained)


def test_points_can_be_taken_back_and_all_be_cleared(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "xor")
    click(points(desk).draw)
    click_plane(desk, 0.02, 0.02)
    qtbot.waitUntil(lambda: desk.session.dataset.name == "own-points")
    click(points(desk).undo)
    qtbot.waitUntil(lambda: len(desk.session.dataset.train) + len(desk.session.dataset.test) == 300)
    click(points(desk).clear)
    click_plane(desk, 0.5, 0.5)
    qtbot.waitUntil(lambda: len(desk.session.dataset.train) == 1)


def test_a_curve_is_drawn_by_its_points(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "curve")
    click(points(desk).draw)
    assert not points(desk).label.isVisible()
    click(points(desk).clear)
    for x in (-0.5, 0.5):
        click_plane(desk, x, 0.4)
    qtbot.waitUntil(lambda: len(desk.session.dataset.train) == 2)
    assert desk.session.dataset.train.values is not None
    assert desk.session.dataset.train.values[:, 0].tolist() == pytest.approx([0.4, 0.4], abs=0.02)


def test_a_curve_has_no_chart_of_accuracy_and_only_squared_error(desk: Desk, qtbot: QtBot) -> None:
    lab = desk.window.lab
    choose(desk, qtbot, "curve")
    assert not lab.charts.view(Quantity.ACCURACY).isVisible()
    offered = [action.isEnabled() for action in lab.settings.training.loss.menu.actions()]
    assert offered == [False, False, True]
    choose(desk, qtbot, "xor")
    qtbot.waitUntil(lambda: lab.charts.view(Quantity.ACCURACY).isVisible())


@pytest.mark.parametrize("name", ["xor", "curve"])
def test_a_run_can_be_stepped_rewound_and_inspected(desk: Desk, qtbot: QtBot, name: str) -> None:
    choose(desk, qtbot, name)
    desk.session.send(messages.RunTo(25))
    qtbot.waitUntil(partial(paused_at, desk, 25))
    after = shown(desk).parameters_after
    actions: RunActions = desk.presenter.actions
    for phase in Phase:
        desk.window.lab.stage.phases.phase_chosen.emit(phase)
        assert desk.window.lab.stage.sentence.accessibleName()
    actions.go_to(10)
    qtbot.waitUntil(lambda: iteration(desk) == 10 and not desk.session.is_running)
    actions.go_to(25)
    qtbot.waitUntil(lambda: iteration(desk) == 25 and not desk.session.is_running)
    np.testing.assert_array_equal(shown(desk).parameters_after, after)


def test_a_network_saved_on_points_opens_on_its_points(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    choose(desk, qtbot, "xor")
    path = tmp_path / "xor.safetensors"
    desk.presenter.save(path)
    assert load_model(path)[1].dataset == "xor"
    choose(desk, qtbot, "moons")
    desk.presenter.open(path)
    qtbot.waitUntil(lambda: is_shown(desk, "xor"))
    assert shown(desk).architecture.layers == (2, 6, 1)


def test_a_network_for_digits_is_refused_on_points_in_a_sentence(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "digits.safetensors"
    desk.presenter.save(path)
    choose(desk, qtbot, "xor")
    desk.presenter.open(path)
    assert "does not fit the data in use" in sentence_told(desk)
    assert desk.session.dataset.name == "xor"


def test_the_canvas_says_that_a_network_of_points_reads_no_pictures(desk: Desk, qtbot: QtBot) -> None:
    choose(desk, qtbot, "xor")
    desk.window.draw.set_following(True)
    assert "takes 2 numbers" in sentence_told(desk)
    assert not desk.window.draw.stage.ask.reader.is_following
