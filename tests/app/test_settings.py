"""What is remembered between two starts, also from a file somebody damaged."""

from pathlib import Path

import pytest

from bpviz.app.settings import Settings
from bpviz.ui.style.theme_source import ThemeChoice


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def test_less_motion_is_remembered(path: Path) -> None:
    assert not Settings(path).is_motion_reduced
    Settings(path).is_motion_reduced = True
    assert Settings(path).is_motion_reduced
    Settings(path).is_motion_reduced = False
    assert not Settings(path).is_motion_reduced


def test_a_damaged_file_counts_as_an_empty_one(path: Path) -> None:
    path.write_text("[General]\ntheme=purple\nless_motion=perhaps\n")
    settings = Settings(path)
    assert settings.theme is ThemeChoice.DARK
    assert not settings.is_motion_reduced
