"""The panel around the canvas: its buttons, its switch and its pen."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.slider import Slider
from bpviz.ui.controls.switch import Switch
from bpviz.ui.draw.draw_panel import DrawPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH, Drawing
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency
from tests.ui.drawing_hand import BAR, LEFT, SEVEN, draw_with_mouse, place


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, drawing: Drawing) -> DrawPanel:
    panel = DrawPanel(source, drawing)
    qtbot.addWidget(panel)
    panel.resize(434, 732)
    panel.drawing_changed.connect(lambda: panel.show_prepared(drawing.prepared()))
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def button(panel: DrawPanel, text: str) -> Button:
    return next(one for one in panel.findChildren(Button) if one.text() == text)


def test_undo_and_clear_work_by_click(panel: DrawPanel, drawing: Drawing) -> None:
    draw_with_mouse(panel.canvas)
    before = drawing.ink.copy()
    draw_with_mouse(panel.canvas, BAR)
    QTest.mouseClick(button(panel, "Undo"), LEFT)
    np.testing.assert_array_equal(drawing.ink, before)
    QTest.mouseClick(button(panel, "Clear"), LEFT)
    assert drawing.is_empty
    QTest.mouseClick(button(panel, "Undo"), LEFT)
    np.testing.assert_array_equal(drawing.ink, before)


def test_buttons_can_be_pressed_when_there_is_something_to_do(panel: DrawPanel) -> None:
    assert not button(panel, "Undo").isEnabled()
    assert not button(panel, "Clear").isEnabled()
    draw_with_mouse(panel.canvas)
    assert button(panel, "Undo").isEnabled()
    assert button(panel, "Clear").isEnabled()


@pytest.mark.parametrize(("x", "width"), [(0.0, MIN_PEN_WIDTH), (1.0, MAX_PEN_WIDTH)])
def test_the_slider_sets_the_pen(panel: DrawPanel, drawing: Drawing, x: float, width: float) -> None:
    slider = panel.findChildren(Slider)[0]
    QTest.mouseClick(slider, LEFT, pos=QPoint(round(x * (slider.width() - 1)), slider.height() // 2))
    assert drawing.pen_width == pytest.approx(width)


def test_the_slider_starts_at_the_present_pen(panel: DrawPanel, drawing: Drawing) -> None:
    slider = panel.findChildren(Slider)[0]
    share = slider.value() / slider.maximum()
    assert MIN_PEN_WIDTH + share * (MAX_PEN_WIDTH - MIN_PEN_WIDTH) == pytest.approx(
        drawing.pen_width, abs=1e-3
    )


def test_the_switch_asks_for_what_counts(qtbot: QtBot, panel: DrawPanel) -> None:
    switch = panel.findChildren(Switch)[0]
    assert panel.is_saliency_wanted
    with qtbot.waitSignal(panel.saliency_wanted_changed) as told:
        QTest.mouseClick(switch, LEFT)
    assert told.args == []


def test_what_counts_tints_the_ink_where_it_counts(panel: DrawPanel, drawing: Drawing) -> None:
    draw_with_mouse(panel.canvas)
    prepared = drawing.prepared()
    values = np.where(np.arange(28)[:, None] < 14, 1.0, -1.0) * (prepared.image / 255.0)
    panel.show_saliency(InkSaliency(7, values, 1.0), prepared)
    image = panel.canvas.grab().toImage()
    above = image.pixelColor(place(panel.canvas, *SEVEN[1]))
    below = image.pixelColor(place(panel.canvas, 0.48, 0.74))
    assert above.blue() > above.green() + 20  # purple: for
    assert below.green() > below.blue() + 20  # green: against
    panel.show_saliency(None, prepared)
    white = panel.canvas.grab().toImage().pixelColor(place(panel.canvas, *SEVEN[1]))
    assert white.value() == 255
    assert white.saturation() == 0


@pytest.mark.parametrize("size", [(434, 732), (644, 1004), (352, 572), (500, 400)])
def test_the_canvas_stays_square_and_inside(panel: DrawPanel, size: tuple[int, int]) -> None:
    panel.resize(*size)
    canvas = panel.canvas
    assert canvas.width() == canvas.height()
    assert panel.rect().contains(canvas.mapTo(panel, QPoint(canvas.width() - 1, canvas.height() - 1)))


def test_keys_on_the_canvas_reach_the_drawing(panel: DrawPanel, drawing: Drawing) -> None:
    draw_with_mouse(panel.canvas)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Delete)
    assert drawing.is_empty
