"""The strip draws the whole run and tells what is pointed at."""

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.training.batches import BatchSchedule
from bpviz.ui.lab.recording_strip import RecordingStrip
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.words.number_format import grouped
from tests.viewmodel.branching import branch
from tests.viewmodel.measured_rows import rows

WIDTH = 1280
TRACK_LEFT = 168
TRACK_RIGHT = WIDTH - 16
WAVE_FOOT = 44


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def curves() -> RunCurves:
    return RunCurves(100, 1)


@pytest.fixture
def strip(qtbot: QtBot, source: ThemeSource, curves: RunCurves, clock: Clock) -> RecordingStrip:
    strip = RecordingStrip(source, curves, clock)
    qtbot.addWidget(strip)
    strip.resize(WIDTH, strip.height())
    strip.show()
    return strip


def texts(strip: RecordingStrip) -> list[str]:
    items = (item for item in strip.items() if isinstance(item, QGraphicsSimpleTextItem))
    return [item.text() for item in items if item.isVisible()]


def redness(image: QImage, x: int, y: int) -> int:
    color = image.pixelColor(x, y)
    return color.red() - color.blue()


def x_of(share: float) -> int:
    return round(TRACK_LEFT + share * (TRACK_RIGHT - TRACK_LEFT))


def test_height_follows_the_scale(strip: RecordingStrip, source: ThemeSource) -> None:
    assert strip.height() == 52
    source.set_factor(1.15)
    assert strip.height() == 60


def test_before_a_run_it_says_so(strip: RecordingStrip) -> None:
    assert {"Recording", "not begun", "Epoch 1"} <= set(texts(strip))


def test_epochs_are_written(strip: RecordingStrip, curves: RunCurves, clock: Clock) -> None:
    curves.add(rows(1, [0.5] * 250))
    clock.now += 1.0
    strip.refresh()
    assert {"Recording", "exact rewind", "Epoch 1", "Epoch 2", "Epoch 3"} <= set(texts(strip))


def test_wave_ends_at_the_playhead(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [0.5] * 410))
    strip.draw_now()
    image = strip.grab().toImage()
    assert redness(image, x_of(220 / 500), WAVE_FOOT) > 60
    assert redness(image, x_of(440 / 500), WAVE_FOOT) < 10


def test_wave_is_higher_where_the_loss_is(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [4.0] * 500 + [0.1] * 500))
    strip.draw_now()
    image = strip.grab().toImage()
    assert redness(image, x_of(0.23), 30) > 60
    assert redness(image, x_of(0.93), 30) < 10
    assert redness(image, x_of(0.93), WAVE_FOOT) > 60


def test_wave_has_no_holes(strip: RecordingStrip, curves: RunCurves) -> None:
    for n in (300, 5000):
        curves.begin(10_000, 1)
        curves.add(rows(1, [0.5] * n))
        strip.draw_now()
        image = strip.grab().toImage()
        levels = [redness(image, x, WAVE_FOOT) for x in range(x_of(0.1), x_of(0.8))]
        assert min(levels) > 0.9 * max(levels) > 60


def test_one_spike_in_a_long_run_is_seen(strip: RecordingStrip, curves: RunCurves) -> None:
    values = [0.1] * 40_000
    values[23_000] = 50.0
    curves.begin(10_000, 1)
    curves.add(rows(1, values))
    strip.draw_now()
    image = strip.grab().toImage()
    high = [x for x in range(TRACK_LEFT + 4, TRACK_RIGHT) if redness(image, x, 30) > 30]
    assert high
    assert x_of(0.565) < high[0] <= high[-1] < x_of(0.585)


def test_refresh_draws_at_most_three_times_a_second(
    strip: RecordingStrip, curves: RunCurves, clock: Clock
) -> None:
    curves.add(rows(1, [0.5] * 10))
    clock.now += 0.3
    strip.refresh()
    assert "not begun" in texts(strip)
    clock.now += 0.06
    strip.refresh()
    assert "not begun" not in texts(strip)


