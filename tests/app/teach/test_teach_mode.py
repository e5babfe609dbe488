"""The Teach mode in the whole window: the Lab rests, a lesson is played, the Lab goes on."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.settings import Settings
from bpviz.training import messages
from bpviz.ui.mode import Mode


def play(desk: Desk, qtbot: QtBot, lesson: str) -> None:
    """Open a lesson by its card and wait until its first step stands."""
    card = next(card for card in desk.window.lessons.cards if card.content.id == lesson)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    settled(desk, qtbot)


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.teach.player is not None and not desk.teach.player.is_busy, timeout=10_000)


def press(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.keyClick(desk.window.lesson, key)
    settled(desk, qtbot)


def test_a_lesson_has_the_window_to_itself_and_escape_leads_back_to_the_list(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.window.set_mode(Mode.TEACH)
    assert desk.window.lessons.isVisible()
    play(desk, qtbot, "one-layer")
    assert desk.window.lesson.isVisible()
    assert not desk.window.transport.isVisible()
    QTest.keyClick(desk.window.lesson, Qt.Key.Key_Escape)
    assert desk.teach.player is None
    assert desk.window.lessons.isVisible()
    assert desk.window.transport.isVisible()


def test_the_lab_is_afterwards_what_it_was(desk: Desk, qtbot: QtBot) -> None:
    desk.session.send(messages.RunTo(7))
    qtbot.waitUntil(lambda: desk.presenter.snapshot is not None and desk.presenter.snapshot.iteration == 7)
    before, config = desk.presenter.snapshot, desk.session.config
    assert before is not None
    desk.window.set_mode(Mode.TEACH)
    play(desk, qtbot, "one-layer")
    press(desk, qtbot, Qt.Key.Key_Space)
    desk.window.set_mode(Mode.LAB)
    assert desk.teach.player is None
    assert desk.session.config == config
    after = desk.presenter.snapshot
    assert after is not None
    assert after.iteration == 7
    np.testing.assert_array_equal(after.parameters_after, before.parameters_after)
    assert desk.window.lab.curves.iteration == 7


def test_a_run_rests_while_teach_is_shown_and_goes_on_afterwards(desk: Desk, qtbot: QtBot) -> None:
    desk.session.send(messages.Run())
    qtbot.waitUntil(lambda: desk.session.is_running)
    desk.window.set_mode(Mode.TEACH)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    desk.window.set_mode(Mode.LAB)
    qtbot.waitUntil(lambda: desk.session.is_running)
    desk.session.send(messages.Pause())
    qtbot.waitUntil(lambda: not desk.session.is_running)


def test_a_lesson_is_taken_up_where_it_was_left(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.teach.remember_in(Settings(tmp_path / "settings.ini"))
    desk.window.set_mode(Mode.TEACH)
    play(desk, qtbot, "one-layer")
    press(desk, qtbot, Qt.Key.Key_Space)
    shown = desk.window.lesson.progress.text
    assert shown.startswith("2 of")
    QTest.keyClick(desk.window.lesson, Qt.Key.Key_Escape)
    card = next(card for card in desk.window.lessons.cards if card.content.id == "one-layer")
    assert card.content.state == f"step {shown}"
    play(desk, qtbot, "one-layer")
    assert desk.window.lesson.progress.text == shown


def test_a_broken_lesson_of_ones_own_is_told_and_the_others_are_offered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "bpviz" / "lessons"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('number = 30\nstage = "nowhere"\n', encoding="utf-8")
    desk.window.set_mode(Mode.TEACH)
    notice = desk.window.notices.notice
    assert notice is not None
    assert "mine.toml, key 'stage'" in notice.sentence
    assert desk.window.lessons.cards
