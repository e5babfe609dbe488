"""The sole owner of the worker: takes intents as calls, gives what happened as signals, once a frame."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from bpviz.data.mnist import mnist_dir
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.nn.arrays import FloatArray
from bpviz.training import messages
from bpviz.training.config import TrainingConfig
from bpviz.training.messages import Command, DatasetReady, Event
from bpviz.training.right_of_way import RightOfWay
from bpviz.training.worker import Helper, TrainingWorker

T = TypeVar("T")

FRAMES_PER_SNAPSHOT = 2
"""While training runs the network is shown anew thirty times a second: the eye asks for no more, and every
call into Qt makes the trainer wait."""
FRAMES_PER_ROWS = 4
"""Adding rows costs the same for one iteration as for a hundred, and no chart is drawn as often."""


class Session(QObject):
    """One worker, one helper and the run they are at. Belongs to the GUI thread; `pull` once a frame.

    Attributes
    ----------
    reached_iteration
        The last iteration whose figures were pulled.

    Signals
    -------
    run_asked
        A new run was asked for: what is held of the old one no longer fits `config` and `dataset`.
    run_started
        A new run stands ready; `config` and `dataset` are its own.
    snapshot_taken, rows_logged
        The latest `Snapshot`; the `MetricsRows` since the last time, every fourth frame while running.
    frame_pulled
        All there was to pull in this frame was emitted.
    event_came
        Every other event of this run, as the worker or helper sent it.
    """

    run_asked = Signal()
    run_started = Signal()
    snapshot_taken = Signal(object)
    rows_logged = Signal(object)
    event_came = Signal(object)
    frame_pulled = Signal()

    def __init__(
        self,
        config: TrainingConfig,
        dataset: Dataset,
        data_dir: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.config = config
        self.dataset = dataset
        self.is_running = False
        self.reached_iteration = 0
        self._data_dir = data_dir
        self._run_id = 0
        self._known_run = 0
        self._frames = 0
        self._worker = TrainingWorker()
        self._helper = Helper(self._worker.events)
        self._asked: dict[str, object] = {}

    def start(self) -> None:
        """Start both threads and the first run, paused."""
        self._worker.start()
        self._helper.start()
        self.start_run(self.config, self.dataset)

    def stop(self) -> None:
        """End both threads and wait for them."""
        self._helper.stop()
        self._worker.stop()

    def start_run(
        self, config: TrainingConfig, dataset: Dataset, parameters: FloatArray | None = None
    ) -> None:
        """Begin a new run, paused; one that cannot be is answered by `Failed`."""
        self.config, self.dataset = config, dataset
        self._run_id += 1
        self.is_running = False
        self.reached_iteration = 0
        self._worker.send(messages.StartRun(self._run_id, config, dataset, parameters))
        self.run_asked.emit()

    @property
    def right_of_way(self) -> RightOfWay:
        """Who goes first, the trainer of a small network or the window."""
        return self._worker.right_of_way

    def send(self, command: Command) -> None:
        """Hand a command to the worker."""
        self._worker.send(command)

    def load(self, name: str, place: Path | None = None) -> None:
        """Load a dataset in the helper; answered by `DatasetReady` or `QuestionFailed`.

        Parameters
        ----------
        place
            The folder of pictures, or the file of a class's digits.
        """
        data_dir = place if name in ("folder", "class") else self._data_dir
        self._helper.ask(name, lambda: DatasetReady(load_dataset(name, data_dir)))

    def download_mnist(self) -> None:
        """Fetch MNIST in the helper, then load it; progress comes as `DownloadProgress`."""

        def fetch() -> Event:
            # It brings HTTP and TLS, which take a tenth of the start and are seldom needed.
            from bpviz.data.download import download_mnist

            folder = mnist_dir(self._data_dir)
            events, cancelled = self._worker.events, self._helper.cancelled
            download_mnist(
                folder,
                lambda done, total: events.put(messages.DownloadProgress(done, total)),
                cancelled.is_set,
            )
            return DatasetReady(load_dataset("mnist", folder))

        self._helper.ask("download", fetch)

    def cancel_download(self) -> None:
        """End the download under way; what is whole already is kept."""
        self._helper.cancel()

    def pull(self) -> None:
        """Emit what came since the last frame: events first, so that a new run is known before its data."""
        # Those there are now: a quick run may add some for as long as they are taken. So a new run's data
        # may be there before it is known; it waits.
        for _ in range(self._worker.events.qsize()):
            self._on_event(self._worker.events.get())
        self._frames += 1
        is_known = self._known_run == self._run_id
        if is_known and (not self.is_running or self._frames % FRAMES_PER_SNAPSHOT == 0):
            self._pull_snapshot()
        if is_known and (not self.is_running or self._frames % FRAMES_PER_ROWS == 0):
            self.pull_rows()
        self.frame_pulled.emit()

    def _pull_snapshot(self) -> None:
        snapshot = self._worker.mailbox.take()
        if snapshot is not None and snapshot.run_id == self._run_id:
            self.snapshot_taken.emit(snapshot)

    def pull_rows(self) -> None:
        """Emit the figures of the iterations since the last time."""
        for rows in self._worker.metrics.drain_all():
            if rows.run_id == self._run_id:
                if len(rows.iteration):
                    self.reached_iteration = int(rows.iteration[-1])
                self.rows_logged.emit(rows)

    def ask(self, name: str, question: Callable[[], T], on_answer: Callable[[T], None]) -> None:
        """Have the helper answer a long question about read-only values; `on_answer` is called in a `pull`.

        A newer question of the same name takes the place of one whose answer is still out. A question that
        fails is answered by `QuestionFailed` with its name.
        """
        ticket = object()
        self._asked[name] = ticket

        def deliver(answer: T) -> None:
            if self._asked.get(name) is ticket:
                del self._asked[name]
                on_answer(answer)

        def answer_it() -> Event:
            if self._asked.get(name) is not ticket:
                return messages.Answered(lambda: None)
            answer = question()
            return messages.Answered(lambda: deliver(answer))

        self._helper.ask(name, answer_it)

    def is_asked(self, name: str) -> bool:
        """Return whether the answer to the question of this name is still out."""
        return name in self._asked

    def forget(self, name: str) -> None:
        """Do without the answer to the question of this name, where it is still out."""
        self._asked.pop(name, None)

    def post(self, deliver: Callable[[], None]) -> None:
        """Have `deliver` called in the window's thread at the next `pull`: news of a long question."""
        self._worker.events.put(messages.Answered(deliver))

    def _on_event(self, event: Event) -> None:
        if getattr(event, "run_id", self._run_id) != self._run_id:
            return
        if isinstance(event, messages.Started):
            self._known_run = event.run_id
            self.run_started.emit()
            return
        if isinstance(event, messages.Answered):
            event.deliver()
            return
        if isinstance(event, messages.QuestionFailed):
            self.forget(event.question)
        if isinstance(event, messages.StateChanged):
            self.is_running = event.is_running
        self.event_came.emit(event)
