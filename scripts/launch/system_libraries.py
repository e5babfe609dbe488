"""The system libraries that Qt loads on Linux, and the Debian package that holds each."""

import ctypes
import os

from .apt import apt_install

_ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
}
_X11 = {
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def missing_packages(platform: str) -> list[str]:
    """Return the Debian packages whose libraries cannot be loaded; `platform` is Qt's name, "xcb" for X11."""
    wanted = _ALWAYS | {"xcb": _X11, "wayland": _WAYLAND}.get(platform, {})
    return sorted({package for library, package in wanted.items() if not _loads(library)})


def install_packages(packages: list[str]) -> None:
    """Install the packages as root; otherwise stop and name the one line that does it.

    Raises
    ------
    SetupError
        If they are not installed afterwards.
    """
    # No library names a font, and without one every text is a row of boxes.
    fonts = [] if os.path.isdir("/usr/share/fonts/truetype") else ["fonts-dejavu-core"]
    apt_install(packages + fonts, "bpviz draws with system libraries that are missing here.")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
