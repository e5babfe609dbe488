"""The canvas under mouse, finger, pen and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QInputDevice, QPixmap, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.data.digit_image import prepare_ink
from bpviz.data.rasterize import INK_SIZE, rasterize_strokes
from bpviz.ui.draw.digit_canvas import DigitCanvas
from bpviz.ui.draw.ink_items import InkTint
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.drawing import Drawing
from tests.ui.drawing_hand import BAR, LEFT, SEVEN, draw_with_mouse, place

SIDE = 400


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def canvas(qtbot: QtBot, source: ThemeSource, drawing: Drawing) -> DigitCanvas:
    canvas = DigitCanvas(source, drawing)
    qtbot.addWidget(canvas)
    canvas.resize(SIDE, SIDE)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def color_at(canvas: DigitCanvas, x: float, y: float) -> QColor:
    return canvas.grab().toImage().pixelColor(place(canvas, x, y))


def test_a_stroke_of_the_mouse_appears_where_it_was_drawn(canvas: DigitCanvas, drawing: Drawing) -> None:
    assert color_at(canvas, *SEVEN[1]) == QColor(0, 0, 0)
    draw_with_mouse(canvas)
    for point in SEVEN:
        assert color_at(canvas, *point) == QColor(255, 255, 255)
    assert color_at(canvas, 0.3, 0.7) == QColor(0, 0, 0)
    np.testing.assert_allclose(drawing.strokes[0].points, SEVEN, atol=0.51 / SIDE)


def test_what_is_prepared_is_the_recipe_applied_to_the_strokes(canvas: DigitCanvas, drawing: Drawing) -> None:
    draw_with_mouse(canvas)
    draw_with_mouse(canvas, BAR)
    ink = rasterize_strokes([stroke.points for stroke in drawing.strokes], drawing.pen_width)
    np.testing.assert_array_equal(drawing.prepared().image, prepare_ink(ink).image)


def test_every_point_is_told_and_the_stroke_once(qtbot: QtBot, canvas: DigitCanvas) -> None:
    told: list[str] = []
    canvas.drawing_changed.connect(lambda: told.append("changed"))
    canvas.stroke_finished.connect(lambda: told.append("finished"))
    draw_with_mouse(canvas)
    assert told == ["changed"] * len(SEVEN) + ["finished"]


def test_a_click_leaves_a_round_dot(canvas: DigitCanvas, drawing: Drawing) -> None:
    draw_with_mouse(canvas, [(0.5, 0.5)])
    assert not drawing.is_empty
    radius = drawing.pen_width / 2
    image = canvas.grab().toImage()
    assert image.pixelColor(place(canvas, 0.5, 0.5 - 0.8 * radius)).red() == 255
    assert image.pixelColor(place(canvas, 0.5 + 0.9 * radius, 0.5 + 0.9 * radius)).red() == 0


@pytest.mark.parametrize("size", [QSize(150, 150), QSize(600, 600), QSize(500, 300)])
def test_the_size_on_screen_does_not_change_the_drawing(
    canvas: DigitCanvas, drawing: Drawing, size: QSize
) -> None:
    draw_with_mouse(canvas)
    before = drawing.prepared().image.copy()
    canvas.resize(size)
    np.testing.assert_array_equal(drawing.prepared().image, before)


@pytest.mark.parametrize("side", [280, 560])
def test_the_same_hand_on_a_canvas_of_another_size_draws_the_same(
    canvas: DigitCanvas, drawing: Drawing, side: int
) -> None:
    canvas.resize(side, side)
    points = [(0.25, 0.25), (0.75, 0.25), (0.5, 0.75)]
    draw_with_mouse(canvas, points)
    drawn = rasterize_strokes([np.array(points, np.float32)], drawing.pen_width)
    np.testing.assert_array_equal(drawing.prepared().image, prepare_ink(drawn).image)


def test_ctrl_z_takes_back_the_last_stroke(canvas: DigitCanvas, drawing: Drawing) -> None:
    draw_with_mouse(canvas)
    before = drawing.ink.copy()
    draw_with_mouse(canvas, BAR)
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(drawing.ink, before)
    assert color_at(canvas, 0.45, 0.52) == QColor(0, 0, 0)
    assert color_at(canvas, *SEVEN[0]) == QColor(255, 255, 255)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Backspace])
def test_keys_clear_the_canvas_and_undo_brings_it_back(
    canvas: DigitCanvas, drawing: Drawing, key: Qt.Key
) -> None:
    draw_with_mouse(canvas)
    before = drawing.ink.copy()
    QTest.keyClick(canvas, key)
    assert drawing.is_empty
    assert color_at(canvas, *SEVEN[0]) == QColor(0, 0, 0)
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(drawing.ink, before)
    assert color_at(canvas, *SEVEN[0]) == QColor(255, 255, 255)


def test_the_right_button_does_not_draw(canvas: DigitCanvas, drawing: Drawing) -> None:
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    assert drawing.is_empty


def test_moving_without_a_button_does_not_draw(canvas: DigitCanvas, drawing: Drawing) -> None:
    QTest.mouseMove(canvas.viewport(), QPoint(100, 100))
    QTest.mouseMove(canvas.viewport(), QPoint(200, 200))
    assert drawing.is_empty


def test_a_hidden_canvas_ends_the_stroke(canvas: DigitCanvas, drawing: Drawing) -> None:
    QTest.mousePress(canvas.viewport(), LEFT, pos=QPoint(100, 100))
    assert drawing.is_stroke_open
    canvas.hide()
    assert not drawing.is_stroke_open


def test_a_finger_draws(qtbot: QtBot, canvas: DigitCanvas, drawing: Drawing) -> None:
    device = QTest.createTouchDevice()
    viewport = canvas.viewport()
    QTest.touchEvent(viewport, device).press(0, QPoint(100, 100), viewport).commit()
    QTest.touchEvent(viewport, device).move(0, QPoint(200, 120), viewport).commit()
    QTest.touchEvent(viewport, device).release(0, QPoint(200, 120), viewport).commit()
    np.testing.assert_allclose(drawing.strokes[0].points, [[0.25, 0.25], [0.5, 0.3]], atol=1e-6)


def test_a_second_finger_is_ignored(canvas: DigitCanvas, drawing: Drawing) -> None:
    device = QTest.createTouchDevice()
    viewport = canvas.viewport()
    QTest.touchEvent(viewport, device).press(0, QPoint(100, 100), viewport).commit()
    both = QTest.touchEvent(viewport, device).stationary(0)
    both.press(1, QPoint(300, 300), viewport).commit()
    both = QTest.touchEvent(viewport, device).move(0, QPoint(120, 100), viewport)
    both.move(1, QPoint(320, 300), viewport).commit()
    both = QTest.touchEvent(viewport, device).release(0, QPoint(120, 100), viewport)
    both.release(1, QPoint(320, 300), viewport).commit()
    assert len(drawing.strokes) == 1
    np.testing.assert_allclose(drawing.strokes[0].points, [[0.25, 0.25], [0.3, 0.25]], atol=1e-6)


def pen_event(kind: QEvent.Type, position: QPointF, canvas: DigitCanvas) -> QTabletEvent:
    pen = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    pen.setParent(canvas)
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    where = canvas.viewport().mapToGlobal(position)
    return QTabletEvent(
        kind, pen, position, where, 1.0, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, LEFT, button
    )


def test_a_pen_draws_between_pixels_and_a_mouse_meanwhile_does_not(
    canvas: DigitCanvas, drawing: Drawing
) -> None:
    viewport = canvas.viewport()
    QApplication.sendEvent(viewport, pen_event(QEvent.Type.TabletPress, QPointF(100.5, 100.25), canvas))
    QTest.mousePress(viewport, LEFT, pos=QPoint(300, 300))
    QApplication.sendEvent(viewport, pen_event(QEvent.Type.TabletMove, QPointF(200.25, 120.5), canvas))
    QTest.mouseRelease(viewport, LEFT, pos=QPoint(300, 300))
    assert drawing.is_stroke_open
    QApplication.sendEvent(viewport, pen_event(QEvent.Type.TabletRelease, QPointF(200.25, 120.5), canvas))
    (stroke,) = drawing.strokes
    np.testing.assert_allclose(stroke.points * SIDE, [[100.5, 100.25], [200.25, 120.5]], atol=1e-3)


def test_the_hint_is_there_until_something_is_drawn(canvas: DigitCanvas) -> None:
    def middle_is_black() -> bool:
        strip = canvas.grab().toImage().copy(100, 150, 200, 100)
        return all(strip.pixelColor(x, y).value() == 0 for x in range(0, 200, 2) for y in range(0, 100, 2))

    assert not middle_is_black()
    draw_with_mouse(canvas, [(0.1, 0.1), (0.2, 0.1)])
    assert middle_is_black()
    canvas.clear()
    assert not middle_is_black()


def test_the_tint_colours_the_ink_and_leaves_a_white_outline(canvas: DigitCanvas, drawing: Drawing) -> None:
    draw_with_mouse(canvas, [(0.2, 0.5), (0.8, 0.5)])
    picture = QPixmap(2, 1)
    picture.fill(QColor(0, 200, 0))
    canvas.show_tint(InkTint(picture, QRectF(0, 0, INK_SIZE, INK_SIZE)))
    rim = 0.5 + drawing.pen_width / 2 - 1.0 / SIDE
    assert color_at(canvas, 0.5, 0.5) == QColor(0, 200, 0)
    assert color_at(canvas, 0.5, rim) == QColor(255, 255, 255)
    assert color_at(canvas, 0.5, 0.6) == QColor(0, 0, 0)
    canvas.show_tint(None)
    assert color_at(canvas, 0.5, 0.5) == QColor(255, 255, 255)


def test_the_tint_lies_where_its_box_is(canvas: DigitCanvas) -> None:
    draw_with_mouse(canvas, [(0.2, 0.5), (0.8, 0.5)])
    picture = QPixmap(100, 1)
    picture.fill(QColor(0, 200, 0))
    left_half = picture.toImage()
    for x in range(50):
        left_half.setPixelColor(x, 0, QColor(200, 0, 0))
    box = QRectF(0.2 * INK_SIZE, 0.0, 0.6 * INK_SIZE, INK_SIZE)
    canvas.show_tint(InkTint(QPixmap.fromImage(left_half), box))
    assert color_at(canvas, 0.45, 0.5) == QColor(200, 0, 0)
    assert color_at(canvas, 0.55, 0.5) == QColor(0, 200, 0)


def test_the_crop_box_is_dashed_around_the_ink(canvas: DigitCanvas) -> None:
    canvas.show_crop(QRectF(0.25 * INK_SIZE, 0.25 * INK_SIZE, 0.5 * INK_SIZE, 0.5 * INK_SIZE))
    image = canvas.grab().toImage()
    row = [image.pixelColor(x, 100).value() for x in range(110, 290)]
    assert max(row) > 40
    assert min(row) == 0


def test_the_pen_width_holds_for_the_next_stroke(canvas: DigitCanvas, drawing: Drawing) -> None:
    canvas.set_pen_width(0.04)
    draw_with_mouse(canvas, [(0.2, 0.3), (0.8, 0.3)])
    canvas.set_pen_width(0.1)
    draw_with_mouse(canvas, [(0.2, 0.6), (0.8, 0.6)])
    beside = 0.04
    assert color_at(canvas, 0.5, 0.3 + beside).value() == 0
    assert color_at(canvas, 0.5, 0.6 + beside).value() == 255
    assert [stroke.pen_width for stroke in drawing.strokes] == [0.04, 0.1]


def test_keyboard_focus_is_shown_by_a_ring(canvas: DigitCanvas, source: ThemeSource) -> None:
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.hasFocus()
    assert canvas.grab().toImage().pixelColor(0, SIDE // 2) == source.theme.ink
    canvas.clearFocus()
    assert canvas.grab().toImage().pixelColor(0, SIDE // 2) != source.theme.ink


def test_a_long_stroke_looks_the_same_drawn_and_shown_again(canvas: DigitCanvas, drawing: Drawing) -> None:
    turns = np.linspace(0.0, 9.0, 400)
    spiral = [(0.5 + 0.04 * t * np.cos(4 * t), 0.5 + 0.04 * t * np.sin(4 * t)) for t in turns]
    draw_with_mouse(canvas, spiral)
    assert len(drawing.strokes[0].points) > 250
    drawn = canvas.grab().toImage()
    canvas.refresh()
    assert canvas.grab().toImage() == drawn
    shown = np.array([drawn.pixelColor(place(canvas, *point)).value() for point in spiral])
    assert shown.min() == 255


def test_a_picture_is_shown_tinted_and_drawn_on_as_ink_is(canvas: DigitCanvas, drawing: Drawing) -> None:
    bar = [np.array([(0.2, 0.5), (0.8, 0.5)], np.float32)]
    canvas.show_picture(rasterize_strokes(bar, 0.1))
    assert color_at(canvas, 0.5, 0.5) == QColor(255, 255, 255)
    assert color_at(canvas, 0.5, 0.6) == QColor(0, 0, 0)
    picture = QPixmap(2, 1)
    picture.fill(QColor(0, 200, 0))
    canvas.show_tint(InkTint(picture, QRectF(0, 0, INK_SIZE, INK_SIZE)))
    assert color_at(canvas, 0.5, 0.5) == QColor(0, 200, 0)
    assert color_at(canvas, 0.5, 0.5 + 0.05 - 0.6 / INK_SIZE).red() > 120
    assert color_at(canvas, 0.5, 0.6) == QColor(0, 0, 0)
    draw_with_mouse(canvas, [(0.5, 0.1), (0.5, 0.3)])
    assert color_at(canvas, 0.5, 0.2) == QColor(0, 200, 0)
    canvas.undo()
    canvas.undo()
    assert color_at(canvas, 0.25, 0.5) == QColor(0, 0, 0)
