"""The theme source resolves the user's choice and tells of changes once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import DARK, LIGHT
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource


def test_choice_decides_the_theme(qapp: QApplication) -> None:
    assert ThemeSource(ThemeChoice.DARK).theme == DARK
    assert ThemeSource(ThemeChoice.LIGHT).theme == LIGHT


def test_changing_the_choice_is_told_once(qtbot: QtBot) -> None:
    source = ThemeSource(ThemeChoice.DARK)
    with qtbot.waitSignal(source.changed):
        source.set_choice(ThemeChoice.LIGHT)
    assert source.theme == LIGHT
    with qtbot.assertNotEmitted(source.changed):
        source.set_choice(ThemeChoice.LIGHT)


def test_system_choice_follows_the_desktop_live(qtbot: QtBot) -> None:
    source = ThemeSource(ThemeChoice.SYSTEM)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert source.theme == LIGHT
    with qtbot.waitSignal(source.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert source.theme == DARK


def test_explicit_choice_ignores_the_desktop(qtbot: QtBot) -> None:
    source = ThemeSource(ThemeChoice.DARK)
    with qtbot.assertNotEmitted(source.changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert source.theme == DARK


def test_desktop_asking_for_contrast_is_obeyed(qtbot: QtBot) -> None:
    source = ThemeSource(ThemeChoice.LIGHT)
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    accessibility.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert source.theme.name == "light high contrast"
    accessibility.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert source.theme == LIGHT


def test_factor_scales_lengths_and_fonts(qtbot: QtBot) -> None:
    source = ThemeSource(ThemeChoice.DARK)
    assert (source.px(26), source.font(FontRole.TITLE).pixelSize()) == (26, 15)
    with qtbot.waitSignal(source.changed):
        source.set_factor(1.15)
    assert (source.px(26), source.font(FontRole.TITLE).pixelSize()) == (30, 17)
    with qtbot.assertNotEmitted(source.changed):
        source.set_factor(1.15)