def test_pointing_reads_iteration_epoch_and_loss(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [float(i) for i in range(1, 501)]))
    strip.draw_now()
    QTest.mouseMove(strip.viewport(), QPoint(x_of(0.5), 35))
    (reading,) = [text for text in texts(strip) if "loss" in text]
    iteration = int(reading.split()[1].rstrip(","))
    assert 247 <= iteration <= 253
    assert reading == f"iteration {iteration}, epoch 3: loss {iteration}"


def test_pointing_elsewhere_takes_the_reading_away(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [0.5] * 500))
    strip.draw_now()
    QTest.mouseMove(strip.viewport(), QPoint(x_of(0.6), 35))
    assert any("loss" in text for text in texts(strip))
    QTest.mouseMove(strip.viewport(), QPoint(20, 35))
    assert not any("loss" in text for text in texts(strip))


def test_a_new_run_begins_empty(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [0.5] * 500))
    strip.draw_now()
    curves.begin(100, 1)
    strip.begin_run()
    assert "not begun" in texts(strip)
    assert redness(strip.grab().toImage(), x_of(0.3), WAVE_FOOT) < 10


def test_scale_of_the_wave_is_stated(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [2.0] * 200 + [0.4] * 200))
    strip.draw_now()
    assert "logarithmic from 0.10 to 2.0" in strip.toolTip()


def test_theme_is_followed_live(strip: RecordingStrip, source: ThemeSource) -> None:
    source.set_choice(ThemeChoice.LIGHT)
    assert strip.grab().toImage().pixelColor(100, 3) == source.theme.panel


def test_playhead_does_not_cover_the_epochs_name(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [0.5] * 410))
    strip.draw_now()
    items = [item for item in strip.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    (name,) = [item for item in items if item.text() == "Epoch 5"]
    assert name.sceneBoundingRect().left() > x_of(410 / 500) + 6


def epoch_names(strip: RecordingStrip) -> list[QGraphicsSimpleTextItem]:
    items = [item for item in strip.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    found = [item for item in items if item.text().startswith("Epoch ")]
    return sorted(found, key=lambda item: item.sceneBoundingRect().left())


@pytest.mark.parametrize("position", [1900, 1790, 1601, 650, 105, 0])
def test_names_of_epochs_stand_apart(strip: RecordingStrip, curves: RunCurves, position: int) -> None:
    curves.add(rows(1, [0.5] * 1900))
    strip.draw_now()
    strip.show_position(position)
    places = [item.sceneBoundingRect() for item in epoch_names(strip)]
    assert len(places) > 6
    assert all(b.left() - a.right() >= 8 for a, b in pairwise(places))


def test_names_stand_apart_after_the_batch_size_changed(strip: RecordingStrip, curves: RunCurves) -> None:
    schedule = BatchSchedule.constant(100, 1).changed(4000, 10)
    curves.set_branches((branch(0, is_current=True, schedule=schedule),))
    curves.add(rows(1, [0.5] * 4600))
    strip.draw_now()
    places = [item.sceneBoundingRect() for item in epoch_names(strip)]
    assert len(places) > 3
    assert all(b.left() - a.right() >= 8 for a, b in pairwise(places))


@pytest.mark.parametrize("share", [0.0, 0.1234, 0.45025, 0.777])
def test_pointing_says_where_a_click_goes(
    qtbot: QtBot, strip: RecordingStrip, curves: RunCurves, share: float
) -> None:
    curves.add(rows(1, [0.5] * 20_000))
    strip.draw_now()
    at = QPoint(x_of(share), 35)
    QTest.mouseMove(strip.viewport(), at)
    (reading,) = [text for text in texts(strip) if text.startswith("iteration ")]
    with qtbot.waitSignal(strip.position_requested) as asked:
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert re.split("[,:]", reading)[0] == f"iteration {grouped(asked.args[0])}"


def test_losses_that_are_no_numbers_do_no_harm(strip: RecordingStrip, curves: RunCurves) -> None:
    curves.add(rows(1, [float("nan")] * 50))
    strip.draw_now()
    assert "exact rewind" in texts(strip)
