"""A lesson played with keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.teach.player import QUIET_S, LessonPlayer
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.playing import StepState
from tests.app.teach.toy import Toy
from tests.viewmodel.lessons.lesson_files import COURSE, TEXTS, VOCABULARIES, write_lesson


class Room:
    """A page with a lesson on it and someone at the keys."""

    def __init__(self, qtbot: QtBot, folder: Path, texts: str = TEXTS, first_step: int = 0) -> None:
        load_fonts()
        self.qtbot = qtbot
        self.page = TeachPage(ThemeSource(ThemeChoice.DARK))
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()
        lesson = read_lesson(write_lesson(folder, COURSE, texts), VOCABULARIES)
        self.toy = Toy(self.page.source)
        self.now = 0.0
        self.player = LessonPlayer(self.page, lesson, self.toy, lambda: self.now, first_step)
        self.failures: list[str] = []
        self.player.failed.connect(self.failures.append)
        self.player.start()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.player.is_busy)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page, key)
        self.settle()

    @property
    def text(self) -> str:
        return self.page.foot.line.plain

    @property
    def looks(self) -> list[ChoiceLook]:
        return [button.look for button in self.page.foot.choices if button.isVisible()]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.player.close()


def test_the_first_step_does_and_says_what_the_lesson_tells(room: Room) -> None:
    assert room.page.title.text() == "A toy"
    assert room.page.progress.text == "1 of 2"
    assert room.toy.weight == 1.0
    assert room.text == "The loss is 3.00."
    assert room.toy.shown[-1] == {"phase": "forward"}


def test_the_spotlight_leaves_the_part_that_is_meant_bright(room: Room) -> None:
    assert room.page.spotlight.isVisible()
    assert not room.page.spotlight.mask().contains(room.toy.stage.geometry().topLeft())
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Space)
    assert not room.page.spotlight.isVisible()


def test_what_is_waited_for_may_be_done_by_the_learner_or_for_him(room: Room) -> None:
    room.toy.weight = 3.5
    assert not room.player.playing.can_go_on
    room.toy.values_changed.emit()
    assert room.player.playing.state is StepState.READY
    room.press(Qt.Key.Key_Space)
    assert room.page.progress.text == "2 of 2"


def test_a_right_prediction_is_said_to_be_right(room: Room) -> None:
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Space)
    assert room.text == "Which way will it go?"
    assert room.looks == [ChoiceLook.OPEN, ChoiceLook.OPEN]
    room.press(Qt.Key.Key_B)
    room.press(Qt.Key.Key_A)
    assert room.looks == [ChoiceLook.CHOSEN, ChoiceLook.OPEN]
    room.press(Qt.Key.Key_Space)
    assert room.text == "Right. It grew by +0.5."
    assert room.looks == [ChoiceLook.RIGHT, ChoiceLook.PASSED]
    assert room.page.foot.score.text() == "1 of 1 right"


def test_a_wrong_prediction_is_told_kindly_and_the_right_one_shown(room: Room) -> None:
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Space)
    QTest.mouseClick(room.page.foot.choices[1], Qt.MouseButton.LeftButton)
    room.press(Qt.Key.Key_Space)
    assert room.text.startswith("Not so.")
    assert room.looks == [ChoiceLook.RIGHT, ChoiceLook.WRONG]
    assert room.page.foot.score.text() == "0 of 1 right"


def test_going_back_puts_the_experiment_back(room: Room) -> None:
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Space)
    assert room.toy.weight == 6.0
    room.press(Qt.Key.Key_Left)
    assert room.page.progress.text == "1 of 2"
    assert room.toy.weight == 1.0


def test_hands_are_counted_when_asked_for(room: Room) -> None:
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Space)
    assert room.page.foot.choices[0].hands is None
    room.press(Qt.Key.Key_H)
    button = room.page.foot.choices[0]
    plus = button.rect().center()
    plus.setX(button.width() - 12)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, plus)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, plus)
    assert button.hands == 2
    assert room.looks[0] is ChoiceLook.OPEN


def test_the_last_step_ends_the_lesson(room: Room) -> None:
    ends: list[bool] = []
    room.player.finished.connect(lambda: ends.append(True))
    for _ in range(3):
        room.press(Qt.Key.Key_Space)
    assert ends == []
    room.press(Qt.Key.Key_Space)
    assert ends == [True]


def test_a_lesson_taken_up_later_stands_as_if_it_had_been_walked(qtbot: QtBot, tmp_path: Path) -> None:
    room = Room(qtbot, tmp_path, first_step=1)
    assert room.page.progress.text == "2 of 2"
    assert room.toy.weight == 1.0 + 9 * 0.5
    room.press(Qt.Key.Key_Left)
    assert room.toy.weight == 1.0
    room.player.close()
    assert room.toy.is_closed


def test_what_takes_long_to_get_ready_says_so(room: Room) -> None:
    room.player.close()
    lesson = room.player.playing.lesson
    room.player = LessonPlayer(room.page, lesson, Toy(room.page.source), lambda: room.now, 1)
    room.player.start()
    assert room.text == ""
    room.now += QUIET_S / 2
    room.player.pull()
    assert room.text == ""
    room.now += QUIET_S
    room.player.pull()
    assert room.text == "Getting ready …"
    room.settle()
    assert room.text != "Getting ready …"
