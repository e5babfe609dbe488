"""Asks for the files and folders of collected digits."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

DIGITS_FILTER = "Collected digits (*.jsonl)"
SUFFIX = ".jsonl"


class ClassDialogs:
    """Each question returns None if the user thinks better of it."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask_save_path(self) -> Path | None:
        """Ask where to save the digits."""
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save digits", f"digits{SUFFIX}", DIGITS_FILTER)
        return Path(name).with_suffix(SUFFIX) if name else None

    def ask_open_path(self, title: str) -> Path | None:
        """Ask for a file of digits."""
        name, _ = QFileDialog.getOpenFileName(self._parent, title, "", DIGITS_FILTER)
        return Path(name) if name else None

    def ask_picture_folder(self, title: str) -> Path | None:
        """Ask for a folder of pictures, to read or to write."""
        name = QFileDialog.getExistingDirectory(self._parent, title)
        return Path(name) if name else None
