"""The third mode: the list of lessons, and the lesson that is being played."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from bpviz.app.file_actions import Tell
from bpviz.app.session import Session
from bpviz.app.settings import Settings
from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.lesson_library import Library, bundled_folder, load_library, own_folder
from bpviz.app.teach.player import LessonPlayer
from bpviz.app.teach.teaching import DatasetShelf, Teaching
from bpviz.app.teach.worksheet_export import ask_worksheet_path, save_worksheet
from bpviz.errors import BpvizError
from bpviz.training import messages
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.main_window import MainWindow
from bpviz.ui.mode import Mode
from bpviz.ui.teach.lesson_card import CardContent
from bpviz.viewmodel.lessons.lesson import Lesson


class TeachMode(QObject):
    """Belongs to the GUI thread. The Lab's run rests while Teach is on screen, and goes on afterwards."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        tell: Tell,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._tell = tell
        self._settings: Settings | None = None
        self._clock = clock
        self._shelf = DatasetShelf()
        self._was_running = False
        self._is_here = False
        self.library = Library((), ())
        self.player: LessonPlayer | None = None
        window.mode_shown.connect(self._on_mode_shown)
        window.lessons.lesson_chosen.connect(self.open)
        window.lessons.folder_requested.connect(self._open_folder)
        window.lesson.left.connect(self.close_lesson)
        window.lesson.worksheet_requested.connect(self._on_worksheet_requested)
        session.frame_pulled.connect(self._on_frame)

    def remember_in(self, settings: Settings) -> None:
        """Take up lessons where these settings say they were left, and note there how far they come."""
        self._settings = settings

    def open(self, lesson_id: str, first_step: int | None = None) -> None:
        """Play a lesson from this step, from 0, or from where it was left; a failure is told."""
        self.close_lesson()
        try:
            lesson = self._known().lesson(lesson_id)
            teaching = Teaching(self._window.lesson.source, self._session, self._shelf.take)
            experiment = _experiment(lesson.stage, teaching)
        except BpvizError as error:
            self._tell(Notice("error", str(error)), None)
            return
        begin = self._left_at(lesson) if first_step is None else first_step
        self.player = LessonPlayer(self._window.lesson, lesson, experiment, self._clock, begin)
        self.player.failed.connect(self._on_failed)
        self.player.finished.connect(self._on_finished)
        self.player.step_shown.connect(self._on_step_shown)
        self._window.show_lesson(True)
        self.player.start()

    def close_lesson(self) -> None:
        """Leave the lesson being played, if there is one, and show the list."""
        player, self.player = self.player, None
        if player is not None:
            player.close()
            player.deleteLater()
            self._window.show_lesson(False)
            self.show_list()
            self._window.lessons.focus_lesson(player.playing.lesson.id)

    def show_list(self) -> None:
        """Show the lessons there are now; what cannot be read is told."""
        self.library = _all_lessons()
        self._window.lessons.show_lessons([self._card(lesson) for lesson in self.library.lessons])
        if self.library.problems:
            more = len(self.library.problems) - 1
            also = f" ({more} more with problems)" if more else ""
            self._tell(Notice("error", f"{self.library.problems[0]}{also}"), None)

    def save_worksheet(self, path: Path) -> None:
        """Write a worksheet of the step on screen.

        Raises
        ------
        BpvizError
            If no lesson is being played, or the file cannot be written.
        """
        if self.player is None:
            raise BpvizError("a worksheet is of a lesson, and none is being played")
        save_worksheet(path, self.player, self._window.lesson.source)

    def _on_worksheet_requested(self) -> None:
        if self.player is None or self.player.is_busy:
            return
        try:
            path = ask_worksheet_path(self._window, self.player)
            if path is not None:
                self.save_worksheet(path)
                self._tell(Notice("info", f"The worksheet was saved to {path.name}."), None)
        except BpvizError as error:
            self._tell(Notice("error", str(error)), None)

    def _known(self) -> Library:
        if not self.library.lessons:
            self.library = _all_lessons()
        return self.library

    def _on_mode_shown(self) -> None:
        is_here = self._window.mode is Mode.TEACH
        if is_here == self._is_here:
            return
        self._is_here = is_here
        if is_here:
            self._was_running = self._session.is_running
            self._session.send(messages.Pause())
            self.show_list()
            self._window.lessons.focus_lesson("")
        else:
            self.close_lesson()
            if self._was_running:
                self._session.send(messages.Run())

    def _on_frame(self) -> None:
        if self.player is not None:
            self.player.pull()

    def _on_failed(self, sentence: str) -> None:
        self._tell(Notice("error", sentence), None)

    def _on_finished(self) -> None:
        if self.player is not None and self._settings is not None:
            lesson = self.player.playing.lesson
            self._settings.set_lesson_place(lesson.id, 0, True)
        self.close_lesson()

    def _on_step_shown(self, index: int) -> None:
        if self.player is not None and self._settings is not None:
            lesson_id = self.player.playing.lesson.id
            _, is_done = self._settings.lesson_place(lesson_id)
            self._settings.set_lesson_place(lesson_id, index, is_done)

    def _left_at(self, lesson: Lesson) -> int:
        return 0 if self._settings is None else self._settings.lesson_place(lesson.id)[0]

    def _card(self, lesson: Lesson) -> CardContent:
        count = len(lesson.steps)
        index, is_done = (0, False) if self._settings is None else self._settings.lesson_place(lesson.id)
        state = f"step {index + 1} of {count}" if index else "done" if is_done else ""
        share = index / count if index else float(is_done)
        return CardContent(lesson.id, lesson.number, lesson.title, lesson.subtitle, state, share)

    def _open_folder(self) -> None:
        folder = own_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._tell(Notice("error", f"{folder} cannot be made: {error.strerror or error}"), None)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._tell(Notice("info", f"Lessons of your own go into {folder}."), None)


def _all_lessons() -> Library:
    # All stages are loaded with the first lesson: the window opens a tenth faster without them.
    from bpviz.app.teach.experiments import VOCABULARIES

    return load_library(VOCABULARIES, (bundled_folder(), own_folder()))


def _experiment(stage: str, teaching: Teaching) -> Experiment:
    from bpviz.app.teach.experiments import EXPERIMENTS

    return EXPERIMENTS[stage](teaching)
