"""Three ways to a gradient as they are drawn."""

import math

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.nn.network import Architecture, Network
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.modes_stage import PARTS, ModesStage
from bpviz.viewmodel.lessons.gradient_ways import GradientTask, Way
from bpviz.viewmodel.lessons.product_shapes import ProductShape
from bpviz.viewmodel.lessons.small_network import small_network
from bpviz.viewmodel.lessons.way_bars import Counting, way_bars

TASK = GradientTask(
    Network(Architecture((2, 2, 1), "sigmoid", "sigmoid", "squared"), np.linspace(-1.0, 1.0, 9)),
    np.array([[1.0, 0.5]]),
    np.array([[0.0]]),
)
SHAPES = (
    ProductShape(Way.FORWARD, "Forward mode", 10_000, 100, 10, "", 10_000_000),
    ProductShape(Way.REVERSE, "Reverse mode", 1, 10, 100, "", 1000),
)


@pytest.fixture
def stage(qtbot: QtBot) -> ModesStage:
    load_fonts()
    source = ThemeSource(ThemeChoice.DARK)
    source.set_factor(1.25)
    stage = ModesStage(source)
    qtbot.addWidget(stage)
    stage.resize(1220, 500)
    stage.show()
    return stage


def test_a_bar_is_as_long_as_its_share_of_the_scale(stage: ModesStage) -> None:
    stage.bars.show_content(way_bars(TASK, {}, tuple(Way), False, Counting(Way.DIFFERENCES, 9)))
    half = stage.bars.bar_rect(Way.DIFFERENCES).width()
    stage.bars.show_content(way_bars(TASK, {}, tuple(Way), False, Counting(Way.DIFFERENCES, 18)))
    assert half == pytest.approx(stage.bars.bar_rect(Way.DIFFERENCES).width() / 2)
    assert stage.bars.bar_rect(Way.REVERSE).width() == 0.0


def test_ten_times_as_many_rows_are_always_the_same_length_more(stage: ModesStage) -> None:
    stage.show_scene("shapes")
    stage.shapes.show_content(SHAPES)
    sides = [stage.shapes.side(count) for count in (1, 10, 100, 1000, 10_000)]
    assert np.diff(sides) == pytest.approx(np.full(4, sides[1] - sides[0]))
    assert sides[1] > sides[0] > 0.0


@pytest.mark.parametrize(
    ("scene", "seen"),
    [
        ("network", {"network", "bars", *Way}),
        ("bars", {"bars", *Way}),
        ("shapes", {"shapes"}),
        ("curves", {"curves"}),
    ],
)
def test_a_spotlight_finds_what_a_scene_shows_and_nothing_else(
    stage: ModesStage, scene: str, seen: set[str]
) -> None:
    stage.show_scene(scene)
    stage.bars.show_content(way_bars(TASK, {}, tuple(Way), False))
    rects = {part: stage.part_rect(part) for part in PARTS}
    assert {part for part, rect in rects.items() if rect is not None} == seen
    assert all(stage.rect().contains(rect) for rect in rects.values() if rect is not None)


def test_the_numbers_of_crossing_edges_keep_apart(stage: ModesStage) -> None:
    network = small_network(TASK, np.linspace(-0.1, 0.1, 9))
    stage.network.show_content(network)
    rects = [stage.network.edge_rect(edge) for edge in network.edges]
    for place, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[place + 1 :])
        assert not math.isnan(rect.width())
