"""The settings in a window, and what they ask for."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from bpviz.training.changes import Change
from bpviz.training.config import TrainingConfig
from bpviz.ui.settings.settings_panel import SettingsPanel
from bpviz.ui.style.theme_source import ThemeSource
from tests.ui.settings.settings_window import START, Window


@pytest.fixture
def make_window(qtbot: QtBot, source: ThemeSource) -> Callable[[TrainingConfig], Window]:
    windows = []

    def make(config: TrainingConfig) -> Window:
        window = Window(source, config)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


@pytest.fixture
def window(make_window: Callable[[TrainingConfig], Window]) -> Window:
    return make_window(START)


@pytest.fixture
def settings(window: Window) -> SettingsPanel:
    return window.settings


@pytest.fixture
def wanted(settings: SettingsPanel) -> list[TrainingConfig]:
    configs: list[TrainingConfig] = []
    settings.config_changed.connect(configs.append)
    return configs


@pytest.fixture
def changes(settings: SettingsPanel) -> list[Change]:
    changes: list[Change] = []
    settings.change_requested.connect(changes.append)
    return changes
