import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.data.class_digits import ClassDigit
from bpviz.ui.class_digits.digit_grid import DigitGrid
from bpviz.ui.style.theme_source import ThemeSource
from tests.data.class_hand import drawn

LEFT = Qt.MouseButton.LeftButton
DIGITS = [drawn(variant % 10, variant) for variant in range(60)]


@pytest.fixture
def grid(qtbot: QtBot, source: ThemeSource) -> DigitGrid:
    grid = DigitGrid(source)
    qtbot.addWidget(grid)
    grid.resize(420, 200)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.show_digits(DIGITS)
    return grid


def click(grid: DigitGrid, place: int) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.tile_rect(place).center().toPoint())


def brightness(grid: DigitGrid, at: QPoint) -> int:
    return grid.viewport().grab().toImage().pixelColor(at).lightness()


def test_a_tile_shows_its_digits_pixels(grid: DigitGrid) -> None:
    rect = grid.tile_rect(2)
    image = DIGITS[2].image
    y, x = divmod(int(image.argmax()), 28)
    bright = QPoint(
        round(rect.left() + (x + 0.5) * rect.width() / 28), round(rect.top() + (y + 0.5) * 48 / 28)
    )
    assert brightness(grid, bright) > 200
    assert brightness(grid, (rect.topLeft().toPoint() + QPoint(4, 4))) < 40


def test_only_what_is_in_sight_is_painted(grid: DigitGrid) -> None:
    assert 0 < len(grid.shown_range) < 60
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert grid.shown_range.stop == 60
    last = grid.tile_rect(59)
    assert grid.viewport().rect().contains(last.toRect())


def test_a_click_chooses_and_another_place_lets_go(grid: DigitGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.digit_chosen) as told:
        click(grid, 3)
    assert told.args == [DIGITS[3]]
    assert grid.chosen is DIGITS[3]
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(1, 1))
    assert grid.chosen is None


def test_keys_choose_relabel_and_take_away(grid: DigitGrid, qtbot: QtBot) -> None:
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.chosen is DIGITS[0]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.chosen is DIGITS[1]
    with qtbot.waitSignal(grid.label_typed) as typed:
        QTest.keyClick(grid, Qt.Key.Key_4)
    assert typed.args == [4]
    with qtbot.waitSignal(grid.removal_requested):
        QTest.keyClick(grid, Qt.Key.Key_Delete)
    for _ in range(12):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.chosen in DIGITS[50:]
    assert grid.viewport().rect().contains(grid.tile_rect(DIGITS.index(grid.chosen)).toRect())


def test_the_chosen_digit_stays_chosen_when_others_come(grid: DigitGrid, qtbot: QtBot) -> None:
    click(grid, 3)
    grid.show_digits([drawn(9, 99), *DIGITS])
    assert grid.chosen is DIGITS[3]
    with qtbot.waitSignal(grid.digit_chosen) as told:
        grid.show_digits(DIGITS[:3])
    assert told.args == [None]


def test_a_misread_digit_says_what_it_is_read_as(grid: DigitGrid) -> None:
    digit: ClassDigit = DIGITS[7]
    grid.show_readings({digit.key: 1, DIGITS[4].key: 4})
    assert [grid.caption(one) for one in (digit, DIGITS[4], DIGITS[5])] == ["7→1", "4", "5"]
