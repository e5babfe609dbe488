"""The loss around the run's path in the Lab: computed on a click, with what it is a picture of."""

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.parameter_path import MOST_POINTS, ParameterPath
from bpviz.training import messages
from bpviz.ui.inspector.inspector_map import MapSection
from bpviz.viewmodel.inspection.loss_surface import samples_for_surface
from bpviz.viewmodel.network.parts import LossPart
from tests.app.hands import click, paused_at, shown


def section(desk: Desk) -> MapSection:
    return desk.window.lab.inspector.loss.map


def wait_for(desk: Desk, qtbot: QtBot, number: int) -> None:
    qtbot.waitUntil(lambda: paused_at(desk, number))


def test_a_path_of_a_few_iterations_is_mapped_on_a_click(desk: Desk, qtbot: QtBot) -> None:
    desk.presenter.inspecting.select(LossPart())
    assert not section(desk).button.isEnabled()
    assert "Train a few iterations first." in section(desk).words.text()
    for number in (1, 2, 3, 4):
        click(desk.window.transport.step)
        wait_for(desk, qtbot, number)
    assert section(desk).isVisibleTo(desk.window)
    click(section(desk).button)
    qtbot.waitUntil(lambda: section(desk).view.surface is not None)
    surface = section(desk).view.surface
    assert surface is not None
    assert len(surface.path) == 5
    assert surface.path_losses[0] != surface.path_losses[1]
    assert "Iterations 0 to 4" in section(desk).words.text()


def test_a_new_run_has_no_map(desk: Desk, qtbot: QtBot) -> None:
    desk.presenter.inspecting.select(LossPart())
    for number in (3, 6):
        desk.session.send(messages.RunTo(number))
        wait_for(desk, qtbot, number)
    click(section(desk).button)
    qtbot.waitUntil(lambda: section(desk).view.surface is not None)
    desk.session.start_run(desk.session.config, desk.session.dataset)
    qtbot.waitUntil(lambda: section(desk).view.surface is None)
    assert not section(desk).button.isEnabled()


def test_a_long_path_is_thinned_out_evenly_and_keeps_its_start(desk: Desk) -> None:
    snapshot, path = shown(desk), ParameterPath()
    for number in range(1000):
        path.note(replace(snapshot, iteration=number))
    iterations = [iteration for iteration, _ in path.up_to(replace(snapshot, iteration=1000))]
    assert iterations[0] == 0
    assert iterations[-1] == 1000
    assert MOST_POINTS / 3 < len(iterations) <= MOST_POINTS + 1
    gaps = np.diff(iterations)
    assert gaps.max() <= 2 * np.median(gaps)


def test_gone_back_or_on_another_branch_the_path_ahead_is_forgotten(desk: Desk) -> None:
    snapshot, path = shown(desk), ParameterPath()
    for number in range(5):
        path.note(replace(snapshot, iteration=number))
    path.note(replace(snapshot, iteration=2))
    assert [i for i, _ in path.up_to(replace(snapshot, iteration=9))] == [0, 1, 2, 9]
    path.note(replace(snapshot, iteration=3, branch_id=7))
    assert [i for i, _ in path.up_to(replace(snapshot, iteration=9, branch_id=7))] == [3, 9]


def test_a_large_network_is_asked_about_fewer_samples() -> None:
    assert samples_for_surface((784, 30, 10)) == 1000
    assert 50 <= samples_for_surface((784, 512, 512, 10)) < 200
