"""The strip is the handle for going back: click, drag, keys, and what lies ahead stands back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.ui.lab.recording_strip import RecordingStrip
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.curves import RunCurves
from tests.viewmodel.branching import branch
from tests.viewmodel.measured_rows import rows

WIDTH = 1280
TRACK_LEFT, TRACK_RIGHT = 168, WIDTH - 16
MIDDLE, WAVE_FOOT = 35, 44
N = 500
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def curves() -> RunCurves:
    curves = RunCurves(100, 1)
    curves.add(rows(1, [0.5] * N))
    curves.set_branches((branch(0, is_current=True, name="original", furthest=N),))
    return curves


@pytest.fixture
def strip(qtbot: QtBot, source: ThemeSource, curves: RunCurves) -> RecordingStrip:
    strip = RecordingStrip(source, curves)
    qtbot.addWidget(strip)
    strip.resize(WIDTH, strip.height())
    strip.show()
    return strip


def texts(strip: RecordingStrip) -> list[str]:
    items = (item for item in strip.items() if isinstance(item, QGraphicsSimpleTextItem))
    return [item.text() for item in items if item.isVisible()]


def place(iteration: float) -> QPoint:
    return QPoint(round(TRACK_LEFT + iteration / N * (TRACK_RIGHT - TRACK_LEFT)), MIDDLE)


def redness(strip: RecordingStrip, iteration: float) -> int:
    color = strip.grab().toImage().pixelColor(place(iteration).x(), WAVE_FOOT)
    return color.red() - color.blue()


def test_at_the_newest_iteration_it_says_that_rewind_is_exact(strip: RecordingStrip) -> None:
    assert {"Recording", "exact rewind"} <= set(texts(strip))
    assert strip.position == N


def test_a_click_asks_for_the_iteration_under_it(qtbot: QtBot, strip: RecordingStrip) -> None:
    with qtbot.waitSignal(strip.position_requested) as asked:
        QTest.mouseClick(strip.viewport(), LEFT, pos=place(200))
    assert asked.args[0] == pytest.approx(200, abs=1)
    assert strip.position == asked.args[0]


def test_a_click_beyond_the_newest_iteration_asks_for_that(qtbot: QtBot, strip: RecordingStrip) -> None:
    strip.show_position(100)
    with qtbot.waitSignal(strip.position_requested) as asked:
        QTest.mouseClick(strip.viewport(), LEFT, pos=QPoint(TRACK_RIGHT + 3, MIDDLE))
    assert asked.args == [N]


def test_a_click_on_the_caption_or_before_training_asks_for_nothing(
    qtbot: QtBot, strip: RecordingStrip, curves: RunCurves
) -> None:
    with qtbot.assertNotEmitted(strip.position_requested):
        QTest.mouseClick(strip.viewport(), LEFT, pos=QPoint(60, MIDDLE))
        curves.begin(100, 1)
        strip.begin_run()
        QTest.mouseClick(strip.viewport(), LEFT, pos=place(100))


def test_dragging_moves_the_playhead_at_once_and_asks_at_most_ten_times_a_second(
    qtbot: QtBot, strip: RecordingStrip
) -> None:
    asked: list[int] = []
    strip.position_requested.connect(asked.append)
    QTest.mousePress(strip.viewport(), LEFT, pos=place(400))
    for iteration in range(390, 100, -10):
        QTest.mouseMove(strip.viewport(), place(iteration))
    assert strip.position == pytest.approx(110, abs=1)
    assert len(asked) <= 2
    QTest.mouseRelease(strip.viewport(), LEFT, pos=place(110))
    qtbot.waitUntil(lambda: asked[-1] == strip.position)
    assert len(asked) <= 4


def test_while_it_is_dragged_the_playhead_stays_at_the_pointer(strip: RecordingStrip) -> None:
    QTest.mousePress(strip.viewport(), LEFT, pos=place(400))
    strip.show_position(50)
    assert strip.position == pytest.approx(400, abs=1)
    QTest.mouseRelease(strip.viewport(), LEFT, pos=place(400))
    strip.show_position(50)
    assert strip.position == 50


def test_pointing_without_a_button_moves_nothing(qtbot: QtBot, strip: RecordingStrip) -> None:
    with qtbot.assertNotEmitted(strip.position_requested):
        QTest.mouseMove(strip.viewport(), place(100))
    assert strip.position == N


@pytest.mark.parametrize(
    ("key", "asked_for"),
    [(Qt.Key.Key_Left, 299), (Qt.Key.Key_Right, 301), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, N)],
)
def test_keys_ask_for_the_neighbours_and_the_ends(
    qtbot: QtBot, strip: RecordingStrip, key: Qt.Key, asked_for: int
) -> None:
    strip.show_position(300)
    with qtbot.waitSignal(strip.position_requested) as asked:
        QTest.keyClick(strip, key)
    assert asked.args == [asked_for]


def test_a_key_held_down_is_not_asked_for_faster_than_ten_times_a_second(
    qtbot: QtBot, strip: RecordingStrip
) -> None:
    asked: list[int] = []
    strip.position_requested.connect(asked.append)
    for _ in range(30):
        QTest.keyClick(strip, Qt.Key.Key_Left)
    assert asked[0] == N - 1
    assert len(asked) <= 3
    qtbot.waitUntil(lambda: asked[-1] == N - 30)


def test_what_lies_ahead_is_dimmed(strip: RecordingStrip) -> None:
    before = redness(strip, 430)
    strip.show_position(250)
    assert redness(strip, 430) < 0.6 * before
    assert redness(strip, 130) > 0.9 * before
    strip.show_position(N)
    assert redness(strip, 430) == before


def test_rewound_place_is_written(strip: RecordingStrip) -> None:
    strip.show_position(250)
    assert {"Rewound", "at 250 of 500"} <= set(texts(strip))


def test_running_ahead_of_what_was_measured_is_not_rewound(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(N + 1, [0.5] * 90))
    strip.draw_now()
    strip.show_position(N + 50)
    assert "exact rewind" in texts(strip)
    assert strip.position == N + 90


def test_forks_are_marked_and_named_when_pointed_at(strip: RecordingStrip, curves: RunCurves) -> None:
    around = strip.grab().toImage().pixelColor(place(200).x(), 24)
    curves.set_branches((branch(0, is_current=True, furthest=N), branch(1, 0, 200, "η 0.5 → 1")))
    strip.draw_now()
    assert strip.grab().toImage().pixelColor(place(200).x(), WAVE_FOOT - 8) != around
    QTest.mouseMove(strip.viewport(), place(201))
    (reading,) = [text for text in texts(strip) if "loss" in text]
    assert reading.endswith("parts from η 0.5 → 1")
    QTest.mouseMove(strip.viewport(), place(240))
    assert not any("parts from" in text for text in texts(strip))


def test_a_new_branch_is_seen_without_a_new_iteration(
    qtbot: QtBot, strip: RecordingStrip, curves: RunCurves
) -> None:
    curves.set_branches((branch(0, is_current=True, furthest=N), branch(1, 0, 200, "later")))

    def is_named() -> bool:
        strip.refresh()
        QTest.mouseMove(strip.viewport(), place(200))
        QTest.mouseMove(strip.viewport(), place(201))
        return any("parts from later" in text for text in texts(strip))

    qtbot.waitUntil(is_named)


def test_a_click_near_a_fork_means_the_fork(qtbot: QtBot, strip: RecordingStrip, curves: RunCurves) -> None:
    curves.set_branches((branch(0, is_current=True, furthest=N), branch(1, 0, 200)))
    strip.draw_now()
    with qtbot.waitSignal(strip.position_requested) as asked:
        QTest.mouseClick(strip.viewport(), LEFT, pos=place(200) + QPoint(4, 0))
    assert asked.args == [200]


def test_a_new_run_forgets_where_the_playhead_stood(strip: RecordingStrip, curves: RunCurves) -> None:
    strip.show_position(250)
    curves.begin(100, 1)
    strip.begin_run()
    curves.add(rows(1, [0.5] * 400))
    strip.draw_now()
    assert strip.position == 400
