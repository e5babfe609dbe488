"""Draw mode whole: from a stroke of the mouse to every number shown."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.data.pen_strokes import PenStroke
from bpviz.errors import ShapeError
from bpviz.nn.network import Network
from bpviz.nn.saliency import input_gradient
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.switch import Switch
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.answer import share_text
from bpviz.viewmodel.words.number_format import significant
from tests.ui.draw_pages import independent_output, network_of, shown_page
from tests.ui.drawing_hand import BAR, LEFT, SEVEN, draw_with_mouse, place


@pytest.fixture
def network() -> Network:
    return network_of()


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource, network: Network) -> DrawPage:
    return shown_page(qtbot, source, network)


def switch(page: DrawPage, text: str) -> Switch:
    return next(one for one in page.findChildren(Switch) if one.text() == text)


def test_the_numbers_shown_are_the_networks_own(page: DrawPage, network: Network) -> None:
    draw_with_mouse(page.panel.canvas)
    draw_with_mouse(page.panel.canvas, BAR)
    expected = independent_output(page, network)
    assert page.sample is not None
    np.testing.assert_allclose(page.sample.output, expected, rtol=1e-3, atol=1e-6)
    first, second = (int(k) for k in np.argsort(-expected)[:2])
    assert page.answer.digit_text == str(first)
    assert page.answer.share_text == share_text(float(page.sample.output[first]), True)
    assert page.answer.second_text.endswith(
        f"{second}, {share_text(float(page.sample.output[second]), True)}"
    )


def test_every_point_of_a_stroke_is_answered_at_once(page: DrawPage, network: Network) -> None:
    viewport = page.panel.canvas.viewport()
    points = [place(page.panel.canvas, *point) for point in SEVEN]
    QTest.mousePress(viewport, LEFT, pos=points[0])
    for position in points[1:]:
        QTest.mouseMove(viewport, position)
        assert page.sample is not None
        np.testing.assert_allclose(
            page.sample.output, independent_output(page, network), rtol=1e-3, atol=1e-6
        )
    QTest.mouseRelease(viewport, LEFT, pos=points[-1])


def test_an_empty_canvas_has_no_answer_before_and_after_drawing(page: DrawPage) -> None:
    assert page.answer.share_text == "Nothing drawn yet"
    draw_with_mouse(page.panel.canvas)
    assert page.answer.share_text != "Nothing drawn yet"
    QTest.mouseClick(next(b for b in page.findChildren(Button) if b.text() == "Clear"), LEFT)
    assert page.answer.share_text == "Nothing drawn yet"


def test_an_empty_canvas_says_what_the_outputs_beside_it_are(page: DrawPage, network: Network) -> None:
    black = network.forward(np.zeros((1, 784), np.float32)).output[0]
    assert page.answer.second_text == f"To an empty picture it says {black.argmax()}."


def test_undo_brings_the_earlier_answer_back(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    assert page.sample is not None
    before = page.sample.output.copy()
    draw_with_mouse(page.panel.canvas, BAR)
    QTest.keyClick(page.panel.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(page.sample.output, before)


def test_another_network_reads_the_same_drawing_anew(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    other = network_of(seed=9)
    page.show_network(other, "784–12–10, in training")
    assert page.sample is not None
    np.testing.assert_allclose(page.sample.output, independent_output(page, other), rtol=1e-3, atol=1e-6)
    draw_with_mouse(page.panel.canvas, BAR)
    np.testing.assert_allclose(page.sample.output, independent_output(page, other), rtol=1e-3, atol=1e-6)
    assert page.stage.ask.reader.text == "784–12–10, in training"


def test_a_network_that_takes_no_images_is_refused_and_the_old_one_stays(
    page: DrawPage, network: Network
) -> None:
    draw_with_mouse(page.panel.canvas)
    with pytest.raises(ShapeError):
        page.show_network(network_of(layers=(2, 3, 10)), "2–3–10, points")
    draw_with_mouse(page.panel.canvas, BAR)
    assert page.sample is not None
    np.testing.assert_allclose(page.sample.output, independent_output(page, network), rtol=1e-3, atol=1e-6)
    assert page.stage.ask.reader.text == "784–12–10, random"


def test_a_diverged_network_is_said_to_be_one(page: DrawPage, network: Network) -> None:
    draw_with_mouse(page.panel.canvas)
    broken = Network(network.architecture, np.full_like(network.parameters, np.nan))
    page.show_network(broken, "784–12–10, in training")
    page.finish_updates()
    assert "diverged" in page.answer.second_text


def test_the_legend_tells_the_strongest_pixel(page: DrawPage, network: Network) -> None:
    draw_with_mouse(page.panel.canvas)
    page.finish_updates()
    assert page.sample is not None
    x = page.sample.x[np.newaxis]
    gradient = input_gradient(network, network.forward(x), page.sample.predicted)
    strongest = float(np.abs(gradient * x).max())
    assert f"+{significant(strongest, 2)}" in page.panel.legend.text
    assert f"for {page.sample.predicted}" in page.panel.legend.text


def test_tint_and_strip_follow_soon(qtbot: QtBot, page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    assert page.panel.strip.remark != ""

    def is_tinted() -> bool:
        middle = page.panel.canvas.grab().toImage().pixelColor(place(page.panel.canvas, *SEVEN[1]))
        return middle.saturation() > 0 or middle.value() < 255

    qtbot.waitUntil(is_tinted)


def test_without_what_counts_the_ink_is_white(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    page.finish_updates()
    QTest.mouseClick(switch(page, "What counts"), LEFT)
    page.finish_updates()
    middle = page.panel.canvas.grab().toImage().pixelColor(place(page.panel.canvas, *SEVEN[1]))
    assert (middle.value(), middle.saturation()) == (255, 0)


def test_strokes_can_be_put_on_the_canvas(page: DrawPage, network: Network) -> None:
    page.draw_strokes([PenStroke(np.array(SEVEN, np.float32), 0.07)])
    assert page.sample is not None
    np.testing.assert_allclose(page.sample.output, independent_output(page, network), rtol=1e-3, atol=1e-6)
    page.panel.canvas.undo()
    assert page.strokes == ()


@pytest.mark.parametrize("size", [(1012, 564), (1908, 1004)])
def test_resizing_the_window_changes_no_number(page: DrawPage, size: tuple[int, int]) -> None:
    draw_with_mouse(page.panel.canvas)
    assert page.sample is not None
    before = page.sample.x.copy()
    page.resize(*size)
    page.draw_strokes(page.strokes)
    np.testing.assert_array_equal(page.sample.x, before)


def test_following_the_training_is_asked_for_by_click(qtbot: QtBot, page: DrawPage) -> None:
    with qtbot.waitSignal(page.follow_training_changed) as told:
        QTest.mouseClick(switch(page, "Follow training"), LEFT)
    assert told.args == [True]


def test_the_canvas_has_the_keys_as_soon_as_the_page_is_shown(page: DrawPage) -> None:
    assert page.panel.canvas.hasFocus()


def test_undo_works_while_another_control_has_the_focus(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    follow = switch(page, "Follow training")
    follow.setFocus()
    QTest.keyClick(follow, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.strokes == ()
