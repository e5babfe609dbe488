"""The stand in the whole window: in by F11 or from the command line, out by Escape, and nowhere else."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.cli.window import window_options
from bpviz.ui.draw.kiosk_page import KioskPage
from bpviz.ui.mode import Mode
from tests.app.hands import click, iteration
from tests.ui.drawing_hand import draw_with_mouse

FULL = Qt.WindowState.WindowFullScreen


def is_full(desk: Desk) -> bool:
    return bool(desk.window.windowState() & FULL)


def output_of(kiosk: KioskPage) -> np.ndarray:
    assert kiosk.reading is not None
    return kiosk.reading.sample.output


@pytest.fixture
def kiosk(desk: Desk) -> KioskPage:
    desk.window.set_mode(Mode.DRAW)
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    return desk.window.kiosk


def test_f11_in_draw_fills_the_screen_with_the_stand_alone(desk: Desk, kiosk: KioskPage) -> None:
    assert is_full(desk)
    assert kiosk.isVisible()
    assert kiosk.size() == desk.window.size()
    assert not desk.window.transport.isVisible()
    assert not desk.window.draw.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_escape_and_f11_lead_back_to_the_draw_page(desk: Desk, kiosk: KioskPage, key: Qt.Key) -> None:
    QTest.keyClick(kiosk, key)
    assert not is_full(desk)
    assert not kiosk.isVisible()
    assert desk.window.transport.isVisible()
    assert desk.window.draw.isVisible()
    assert desk.window.mode is Mode.DRAW


def test_f11_in_the_lab_is_full_screen_as_ever(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    assert is_full(desk)
    assert desk.window.lab.isVisible()
    assert desk.window.kiosk.isHidden()
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    assert not is_full(desk)


def test_a_window_that_was_full_screen_stays_so(desk: Desk) -> None:
    desk.window.toggle_full_screen()
    desk.window.set_mode(Mode.DRAW)
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    QTest.keyClick(desk.window.kiosk, Qt.Key.Key_Escape)
    assert is_full(desk)


def test_no_key_reaches_the_lab_behind(desk: Desk, kiosk: KioskPage, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_5, Qt.Key.Key_N, Qt.Key.Key_Tab):
        QTest.keyClick(kiosk, key)
    answered: list[int] = []
    desk.session.ask("after", lambda: 1, answered.append)
    qtbot.waitUntil(lambda: answered == [1])
    assert not desk.session.is_running
    assert iteration(desk) == 0
    assert kiosk.isVisible()


def test_the_stand_reads_with_the_network_of_the_draw_page(desk: Desk, kiosk: KioskPage) -> None:
    draw_with_mouse(kiosk.canvas)
    strokes = kiosk.strokes
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    desk.window.draw.draw_strokes(strokes)
    sample = desk.window.draw.sample
    assert sample is not None
    np.testing.assert_array_equal(output_of(kiosk), sample.output)


def test_the_stand_follows_a_network_in_training(desk: Desk, qtbot: QtBot) -> None:
    desk.window.set_mode(Mode.DRAW)
    desk.presenter.canvas.follow(True)
    click(desk.window.transport.run)
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    kiosk = desk.window.kiosk
    draw_with_mouse(kiosk.canvas)
    before = output_of(kiosk)
    qtbot.waitUntil(lambda: not np.array_equal(output_of(kiosk), before))
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    click(desk.window.transport.run)
    qtbot.waitUntil(lambda: not desk.session.is_running)


def test_every_visit_begins_with_an_empty_canvas(desk: Desk, kiosk: KioskPage) -> None:
    draw_with_mouse(kiosk.canvas)
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    assert kiosk.strokes == ()


def test_a_window_closed_as_a_stand_is_remembered_as_a_window(desk: Desk, kiosk: KioskPage) -> None:
    desk.window.close()
    assert not is_full(desk)


@pytest.mark.parametrize(
    ("arguments", "seconds"), [([], None), (["--kiosk"], 20.0), (["--kiosk", "45"], 45.0)]
)
def test_the_command_line_opens_a_stand(arguments: list[str], seconds: float | None) -> None:
    assert window_options(arguments).kiosk_s == seconds


@pytest.mark.parametrize("seconds", ["soon", "1", "1e9", "nan"])
def test_a_pause_that_makes_no_sense_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        window_options(["--kiosk", seconds])
    assert "3 to 600 seconds are needed" in capsys.readouterr().err
