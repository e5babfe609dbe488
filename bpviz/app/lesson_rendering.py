"""Brings a step of a lesson on screen and waits for it, for a picture."""

from PySide6.QtCore import QEventLoop, QTimer

from bpviz.app.render_request import LessonRequest
from bpviz.app.teach.player import LessonPlayer
from bpviz.app.teach.teach_mode import TeachMode
from bpviz.errors import BpvizError, ConfigError
from bpviz.viewmodel.lessons.playing import StepState

_LONGEST_S = 120
"""What no step of a lesson takes, on a slow machine either."""


def show_lesson(teach: TeachMode, request: LessonRequest) -> None:
    """Show the step asked for, gone to through all before it; its question revealed if that is asked for.

    Raises
    ------
    BpvizError
        If there is no such lesson or step, or the lesson cannot go on.
    """
    lesson = teach.library.lesson(request.id)
    count = len(lesson.steps)
    if not 1 <= request.step <= count:
        raise ConfigError(f"--step is {request.step}; lesson '{lesson.id}' has steps 1 to {count}")
    teach.open(lesson.id, request.step - 1)
    if teach.player is None:
        raise BpvizError(f"lesson '{lesson.id}' cannot be played")
    _wait(teach.player)
    if request.is_revealed and teach.player.playing.state in (StepState.ASKING, StepState.WAITING):
        teach.player.go_on()
        _wait(teach.player)


def _wait(player: LessonPlayer) -> None:
    loop = QEventLoop()
    failures: list[str] = []

    def fail(sentence: str) -> None:
        failures.append(sentence)
        loop.quit()

    deadline = QTimer()
    deadline.setSingleShot(True)
    deadline.timeout.connect(lambda: fail(f"the lesson was not ready after {_LONGEST_S} s"))
    deadline.start(_LONGEST_S * 1000)
    player.failed.connect(fail)
    player.ready.connect(loop.quit)
    if player.is_busy:
        loop.exec()
    deadline.stop()
    player.failed.disconnect(fail)
    player.ready.disconnect(loop.quit)
    if failures:
        raise BpvizError(failures[0])
