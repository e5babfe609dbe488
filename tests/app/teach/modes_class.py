"""A class before three ways to one gradient: the real lesson, or a smaller one, on the real page."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.experiments import VOCABULARIES
from bpviz.app.teach.modes_experiment import ModesExperiment
from bpviz.app.teach.player import LessonPlayer
from bpviz.app.teach.teaching import Teaching
from bpviz.data.sources import load_dataset
from bpviz.resources import resource_path
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.ui.teach.modes_stage import ModesStage
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.viewmodel.lessons.cost_curves import CostCurve
from bpviz.viewmodel.lessons.gradient_ways import Way
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.small_network import SmallNetwork
from bpviz.viewmodel.lessons.way_bars import WayBar

STROKES = load_dataset("strokes")
LESSON = resource_path("lessons") / "autodiff.toml"
KEYS = {0: Qt.Key.Key_A, 1: Qt.Key.Key_B, 2: Qt.Key.Key_C}


def smaller_lesson(folder: Path) -> Path:
    """Write the same lesson for networks that are counted in no time."""
    course = LESSON.read_text(encoding="utf-8").replace("[784, 30, 10]", "[784, 3, 10]")
    course = course.replace("hidden = [1, 64]", "hidden = [1, 3]").replace("[1, 2, 4, 8, 16]", "[1]")
    course = course.replace("hidden = [32, 64]", "hidden = [2, 3]")
    course = course.replace('"forward", 32)', '"forward", 2)').replace('"forward", 16)', '"forward", 1)')
    path = folder / "autodiff.toml"
    path.write_text(course, encoding="utf-8")
    texts = LESSON.with_name("autodiff.en.toml").read_text(encoding="utf-8")
    path.with_name("autodiff.en.toml").write_text(texts, encoding="utf-8")
    return path


class ModesClass:
    """One lesson, played with keys."""

    def __init__(self, qtbot: QtBot, lesson: Path = LESSON) -> None:
        load_fonts()
        self.qtbot = qtbot
        self.page = TeachPage(ThemeSource(ThemeChoice.DARK))
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()
        self.session = Session(TrainingConfig(layers=(784, 2, 10)), STROKES)
        self.session.start()
        teaching = Teaching(self.page.source, self.session, lambda name: STROKES)
        self.experiment = ModesExperiment(teaching)
        self.player = LessonPlayer(self.page, read_lesson(lesson, VOCABULARIES), self.experiment, lambda: 0.0)
        self.failures: list[str] = []
        self.player.failed.connect(self.failures.append)
        self.player.start()
        self.settle()

    @property
    def stage(self) -> ModesStage:
        """What is looked at."""
        stage = self.experiment.stage
        assert isinstance(stage, ModesStage)
        return stage

    @property
    def bars(self) -> tuple[WayBar, ...]:
        """The bars on the stage, from the top."""
        content = self.stage.bars.content
        assert content is not None
        return content.bars

    @property
    def curves(self) -> tuple[CostCurve, ...]:
        """The curves on the stage."""
        content = self.stage.curves.content
        assert content is not None
        return content.curves

    @property
    def small_network(self) -> SmallNetwork:
        """The small network on the stage."""
        content = self.stage.network.content
        assert content is not None
        return content

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

        self.qtbot.waitUntil(is_ready, timeout=40_000)
        assert self.failures == []

    def press(self, key: Qt.Key) -> None:
        """Press a key and wait for what it does."""
        QTest.keyClick(self.page, key)
        self.settle()

    def go_on(self) -> None:
        """Press Space."""
        self.press(Qt.Key.Key_Space)

    def go_to(self, step: str) -> None:
        """Go on to this step, answering nothing."""
        while self.step != step:
            self.go_on()

    def answer(self, choice: str) -> None:
        """Predict this, and reveal."""
        prediction = self.player.playing.step.prediction
        assert prediction is not None
        self.press(KEYS[[each.id for each in prediction.choices].index(choice)])
        self.go_on()

    def measure(self, name: str, *arguments: float | str) -> float:
        """Ask for a number."""
        return self.experiment.measure(name, arguments)

    def multiplications(self, way: Way) -> float:
        """Ask for what a way took."""
        return self.measure("multiplications", way)

    @property
    def step(self) -> str:
        """The step on screen."""
        return self.player.playing.step.id

    @property
    def text(self) -> str:
        """What is said, with plain spaces."""
        return self.page.foot.line.plain.replace("\N{NARROW NO-BREAK SPACE}", " ")

    @property
    def is_right(self) -> bool:
        """Whether the last prediction was."""
        return ChoiceLook.WRONG not in [
            button.look for button in self.page.foot.choices if button.isVisible()
        ]

    @property
    def score(self) -> tuple[int, int]:
        """Right predictions, and all."""
        return self.player.playing.score
