"""The frame pump pulls again and again until it is stopped."""

from pytestqt.qtbot import QtBot

from bpviz.ui.frame_pump import FRAME_INTERVAL_MS, FramePump


def test_pulls_at_the_rate_of_a_display_until_stopped(qtbot: QtBot) -> None:
    pulls: list[int] = []
    pump = FramePump(lambda: pulls.append(1))
    qtbot.wait(3 * FRAME_INTERVAL_MS)
    assert pulls == [], "nothing before it is started"
    pump.start()
    qtbot.waitUntil(lambda: len(pulls) >= 5, timeout=2000)
    pump.stop()
    count = len(pulls)
    qtbot.wait(4 * FRAME_INTERVAL_MS)
    assert len(pulls) == count


def test_can_be_started_again(qtbot: QtBot) -> None:
    pulls: list[int] = []
    pump = FramePump(lambda: pulls.append(1))
    pump.start()
    pump.stop()
    pump.start()
    qtbot.waitUntil(lambda: bool(pulls), timeout=2000)
    pump.stop()
