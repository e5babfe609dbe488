"""What a lesson plays with: something that can be run, looked at, measured, and put back."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject, Signal

from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings, Vocabulary


class Experiment(QObject):
    """Base of all experiments. Belongs to the GUI thread; long work is the worker's or the helper's.

    `begin`, `perform` and `restore` may take a while: each is followed by one `settled` (never before the
    call has returned) or by `failed`. Nothing is asked of it in between but what is shown and measured.

    Attributes
    ----------
    vocabulary
        What lessons may say to this kind of experiment.
    hurries
        Whether what is done slowly for the eye is to be done as fast as it goes.

    Signals
    -------
    settled
        What was asked for last is done.
    failed
        It cannot be done; the sentence may be shown.
    values_changed
        Measures may have other values now; at most once a frame.
    acted
        The learner did this on the stage: one of the vocabulary's acts.
    """

    vocabulary: ClassVar[Vocabulary]

    settled = Signal()
    failed = Signal(str)
    values_changed = Signal()
    acted = Signal(str)

    hurries = False

    @property
    def stage(self) -> LessonStage:
        """The widget it is shown on, the same for its whole life."""
        raise NotImplementedError

    def begin(self, run: Settings) -> None:
        """Set it up as the lesson's [run] says; keys are in the vocabulary, values are checked here."""
        raise NotImplementedError

    def show_step(self, show: Settings) -> None:
        """Look at it as a step says; what the step does not name is as at the beginning. At once."""
        raise NotImplementedError

    def perform(self, actions: Sequence[Action]) -> None:
        """Do these one after the other."""
        raise NotImplementedError

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        """Return a number as it is now; nan while it is not known.

        Raises
        ------
        BpvizError
            If an argument names nothing there is.
        """
        raise NotImplementedError

    def mark(self) -> object:
        """Return what `restore` needs to put everything back as it is now."""
        raise NotImplementedError

    def restore(self, mark: object) -> None:
        """Put everything back as it was."""
        raise NotImplementedError

    def pull(self) -> None:
        """Take what came from other threads and move what moves; called each frame it is on screen."""

    def close(self) -> None:
        """End what it began, threads too; the stage goes with the page."""
