"""The one file that makes threads: the trainer's, and a helper's for long questions.

Four channels join the trainer's thread to the window, split by what may be lost: `mailbox` (state, the
latest wins), `metrics` (every iteration, bounded), `events` (rare, never dropped) and commands.
"""

import logging
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

import numpy as np

from bpviz.errors import BpvizError
from bpviz.training import messages
from bpviz.training.checkpoints import DEFAULT_BUDGET_BYTES
from bpviz.training.mailbox import Mailbox
from bpviz.training.messages import Command, Event
from bpviz.training.metrics import MetricsLog
from bpviz.training.pace import Pace
from bpviz.training.publisher import Publisher
from bpviz.training.right_of_way import SMALL_PARAMETERS, RightOfWay
from bpviz.training.run_control import RunControl
from bpviz.training.snapshot import Snapshot
from bpviz.training.track import Track
from bpviz.training.trainer import Trainer

JOIN_TIMEOUT_S = 5.0

_log = logging.getLogger(__name__)


class TrainingWorker:
    """Trains in a thread of its own. Every public method may be called from the window's thread.

    Owns the `RunControl` with its trainer; nothing outside this thread ever touches it.

    Parameters
    ----------
    history_budget_bytes
        Memory the checkpoints of a run may take.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.perf_counter,
        history_budget_bytes: int = DEFAULT_BUDGET_BYTES,
    ) -> None:
        self.mailbox: Mailbox[Snapshot] = Mailbox()
        self.metrics = MetricsLog()
        self.right_of_way = RightOfWay()
        self.events: SimpleQueue[Event] = SimpleQueue()
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._main, name="bpviz-trainer", daemon=True)
        self._clock = clock
        self._history_budget_bytes = history_budget_bytes
        self._pace = Pace(clock)
        self._run_id = 0
        self._control: RunControl | None = None
        self._gives_way = False

    def start(self) -> None:
        """Start the thread; it waits for commands."""
        self._thread.start()

    def send(self, command: Command) -> None:
        """Queue a command; it takes effect between two iterations."""
        self._commands.put(command)

    def stop(self) -> None:
        """End the thread after the iteration under way and wait for it."""
        self._commands.put(None)
        self._thread.join(JOIN_TIMEOUT_S)

    @property
    def is_alive(self) -> bool:
        """Whether the thread is running."""
        return self._thread.is_alive()

    def _main(self) -> None:
        # A thread does not inherit np.seterr; overflow shows itself in the loss, which is checked.
        with np.errstate(all="ignore"):
            while True:
                command = self._next_command()
                if command is None:
                    return
                try:
                    self._obey(command) if not isinstance(command, _Idle) else self._advance()
                except BpvizError as error:
                    self._fail(str(error))
                except Exception:
                    _log.exception("the trainer failed")
                    self._fail("Training stopped on an internal error; the log has the details.")

    def _next_command(self) -> "Command | _Idle | None":
        """Return the next command, `_IDLE` when it is time to train, None to end; blocks while paused."""
        control = self._control
        if control is None or not control.is_busy:
            return self._commands.get()
        wait_s = control.wait_s
        if wait_s <= 0.0 and self._commands.empty():
            return _IDLE
        try:
            return self._commands.get(timeout=wait_s) if wait_s > 0.0 else self._commands.get()
        except Empty:
            return _IDLE

    def _advance(self) -> None:
        if self._control is not None:
            if self._gives_way:
                self.right_of_way.give()
            self._control.advance()

    def _obey(self, command: Command) -> None:
        match command:
            case messages.StartRun():
                self._start_run(command)
            case messages.SetPace(rate):
                self._pace.limit(rate)
            case messages.Watch(index) if self._control is not None:
                self._control.publisher.watch = index
            case _ if self._control is not None:
                self._control.obey(command)

    def _start_run(self, command: messages.StartRun) -> None:
        self._run_id, self._control = command.run_id, None
        self.metrics.begin(command.run_id)
        trainer = Trainer(command.config, command.dataset, command.parameters)
        track = Track(trainer, self.metrics, self._history_budget_bytes, self._clock)
        publisher = Publisher(command.run_id, track, self.mailbox, self.events)
        self._gives_way = trainer.network.parameters.size <= SMALL_PARAMETERS
        self._control = RunControl(track, publisher, self._pace, self._clock)
        publisher.started()

    def _fail(self, sentence: str) -> None:
        if self._control is not None:
            self._control.stop()
        self.events.put(messages.Failed(self._run_id, sentence))


class _Idle:
    """Says that no command waits and the next iteration is due."""


_IDLE = _Idle()


class Helper:
    """Answers long questions, one after the other, in a thread of its own; answers go to `events`."""

    def __init__(self, events: "SimpleQueue[Event]") -> None:
        self._events = events
        self._questions: SimpleQueue[tuple[str, Callable[[], Event]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._main, name="bpviz-helper", daemon=True)
        self.cancelled = threading.Event()

    def start(self) -> None:
        """Start the thread; it waits for questions."""
        self._thread.start()

    def ask(self, name: str, question: Callable[[], Event]) -> None:
        """Queue a question: a function of read-only values that returns the event to answer with."""
        self.cancelled.clear()
        self._questions.put((name, question))

    def cancel(self) -> None:
        """Ask the question under way to end early; it must look at `cancelled` to do so."""
        self.cancelled.set()

    def stop(self) -> None:
        """Cancel, end the thread and wait for it."""
        self.cancel()
        self._questions.put(None)
        self._thread.join(JOIN_TIMEOUT_S)

    def _main(self) -> None:
        while (item := self._questions.get()) is not None:
            name, question = item
            try:
                self._events.put(question())
            except BpvizError as error:
                self._events.put(messages.QuestionFailed(name, str(error)))
            except Exception:
                _log.exception("the question '%s' failed", name)
                sentence = f"'{name}' failed on an internal error; the log has the details."
                self._events.put(messages.QuestionFailed(name, sentence))
