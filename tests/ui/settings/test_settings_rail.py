"""The folded settings: one named icon for each group, any of which unfolds them."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.settings.settings_rail import SettingsRail
from bpviz.ui.style.theme_source import ThemeSource
from tests.ui.hands import LEFT


@pytest.fixture
def rail(qtbot: QtBot, source: ThemeSource) -> SettingsRail:
    rail = SettingsRail(source)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 600)
    with qtbot.waitExposed(rail):
        rail.show()
    return rail


@pytest.mark.parametrize("index", range(4))
def test_every_icon_unfolds_the_settings(rail: SettingsRail, qtbot: QtBot, index: int) -> None:
    with qtbot.waitSignal(rail.unfold_requested):
        QTest.mouseClick(rail.buttons[index], LEFT)


def test_icons_say_which_group_they_stand_for(rail: SettingsRail) -> None:
    names = [button.accessibleName() for button in rail.buttons]
    assert names == ["Network settings", "Training settings", "Data settings", "View settings"]


def test_the_rail_grows_with_the_window(rail: SettingsRail, source: ThemeSource) -> None:
    assert rail.width() == 48
    source.set_factor(1.15)
    assert rail.width() == 55
    assert all(button.geometry().right() < rail.width() for button in rail.buttons)
