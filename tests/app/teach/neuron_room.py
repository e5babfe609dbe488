"""A class with one neuron before it: a bundled lesson on a real page, led by keys and by the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.experiments import VOCABULARIES
from bpviz.app.teach.lesson_library import bundled_folder
from bpviz.app.teach.neuron_experiment import NeuronExperiment
from bpviz.app.teach.player import LessonPlayer
from bpviz.app.teach.teaching import DatasetShelf, Teaching
from bpviz.data.sources import load_dataset
from bpviz.training.config import TrainingConfig
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.ui.teach.neuron_stage import NeuronStage
from bpviz.ui.teach.neuron_view import NeuronView
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.neuron import Handle, HandleKind
from bpviz.viewmodel.lessons.playing import StepState

SPACE = Qt.Key.Key_Space
LEFT = Qt.MouseButton.LeftButton
LETTER_KEYS = (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_C)


def standing_clock() -> float:
    """Tell the same time always, so that nothing glides: nobody ever looks for long."""
    return 0.0


def neuron_experiment(page: TeachPage, clock: Callable[[], float] = standing_clock) -> NeuronExperiment:
    """Return an experiment for a page, with a session that rests."""
    session = Session(TrainingConfig(), load_dataset("strokes"))
    return NeuronExperiment(Teaching(page.source, session, DatasetShelf().take), clock)


def shown_page(qtbot: QtBot) -> TeachPage:
    """Return an empty page of 1280 x 800."""
    load_fonts()
    page = TeachPage(ThemeSource(ThemeChoice.DARK))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    return page


def drag(view: NeuronView, start: QPoint, way: QPoint) -> None:
    """Take something, go a way in two moves, let go."""
    target = view.viewport()
    QTest.mousePress(target, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(target, start + QPoint(way.x() // 2, way.y() // 2))
    QTest.mouseMove(target, start + way)
    QTest.mouseRelease(target, LEFT, Qt.KeyboardModifier.NoModifier, start + way)


class NeuronRoom:
    """One lesson being played."""

    def __init__(self, qtbot: QtBot, lesson_id: str) -> None:
        self._qtbot = qtbot
        self.page = shown_page(qtbot)
        lesson = read_lesson(bundled_folder() / f"{lesson_id}.toml", VOCABULARIES)
        self.experiment = neuron_experiment(self.page)
        self.player = LessonPlayer(self.page, lesson, self.experiment, standing_clock)
        self.failures: list[str] = []
        self.ended: list[bool] = []
        self.player.failed.connect(self.failures.append)
        self.player.finished.connect(lambda: self.ended.append(True))
        self.player.start()
        self.settle()

    @property
    def stage(self) -> NeuronStage:
        stage = self.experiment.stage
        assert isinstance(stage, NeuronStage)
        return stage

    @property
    def step(self) -> str:
        return self.player.playing.step.id

    def state(self) -> StepState:
        return self.player.playing.state

    @property
    def text(self) -> str:
        return self.page.foot.line.plain

    @property
    def score(self) -> tuple[int, int]:
        return self.player.playing.score

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.player.is_busy)
        assert self.failures == []

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page, key)
        self.settle()

    def go_to(self, step: str) -> None:
        """Look on until a step: Space does all there is to do."""
        for _ in range(40):
            if self.step == step:
                return
            self.press(SPACE)
        raise AssertionError(f"no step '{step}'")

    def answer(self, choice: str) -> list[ChoiceLook]:
        """Predict and reveal; return how the answers look then."""
        assert self.state() is StepState.ASKING
        prediction = self.player.playing.step.prediction
        assert prediction is not None
        place = [c.id for c in prediction.choices].index(choice)
        self.press(LETTER_KEYS[place])
        self.press(SPACE)
        assert self.state() is StepState.REVEALED
        return [button.look for button in self.page.foot.choices if button.isVisible()]

    def drag(self, handle: Handle, up: int) -> None:
        """Drag a handle up by so many pixels, or down."""
        picture, layout = self.stage.view.picture, self.stage.view.places
        assert picture is not None
        assert layout is not None
        rect = layout.handle_rect(handle, picture.is_input)
        drag(self.stage.view, QPoint(round(rect.x + rect.width / 2), round(rect.center_y)), QPoint(0, -up))
        self.settle()


def weight(number: int) -> Handle:
    """Return the handle of a weight, counted from 1 as lessons count."""
    return Handle(HandleKind.WEIGHT, number - 1)


def pixel(number: int) -> Handle:
    """Return the handle of an input, counted from 1."""
    return Handle(HandleKind.INPUT, number - 1)


BIAS = Handle(HandleKind.BIAS)
