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
from bpviz.training.evaluation import evaluate
from bpviz.training.mailbox import Mailbox
from bpviz.training.messages import Command, Event, StepSize
from bpviz.training.metrics import MetricsLog
from bpviz.training.observation import observe_iteration, observe_untrained
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import DivergedError, Trainer

FIRST_TRIALS = (50, 100, 200, 500)
TRIAL_INTERVAL = 1000
"""Iterations after which the network is tried on a subset of the test part: soon at first, when it learns
fastest, then every thousandth; the whole part is tried after each epoch."""
TRIAL_SAMPLES = 1000
JOIN_TIMEOUT_S = 5.0

_log = logging.getLogger(__name__)


class TrainingWorker:
    """Trains in a thread of its own. Every public method may be called from the window's thread.

    Owns the `Trainer`; nothing outside this thread ever touches it.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.mailbox: Mailbox[Snapshot] = Mailbox()
        self.metrics = MetricsLog()
        self.events: SimpleQueue[Event] = SimpleQueue()
        self._commands: SimpleQueue[Command | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._main, name="bpviz-trainer", daemon=True)
        self._clock = clock
        self._trainer: Trainer | None = None
        self._run_id = 0
        self._is_running = False
        self._stop_at: int | None = None
        self._watch: int | None = None
        self._seconds_per_iteration = 0.0
        self._due_at = 0.0

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
                except DivergedError as error:
                    self._on_diverged(error)
                except BpvizError as error:
                    self._fail(str(error))
                except Exception:
                    _log.exception("the trainer failed")
                    self._fail("Training stopped on an internal error; the log has the details.")

    def _next_command(self) -> "Command | _Idle | None":
        """Return the next command, `_IDLE` when it is time to train, None to end; blocks while paused."""
        if not self._is_running:
            return self._commands.get()
        wait_s = self._due_at - self._clock() if self._seconds_per_iteration else 0.0
        if wait_s <= 0.0 and self._commands.empty():
            return _IDLE
        try:
            return self._commands.get(timeout=wait_s) if wait_s > 0.0 else self._commands.get()
        except Empty:
            return _IDLE

    def _obey(self, command: Command) -> None:
        match command:
            case messages.StartRun():
                self._start_run(command)
            case messages.SetPace(rate):
                self._seconds_per_iteration = 1.0 / rate if rate else 0.0
                self._due_at = self._clock()
            case messages.Watch(index):
                self._watch = index
            case _ if self._trainer is not None:
                self._steer(command, self._trainer)

    def _steer(self, command: Command, trainer: Trainer) -> None:
        match command:
            case messages.Run():
                self._set_running(True, None)
            case messages.Pause() if self._is_running:
                self._stop_at, self._due_at = trainer.iteration + 1, self._clock()
            case messages.Step(StepSize.ITERATION):
                self._set_running(True, trainer.iteration + 1)
            case messages.Step(StepSize.EPOCH):
                self._set_running(True, trainer.order.schedule.last_iteration_of(trainer.epoch + 1))
            case messages.RunTo(iteration) if iteration > trainer.iteration:
                self._set_running(True, iteration)
            case messages.SetLearningRate(rate):
                trainer.set_learning_rate(rate)
            case messages.SetOptimizer(name, momentum):
                trainer.set_optimizer(name, momentum)

    def _start_run(self, command: messages.StartRun) -> None:
        self._set_running(False, None)
        self._run_id = command.run_id
        self._trainer = None
        self._watch = None
        self.metrics.begin(command.run_id)
        self._trainer = Trainer(command.config, command.dataset, command.parameters, self.metrics)
        self.events.put(messages.Started(command.run_id))
        self._publish_standing()
        self._measure_test(self._trainer, is_whole=True)

    def _publish_standing(self) -> None:
        if self._trainer is not None:
            self.mailbox.put(observe_untrained(self._trainer, self._run_id, self._watch))

    def _set_running(self, is_running: bool, stop_at: int | None) -> None:
        changed = is_running != self._is_running
        self._is_running, self._stop_at = is_running, stop_at
        self._due_at = self._clock()
        if changed and self._trainer is not None:
            self.events.put(messages.StateChanged(self._run_id, is_running, self._trainer.iteration))

    def _advance(self) -> None:
        trainer = self._trainer
        if trainer is None:
            return
        is_last = self._stop_at == trainer.iteration + 1
        if is_last or self.mailbox.wanted:
            self.mailbox.put(observe_iteration(trainer, self._run_id, self._watch))
        else:
            trainer.train_iteration()
        self._due_at += self._seconds_per_iteration
        self._measure_when_due(trainer)
        if is_last:
            self._set_running(False, None)

    def _measure_when_due(self, trainer: Trainer) -> None:
        iteration = trainer.iteration
        if trainer.order.ends_epoch(iteration):
            totals = trainer.epoch_totals
            self.events.put(
                messages.EpochEnded(self._run_id, trainer.epoch, iteration, totals.mean_loss, totals.accuracy)
            )
            self._measure_test(trainer, is_whole=True)
        elif iteration in FIRST_TRIALS or iteration % TRIAL_INTERVAL == 0:
            self._measure_test(trainer, is_whole=False)

    def _measure_test(self, trainer: Trainer, is_whole: bool) -> None:
        samples = trainer.dataset.test if is_whole else trainer.dataset.test.first(TRIAL_SAMPLES)
        if not len(samples):
            return
        result = evaluate(trainer.network, samples)
        self.events.put(
            messages.TestMeasured(
                run_id=self._run_id,
                iteration=trainer.iteration,
                epoch=trainer.order.epoch_of(max(trainer.iteration, 1)),
                loss=result.loss,
                accuracy=result.accuracy,
                n_samples=len(samples),
                is_whole=is_whole,
            )
        )

    def _on_diverged(self, error: DivergedError) -> None:
        self._set_running(False, None)
        self.events.put(messages.Diverged(self._run_id, error.iteration, error.learning_rate))
        self._publish_standing()

    def _fail(self, sentence: str) -> None:
        self._set_running(False, None)
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
