import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.parts import GapPart, NeuronPart
from tests.ui.network_hands import Clock, place, shown_view
from tests.viewmodel.network_states import state_of


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource) -> NetworkView:
    return shown_view(qtbot, source, Clock())


def test_the_dots_of_a_wide_layer_open_the_list_of_the_others(qtbot: QtBot, view: NetworkView) -> None:
    view.show_state(state_of((784, 128, 10)))
    layout = view.graph_layout
    assert layout is not None
    assert view.picture is not None
    gap = layout.columns[0].gaps[0]
    dots = place(view, layout.columns[0].x, gap.y)
    assert view.part_at(dots.toPointF()) == GapPart(0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    table = view.hidden_list.table
    assert view.hidden_list.isVisible()
    assert table.rowCount() == 128 - len(view.picture.shown[0])
    item = table.item(4, 0)
    assert item is not None
    index = int(item.text().removeprefix("hidden 1: ").removeprefix("hidden "))
    assert index not in view.picture.shown[0]
    with qtbot.waitSignal(view.selection_changed) as heard:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(item).center())
    assert heard.args == [NeuronPart(0, index)]
    assert not view.hidden_list.isVisible()
    assert index in view.picture.shown[0]


def test_the_list_is_used_by_keyboard_and_left_by_escape(view: NetworkView) -> None:
    view.show_state(state_of((784, 128, 10)))
    layout = view.graph_layout
    assert layout is not None
    dots = place(view, layout.columns[0].x, layout.columns[0].gaps[0].y)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    QTest.keyClick(view.hidden_list.table, Qt.Key.Key_Escape)
    assert not view.hidden_list.isVisible()
    assert view.selected is None
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    QTest.keyClick(view.hidden_list.table, Qt.Key.Key_Down)
    QTest.keyClick(view.hidden_list.table, Qt.Key.Key_Return)
    assert isinstance(view.selected, NeuronPart)


def test_a_click_on_the_network_puts_the_list_away(view: NetworkView) -> None:
    view.show_state(state_of((784, 128, 10)))
    layout = view.graph_layout
    assert layout is not None
    dots = place(view, layout.columns[0].x, layout.columns[0].gaps[0].y)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    assert view.rect().contains(view.hidden_list.geometry())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place(view, 3.0, 300.0))
    assert not view.hidden_list.isVisible()
