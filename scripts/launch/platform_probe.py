"""Finds out whether Qt can start before bpviz tries: Qt aborts the process where it cannot."""

import os
import subprocess
import sys
from collections.abc import Mapping

from .project import Project, SetupError
from .system_libraries import install_packages, missing_packages

WITHOUT_QT = ("train", "evaluate", "classify")
OFFSCREEN = ("render", "bench")

# Qt's abort must not leave a core file in the folder the person happens to be in.
_PROBE = """
import resource
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from PySide6.QtWidgets import QApplication
QApplication([])
"""
_NO_DISPLAY = (
    "bpviz cannot open its window: {found}. Without a display these still work: "
    + ", ".join(WITHOUT_QT + OFFSCREEN)
    + " (each explains itself with --help)."
)


def require_window(project: Project, environment: Mapping[str, str] = os.environ) -> None:
    """Return if a window can be opened, after installing system libraries as root where they are missing.

    Raises
    ------
    SetupError
        If there is no display, or libraries are missing that only the person may install.
    """
    # Elsewhere the libraries come with Qt, and whoever starts a program has a display.
    if not sys.platform.startswith("linux"):
        return
    platform = window_platform(environment)
    if platform is None:
        raise SetupError(_NO_DISPLAY.format(found="neither DISPLAY nor WAYLAND_DISPLAY names a display"))
    if _complaint(project, environment) and not _mend(project, platform, environment):
        display = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
        raise SetupError(_NO_DISPLAY.format(found=f"the display {display} does not answer Qt's {platform}"))


def require_offscreen(project: Project, environment: Mapping[str, str] = os.environ) -> None:
    """Return if Qt can paint without a display, after installing system libraries as root where missing.

    Raises
    ------
    SetupError
        If it cannot; with the line that installs what is missing, or Qt's own words.
    """
    if not sys.platform.startswith("linux"):
        return
    offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    complaint = _complaint(project, offscreen)
    if complaint and not _mend(project, "offscreen", offscreen):
        raise SetupError(f"{complaint}\n\nQt cannot start here; its own words are above.")


def window_platform(environment: Mapping[str, str]) -> str | None:
    """Return the name of the platform Qt would open a window on, or None where there is no display."""
    if environment.get("QT_QPA_PLATFORM"):
        return environment["QT_QPA_PLATFORM"].partition(":")[0]
    if environment.get("DISPLAY"):
        return "xcb"
    return "wayland" if environment.get("WAYLAND_DISPLAY") else None


def _mend(project: Project, platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether Qt starts after all, once the libraries that were missing are installed."""
    packages = missing_packages(platform)
    if not packages:
        return False
    install_packages(packages)
    return not _complaint(project, environment)


def _complaint(project: Project, environment: Mapping[str, str]) -> str:
    """Return what Qt says when it cannot start in this environment, or an empty text when it can."""
    tried = subprocess.run(
        [str(project.python), "-P", "-c", _PROBE],
        env=dict(environment),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return (tried.stderr.strip() or "Qt ended without a word.") if tried.returncode else ""
