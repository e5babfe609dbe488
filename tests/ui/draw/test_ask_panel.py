"""The digits to ask about, and what stands above and below them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.switch import Switch
from bpviz.ui.draw.ask_panel import AskPanel
from bpviz.ui.style.theme_source import ThemeSource

LEFT = Qt.MouseButton.LeftButton
CAPTION = "784–128–10, bundled, 98.1 % on MNIST test"


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource) -> AskPanel:
    panel = AskPanel(source)
    qtbot.addWidget(panel)
    panel.resize(424, 112)
    panel.show()
    return panel


def test_a_click_on_a_digit_tells_which(qtbot: QtBot, panel: AskPanel) -> None:
    panel.choice.show_digits(7, None)
    for digit in (0, 7, 9):
        with qtbot.waitSignal(panel.digit_clicked) as told:
            QTest.mouseClick(panel.choice.button(digit), LEFT)
        assert told.args == [digit]


def test_nothing_can_be_asked_of_an_empty_canvas(qtbot: QtBot, panel: AskPanel) -> None:
    panel.choice.show_digits(None, None, n_askable=0)
    with qtbot.assertNotEmitted(panel.digit_clicked):
        QTest.mouseClick(panel.choice.button(3), LEFT)


def test_digits_the_network_has_no_output_for_cannot_be_asked(panel: AskPanel) -> None:
    panel.choice.show_digits(1, None, n_askable=3)
    assert [panel.choice.button(digit).isEnabled() for digit in range(10)] == [True] * 3 + [False] * 7


def test_the_digit_read_is_filled_and_the_one_asked_about_is_not(panel: AskPanel) -> None:
    panel.choice.show_digits(7, 9)
    image = panel.choice.grab().toImage()

    def fill(digit: int) -> int:
        box = panel.choice.button(digit).geometry()
        return image.pixelColor(box.left() + 7, box.top() + 8).value()

    assert fill(7) > 200 > fill(9)
    assert panel.choice.button(9).accessibleName() == "9, asked about"


def test_nothing_moves_when_a_digit_is_asked_about_and_its_error_shown(panel: AskPanel) -> None:
    panel.reader.show_network(CAPTION)
    panel.choice.show_digits(7, None)
    panel.grab()
    before = panel.choice.geometry(), panel.sizeHint().height()
    panel.show_asked(9)
    panel.set_error_shown(True)
    panel.grab()
    assert (panel.choice.geometry(), panel.sizeHint().height()) == before


def test_actions_are_offered_only_for_a_digit_asked_about(panel: AskPanel) -> None:
    assert not panel.digit_actions.teach.isVisible()
    panel.show_asked(9)
    assert panel.digit_actions.teach.isVisible()
    assert not panel.reader.isVisible()


def test_the_network_is_named_whole_even_where_its_line_is_short(panel: AskPanel) -> None:
    panel.reader.show_network(CAPTION)
    panel.resize(300, 112)
    assert panel.reader.text == CAPTION
    assert panel.reader.toolTip() == CAPTION


def test_a_click_on_the_switch_asks_to_follow_the_training(qtbot: QtBot, panel: AskPanel) -> None:
    switch = panel.findChildren(Switch)[0]
    for expected in (True, False):
        with qtbot.waitSignal(panel.reader.follow_training_changed) as told:
            QTest.mouseClick(switch, LEFT)
        assert told.args == [expected]


def test_without_a_network_in_training_it_cannot_be_followed(qtbot: QtBot, panel: AskPanel) -> None:
    panel.reader.set_follow_available(False)
    with qtbot.assertNotEmitted(panel.reader.follow_training_changed):
        QTest.mouseClick(panel.findChildren(Switch)[0], LEFT)
