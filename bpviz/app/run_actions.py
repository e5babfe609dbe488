"""Run, pause, step, back, speed and jumps: more of the iteration held is shown, or the worker is asked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from bpviz.app.session import Session
from bpviz.app.stepper import Stepper
from bpviz.training import messages
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.play_clock import FULL_SPEED, PlayClock, Speed
from bpviz.viewmodel.run.steps import Position, StepLevel


class RunActions(QObject):
    """Holds the place in the iteration and the slow play. Belongs to the GUI thread.

    Signals
    -------
    place_changed
        Another part of the iteration held is to be shown.
    playing_changed
        A slow play began or ended.
    """

    place_changed = Signal()
    playing_changed = Signal(bool)

    def __init__(self, session: Session, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.stepper = Stepper()
        self._play = PlayClock(clock)
        self._speed = FULL_SPEED
        self._level = StepLevel.ITERATION
        self._plays_once_paused = False

    @property
    def is_playing(self) -> bool:
        """Whether the iteration is being revealed slowly; it counts as paused."""
        return self._play.is_playing

    @property
    def speed(self) -> Speed:
        """The speed chosen."""
        return self._speed

    def reset(self) -> None:
        """Forget the place: a new run begins."""
        self._stop_playing()
        self.stepper.reset()

    def arrived(self, snapshot: Snapshot) -> None:
        """Take an iteration from the worker, before it is shown."""
        self.stepper.arrived(snapshot)
        if self._play.is_playing:
            self._play.moved_to(self.stepper.position, snapshot.architecture)

    def worker_changed(self, is_running: bool) -> None:
        """Note that the worker began or stopped training."""
        if not is_running and self._plays_once_paused:
            self._plays_once_paused = False
            self._start_playing()

    def run(self) -> None:
        """Train, or play slowly, as the speed says."""
        if self._speed.is_slow:
            self._start_playing()
        else:
            self.stepper.show_whole()
            self._session.send(messages.SetPace(self._speed.iterations_per_s))
            self._session.send(messages.Run())

    def pause(self) -> None:
        """Stop training, or the slow play."""
        self._plays_once_paused = False
        self._stop_playing()
        self._session.send(messages.Pause())

    def set_level(self, level: StepLevel) -> None:
        """Step and play in this size from now on."""
        self._level = level

    def set_speed(self, speed: Speed) -> None:
        """Go on at another speed, from playing to training or back where that is what it means."""
        was_playing, self._speed = self.is_playing, speed
        if speed.is_slow and self._session.is_running:
            self._plays_once_paused = True
            self._session.send(messages.Pause())
        elif speed.is_slow:
            self._play.set_speed(speed)
        else:
            self._plays_once_paused = False
            self._session.send(messages.SetPace(speed.iterations_per_s))
            if was_playing:
                self._stop_playing()
                self.run()

    def step(self, level: StepLevel) -> None:
        """Go one step of this size forward."""
        self._stop_playing()
        self._take(self.stepper.step(level))

    def back(self, level: StepLevel) -> None:
        """Go one step of this size back; training pauses."""
        self._stop_playing()
        self._take(self.stepper.back(level))

    def jump(self, phase: Phase) -> None:
        """Show the iteration held up to the end of a phase."""
        self._stop_playing()
        self.stand_at(Position(phase))

    def stand_at(self, position: Position) -> None:
        """Show the iteration held up to this place."""
        self.stepper.stand_at(position)
        self.place_changed.emit()

    def go_to(self, iteration: int) -> None:
        """Show an iteration the run has done, whole."""
        self._stop_playing()
        self._take(self.stepper.go_to(iteration))

    def on_frame(self) -> None:
        """Take the next step of a slow play when it is due; call once a frame."""
        if self._play.is_playing and not self.stepper.is_waiting and self._play.is_due():
            self._take(self.stepper.step(self._play.level))
            architecture = self.stepper.architecture
            if architecture is not None and not self.stepper.is_waiting:
                self._play.moved_to(self.stepper.position, architecture)

    def _take(self, command: messages.Command | None) -> None:
        if command is None:
            self.place_changed.emit()
        else:
            self._session.send(command)

    def _start_playing(self) -> None:
        architecture = self.stepper.architecture
        if architecture is not None and not self._play.is_playing:
            self._play.start(self._speed, self._level, self.stepper.position, architecture)
            self.playing_changed.emit(True)

    def _stop_playing(self) -> None:
        if self._play.is_playing:
            self._play.stop()
            self.playing_changed.emit(False)
