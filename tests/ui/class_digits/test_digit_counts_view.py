import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.ui.class_digits.digit_counts_view import DigitCountsView
from bpviz.ui.style.theme_source import ThemeSource


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource) -> DigitCountsView:
    view = DigitCountsView(source)
    qtbot.addWidget(view)
    view.resize(600, 96)
    with qtbot.waitExposed(view):
        view.show()
    return view


def texts(view: DigitCountsView) -> list[str]:
    items = [item for item in view.scene().items() if isinstance(item, QGraphicsSimpleTextItem)]
    return [item.text() for item in sorted(items, key=lambda item: (item.y(), item.x()))]


def test_the_counts_stand_over_their_digits(view: DigitCountsView) -> None:
    view.show_counts((3, 0, 12, 1, 0, 0, 0, 7, 0, 1234), asked=7)
    counts, digits = texts(view)[:10], texts(view)[10:]
    assert counts[:4] == ["3", "0", "12", "1"]
    assert digits == [str(digit) for digit in range(10)]


def test_bars_are_as_long_as_the_counts(view: DigitCountsView) -> None:
    view.show_counts((10, 5, 0, 0, 0, 0, 0, 0, 0, 0), asked=0)
    full, half, none = (view.bar(digit).height() for digit in range(3))
    assert half == pytest.approx(full / 2)
    assert none == 0
    view.show_counts((1, 0, 0, 0, 0, 0, 0, 0, 0, 0), asked=0)
    assert view.bar(0).height() == pytest.approx(full / 5)


def test_the_asked_digits_bar_is_the_brightest(view: DigitCountsView) -> None:
    view.show_counts((5,) * 10, asked=6)
    image = view.grab().toImage()
    levels = [image.pixelColor(view.bar(digit).center().toPoint()).lightness() for digit in range(10)]
    assert max(range(10), key=levels.__getitem__) == 6
    assert len(set(levels)) == 2


def test_a_click_on_a_column_names_its_digit(view: DigitCountsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.digit_clicked) as clicked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.column(4).center().toPoint())
    assert clicked.args == [4]
