"""Fixtures for controls: a theme source with fonts and look in place."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.look import apply_look
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource


@pytest.fixture
def source(qapp: QApplication) -> Iterator[ThemeSource]:
    load_fonts()
    source = ThemeSource(ThemeChoice.DARK)
    apply_look(qapp, source)
    yield source
    qapp.setStyleSheet("")
