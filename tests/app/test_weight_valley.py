"""The loss along the inspected weight in the Lab, with the curves of the iterations before."""

import numpy as np
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.nn.parameter_index import weight_index
from bpviz.training.targets import targets_of
from bpviz.ui.inspector.inspector_valley import ValleySection
from bpviz.viewmodel.inspection.loss_curve import N_SAMPLES, LossCurve, loss_curve, samples_for
from bpviz.viewmodel.network.parts import WeightPart
from tests.app.hands import click, iteration, shown

WEIGHT = WeightPart(1, 3, 4)


def section(desk: Desk) -> ValleySection:
    return desk.window.lab.inspector.weight.valley


def inspect_weight(desk: Desk, qtbot: QtBot) -> None:
    desk.presenter.inspecting.select(WEIGHT)
    qtbot.waitUntil(lambda: not section(desk).is_empty)


def wait_for(desk: Desk, qtbot: QtBot, number: int) -> None:
    qtbot.waitUntil(lambda: section(desk).plot.curves[-1].iteration == number)


def expected(desk: Desk, reach: tuple[float, float]) -> LossCurve:
    snapshot = shown(desk)
    samples = desk.session.dataset.train.first(N_SAMPLES)
    layers = snapshot.architecture.layers
    index = weight_index(layers, WEIGHT.layer, WEIGHT.source, WEIGHT.target)
    pair = samples.scaled(slice(None)), targets_of(samples, layers[-1])
    return loss_curve(snapshot.network(), pair, index, reach, snapshot.iteration)


def test_the_inspector_shows_the_loss_along_the_weight_that_is_selected(desk: Desk, qtbot: QtBot) -> None:
    inspect_weight(desk, qtbot)
    curves = section(desk).plot.curves
    assert len(curves) == 1
    values = curves[0].values
    wanted = expected(desk, (float(values[0]), float(values[-1])))
    np.testing.assert_allclose(curves[0].losses, wanted.losses)
    assert curves[0].at == wanted.at
    assert section(desk).isVisibleTo(desk.window)


def test_iterations_leave_curves_behind_and_going_back_takes_them_away(desk: Desk, qtbot: QtBot) -> None:
    inspect_weight(desk, qtbot)
    for number in (1, 2, 3):
        click(desk.window.transport.step)
        wait_for(desk, qtbot, number)
    assert [curve.iteration for curve in section(desk).plot.curves] == [0, 1, 2, 3]
    click(desk.window.transport.back)
    wait_for(desk, qtbot, 2)
    assert [curve.iteration for curve in section(desk).plot.curves] == [0, 1, 2]


def test_another_weight_begins_without_earlier_curves(desk: Desk, qtbot: QtBot) -> None:
    inspect_weight(desk, qtbot)
    click(desk.window.transport.step)
    qtbot.waitUntil(lambda: len(section(desk).plot.curves) == 2)
    click(desk.window.lab.inspector.next)
    qtbot.waitUntil(lambda: len(section(desk).plot.curves) == 1)
    assert section(desk).plot.curves[0].iteration == iteration(desk)


def test_a_large_network_is_asked_about_fewer_samples() -> None:
    assert samples_for((784, 30, 10)) == N_SAMPLES
    assert 50 <= samples_for((784, 512, 512, 10)) < N_SAMPLES
