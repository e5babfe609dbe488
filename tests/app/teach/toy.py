"""An experiment as small as can be: one weight that training moves by its rate."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QTimer

from bpviz.app.teach.experiment import Experiment
from bpviz.errors import ConfigError
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings
from tests.viewmodel.lessons.lesson_files import VOCABULARIES


class ToyStage(LessonStage):
    def part_rect(self, part: str) -> QRect | None:
        return QRect(0, 0, 40, 20) if part == "input" else None


class Toy(Experiment):
    vocabulary = VOCABULARIES["toy"]

    def __init__(self, source: ThemeSource) -> None:
        super().__init__()
        self._stage = ToyStage(source)
        self.weight = 0.0
        self.rate = 0.0
        self.shown: list[Settings] = []
        self.done: list[Action] = []
        self.is_closed = False

    @property
    def stage(self) -> LessonStage:
        return self._stage

    def begin(self, run: Settings) -> None:
        rate = run.get("rate", 0.0)
        if not isinstance(rate, float):
            raise ConfigError(f"rate is {rate!r}; a number is needed")
        self.rate = rate
        self._settle()

    def show_step(self, show: Settings) -> None:
        self.shown.append(show)

    def perform(self, actions: Sequence[Action]) -> None:
        for action in actions:
            self.done.append(action)
            iterations = action.settings.get("iterations", 1)
            self.weight += self.rate * (iterations if isinstance(iterations, int) else 1)
        self._settle()

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        return self.weight if name == "weight" else 4.0 - self.weight

    def mark(self) -> object:
        return self.weight

    def restore(self, mark: object) -> None:
        if isinstance(mark, float):
            self.weight = mark
        self._settle()

    def close(self) -> None:
        self.is_closed = True

    def _settle(self) -> None:
        QTimer.singleShot(0, self.settled.emit)
