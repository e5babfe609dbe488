"""The batch's digits: calm while training runs, current when paused, and clicked to be watched."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.lab.batch_strip_view import BatchStripView
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from tests.viewmodel.passes import batch_of, grey_samples

TRAIN = grey_samples(200)


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource, clock: Clock) -> Iterator[BatchStripView]:
    window = QWidget()
    qtbot.addWidget(window)
    view = BatchStripView(source, clock, window)
    view.setGeometry(0, 0, 702, view.height())
    window.resize(702, 200)
    window.show()
    yield view
    # Not gone before: a window is only kept by this name.
    window.close()


def losses(n: int) -> list[float]:
    """Losses that fall from sample to sample, so that tiles stand in the order of rows."""
    return [2.0 - i / n for i in range(n)]


def show(view: BatchStripView, n: int = 40, first_row: int = 100) -> None:
    view.show_batch(batch_of(losses(n), [4] * n, [6] + [4] * (n - 1), first_row), TRAIN)


def rows_shown(view: BatchStripView) -> list[int]:
    assert view.strip is not None
    return [tile.row for tile in view.strip.tiles]


def texts(view: BatchStripView) -> list[str]:
    items = (item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem))
    return [item.text() for item in items if item.isVisible()]


def click_tile(view: BatchStripView, index: int) -> None:
    at = view.tile_rect(index).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_batch_is_described_and_wrong_answers_named(view: BatchStripView) -> None:
    show(view)
    shown = texts(view)
    assert {"This batch", "4→6", "4"} <= set(shown)
    assert any(text.startswith("39 of 40 right, mean loss") for text in shown)


def test_scale_of_the_bars_is_stated_even_beside_few_tiles(view: BatchStripView) -> None:
    show(view, n=2)
    assert "Longest bar: loss 2.00" in texts(view)


def test_as_many_tiles_as_fit_are_shown(view: BatchStripView) -> None:
    show(view)
    n = len(rows_shown(view))
    assert view.tile_rect(n - 1).right() <= view.width()
    assert view.tile_rect(n).right() > view.width()
    view.resize(1200, view.height())
    assert len(rows_shown(view)) > n


def test_each_tile_shows_its_own_sample(view: BatchStripView) -> None:
    show(view, first_row=100)
    image = view.grab().toImage()
    for index in (0, 3, 7):
        assert image.pixelColor(view.tile_rect(index).center().toPoint()).red() == 100 + index


def test_bar_is_as_long_as_its_share_of_the_largest_loss(view: BatchStripView, source: ThemeSource) -> None:
    view.show_batch(batch_of([2.0, 1.0], [1, 2], [1, 2]), TRAIN)
    image = view.grab().toImage()
    lengths = []
    for index in (0, 1):
        rect: QRectF = view.tile_rect(index)
        y = int(rect.bottom() + 5)
        row = [image.pixelColor(x, y) for x in range(int(rect.left()), int(rect.right()))]
        lengths.append(sum(color.red() - color.blue() > 60 for color in row))
    assert lengths[0] == 36
    assert lengths[1] == pytest.approx(18, abs=1)


def test_running_it_changes_at_most_four_times_a_second(view: BatchStripView, clock: Clock) -> None:
    view.set_running(True)
    show(view, first_row=0)
    clock.now += 0.2
    show(view, first_row=100)
    assert rows_shown(view)[0] == 0
    clock.now += 0.06
    show(view, first_row=150)
    assert rows_shown(view)[0] == 150


def test_pausing_shows_the_newest_batch_at_once(view: BatchStripView, clock: Clock) -> None:
    view.set_running(True)
    show(view, first_row=0)
    clock.now += 0.01
    show(view, first_row=100)
    view.set_running(False)
    assert rows_shown(view)[0] == 100
    show(view, first_row=50)
    assert rows_shown(view)[0] == 50


def test_clicking_a_digit_tells_its_row(qtbot: QtBot, view: BatchStripView) -> None:
    show(view, first_row=100)
    with qtbot.waitSignal(view.sample_selected) as selected:
        click_tile(view, 3)
    assert selected.args == [103]


def test_clicking_between_digits_tells_nothing(qtbot: QtBot, view: BatchStripView) -> None:
    show(view)
    with qtbot.assertNotEmitted(view.sample_selected):
        at = QPoint(300, 8)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_arrow_keys_go_from_digit_to_digit(view: BatchStripView) -> None:
    show(view, first_row=100)
    chosen: list[int] = []
    view.sample_selected.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
    assert chosen == [100, 101, 100, 100]


def test_selected_sample_is_framed_in_ink_wherever_it_stands(
    view: BatchStripView, source: ThemeSource
) -> None:
    show(view, first_row=100)
    view.set_selected(104)
    assert is_framed(view, 4, source)
    assert not is_framed(view, 3, source)
    show(view, first_row=102)
    assert is_framed(view, 2, source)
    view.set_selected(None)
    assert not is_framed(view, 2, source)


def test_running_the_frame_moves_with_the_digits_only(
    view: BatchStripView, source: ThemeSource, clock: Clock
) -> None:
    view.set_running(True)
    show(view, first_row=100)
    view.set_selected(104)
    assert not is_framed(view, 4, source)
    clock.now += 0.3
    show(view, first_row=100)
    assert is_framed(view, 4, source)
    view.set_selected(105)
    view.set_running(False)
    assert is_framed(view, 5, source)


def test_running_a_clicked_digit_is_framed_at_once(view: BatchStripView, source: ThemeSource) -> None:
    view.set_running(True)
    show(view, first_row=100)
    click_tile(view, 2)
    assert is_framed(view, 2, source)


def is_framed(view: BatchStripView, index: int, source: ThemeSource) -> bool:
    rect = view.tile_rect(index)
    color = view.grab().toImage().pixelColor(round(rect.left()) - 2, round(rect.center().y()))
    return abs(color.red() - source.theme.ink.red()) < 40


def test_samples_that_are_no_images_hide_it_until_images_come(view: BatchStripView) -> None:
    view.show_batch(batch_of([1.0], [1], [1]), grey_samples(5, n_in=2))
    assert not view.isVisible()
    show(view)
    assert view.isVisible()


def test_pointing_at_a_digit_describes_it(view: BatchStripView) -> None:
    show(view, first_row=100)
    QTest.mouseMove(view.viewport(), view.tile_rect(0).center().toPoint())
    assert view.viewport().toolTip() == "Sample 100: label 4, read as 6, loss 2.00"


def test_theme_and_scale_are_followed_live(view: BatchStripView, source: ThemeSource) -> None:
    show(view)
    source.set_choice(ThemeChoice.LIGHT)
    source.set_factor(1.5)
    assert view.tile_rect(0).width() == 54
    assert len([text for text in texts(view) if text == "4"]) + 1 == len(rows_shown(view))
    assert view.height() == 129
