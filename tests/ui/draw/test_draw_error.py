"""The error of a drawing: played layer by layer, stopped anywhere, left by any new stroke."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.nn.network import Architecture, Network
from bpviz.ui.controls.segmented import SegmentedControl
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.blame import BlameStage, blamed, pixel_gradient
from bpviz.viewmodel.words.number_format import significant
from bpviz.viewmodel.words.sentence_text import Sentence
from tests.ui.drawing_hand import BAR, LEFT, draw_with_mouse

LABEL = 3


@pytest.fixture
def network() -> Network:
    architecture = Architecture((784, 12, 10), "sigmoid")
    rng = np.random.default_rng(2)
    return Network(architecture, rng.normal(0, 0.5, architecture.n_parameters).astype(np.float32))


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource, network: Network) -> DrawPage:
    page = DrawPage(source)
    qtbot.addWidget(page)
    page.resize(1268, 732)
    page.show_network(network, "784–12–10, random")
    with qtbot.waitExposed(page):
        page.show()
    draw_with_mouse(page.panel.canvas)
    QTest.mouseClick(page.stage.ask.choice.button(LABEL), LEFT)
    QTest.mouseClick(page.stage.ask.digit_actions.error, LEFT)
    return page


def choose(page: DrawPage, stage: BlameStage) -> None:
    segments = page.stage.ask.phases.findChildren(SegmentedControl)[0]
    QTest.mouseClick(segments.button(tuple(BlameStage).index(stage)), LEFT)


def test_it_plays_from_the_first_layer_on(qtbot: QtBot, page: DrawPage) -> None:
    blame = page.stage.blame
    assert blame.is_playing
    assert blame.place.stage is BlameStage.FORWARD
    first = blame.place
    with qtbot.waitSignal(blame.place_changed, timeout=3000):
        pass
    assert blame.place != first


def test_with_less_motion_its_end_is_shown_at_once(page: DrawPage, source: ThemeSource) -> None:
    source.set_reduced_motion(True)
    QTest.mouseClick(page.stage.ask.digit_actions.error, LEFT)
    QTest.mouseClick(page.stage.ask.digit_actions.error, LEFT)
    assert page.stage.blame.place.stage is BlameStage.PIXELS
    assert not page.stage.blame.is_playing


def test_loss_and_delta_are_those_of_the_label(page: DrawPage, network: Network) -> None:
    assert page.sample is not None
    sample = blamed(network, page.sample, LABEL)
    assert sample.loss is not None
    choose(page, BlameStage.LOSS)
    assert significant(sample.loss) in page.stage.sentence.text
    assert not page.stage.blame.is_playing
    choose(page, BlameStage.BACKWARD)
    state = page.network_view.renderer.state
    assert state is not None
    assert state.deltas is not None
    np.testing.assert_allclose(state.deltas[-1], sample.output - np.eye(10)[LABEL], atol=1e-6)


def test_a_lesson_taught_meanwhile_is_told_until_another_part_is_looked_at(page: DrawPage) -> None:
    page.show_lesson(Sentence("Taught a copy once: 3 from 1 % to 4 %."), 1)
    assert page.stage.sentence.text == "Taught a copy once: 3 from 1 % to 4 %."
    choose(page, BlameStage.LOSS)
    assert "loss" in page.stage.sentence.text
    assert "Taught" not in page.stage.sentence.text


def test_at_last_the_input_shows_the_gradient_of_its_pixels(page: DrawPage, network: Network) -> None:
    choose(page, BlameStage.BACKWARD)
    gray = page.network_view.grab().toImage()
    choose(page, BlameStage.PIXELS)
    colored = page.network_view.grab().toImage()
    assert page.sample is not None
    gradient = pixel_gradient(network, blamed(network, page.sample, LABEL)).reshape(28, 28)
    row, column = np.unravel_index(gradient.argmax(), gradient.shape)
    view, layout = page.network_view, page.network_view.graph_layout
    assert layout is not None
    picture = layout.input.picture
    x = round(picture.x + (int(column) + 0.5) * picture.width / 28)
    y = round(picture.y + (int(row) + 0.5) * picture.height / 28)
    assert view.zoom.scale == 1.0
    before, after = gray.pixelColor(x, y), colored.pixelColor(x, y)
    assert before.saturation() == 0
    assert after.blue() > after.green() + 20
    assert page.network_view.picture is not None
    assert "∂L/∂pixel" in [row.title for row in page.network_view.picture.legend]


def test_a_new_stroke_leaves_the_error_but_not_the_question(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas, BAR)
    assert not page.stage.blame.is_active
    assert not page.stage.ask.digit_actions.error.isChecked()
    assert page.asked == LABEL


def test_escape_leaves_the_error_first_and_then_the_question(page: DrawPage) -> None:
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_Escape)
    assert not page.stage.blame.is_active
    assert page.asked == LABEL
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_Escape)
    assert page.asked is None


def test_another_network_shows_its_own_error_at_the_same_place(page: DrawPage, network: Network) -> None:
    choose(page, BlameStage.LOSS)
    other = Network(network.architecture, network.parameters * np.float32(0.5))
    page.show_network(other, "784–12–10, in training")
    assert page.sample is not None
    sample = blamed(other, page.sample, LABEL)
    assert sample.loss is not None
    page.finish_updates()
    assert page.stage.blame.place.stage is BlameStage.LOSS
    assert significant(sample.loss) in page.stage.sentence.text
