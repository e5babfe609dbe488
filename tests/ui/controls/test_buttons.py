"""Buttons: what they say, and how their states look."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.style.theme import contrast, rgb
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource


def pixel(button: Button, x: int, y: int) -> QColor:
    return button.grab().toImage().pixelColor(x, y)


def box(button: Button) -> QColor:
    """Return the colour of the button's box, left of its text."""
    return pixel(button, 6, button.height() // 2)


def shown(qtbot: QtBot, button: Button) -> Button:
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    # Away from the corner where the offscreen pointer rests.
    button.move(400, 300)
    with qtbot.waitExposed(button):
        button.show()
    return button


def test_click_and_keyboard_press_it(qtbot: QtBot, source: ThemeSource) -> None:
    button = shown(qtbot, Button(source, "Run", kind=ButtonKind.PRIMARY))
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_disabled_button_cannot_be_pressed_and_looks_it(qtbot: QtBot, source: ThemeSource) -> None:
    button = shown(qtbot, Button(source, "Run", kind=ButtonKind.PRIMARY))
    live = box(button)
    button.setEnabled(False)
    assert rgb(box(button)) != rgb(live)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_icon_button_is_square_and_named_by_its_tip(qtbot: QtBot, source: ThemeSource) -> None:
    button = shown(qtbot, Button(source, icon="reset", tip="Reset the network"))
    assert button.width() == button.height() == 32
    assert button.accessibleName() == "Reset the network"


def test_text_fits_into_the_button(qtbot: QtBot, source: ThemeSource) -> None:
    narrow = Button(source, "Run").sizeHint().width()
    wide = Button(source, "Run until the end").sizeHint().width()
    assert wide > narrow + 60
    button = shown(qtbot, Button(source, "Run until the end", kind=ButtonKind.PRIMARY))
    ink = source.theme.ink
    for x in (3, button.width() - 4):
        assert {rgb(pixel(button, x, y)) for y in range(10, 22)} == {rgb(ink)}


def test_primary_stands_out_most(qtbot: QtBot, source: ThemeSource) -> None:
    panel = source.theme.panel
    primary = contrast(box(shown(qtbot, Button(source, "Run", kind=ButtonKind.PRIMARY))), panel)
    plain = contrast(box(shown(qtbot, Button(source, "Run"))), panel)
    assert primary > 10 > plain > 1


@pytest.mark.parametrize("kind", [ButtonKind.PRIMARY, ButtonKind.PLAIN, ButtonKind.DANGER])
def test_pressing_shows_at_once(qtbot: QtBot, source: ThemeSource, kind: ButtonKind) -> None:
    button = shown(qtbot, Button(source, "Reset", kind=kind))
    rest = rgb(box(button))
    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=QPoint(20, 16))
    pressed = rgb(box(button))
    assert pressed != rest
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(20, 16))
    assert rgb(box(button)) != pressed


def test_ring_appears_with_tab_and_not_with_the_mouse(qtbot: QtBot, source: ThemeSource) -> None:
    button = shown(qtbot, Button(source, "Step"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    top = (button.width() // 2, 1)
    assert rgb(pixel(button, *top)) != rgb(source.theme.ink)
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert rgb(pixel(button, *top)) == rgb(source.theme.ink)


def test_theme_change_repaints(qtbot: QtBot, source: ThemeSource) -> None:
    button = shown(qtbot, Button(source, "Run", kind=ButtonKind.PRIMARY))
    source.set_choice(ThemeChoice.LIGHT)
    assert rgb(box(button)) == rgb(source.theme.ink)


def test_checked_quiet_button_keeps_its_box(qtbot: QtBot, source: ThemeSource) -> None:
    button = shown(qtbot, Button(source, icon="eye", kind=ButtonKind.QUIET, tip="Look"))
    button.setCheckable(True)
    assert rgb(pixel(button, 3, 16)) != rgb(source.theme.control_hover)
    button.setChecked(True)
    assert rgb(pixel(button, 3, 16)) == rgb(source.theme.control_hover)
