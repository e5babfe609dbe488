"""Teaches the canvas's network single drawings, on a copy, and measures what that did to the test digits."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from bpviz.app.canvas_network import CanvasNetwork
from bpviz.app.session import Session
from bpviz.data.samples import Samples
from bpviz.nn.network import Network
from bpviz.training.evaluation import evaluate
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.viewmodel.drawing.teaching import (
    Lesson,
    TestChange,
    lesson_sentence,
    taught_caption,
    teach,
    undo_sentence,
)
from bpviz.viewmodel.words.number_format import grouped

_QUESTION = "lesson"
_MOST_LESSONS = 100


@dataclass(frozen=True, slots=True)
class _Measured:
    network: Network
    samples: Samples
    right: int


class Teaching(QObject):
    """Holds the lessons that can be taken back; belongs to the GUI thread.

    Teaching takes a copy of the network and stops following the one in training; to follow it again
    forgets the lessons.
    """

    def __init__(
        self, session: Session, draw: DrawPage, canvas: CanvasNetwork, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._draw = draw
        self._canvas = canvas
        self._lessons: list[Lesson] = []
        self._caption = ""
        self._measured: _Measured | None = None
        draw.teach_requested.connect(self.teach)
        draw.undo_teaching_requested.connect(self.undo)
        draw.follow_training_changed.connect(self._on_follow_changed)

    @property
    def n_lessons(self) -> int:
        """How many lessons can be taken back."""
        return len(self._lessons)

    def teach(self, label: int, rate: float) -> None:
        """Take one step on the drawing with this label, and read it with the network that results."""
        reading = self._draw.reading
        if reading is None or reading.digit is None:
            return
        if not self._lessons:
            self._caption = self._draw.network_caption
        lesson = teach(reading.network, reading.sample, label, rate)
        self._lessons.append(lesson)
        del self._lessons[:-_MOST_LESSONS]
        self._show(lesson.after)
        self._measure(lesson)

    def undo(self) -> None:
        """Take the last lesson back."""
        if self._lessons:
            self._session.forget(_QUESTION)
            lesson = self._lessons.pop()
            self._show(lesson.before)
            self._draw.show_lesson(undo_sentence(lesson), self.n_lessons)

    def _show(self, network: Network) -> None:
        n = self.n_lessons
        self._canvas.hold(network, taught_caption(self._caption, n) if n else self._caption)

    def _on_follow_changed(self, follows: bool) -> None:
        if follows and self._lessons:
            self._session.forget(_QUESTION)
            self._lessons.clear()
            self._draw.show_lesson(None, 0)

    def _measure(self, lesson: Lesson) -> None:
        """Count the test digits read right before and after, in the helper."""
        dataset = self._session.dataset
        samples, before = dataset.test, self._known_right(lesson.before, dataset.test)
        if not _fits(lesson.after, samples, dataset.n_classes):
            nothing = "The dataset in the Lab has no test digits to measure it on."
            self._draw.show_lesson(lesson_sentence(lesson, None, nothing), self.n_lessons)
            return

        def count() -> tuple[int, int]:
            known = _right(lesson.before, samples) if before is None else before
            return known, _right(lesson.after, samples)

        def tell(right: tuple[int, int]) -> None:
            self._measured = _Measured(lesson.after, samples, right[1])
            # Of "Strokes, tested on your class" the last part was measured.
            title = dataset.title.rpartition(", tested on ")[2]
            change = TestChange(f"{title[:1].upper()}{title[1:]}", len(samples), *right)
            self._draw.show_lesson(lesson_sentence(lesson, change), self.n_lessons)

        waiting = f"Measuring on {grouped(len(samples))} test digits …"
        self._draw.show_lesson(lesson_sentence(lesson, None, waiting), self.n_lessons)
        self._session.ask(_QUESTION, count, tell)

    def _known_right(self, network: Network, samples: Samples) -> int | None:
        known = self._measured
        if known is None or known.network is not network or known.samples is not samples:
            return None
        return known.right


def _fits(network: Network, samples: Samples, n_classes: int) -> bool:
    n_in, n_out = network.architecture.layers[0], network.architecture.layers[-1]
    return len(samples) > 0 and samples.inputs.shape[1] == n_in and n_classes == n_out


def _right(network: Network, samples: Samples) -> int:
    return int(evaluate(network, samples).confusion.trace())
