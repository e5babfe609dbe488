"""What is seen of a network of one or two inputs: pictures, surface, points."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.data.point_options import PointOptions
from bpviz.data.points import load_points
from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture, Network
from bpviz.training.observation import pass_row, pass_sample
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.graph_geometry import Tiles
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import InputPart, NeuronPart, PlanePart
from bpviz.viewmodel.network.plane import plane_of
from bpviz.viewmodel.run.phases import Phase
from tests.ui.network_hands import Clock, place, seen

FEW = PointOptions(n_points=40)


def halves(sign: float = 1.0) -> Network:
    """2-2-1: the first hidden neuron rises to the right, the second upwards; B is at the right."""
    architecture = Architecture((2, 2, 1), "tanh", "sigmoid", "log")
    parameters = np.array([3, 0, 0, 3, 0, 0, 8 * sign, 0, 0], np.float32)
    return Network(architecture, parameters)


def line() -> Network:
    """1-1-1: answers half of what it is given."""
    architecture = Architecture((1, 1, 1), "identity", "identity", "squared")
    return Network(architecture, np.array([1, 0, 0.5, 0], np.float32))


def shown(
    qtbot: QtBot, source: ThemeSource, dataset: Dataset, network: Network, clock: Clock | None = None
) -> NetworkView:
    view = NetworkView(source, clock=clock or Clock())
    qtbot.addWidget(view)
    view.resize(746, 560)
    view.renderer.set_plane(plane_of(dataset))
    view.show()
    view.show_state(NetworkState(network, pass_row(network, dataset.train, 0), Phase.FORWARD))
    return view


def at_inputs(view: NetworkView, across: float, up: float) -> QPoint:
    stage = view.renderer.stage
    assert stage is not None
    assert stage.plane is not None
    return place(view, *stage.plane.surface.map.place(across, up))


def color_at(view: NetworkView, point: QPoint) -> QColor:
    return seen(view).pixelColor(point * view.devicePixelRatio())


def blueness(color: QColor) -> int:
    return color.blue() - color.red()


def heat(view: NetworkView, layer: int) -> Tiles:
    assert view.graph_layout is not None
    return view.graph_layout.heat[layer]


def test_the_surface_wears_the_color_of_the_class_answered(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("gaussians", FEW), halves())
    assert blueness(color_at(view, at_inputs(view, 1.05, -1.0))) > 60
    assert blueness(color_at(view, at_inputs(view, -1.05, 1.0))) < -60


def test_the_surface_follows_the_network(qtbot: QtBot, source: ThemeSource) -> None:
    dataset = load_points("gaussians", FEW)
    view = shown(qtbot, source, dataset, halves())
    turned = halves(-1.0)
    view.show_state(NetworkState(turned, pass_row(turned, dataset.train, 0), Phase.FORWARD))
    assert blueness(color_at(view, at_inputs(view, 1.05, -1.0))) < -60


def test_the_border_is_drawn_where_the_answer_is_one_half(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("gaussians", FEW), halves())
    border, beside = at_inputs(view, 0.0, 1.05), at_inputs(view, 0.12, 1.05)
    brightest = max(color_at(view, border + QPoint(step, 0)).lightness() for step in (-1, 0, 1))
    assert brightest > color_at(view, beside).lightness() + 60


def test_each_neuron_shows_what_it_answers_over_the_plane(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("gaussians", FEW), halves())
    tiles = heat(view, 0)
    for slot, (first, second) in enumerate((((0.9, 0.5), (0.1, 0.5)), ((0.5, 0.1), (0.5, 0.9)))):
        high, low = (color_at(view, tile_place(view, tiles, slot, *share)) for share in (first, second))
        # Yellow is a high activation, pale blue a low one.
        assert high.red() - high.blue() > low.red() - low.blue() + 60


def tile_place(view: NetworkView, tiles: Tiles, slot: int, across: float, down: float) -> QPoint:
    x = float(tiles.x[slot]) + across * tiles.size
    return place(view, x, float(tiles.y[slot]) + down * tiles.size)


def test_training_points_are_filled_and_test_points_outlined(qtbot: QtBot, source: ThemeSource) -> None:
    dataset = load_points("gaussians", PointOptions(n_points=6, noise=0.0, test_share=0.5, seed=1))
    view = shown(qtbot, source, dataset, halves())
    stage_color = source.theme.stage
    plane = plane_of(dataset)
    assert plane is not None
    row = lonely_row(plane.test_places, plane.train_places)
    assert distance(color_at(view, at_inputs(view, *plane.test_places[row])), stage_color) < 40
    row = lonely_row(plane.train_places[1:], plane.test_places) + 1
    assert distance(color_at(view, at_inputs(view, *plane.train_places[row])), stage_color) > 150


def lonely_row(places: FloatArray, others: FloatArray) -> int:
    gaps = np.linalg.norm(places[:, None] - others[None], axis=2).min(axis=1)
    return int(gaps.argmax())


def distance(first: QColor, second: QColor) -> int:
    parts = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return sum(abs(one - other) for one, other in parts)


def test_what_is_pointed_at_says_the_inputs_and_the_answer(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("gaussians", FEW), halves())
    QTest.mouseMove(view.viewport(), at_inputs(view, 1.0, -1.0))
    said = view.hover_text.replace("&nbsp;", " ")
    across, up = (float(text) for text in re.findall(r"x. (.\d\.\d+|\d\.\d+)", said.replace("−", "-")))
    assert (across, up) == pytest.approx((1.0, -1.0), abs=0.01)
    assert "Network: over 0.999, class B" in said


def test_pictures_answer_to_the_pointer_as_their_neurons_do(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("xor", FEW), halves())
    assert view.part_at(QPointF(tile_place(view, heat(view, 0), 1, 0.5, 0.5))) == NeuronPart(0, 1)
    assert view.graph_layout is not None
    inputs = view.graph_layout.input.heat
    assert inputs is not None
    assert view.part_at(QPointF(tile_place(view, inputs, 1, 0.5, 0.5))) == InputPart(1)
    assert isinstance(view.part_at(QPointF(at_inputs(view, 0.0, 1.05))), PlanePart)


def test_a_click_on_a_sample_tells_its_row_and_selects_no_neuron(qtbot: QtBot, source: ThemeSource) -> None:
    dataset = load_points("gaussians", PointOptions(n_points=8))
    view = shown(qtbot, source, dataset, halves())
    told: list[int] = []
    view.plane_clicks.sample_clicked.connect(told.append)
    for row in range(len(dataset.train)):
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=at_inputs(view, *dataset.train.inputs[row].tolist()),
        )
    assert told == list(range(len(dataset.train)))
    assert view.selected is None


def test_while_points_are_drawn_clicks_tell_place_and_class(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("gaussians", FEW), halves())
    drawn: list[tuple[float, float, int]] = []
    view.plane_clicks.point_drawn.connect(lambda x, y, label: drawn.append((x, y, label)))
    view.plane_clicks.draws = True
    view.plane_clicks.label = 1
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        QTest.mouseClick(view.viewport(), button, pos=at_inputs(view, 0.5, -0.75))
    assert [label for *_, label in drawn] == [1, 0]
    assert drawn[0][:2] == pytest.approx((0.5, -0.75), abs=0.01)


def test_a_curve_shows_the_answer_over_the_input(qtbot: QtBot, source: ThemeSource) -> None:
    view = shown(qtbot, source, load_points("curve", PointOptions(n_points=10)), line())
    on = color_at(view, at_inputs(view, -0.95, -0.475))
    off = color_at(view, at_inputs(view, -0.95, 0.95))
    assert on.red() - on.blue() > off.red() - off.blue() + 60


def test_a_network_that_does_not_fit_the_plane_is_drawn_without_it(qtbot: QtBot, source: ThemeSource) -> None:
    view = NetworkView(source, clock=Clock())
    qtbot.addWidget(view)
    view.renderer.set_plane(plane_of(load_points("xor", FEW)))
    network = Network(Architecture((3, 2)), np.zeros(8, np.float32))
    sample = pass_sample(network, np.zeros(3, np.float32))
    view.show_state(NetworkState(network, sample, Phase.FORWARD))
    assert view.graph_layout is not None
    assert view.graph_layout.surface is None
