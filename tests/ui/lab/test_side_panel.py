"""Charts or inspector: one at a time, each in its own width, chosen by click, keys or the run."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.controls.panel import Panel
from bpviz.ui.inspector.inspector import InspectorPanel
from bpviz.ui.lab.side_panel import SidePanel
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.style.type_scale import scale_factor
from bpviz.viewmodel.run.curves import RunCurves
from tests.ui.hands import LEFT, press_at_focus


class Window(Panel):
    """The panel beside a stage that takes the rest, as in the real window."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__("window")
        self.charts = ChartPanel(source, RunCurves())
        self.inspector = InspectorPanel(source)
        self.results = ResultsPanel(source)
        self.side = SidePanel(source, self.charts, self.inspector, self.results)
        row = QHBoxLayout(self)
        row.addWidget(QWidget(), 1)
        row.addWidget(self.side)
        self.resize(1280, 680)


@pytest.fixture
def window(qtbot: QtBot, source: ThemeSource) -> Window:
    window = Window(source)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def told(window: Window) -> list[bool]:
    changes: list[bool] = []
    window.side.inspecting_changed.connect(changes.append)
    return changes


def test_charts_come_first(window: Window) -> None:
    assert not window.side.is_inspecting
    assert (window.charts.isVisible(), window.inspector.isVisible()) == (True, False)


def test_a_click_on_a_tab_shows_its_page_and_tells_it_once(window: Window, told: list[bool]) -> None:
    for _ in range(2):
        QTest.mouseClick(window.side.inspector_tab, LEFT)
    assert (window.charts.isVisible(), window.inspector.isVisible()) == (False, True)
    QTest.mouseClick(window.side.charts_tab, LEFT)
    assert (window.charts.isVisible(), window.inspector.isVisible()) == (True, False)
    assert told == [True, False]


def test_arrow_keys_go_from_tab_to_tab(window: Window, told: list[bool]) -> None:
    window.side.charts_tab.setFocus()
    press_at_focus(window, Qt.Key.Key_Right)
    press_at_focus(window, Qt.Key.Key_Left)
    assert told == [True, False]


def test_the_run_may_choose_and_the_tabs_follow(window: Window, told: list[bool]) -> None:
    window.side.set_inspecting(True)
    window.side.set_inspecting(True)
    assert window.side.inspector_tab.isChecked()
    assert not window.side.charts_tab.isChecked()
    assert told == [True]


@pytest.mark.parametrize(
    ("window_width", "charts", "inspector"), [(1024, 268, 372), (1280, 268, 372), (1920, 380, 460)]
)
def test_each_page_has_the_width_that_suits_the_window(
    window: Window, source: ThemeSource, qtbot: QtBot, window_width: int, charts: int, inspector: int
) -> None:
    source.set_factor(scale_factor(window_width))
    window.side.fit_width(window_width)
    qtbot.waitUntil(lambda: (window.side.width(), window.charts.width()) == (charts, charts))
    window.side.set_inspecting(True)
    qtbot.waitUntil(lambda: (window.side.width(), window.inspector.width()) == (inspector, inspector))


def test_very_wide_windows_give_growing_texts_their_room(window: Window, source: ThemeSource) -> None:
    source.set_factor(1.3)
    window.side.fit_width(2560)
    assert window.side.width() == round(380 * 1.3 / 1.15)
    window.side.set_inspecting(True)
    assert window.side.width() == window.inspector.minimumWidth() > 460


def test_a_later_change_of_scale_is_followed(window: Window, source: ThemeSource) -> None:
    window.side.set_inspecting(True)
    window.side.fit_width(1280)
    source.set_factor(1.15)
    assert window.side.width() == 460


def test_results_come_with_their_tab_in_the_width_of_the_charts(window: Window, told: list[bool]) -> None:
    QTest.mouseClick(window.side.results_tab, LEFT)
    assert (window.charts.isVisible(), window.results.isVisible()) == (False, True)
    assert window.side.width() == 268
    assert not window.side.is_inspecting
    assert told == []


def test_a_run_that_begins_leaves_the_results_on_show(window: Window, told: list[bool]) -> None:
    window.side.show_results()
    window.side.set_inspecting(False)
    assert window.results.isVisible()
    window.side.set_inspecting(True)
    assert window.inspector.isVisible()
    QTest.mouseClick(window.side.results_tab, LEFT)
    assert told == [True, False]


def test_choosing_a_tab_moves_none(window: Window) -> None:
    tabs = (window.side.charts_tab, window.side.inspector_tab, window.side.results_tab)
    before = [tab.sizeHint() for tab in tabs]
    QTest.mouseClick(window.side.inspector_tab, LEFT)
    assert [tab.sizeHint() for tab in tabs] == before


def test_only_the_chosen_tab_wears_the_mark(window: Window, source: ThemeSource) -> None:
    def is_marked(tab: QWidget) -> bool:
        image = tab.grab().toImage()
        return bool(image.pixelColor(image.width() // 2, image.height() - 1) == source.theme.ink)

    side = window.side
    assert (is_marked(side.charts_tab), is_marked(side.inspector_tab)) == (True, False)
    side.set_inspecting(True)
    assert (is_marked(side.charts_tab), is_marked(side.inspector_tab)) == (False, True)
