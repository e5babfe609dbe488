"""What a learner does with the ball: drags it, steps it, lets it roll, sets its rate and its rule."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from bpviz.app.teach.ball_run import MAX_STEPS, BallRun
from bpviz.ui.teach.valley_stage import ValleyStage

PLAYED_PER_SECOND = 12.0
"""Steps a second when the learner lets the ball roll."""
ACTS = frozenset({"dragged", "stepped", "rated", "chose"})


class ValleyHands(QObject):
    """Belongs to the GUI thread. While the lesson itself moves the balls, hands do nothing.

    Signals
    -------
    moved
        The balls, or what would move them next, are others now.
    acted
        The learner did this: one of `ACTS`.
    """

    moved = Signal()
    acted = Signal(str)

    def __init__(
        self, balls: BallRun, stage: ValleyStage, is_busy: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._balls = balls
        self._is_busy = is_busy
        controls = stage.controls
        stage.balls.dragged.connect(self._on_dragged)
        stage.balls.released.connect(lambda: self.acted.emit("dragged"))
        controls.rate_changed.connect(self._on_rate_changed)
        controls.step_requested.connect(self._on_step_requested)
        controls.play_toggled.connect(self._on_play_toggled)
        controls.restart_requested.connect(self._on_restart_requested)
        controls.rule_chosen.connect(self._on_rule_chosen)

    def _on_dragged(self, w: float) -> None:
        if not self._is_busy():
            self._balls.place(w)
            self.moved.emit()

    def _on_rate_changed(self, rate: float) -> None:
        if not self._is_busy():
            self._balls.set_rate(rate)
            self.moved.emit()
            self.acted.emit("rated")

    def _on_step_requested(self) -> None:
        if not self._is_busy():
            self._balls.halt()
            self._balls.step()
            self.moved.emit()
            self.acted.emit("stepped")

    def _on_play_toggled(self) -> None:
        if self._is_busy():
            return
        if self._balls.is_rolling:
            self._balls.halt()
        else:
            self._balls.roll(MAX_STEPS, PLAYED_PER_SECOND)
        self.moved.emit()

    def _on_restart_requested(self) -> None:
        if not self._is_busy():
            self._balls.restart()
            self.moved.emit()

    def _on_rule_chosen(self, rule: str) -> None:
        if not self._is_busy():
            self._balls.set_rules([rule])
            self.moved.emit()
            self.acted.emit("chose")
