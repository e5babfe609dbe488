"""The settings can be folded away where something else wants the room."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.panel import ScrollColumn
from bpviz.ui.settings.settings_panel import SettingsPanel
from tests.ui.hands import LEFT
from tests.ui.settings.settings_window import Window


def test_folding_is_offered_only_where_it_is_wanted(settings: SettingsPanel) -> None:
    assert not settings.fold.isVisible()
    settings.set_foldable(True)
    assert settings.fold.isVisible()
    settings.set_foldable(False)
    assert not settings.fold.isVisible()


def test_a_click_asks_to_fold(settings: SettingsPanel, qtbot: QtBot) -> None:
    settings.set_foldable(True)
    with qtbot.waitSignal(settings.fold_requested):
        QTest.mouseClick(settings.fold, LEFT)
    assert settings.isVisible(), "whoever lays the window out folds it"


def test_the_head_covers_no_setting(window: Window, settings: SettingsPanel) -> None:
    settings.set_foldable(True)
    for height in (640, 800, 1000):
        window.resize(600, height)
        QApplication.processEvents()
        column = settings.findChild(ScrollColumn)
        assert column is not None
        assert column.y() > settings.fold.geometry().bottom()
        assert column.geometry().bottom() == settings.rect().bottom()
