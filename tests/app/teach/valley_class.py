"""A class before the valley: the real lesson on the real page, time running as fast as it is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.experiments import VOCABULARIES
from bpviz.app.teach.player import LessonPlayer
from bpviz.app.teach.teaching import Teaching
from bpviz.app.teach.valley_experiment import ValleyExperiment
from bpviz.data.sources import load_dataset
from bpviz.resources import resource_path
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.viewmodel.lessons.lesson import Action
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.playing import StepState

STROKES = load_dataset("strokes")
_SMALL = TrainingConfig(layers=(784, 4, 10))


class FastClock:
    """A second passes whenever someone looks."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 1.0
        return self._now


class ValleyClass:
    """One lesson, played with keys, clicks and the mouse."""

    def __init__(self, qtbot: QtBot, lesson_id: str, first_step: int = 0) -> None:
        load_fonts()
        self.qtbot = qtbot
        self.page = TeachPage(ThemeSource(ThemeChoice.DARK))
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()
        self.session = Session(_SMALL, STROKES)
        self.session.start()
        lesson = read_lesson(resource_path("lessons") / f"{lesson_id}.toml", VOCABULARIES)
        teaching = Teaching(self.page.source, self.session, lambda name: STROKES)
        self.experiment = ValleyExperiment(teaching, FastClock())
        self.stage = self.experiment.valley
        self.player = LessonPlayer(self.page, lesson, self.experiment, lambda: 0.0, first_step)
        self.failures: list[str] = []
        self.player.failed.connect(self.failures.append)
        self.player.start()
        self.settle()

    def close(self) -> None:
        """End all threads."""
        self.player.close()
        self.session.stop()

    def settle(self) -> None:
        """Wait until the learner may do something."""

        def is_ready() -> bool:
            self.session.pull()
            self.player.pull()
            return bool(self.failures) or not self.player.is_busy

        self.qtbot.waitUntil(is_ready, timeout=8000)
        assert self.failures == []

    def do(self, action: Action) -> None:
        """Have the experiment do one thing, without the player."""
        self.experiment.perform([action])
        self.wait_until_settled()

    def wait_until_settled(self) -> None:
        """Wait for the experiment itself, which the player has not asked for anything."""
        ends: list[bool] = []
        self.experiment.settled.connect(lambda: ends.append(True))

        def is_settled() -> bool:
            self.session.pull()
            self.player.pull()
            return bool(ends)

        self.qtbot.waitUntil(is_settled, timeout=8000)

    def press(self, key: Qt.Key) -> None:
        """Press a key and wait for what it does."""
        QTest.keyClick(self.page, key)
        self.settle()

    def go_on(self) -> None:
        """Press Space."""
        self.press(Qt.Key.Key_Space)

    def answer(self, key: Qt.Key) -> tuple[str, int]:
        """Predict, reveal, and return what is said and which choice was right."""
        assert self.player.playing.state is StepState.ASKING
        self.press(key)
        self.go_on()
        return self.text, self.right

    def measure(self, name: str, *arguments: float | str) -> float:
        """Ask for a number."""
        return self.experiment.measure(name, arguments)

    @property
    def step(self) -> str:
        """The step on screen."""
        return self.player.playing.step.id

    @property
    def text(self) -> str:
        """What is said."""
        return self.page.foot.line.plain

    @property
    def right(self) -> int:
        """The choice shown as the right one."""
        looks = [button.look for button in self.page.foot.choices if button.isVisible()]
        return looks.index(ChoiceLook.RIGHT)

    @property
    def score(self) -> tuple[int, int]:
        """Right predictions, and all."""
        return self.player.playing.score
