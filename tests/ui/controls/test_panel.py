"""The scrolling column: its bar lies over the padding, and moves with the keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.panel import ScrollColumn
from bpviz.ui.controls.switch import Switch
from bpviz.ui.style.theme_source import ThemeSource


@pytest.fixture
def column(qtbot: QtBot, source: ThemeSource) -> ScrollColumn:
    content = QWidget()
    layout = QVBoxLayout(content)
    for number in range(20):
        layout.addWidget(Switch(source, f"Option {number}"))
    column = ScrollColumn(content)
    qtbot.addWidget(column)
    column.resize(200, 1000)
    with qtbot.waitExposed(column):
        column.show()
    column.activateWindow()
    return column


def switches(column: ScrollColumn) -> list[Switch]:
    return column.findChildren(Switch)


def test_the_bar_comes_when_needed_and_moves_nothing(column: ScrollColumn, qtbot: QtBot) -> None:
    assert not column.bar.isVisible()
    width = switches(column)[0].width()
    column.resize(200, 300)
    qtbot.waitUntil(column.bar.isVisible)
    assert switches(column)[0].width() == width
    assert column.bar.geometry().right() == column.width() - 1
    assert column.bar.height() == column.height()


def test_dragging_the_bar_scrolls(column: ScrollColumn, qtbot: QtBot) -> None:
    column.resize(200, 300)
    qtbot.waitUntil(column.bar.isVisible)
    QTest.mousePress(column.bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 20))
    QTest.mouseMove(column.bar, QPoint(5, 400))
    QTest.mouseRelease(column.bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 400))
    assert column.verticalScrollBar().value() == column.verticalScrollBar().maximum()


def test_tab_brings_the_focus_into_view(column: ScrollColumn, qtbot: QtBot) -> None:
    column.resize(200, 300)
    switches(column)[0].setFocus()
    for before in switches(column)[:-1]:
        QTest.keyClick(before, Qt.Key.Key_Tab)
    last = switches(column)[-1]
    assert last.hasFocus()
    assert not last.visibleRegion().isEmpty()
    assert column.bar.value() > 0
