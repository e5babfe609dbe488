"""What bpviz remembers between two starts, typed; a damaged file counts as an empty one."""

import re
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from bpviz.ui.style.theme_source import ThemeChoice

_PLACE = re.compile(r"step (\d{1,3})( done)?")


def settings_path() -> Path:
    """Return the file the settings are kept in."""
    return Path(platformdirs.user_config_dir("bpviz", appauthor=False)) / "settings.ini"


class Settings:
    """Typed access to one INI file. Belongs to the GUI thread."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        """The theme chosen last; dark until one is."""
        try:
            return ThemeChoice(str(self._store.value("theme", ThemeChoice.DARK.value)))
        except ValueError:
            return ThemeChoice.DARK

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice.value)

    @property
    def is_motion_reduced(self) -> bool:
        """Whether pictures are to change at once and seldom."""
        return str(self._store.value("less_motion", "false")) == "true"

    @is_motion_reduced.setter
    def is_motion_reduced(self, is_on: bool) -> None:
        self._store.setValue("less_motion", "true" if is_on else "false")

    def lesson_place(self, lesson_id: str) -> tuple[int, bool]:
        """Return the step, from 0, a lesson was left at, and whether it was ever played to its end."""
        value = str(self._store.value(f"lessons/{lesson_id}", ""))
        match = _PLACE.fullmatch(value)
        return (int(match[1]), bool(match[2])) if match else (0, False)

    def set_lesson_place(self, lesson_id: str, step: int, is_done: bool) -> None:
        """Remember how far a lesson has come."""
        self._store.setValue(f"lessons/{lesson_id}", f"step {step}{' done' if is_done else ''}")

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt packs them; empty until it was closed once."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)
