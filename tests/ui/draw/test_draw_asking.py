"""Asking the Draw page why: digits, doubts, neurons, and the class's page beside it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpviz.nn.network import Network
from bpviz.ui.controls.segmented import SegmentedControl
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.answer import share_text
from bpviz.viewmodel.drawing.occlusion import occlusion_saliency
from bpviz.viewmodel.network.parts import NeuronPart
from bpviz.viewmodel.words.number_format import significant
from tests.ui.draw_pages import independent_output, network_of, shown_page
from tests.ui.drawing_hand import BAR, LEFT, SEVEN, draw_with_mouse, place


@pytest.fixture
def network() -> Network:
    return network_of()


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource, network: Network) -> DrawPage:
    return shown_page(qtbot, source, network)


def test_a_digit_clicked_is_asked_about_in_true_numbers(page: DrawPage, network: Network) -> None:
    draw_with_mouse(page.panel.canvas)
    read = page.sample.predicted if page.sample else -1
    other = (read + 3) % 10
    QTest.mouseClick(page.stage.ask.choice.button(other), LEFT)
    page.finish_updates()
    share = share_text(float(independent_output(page, network)[other]), True)
    assert page.stage.sentence.text.startswith(f"Why not {other}? Its output is {share}.")
    assert f"for {other}" in page.panel.legend.text
    QTest.mouseClick(page.stage.ask.choice.button(other), LEFT)
    page.finish_updates()
    assert f"for {read}" in page.panel.legend.text


def test_keys_ask_and_escape_goes_back_without_clearing(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_4)
    assert page.asked == 4
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_Escape)
    assert page.asked is None
    assert page.strokes != ()
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_Escape)
    assert page.strokes == ()


def test_an_empty_canvas_cannot_be_asked_about(page: DrawPage) -> None:
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_4)
    assert page.asked is None
    draw_with_mouse(page.panel.canvas)
    page.ask_about(4)
    page.clear()
    assert page.asked is None


def test_two_digits_are_doubted_once_the_pen_is_lifted(page: DrawPage) -> None:
    viewport = page.panel.canvas.viewport()
    draw_with_mouse(page.panel.canvas, ((0.2, 0.2), (0.2, 0.5), (0.2, 0.8)))
    points = [place(page.panel.canvas, *point) for point in ((0.75, 0.2), (0.8, 0.5), (0.75, 0.8))]
    QTest.mousePress(viewport, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(viewport, point)
    assert page.answer.digit_text != "?"
    QTest.mouseRelease(viewport, LEFT, pos=points[-1])
    assert (page.answer.digit_text, page.answer.share_text) == ("?", "Two digits?")
    assert all("read" not in page.stage.ask.choice.button(digit).accessibleName() for digit in range(10))
    page.finish_updates()
    assert "nothing but single digits" in page.stage.sentence.text
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_4)
    assert page.asked == 4


def test_nothing_moves_while_drawing(page: DrawPage) -> None:
    parts = [page.network_view, page.stage.sentence, page.stage.ask, page.stage.ask.choice.button(5)]
    page.grab()
    before = [part.geometry() for part in parts]
    for stroke in (SEVEN, BAR):
        draw_with_mouse(page.panel.canvas, stroke)
        page.finish_updates()
        page.grab()
        assert [part.geometry() for part in parts] == before


def test_a_class_page_takes_the_place_of_the_answer_beside_the_same_canvas(
    qtbot: QtBot, page: DrawPage
) -> None:
    collecting = QWidget()
    page.add_class_page(collecting)
    segments = page.panel.findChildren(SegmentedControl)[0]
    with qtbot.waitSignal(page.page_changed) as told:
        QTest.mouseClick(segments.button(1), LEFT)
    assert told.args == [True]
    assert collecting.isVisible()
    assert not page.answer.isVisible()
    draw_with_mouse(page.panel.canvas)
    QTest.mouseClick(segments.button(0), LEFT)
    assert page.sample is not None
    assert page.answer.digit_text == str(page.sample.predicted)


def test_a_click_on_the_formula_covers_the_ink_instead(page: DrawPage, network: Network) -> None:
    draw_with_mouse(page.panel.canvas)
    page.finish_updates()
    width = page.panel.legend.method_button.width()
    QTest.mouseClick(page.panel.legend.method_button, LEFT)
    page.finish_updates()
    assert page.sample is not None
    expected = occlusion_saliency(network, page.sample, page.sample.predicted)
    assert expected is not None
    assert f"+{significant(expected.scale, 2)}" in page.panel.legend.text
    assert "covered" in page.panel.legend.text
    assert page.panel.legend.method_button.width() == width


def test_the_most_active_neurons_stand_first_once_the_pen_is_lifted(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    page.finish_updates()
    assert page.sample is not None
    assert page.network_view.picture is not None
    shown = page.network_view.picture.shown[0]
    assert (np.diff(page.sample.a[0][shown]) <= 0).all()


def test_a_hidden_neuron_clicked_tells_its_sum_and_keeps_telling_as_one_draws_on(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    page.finish_updates()
    view, layout, picture = page.network_view, page.network_view.graph_layout, page.network_view.picture
    assert layout is not None
    assert picture is not None
    column = layout.columns[0]
    at = QPoint(round(column.x), round(float(column.y[0])))
    QTest.mouseClick(view.viewport(), LEFT, pos=at)
    neuron = int(picture.shown[0][0])
    assert view.selected == NeuronPart(0, neuron)
    assert page.sample is not None
    assert significant(float(page.sample.z[0][neuron])) in page.stage.sentence.text
    draw_with_mouse(page.panel.canvas, BAR)
    page.finish_updates()
    assert significant(float(page.sample.z[0][neuron])) in page.stage.sentence.text
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_4)
    page.finish_updates()
    assert page.stage.sentence.text.startswith(("Why", "Why not"))
