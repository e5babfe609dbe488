"""Plays a lesson: leads experiment, page and learner from step to step."""

from collections.abc import Callable, Iterator
from enum import Enum

from PySide6.QtCore import QObject, Signal

from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.foot_content import foot_content
from bpviz.errors import BpvizError
from bpviz.ui.teach.lesson_foot import FootContent
from bpviz.ui.teach.teach_page import TeachPage
from bpviz.viewmodel.lessons.expression import Expression
from bpviz.viewmodel.lessons.lesson import Action, Lesson
from bpviz.viewmodel.lessons.lesson_text import Span
from bpviz.viewmodel.lessons.playing import Playing, StepState

TEXT_INTERVAL_S = 0.1
"""Numbers in a sentence are renewed ten times a second: faster, nobody can read them."""
QUIET_S = 0.3
"""What takes longer than this to get ready says so."""
_GETTING_READY = FootContent((Span("Getting ready …", "secondary"),), can_go_back=False)


class _Busy(Enum):
    """What the experiment is asked for at the moment."""

    NOTHING = "nothing"
    LEADING_UP = "leading up"
    """To the step to begin with, through all before it."""
    ENTERING = "entering"
    REVEALING = "revealing"
    HELPING = "helping"
    GOING_BACK = "going back"


class LessonPlayer(QObject):
    """Plays one lesson with one experiment on the page. Belongs to the GUI thread.

    Invariant: while the experiment is asked for something, nothing else is asked of it; keys wait.

    Parameters
    ----------
    first_step
        The step to begin with, from 0; all before it are gone through.
    clock
        Seconds, for how often a sentence is renewed.

    Signals
    -------
    step_shown
        The step with this number, from 0, stands on screen.
    ready
        The learner may do something: nothing is under way.
    finished
        The learner has gone on from the last step.
    failed
        The experiment cannot go on; the sentence may be shown.
    """

    step_shown = Signal(int)
    ready = Signal()
    finished = Signal()
    failed = Signal(str)

    def __init__(
        self,
        page: TeachPage,
        lesson: Lesson,
        experiment: Experiment,
        clock: Callable[[], float],
        first_step: int = 0,
    ) -> None:
        super().__init__()
        self.playing = Playing(lesson)
        self.experiment = experiment
        self._page = page
        self._clock = clock
        self._first_step = min(max(first_step, 0), len(lesson.steps) - 1)
        self._busy = _Busy.NOTHING
        self._ahead: Iterator[None] = iter(())
        self._marks: dict[int, object] = {}
        self._before = 0.0
        self._counts_hands = False
        self._shown_at = -1.0
        self._started_at = 0.0
        self._is_stale = False
        experiment.settled.connect(self._on_settled)
        experiment.failed.connect(self._on_failed)
        experiment.values_changed.connect(self._on_values_changed)
        experiment.acted.connect(self._on_acted)
        page.went_on.connect(self.go_on)
        page.went_back.connect(self.go_back)
        page.chosen.connect(self.choose)
        page.hands_toggled.connect(self.toggle_hands)
        page.hands_changed.connect(self.show_hands)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way that must end before the learner can go on."""
        return self._busy is not _Busy.NOTHING

    def start(self) -> None:
        """Set the experiment up and show the first step."""
        lesson = self.playing.lesson
        self._page.show_lesson(lesson.title, lesson.subtitle)
        self._page.show_step(self._first_step, len(lesson.steps))
        # Nothing of a lesson played before stays under this one's stage.
        self._page.show_foot(FootContent((), can_go_back=False))
        self._page.set_stage(self.experiment.stage)
        self._started_at = self._clock()
        self._busy = _Busy.LEADING_UP
        self._ahead = self._lead_up()
        self._guarded(lambda: self.experiment.begin(lesson.run))

    def go_on(self) -> None:
        """Do what comes next: reveal the answer, help with what is waited for, or take the next step."""
        if self.is_busy:
            return
        match self.playing.state:
            case StepState.ASKING:
                self._reveal()
            case StepState.WAITING:
                wait = self.playing.step.wait
                self._begin(_Busy.HELPING, wait.help if wait is not None else ())
            case _ if self.playing.next():
                self._enter()
            case StepState.READY | StepState.REVEALED:
                self.finished.emit()

    def go_back(self) -> None:
        """Go back to the step before, the experiment as it was when that step began."""
        if not self.is_busy and self.playing.back():
            self._busy = _Busy.GOING_BACK
            mark = self._marks[self.playing.index]
            self._guarded(lambda: self.experiment.restore(mark))

    def choose(self, index: int) -> None:
        """Predict this answer."""
        if not self.is_busy:
            self.playing.choose(index)
            self.show_foot()

    def show_hands(self, index: int, count: int) -> None:
        """Note the hands shown for an answer."""
        self.playing.show_hands(index, count)
        self.show_foot()

    def toggle_hands(self) -> None:
        """Count hands for the answers, or no longer."""
        self._counts_hands = not self._counts_hands
        self.show_foot()

    def pull(self) -> None:
        """Let the experiment go on, and renew the sentence where it is due; call once a frame."""
        self.experiment.pull()
        now = self._clock()
        if self._busy is _Busy.LEADING_UP:
            if now - self._started_at >= QUIET_S:
                self._page.show_foot(_GETTING_READY)
        elif self._is_stale and now - self._shown_at >= TEXT_INTERVAL_S:
            self.show_foot()

    def close(self) -> None:
        """End the lesson."""
        page = self._page
        self.experiment.settled.disconnect(self._on_settled)
        page.went_on.disconnect(self.go_on)
        page.went_back.disconnect(self.go_back)
        page.chosen.disconnect(self.choose)
        page.hands_toggled.disconnect(self.toggle_hands)
        page.hands_changed.disconnect(self.show_hands)
        page.set_stage(None)
        self.experiment.close()

    def show_foot(self) -> None:
        """Show what is said and can be done now, with the numbers as they are."""
        self._is_stale = False
        self._shown_at = self._clock()
        self._guarded(
            lambda: self._page.show_foot(
                foot_content(self.playing, self.experiment.measure, self._counts_hands, self.is_busy)
            )
        )
        self._page.refresh_spotlight()

    def _lead_up(self) -> Iterator[None]:
        """Go through the steps before the first to be shown; a yield waits for the experiment."""
        self.experiment.hurries = True
        for index in range(self._first_step):
            self._marks[index] = self.experiment.mark()
            step = self.playing.lesson.steps[index]
            self.experiment.show_step(step.show)
            helping = step.wait.help if step.wait is not None else ()
            revealing = step.prediction.reveal if step.prediction is not None else ()
            for actions in (step.do, helping, revealing):
                if actions:
                    self.experiment.perform(actions)
                    yield
        self.experiment.hurries = False
        self.playing = Playing(self.playing.lesson, self._first_step)

    def _enter(self) -> None:
        step = self.playing.step
        self._marks[self.playing.index] = self.experiment.mark()
        self._show_place()
        self._begin(_Busy.ENTERING, step.do)

    def _show_place(self) -> None:
        step = self.playing.step
        self._page.show_step(self.playing.index, len(self.playing.lesson.steps))
        self._guarded(lambda: self.experiment.show_step(step.show))
        self._page.show_spotlight(step.spotlight)
        self.show_foot()

    def _reveal(self) -> None:
        prediction = self.playing.step.prediction
        if prediction is not None:
            self._before = self._value(prediction.of)
            self._begin(_Busy.REVEALING, self.playing.begin_reveal())

    def _begin(self, busy: _Busy, actions: tuple[Action, ...]) -> None:
        self._busy = busy
        self.show_foot()
        if actions:
            self._guarded(lambda: self.experiment.perform(actions))
        else:
            self._on_settled()

    def _on_settled(self) -> None:
        busy, self._busy = self._busy, _Busy.NOTHING
        match busy:
            case _Busy.LEADING_UP:
                self._go_ahead()
                return
            case _Busy.GOING_BACK:
                self._show_place()
                self._begin(_Busy.ENTERING, self.playing.step.do)
                return
            case _Busy.REVEALING:
                self._judge()
            case _Busy.HELPING:
                self._help_done()
        self._check()
        self.show_foot()
        if busy is _Busy.ENTERING:
            self.step_shown.emit(self.playing.index)
        self.ready.emit()

    def _go_ahead(self) -> None:
        self._busy = _Busy.LEADING_UP
        try:
            next(self._ahead)
        except StopIteration:
            self._enter()
        except BpvizError as error:
            self._on_failed(str(error))

    def _judge(self) -> None:
        prediction = self.playing.step.prediction
        if prediction is not None:
            after = self._value(prediction.of)
            self._guarded(lambda: self.playing.end_reveal(self._before, after, self.experiment.measure))

    def _help_done(self) -> None:
        wait = self.playing.step.wait
        if wait is not None and wait.act is not None:
            self.playing.act(wait.act)

    def _check(self) -> None:
        self._guarded(lambda: self.playing.check(self.experiment.measure))

    def _value(self, expression: Expression | None) -> float:
        return float("nan") if expression is None else expression.value(self.experiment.measure)

    def _guarded(self, call: Callable[[], object]) -> None:
        try:
            call()
        except BpvizError as error:
            self._on_failed(str(error))

    def _on_failed(self, sentence: str) -> None:
        self._busy = _Busy.NOTHING
        step = self.playing.index + 1
        self.failed.emit(f"The lesson '{self.playing.lesson.id}' cannot go on at step {step}: {sentence}")

    def _on_values_changed(self) -> None:
        self._is_stale = True
        if not self.is_busy and self.playing.state is StepState.WAITING:
            self._check()

    def _on_acted(self, act: str) -> None:
        if not self.is_busy and self.playing.act(act):
            self.show_foot()
