"""A small window around the settings that notes the keys nobody else wants, and hands that use it."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from bpviz.data.samples import Dataset, Samples
from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.panel import Panel
from bpviz.ui.settings.settings_panel import SettingsPanel
from bpviz.ui.style.theme_source import ThemeSource
from tests.ui.hands import take, type_number

USUAL_HEIGHT = 674
"""What the window leaves for the settings at 1280×800."""
START = TrainingConfig()


def dataset(n_train: int = 120, n_test: int = 30) -> Dataset:
    def part(n: int) -> Samples:
        return Samples(np.zeros((n, 784), np.uint8), np.zeros(n, np.uint8))

    return Dataset("strokes", "Strokes", part(n_train), part(n_test))


class Window(Panel):
    """Takes the keys nobody else wants, as the real window does."""

    def __init__(self, source: ThemeSource, config: TrainingConfig) -> None:
        super().__init__("window")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.settings = SettingsPanel(source, config, dataset())
        self.ground = Panel("stage")
        self.keys: list[int] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.settings)
        row.addWidget(self.ground, 1)
        self.settings.setFixedWidth(source.px(250))
        self.resize(600, USUAL_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


def type_into(name: str, text: str) -> Callable[[SettingsPanel], None]:
    return lambda settings: type_number(getattr(settings.training, name), text)


def take_in(section: str, name: str, label: str) -> Callable[[SettingsPanel], None]:
    return lambda settings: take(getattr(getattr(settings, section), name), label)
