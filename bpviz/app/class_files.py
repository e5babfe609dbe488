"""Files of collected digits: saved, opened, merged, exported and imported, read and written in the helper."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from bpviz.app.collecting import Collecting, digits_text
from bpviz.app.session import Session
from bpviz.data.class_digits import ClassDigit
from bpviz.data.class_file import read_digits, write_digits
from bpviz.data.class_pictures import export_pictures, import_pictures
from bpviz.data.image_folder import SkippedImage
from bpviz.ui.class_digits.class_actions import ClassActions

QUESTION = "class files"
"""One at a time: a newer file takes the place of one not read yet."""


class AsksPlaces(Protocol):
    """Where the user wants something; None if he thinks better of it."""

    def ask_save_path(self) -> Path | None:
        """Ask where to save the digits."""

    def ask_open_path(self, title: str) -> Path | None:
        """Ask for a file of digits."""

    def ask_picture_folder(self, title: str) -> Path | None:
        """Ask for a folder of pictures."""


class ClassFiles(QObject):
    """Belongs to the GUI thread. A file that cannot be read changes nothing and is told in the window."""

    def __init__(
        self,
        session: Session,
        collecting: Collecting,
        actions: ClassActions,
        ask: AsksPlaces,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._collecting = collecting
        self._ask = ask
        self._now = now
        actions.save_requested.connect(self._on_save)
        actions.open_requested.connect(self._on_open)
        actions.merge_requested.connect(self._on_merge)
        actions.export_requested.connect(self._on_export)
        actions.import_requested.connect(self._on_import)
        actions.new_requested.connect(self._begin_anew)

    def _on_save(self) -> None:
        if (path := self._ask.ask_save_path()) is None:
            return
        digits = self._collecting.store.digits
        told = f"{digits_text(len(digits))} saved to {path.name}."
        self._session.ask(QUESTION, lambda: write_digits(path, digits), lambda _: self._collecting.say(told))

    def _on_open(self) -> None:
        if (path := self._ask.ask_open_path("Open digits")) is not None:
            self._session.ask(
                QUESTION, lambda: read_digits(path), lambda digits: self._open(digits, path.name)
            )

    def _on_merge(self) -> None:
        if (path := self._ask.ask_open_path("Merge digits")) is not None:
            self._session.ask(
                QUESTION, lambda: read_digits(path), lambda digits: self._merge(digits, path.name)
            )

    def _on_export(self) -> None:
        if (folder := self._ask.ask_picture_folder("Folder for the pictures")) is None:
            return
        digits = self._collecting.store.digits
        told = f"{digits_text(len(digits))} written as pictures to {folder.name}."
        self._session.ask(
            QUESTION, lambda: export_pictures(folder, digits), lambda _: self._collecting.say(told)
        )

    def _on_import(self) -> None:
        folder = self._ask.ask_picture_folder("Folder of digits, named by their label")
        if folder is not None:
            self._session.ask(
                QUESTION, lambda: import_pictures(folder), lambda found: self._import(*found, folder.name)
            )

    def _open(self, digits: Sequence[ClassDigit], name: str) -> None:
        if self._begin_anew():
            self._collecting.attempt(lambda: self._collecting.store.merge(digits))
            self._collecting.show()
            self._collecting.say(f"Opened {digits_text(len(self._collecting.store))} of {name}.")

    def _merge(self, digits: Sequence[ClassDigit], name: str) -> None:
        before = len(self._collecting.store)
        self._collecting.attempt(lambda: self._collecting.store.merge(digits))
        self._collecting.show()
        added = len(self._collecting.store) - before
        doubles = len(digits) - added
        there = f", {digits_text(doubles)} were there already" if doubles else ""
        self._collecting.say(f"Added {digits_text(added)} of {name}{there}.")

    def _import(self, digits: Sequence[ClassDigit], skipped: Sequence[SkippedImage], name: str) -> None:
        self._merge(digits, name)
        if skipped:
            self._collecting.warn(
                f"{len(skipped)} of the pictures were skipped; the first: {skipped[0].reason}"
            )

    def _begin_anew(self) -> bool:
        """Put the collection aside and begin an empty one; return whether that went well."""
        kept: list[Path] = []

        def begin() -> None:
            if (path := self._collecting.store.start_anew(self._now())) is not None:
                kept.append(path)

        if not self._collecting.attempt(begin):
            return False
        self._collecting.show()
        self._collecting.say("A new collection.")
        for path in kept:
            self._collecting.inform(f"The digits so far are kept in {path}.")
        return True
