"""The stand's page under hands and keys, with a clock that is moved by hand."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.data.digit_image import prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.rasterize import rasterize_strokes
from bpviz.nn.network import Architecture, Network
from bpviz.ui.draw.kiosk_layout import KioskLayout, kiosk_layout
from bpviz.ui.draw.kiosk_page import KioskPage
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.answer import share_text
from tests.ui.drawing_hand import LEFT, SEVEN, draw_with_mouse, place
from tests.viewmodel.kiosk_clock import Clock

DEMO = (PenStroke(np.array([[0.3, 0.3], [0.7, 0.3], [0.4, 0.8]], np.float32), 0.07),)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network() -> Network:
    architecture = Architecture((784, 12, 10), "sigmoid")
    rng = np.random.default_rng(2)
    return Network(architecture, rng.normal(0, 0.5, architecture.n_parameters).astype(np.float32))


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource, network: Network, clock: Clock) -> KioskPage:
    page = KioskPage(source, lambda: DEMO, clock)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show_network(network, "784–12–10, random")
    with qtbot.waitExposed(page):
        page.show()
    return page


def passes(page: KioskPage, clock: Clock, seconds: float) -> None:
    for _ in range(round(seconds * 20)):
        clock.now += 0.05
        page.tick()


def test_what_is_on_screen_are_the_networks_own_numbers(page: KioskPage, network: Network) -> None:
    draw_with_mouse(page.canvas)
    ink = rasterize_strokes([stroke.points for stroke in page.strokes], page.strokes[0].pen_width)
    x = prepare_ink(ink).pixels[np.newaxis].astype(np.float64) / 255.0
    expected = Network(network.architecture, network.parameters.astype(np.float64)).forward(x).output[0]
    digit = int(expected.argmax())
    assert page.reading is not None
    np.testing.assert_allclose(page.reading.sample.output, expected, rtol=1e-3, atol=1e-6)
    assert page.answer.sign_text == str(digit)
    assert page.answer.headline_text == share_text(float(page.reading.sample.output[digit]), True)
    state = page.network_view.renderer.state
    assert state is not None
    np.testing.assert_array_equal(state.sample.output, page.reading.sample.output)


def test_the_answer_follows_every_point(page: KioskPage) -> None:
    viewport = page.canvas.viewport()
    outputs = []
    QTest.mousePress(viewport, LEFT, pos=place(page.canvas, *SEVEN[0]))
    for point in SEVEN[1:]:
        QTest.mouseMove(viewport, place(page.canvas, *point))
        assert page.reading is not None
        outputs.append(page.reading.sample.output.copy())
    QTest.mouseRelease(viewport, LEFT, pos=place(page.canvas, *SEVEN[-1]))
    assert all(not np.array_equal(one, other) for one, other in pairwise(outputs))


def test_a_drawing_left_alone_is_counted_down_and_cleared(page: KioskPage, clock: Clock) -> None:
    draw_with_mouse(page.canvas)
    passes(page, clock, 9.0)
    assert page.line_text == ""
    passes(page, clock, 6.1)
    assert page.line_text == "Clears itself in 5 s"
    passes(page, clock, 5.0)
    assert not page.strokes
    assert page.line_text == ""
    assert page.answer.headline_text == "Draw a digit"


def test_drawing_on_stops_the_countdown(page: KioskPage, clock: Clock) -> None:
    draw_with_mouse(page.canvas)
    passes(page, clock, 15.0)
    draw_with_mouse(page.canvas, [(0.2, 0.2), (0.3, 0.3)])
    assert page.line_text == ""
    passes(page, clock, 15.0)
    assert len(page.strokes) == 2


def test_a_pen_held_still_is_not_cleared_from_under(page: KioskPage, clock: Clock) -> None:
    QTest.mousePress(page.canvas.viewport(), LEFT, pos=QPoint(100, 100))
    passes(page, clock, 40.0)
    assert len(page.strokes) == 1
    QTest.mouseRelease(page.canvas.viewport(), LEFT, pos=QPoint(100, 100))


def test_a_touch_beside_the_canvas_keeps_the_drawing(page: KioskPage, clock: Clock) -> None:
    draw_with_mouse(page.canvas)
    passes(page, clock, 15.0)
    QTest.mouseClick(page, LEFT, pos=page.network_view.geometry().center())
    assert page.line_text == ""
    passes(page, clock, 15.0)
    assert page.strokes


def test_the_clear_button_is_large_and_clears(page: KioskPage) -> None:
    draw_with_mouse(page.canvas)
    assert page.clear.height() >= 64
    QTest.mouseClick(page.clear, LEFT)
    assert not page.strokes


def test_a_digit_draws_itself_on_an_empty_canvas_and_is_read(page: KioskPage, clock: Clock) -> None:
    passes(page, clock, 8.0)
    assert len(page.strokes) == 1
    np.testing.assert_allclose(page.strokes[0].points, DEMO[0].points, atol=1e-6)
    assert "draws itself" in page.line_text
    assert page.answer.headline_text != "Draw a digit"
    passes(page, clock, 4.0)
    assert not page.strokes


def test_the_first_touch_has_the_canvas_for_itself(page: KioskPage, clock: Clock) -> None:
    passes(page, clock, 6.4)
    assert page.strokes
    draw_with_mouse(page.canvas)
    np.testing.assert_allclose(page.strokes[0].points, SEVEN, atol=0.003)
    assert len(page.strokes) == 1
    passes(page, clock, 3.0)
    assert len(page.strokes) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_escape_and_f11_lead_out(qtbot: QtBot, page: KioskPage, key: Qt.Key) -> None:
    with qtbot.waitSignal(page.leave_requested):
        QTest.keyClick(page, key)


def test_no_other_key_or_click_leads_anywhere(page: KioskPage) -> None:
    left: list[bool] = []
    page.leave_requested.connect(lambda: left.append(True))
    draw_with_mouse(page.canvas)
    for key in (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Space,
        Qt.Key.Key_Delete,
        Qt.Key.Key_O,
        Qt.Key.Key_1,
        Qt.Key.Key_Return,
    ):
        for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            QTest.keyClick(page, key, modifier)
    before = page.network_view.zoom
    center = page.network_view.geometry().center()
    QTest.mouseDClick(page, LEFT, pos=center)
    under = page.childAt(center)
    assert under is None
    where = QPointF(center)
    turned = QPoint(0, 240)
    wheel = QWheelEvent(
        where,
        where,
        turned,
        turned,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page, wheel)
    assert page.network_view.zoom == before
    assert page.network_view.selected is None
    assert len(page.strokes) == 1
    assert page.hasFocus()
    assert not left


def test_a_finger_draws_and_a_second_one_does_not(page: KioskPage) -> None:
    device = QTest.createTouchDevice()
    viewport = page.canvas.viewport()
    QTest.touchEvent(viewport, device).press(0, QPoint(100, 100), viewport).commit()
    QTest.touchEvent(viewport, device).stationary(0).press(1, QPoint(300, 300), viewport).commit()
    both = QTest.touchEvent(viewport, device).move(0, QPoint(200, 100), viewport)
    both.move(1, QPoint(310, 300), viewport).commit()
    both = QTest.touchEvent(viewport, device).release(0, QPoint(200, 100), viewport)
    both.release(1, QPoint(310, 300), viewport).commit()
    (stroke,) = page.strokes
    assert len(stroke.points) == 2


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080), (1080, 1920), (3840, 2160)])
def test_nothing_overlaps_and_the_canvas_is_large(size: tuple[int, int]) -> None:
    width, height = size
    factor = 1.15 if width >= 1920 else 1.0
    places = kiosk_layout(width, height, factor)
    rects = [getattr(places, name) for name in KioskLayout.__slots__ if name != "has_words_beside"]
    for index, rect in enumerate(rects):
        assert rect.left() >= 0
        assert rect.top() >= 0
        assert rect.right() < width
        assert rect.bottom() < height
        assert rect.width() > 0
        assert rect.height() > 0
        assert not any(rect.intersects(other) for other in rects[index + 1 :])
    assert places.has_words_beside == (places.answer.width() > places.answer.height())
    assert places.canvas.width() >= 0.36 * max(size)
    assert places.canvas.width() == places.canvas.height()


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1080, 1920)])
def test_the_answer_is_huge(page: KioskPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    assert page.answer.sign_px >= 92
    assert page.answer.sign_px >= 0.2 * min(size)
