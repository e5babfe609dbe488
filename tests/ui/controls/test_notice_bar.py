"""The notice bar tells one thing and offers a way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.notice_bar import Notice, NoticeBar, NoticeKind
from bpviz.ui.style.theme import contrast
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource


@pytest.fixture
def bar(qtbot: QtBot, source: ThemeSource) -> NoticeBar:
    bar = NoticeBar(source)
    qtbot.addWidget(bar)
    bar.resize(700, 46)
    return bar


def buttons(bar: NoticeBar) -> dict[str, Button]:
    return {button.text() or button.accessibleName(): button for button in bar.findChildren(Button)}


def test_bar_is_hidden_until_there_is_something_to_say(bar: NoticeBar) -> None:
    assert bar.isHidden()
    bar.show_notice(Notice("info", "MNIST is not on this computer yet.", "Download"))
    assert not bar.isHidden()
    assert bar.accessibleName() == "MNIST is not on this computer yet."


def test_action_is_requested_and_closes_the_bar(qtbot: QtBot, bar: NoticeBar) -> None:
    bar.show_notice(Notice("error", "The loss became infinite.", "Reset"))
    with qtbot.waitSignal(bar.action_requested):
        QTest.mouseClick(buttons(bar)["Reset"], Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert bar.notice is None


def test_dismissing_is_told(qtbot: QtBot, bar: NoticeBar) -> None:
    bar.show_notice(Notice("warning", "The loss stopped falling."))
    with qtbot.waitSignal(bar.dismissed), qtbot.assertNotEmitted(bar.action_requested):
        QTest.mouseClick(buttons(bar)["Dismiss"], Qt.MouseButton.LeftButton)
    assert bar.isHidden()


@pytest.mark.parametrize(
    ("notice", "stays"),
    [
        (Notice("info", "The digits are the test part now."), False),
        (Notice("info", "MNIST is not on this computer yet.", "Download"), True),
        (Notice("warning", "The loss stopped falling."), True),
    ],
)
def test_only_mere_news_is_closed_with_the_page_it_was_told_on(
    bar: NoticeBar, notice: Notice, stays: bool
) -> None:
    bar.show_notice(notice)
    bar.clear_news()
    assert bar.isHidden() is not stays


def test_notice_without_action_has_no_action_button(bar: NoticeBar) -> None:
    bar.show_notice(Notice("info", "First.", "Do"))
    bar.show_notice(Notice("info", "Second."))
    assert [name for name, button in buttons(bar).items() if not button.isHidden()] == ["Dismiss"]


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
@pytest.mark.parametrize("kind", ["info", "warning", "error"])
def test_sentence_is_legible_on_its_ground(
    bar: NoticeBar, source: ThemeSource, choice: ThemeChoice, kind: NoticeKind
) -> None:
    source.set_choice(choice)
    bar.show_notice(Notice(kind, "Something happened."))
    ground = bar.grab().toImage().pixelColor(bar.width() - 60, 8)
    assert contrast(source.theme.text, ground) >= 7.0
