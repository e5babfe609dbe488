"""Libraries that cannot be loaded are traced to the packages that hold them."""

import ctypes

import pytest
from launch.system_libraries import missing_packages


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The libraries that this system pretends not to have; none at first."""
    names: set[str] = set()

    def load(name: str) -> None:
        if name in names:
            raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", load)
    return names


def test_a_complete_system_misses_nothing(absent: set[str]) -> None:
    assert absent == set()
    assert missing_packages("xcb") == missing_packages("wayland") == missing_packages("offscreen") == []


def test_each_package_is_named_once(absent: set[str]) -> None:
    absent |= {"libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"}
    assert missing_packages("offscreen") == ["libegl1", "libglib2.0-0"]


def test_libraries_of_a_display_matter_only_on_that_display(absent: set[str]) -> None:
    absent |= {"libxcb-cursor.so.0", "libwayland-client.so.0"}
    assert missing_packages("xcb") == ["libxcb-cursor0"]
    assert missing_packages("wayland") == ["libwayland-client0"]
    assert missing_packages("offscreen") == []
