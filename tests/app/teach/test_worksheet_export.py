"""The worksheet of the step on screen, by its key."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.cli.render import parse_request
from bpviz.errors import ConfigError
from bpviz.ui.mode import Mode
from bpviz.ui.style.theme import DARK, LIGHT
from tests.app.hands import sentence_told

LESSON = "autodiff"


@pytest.fixture
def playing(desk: Desk, qtbot: QtBot) -> Desk:
    desk.window.set_mode(Mode.TEACH)
    desk.teach.open(LESSON, 0)
    qtbot.waitUntil(lambda: desk.teach.player is not None and not desk.teach.player.is_busy, timeout=10_000)
    return desk


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """Let the file dialog answer with this path; return the names it was opened with."""
    offered: list[str] = []

    def answer(parent: object, title: str, name: str, filters: str) -> tuple[str, str]:
        offered.append(name)
        return ("" if path is None else str(path)), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered


def test_p_saves_a_worksheet_of_two_pages_and_says_so(
    playing: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered = choose_file(monkeypatch, tmp_path / "mine")
    QTest.keyClick(playing.window.lesson, Qt.Key.Key_P)
    assert offered[0].startswith("why-reverse-mode-step-1-of-")
    content = (tmp_path / "mine.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", content)) == 2
    assert sentence_told(playing) == "The worksheet was saved to mine.pdf."
    assert playing.window.lesson.source.theme == DARK


def test_thinking_better_of_it_writes_nothing(playing: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_file(monkeypatch, None)
    QTest.keyClick(playing.window.lesson, Qt.Key.Key_P)
    assert sentence_told(playing) == ""


def test_a_folder_that_is_not_there_is_told(
    playing: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose_file(monkeypatch, tmp_path / "nowhere" / "mine.pdf")
    QTest.keyClick(playing.window.lesson, Qt.Key.Key_P)
    assert "cannot be written" in sentence_told(playing)


def test_the_picture_is_taken_in_the_light_and_the_window_stays_dark(playing: Desk) -> None:
    page = playing.window.lesson
    assert page.stage is not None
    before = page.grab().toImage()
    with page.source.light_for_a_moment(page.stage):
        assert page.source.theme == LIGHT
    assert page.source.theme == DARK
    assert page.grab().toImage() == before
    assert page.stage.styleSheet() == ""


def test_the_command_line_writes_worksheets_of_lessons_alone(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert parse_request([str(out), "--lesson", LESSON, "--step", "2"]).out == out
    with pytest.raises(ConfigError, match=r"does not end in \.png"):
        parse_request([str(out)])
