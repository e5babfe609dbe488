"""Where the learner stands inside an iteration, and what a step, Back or a jump makes of it.

An iteration is computed once, whole; smaller steps only reveal it. So a step either moves the place shown
within the iteration held, or asks the worker for another iteration and says where to stand in it.
"""

from bpviz.nn.network import Architecture
from bpviz.training.messages import Command, GoTo, Step, StepSize
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.network.reveal import Reveal, reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import (
    Position,
    StepLevel,
    first_position,
    last_position,
    next_position,
    previous_position,
)

_WHOLE = Position(Phase.UPDATE)


class Stepper:
    """Holds the place inside the iteration shown; plain values, no threads.

    Every method that moves returns the command to send to the worker, or None if the iteration held
    already shows what is wanted.
    """

    def __init__(self) -> None:
        self._snapshot: Snapshot | None = None
        self._position = _WHOLE
        self._entry: Position | None = None
        self._is_waiting = False

    @property
    def position(self) -> Position:
        """The place shown: all up to and including it is known."""
        return self._position

    @property
    def is_whole(self) -> bool:
        """Whether all of the iteration is shown."""
        return self._position == _WHOLE

    @property
    def is_waiting(self) -> bool:
        """Whether an iteration was asked for that has not come."""
        return self._is_waiting

    @property
    def architecture(self) -> Architecture | None:
        """The network of the iteration held."""
        return None if self._snapshot is None else self._snapshot.architecture

    @property
    def reveal(self) -> Reveal | None:
        """What is known at the place; None if all of the iteration is."""
        if self._snapshot is None or self.is_whole:
            return None
        return reveal_of(self._position, self._snapshot.architecture)

    def reset(self) -> None:
        """Forget the iteration held, for example when a new run begins."""
        self._snapshot, self._position, self._entry, self._is_waiting = None, _WHOLE, None, False

    def arrived(self, snapshot: Snapshot) -> None:
        """Take the iteration that came, and stand where the last move wanted to."""
        is_another = self._snapshot is None or snapshot.iteration != self._snapshot.iteration
        self._snapshot = snapshot
        if is_another or self._is_waiting or snapshot.is_standing:
            self._position = self._entry or _WHOLE
        self._entry, self._is_waiting = None, False

    def step(self, level: StepLevel) -> Command | None:
        """Go to the next boundary of a level."""
        if self._snapshot is None or self._is_waiting:
            return None
        if level is StepLevel.EPOCH:
            return self._ask(Step(StepSize.EPOCH), None)
        architecture = self._snapshot.architecture
        if not self._snapshot.is_standing and not self.is_whole:
            following = next_position(self._position, level, architecture)
            if following is not None:
                self._position = _settled(following, architecture)
                return None
        entry = None if level is StepLevel.ITERATION else first_position(level, architecture)
        return self._ask(Step(StepSize.ITERATION), entry)

    def back(self, level: StepLevel) -> Command | None:
        """Go to the last boundary of a level before the place shown."""
        snapshot = self._snapshot
        if snapshot is None or self._is_waiting or snapshot.iteration == 0:
            return None
        if level is StepLevel.EPOCH:
            return self._ask(GoTo(snapshot.iteration - snapshot.iteration_in_epoch), None)
        if level is not StepLevel.ITERATION:
            before = previous_position(self._position, level, snapshot.architecture)
            if before is not None:
                self._position = before
                return None
        # A network changed by hand stands after its iteration: that is what lies before the change.
        return self._ask(GoTo(snapshot.iteration - (not snapshot.is_standing)), None)

    def stand_at(self, position: Position) -> None:
        """Stand at this place of the iteration held; a network that merely stands there has none."""
        if self._snapshot is not None and not self._snapshot.is_standing:
            self._position = _settled(position, self._snapshot.architecture)

    def show_whole(self) -> None:
        """Show all of the iteration held."""
        self._position = _WHOLE

    def go_to(self, iteration: int) -> Command:
        """Go to another iteration, shown whole."""
        return self._ask(GoTo(max(iteration, 0)), None)

    def _ask(self, command: Command, entry: Position | None) -> Command:
        self._entry, self._is_waiting = entry, True
        return command


def _settled(position: Position, architecture: Architecture) -> Position:
    """Return the one name of the last place, so that it can be told by comparing."""
    is_last = next_position(position, StepLevel.NEURON, architecture) is None
    return last_position(StepLevel.ITERATION, architecture) if is_last else position
