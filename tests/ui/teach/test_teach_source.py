"""The larger sizes of Teach, and what they take over from the window."""

from pytestqt.qtbot import QtBot

from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.teach_source import TeachSource


def test_less_motion_in_the_window_is_less_motion_in_lessons(qtbot: QtBot) -> None:
    window = ThemeSource(ThemeChoice.DARK)
    lessons = TeachSource(window)
    assert not lessons.is_motion_reduced
    window.set_reduced_motion(True)
    assert lessons.is_motion_reduced
    assert TeachSource(window).is_motion_reduced


def test_another_theme_of_the_window_is_that_of_lessons(qtbot: QtBot) -> None:
    window = ThemeSource(ThemeChoice.DARK)
    lessons = TeachSource(window)
    window.set_choice(ThemeChoice.LIGHT)
    assert lessons.theme == window.theme
