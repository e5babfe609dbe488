"""A bundled lesson on its page, and someone at the keys."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.experiments import EXPERIMENTS, VOCABULARIES
from bpviz.app.teach.player import LessonPlayer
from bpviz.app.teach.teaching import Teaching
from bpviz.data.sources import load_dataset
from bpviz.resources import resource_path
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.playing import StepState
from tests.app.teach.lab_class import STROKES


class LessonRoom:
    """Plays one lesson with the experiment that belongs to it."""

    def __init__(self, qtbot: QtBot, lesson_id: str, first_step: int = 1) -> None:
        load_fonts()
        self._qtbot = qtbot
        self.page = TeachPage(ThemeSource(ThemeChoice.DARK))
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()
        self.lesson = read_lesson(resource_path("lessons", f"{lesson_id}.toml"), VOCABULARIES)
        session = Session(TrainingConfig(), STROKES)
        self.experiment = EXPERIMENTS[self.lesson.stage](
            Teaching(
                self.page.source, session, lambda name: STROKES if name == "strokes" else load_dataset(name)
            )
        )
        self.now = 0.0
        self.player = LessonPlayer(self.page, self.lesson, self.experiment, lambda: self.now, first_step - 1)
        self.failures: list[str] = []
        self.player.failed.connect(self.failures.append)
        self.player.start()
        self.settle()
        self.experiment.hurries = True

    def settle(self) -> None:
        """Wait until the learner may do something."""

        def is_done() -> bool:
            self.now += 1.0
            self.player.pull()
            return not self.player.is_busy

        self._qtbot.waitUntil(is_done, timeout=20_000)
        assert not self.failures

    def press(self, key: Qt.Key) -> None:
        """Press a key and wait for what it does."""
        QTest.keyClick(self.page, key)
        self.settle()

    def next(self) -> None:
        """Go on with the space bar."""
        self.press(Qt.Key.Key_Space)

    def predict(self, letter: str) -> None:
        """Choose an answer by its letter and have it revealed."""
        self.press(getattr(Qt.Key, f"Key_{letter}"))
        self.next()

    @property
    def step(self) -> str:
        """The id of the step on screen."""
        return self.player.playing.step.id

    @property
    def text(self) -> str:
        """What is said or asked."""
        return self.page.foot.line.plain

    @property
    def right(self) -> str:
        """The letter of the answer that turned out right; empty before that is known."""
        looks = [button.look for button in self.page.foot.choices if button.isVisible()]
        return "ABCDE"[looks.index(ChoiceLook.RIGHT)] if ChoiceLook.RIGHT in looks else ""

    @property
    def score(self) -> tuple[int, int]:
        """Right predictions, and all of them."""
        return self.player.playing.score

    @property
    def is_over(self) -> bool:
        """Whether the last step has nothing more to do."""
        playing = self.player.playing
        return playing.is_last and playing.state in (StepState.READY, StepState.REVEALED)

    def measure(self, name: str, *arguments: float | str) -> float:
        """Return a number of the run as it is now."""
        return self.experiment.measure(name, arguments)

    def walk(self, answers: dict[str, str]) -> None:
        """Go through all that is left with these answers by the steps' ids; other steps with space alone."""
        while not self.is_over:
            state = self.player.playing.state
            if state is StepState.ASKING and self.step in answers:
                self.predict(answers[self.step])
            else:
                self.next()


@contextmanager
def lesson_room(qtbot: QtBot, lesson_id: str, first_step: int = 1) -> Iterator[LessonRoom]:
    """Open a room and close it again."""
    room = LessonRoom(qtbot, lesson_id, first_step)
    try:
        yield room
    finally:
        room.player.close()
