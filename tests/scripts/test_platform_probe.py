"""Whether Qt can start is found out in a child process, so that no start ends in Qt's abort."""

import os
import sys

import pytest
from launch.platform_probe import require_offscreen, require_window, window_platform
from launch.project import Project, SetupError

from .pretend import pretend_python

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux is probed")

HEADLESS = ("train", "evaluate", "classify", "render", "bench")
NO_DISPLAY = {
    name: value
    for name, value in os.environ.items()
    if name not in {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
}


@pytest.fixture
def real(project: Project) -> Project:
    """A checkout whose environment runs this very Python, which has PySide6."""
    pretend_python(project, "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])")
    return project


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, None),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "offscreen:configfile=screens.json"}, "offscreen"),
        ({"DISPLAY": "", "QT_QPA_PLATFORM": ""}, None),
    ],
)
def test_the_platform_follows_the_environment(environment: dict[str, str], platform: str | None) -> None:
    assert window_platform(environment) == platform


def test_qt_starts_offscreen_without_a_display(real: Project) -> None:
    require_offscreen(real, NO_DISPLAY)


def test_a_window_may_open_offscreen_when_the_person_says_so(real: Project) -> None:
    require_window(real, {**NO_DISPLAY, "QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.parametrize("display", [{}, {"DISPLAY": "nowhere.invalid:7"}])
def test_without_a_display_the_headless_commands_are_named(
    real: Project, display: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Libraries for X may be missing here too; then the sentence is another, and it is tested elsewhere.
    monkeypatch.setattr("launch.platform_probe.missing_packages", lambda _platform: [])
    with pytest.raises(SetupError) as stopped:
        require_window(real, NO_DISPLAY | display)
    assert all(command in str(stopped.value) for command in HEADLESS)
    assert "qt.qpa" not in str(stopped.value)


def test_qt_is_quoted_where_the_cause_is_unknown(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_python(project, "sys.exit('ImportError: file too short')")
    monkeypatch.setattr("launch.platform_probe.missing_packages", lambda _platform: [])
    with pytest.raises(SetupError, match="file too short"):
        require_offscreen(project, NO_DISPLAY)


def test_missing_libraries_are_named_before_a_missing_display(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_python(project, "sys.exit('ImportError: libEGL.so.1')")
    monkeypatch.setattr("launch.platform_probe.missing_packages", lambda _platform: ["libegl1"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError, match="libegl1"):
        require_window(project, {**NO_DISPLAY, "DISPLAY": ":0"})
