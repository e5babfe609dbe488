"""A run a lesson plays with: its own worker, driven action by action, and put back by doing them again."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from bpviz.app.session import Session
from bpviz.app.teach.lesson_settings import number, whole
from bpviz.data.samples import Dataset
from bpviz.errors import ConfigError
from bpviz.training import messages
from bpviz.training.changes import Change, SetBatchSize, SetLearningRate, SetLoss, SetOptimizer, SetPenalty
from bpviz.training.config import TrainingConfig
from bpviz.training.messages import Command
from bpviz.training.snapshot import Snapshot
from bpviz.viewmodel.lessons.lesson import Action, Settings, Value

CONFIG_KEYS = frozenset(field.name for field in fields(TrainingConfig))
ACTIONS = {
    "train": frozenset({"iterations", "epochs", "per_second"}),
    "set": frozenset({"learning_rate", "loss", "batch_size", "optimizer", "momentum", "l1", "l2"}),
    "restart": CONFIG_KEYS,
}


@dataclass(frozen=True, slots=True)
class RunMark:
    """How a run came to where it is."""

    config: TrainingConfig
    done: tuple[Action, ...]


class NetworkRun(QObject):
    """Trains in a worker of its own. Belongs to the GUI thread; `pull` once a frame.

    Invariant: the run is what its beginning and the actions done since make of it, bit for bit.

    Attributes
    ----------
    snapshot
        The newest iteration; None before there is one.
    has_diverged
        Whether the loss of the last iteration tried was not a number.

    Signals
    -------
    settled
        The actions asked for are done, and `snapshot` is the one after them.
    failed
        One of them cannot be done.
    changed
        `snapshot` is a new one.
    began
        A new run stands ready, untrained.
    """

    settled = Signal()
    failed = Signal(str)
    changed = Signal()
    began = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.snapshot: Snapshot | None = None
        self._first: TrainingConfig = TrainingConfig()
        self._done: list[Action] = []
        self._todo: list[Action] = []
        self.has_diverged = False
        self._wanted: int | None = None
        self._is_hasty = False

    @property
    def config(self) -> TrainingConfig:
        """What the next iteration trains with."""
        return self._first if self.session is None else self.session.config

    @property
    def dataset(self) -> Dataset:
        """What is trained on."""
        if self.session is None:
            raise ConfigError("the run has not begun")
        return self.session.dataset

    def begin(self, config: TrainingConfig, dataset: Dataset) -> None:
        """Make the untrained network; `settled` follows."""
        self._first = config
        self.session = Session(config, dataset, parent=self)
        self.session.run_started.connect(self.began)
        self.session.snapshot_taken.connect(self._on_snapshot)
        self.session.event_came.connect(self._on_event)
        self._wanted = 0
        self.session.start()

    def perform(self, actions: Sequence[Action], is_hasty: bool = False) -> None:
        """Do these, at their own pace or as fast as it goes; `settled` follows."""
        self._todo = list(actions)
        self._is_hasty = is_hasty
        QTimer.singleShot(0, self._next)

    def mark(self) -> RunMark:
        """Return what `restore` needs."""
        return RunMark(self._first, tuple(self._done))

    def restore(self, mark: RunMark) -> None:
        """Begin anew and do again what had been done, as fast as it goes; `settled` follows."""
        self._done = []
        self._todo = list(mark.done)
        self._is_hasty = True
        self._start(mark.config)

    def pull(self) -> None:
        """Take what the worker sent."""
        if self.session is not None:
            self.session.pull()

    def close(self) -> None:
        """End the worker."""
        if self.session is not None:
            self.session.stop()
            self.session = None

    def _next(self) -> None:
        if self.session is None:
            return
        if not self._todo:
            self.settled.emit()
            return
        action = self._todo.pop(0)
        self._done.append(action)
        try:
            self._do(action)
        except ConfigError as error:
            self._fail(str(error))

    def _do(self, action: Action) -> None:
        match action.name:
            case "train":
                self._train(action.settings)
            case "set":
                for change in _changes(action.settings, self.config):
                    self._send(messages.ApplyChange(change))
                self._set_config(changed_config(self.config, action.settings))
                # The worker obeys in order: what follows finds the change made.
                QTimer.singleShot(0, self._next)
            case _:
                self._start(changed_config(self.config, action.settings))

    def _train(self, settings: Settings) -> None:
        iterations = whole(settings, "iterations", 0)
        if "epochs" in settings:
            per_epoch = -(-len(self.dataset.train) // self.config.batch_size)
            iterations += whole(settings, "epochs", 0) * per_epoch
        if iterations < 1:
            raise ConfigError("'train' needs 'iterations' or 'epochs', at least 1")
        pace = number(settings, "per_second", 0.0)
        self._wanted = self._iteration + iterations
        self._send(messages.SetPace(None if self._is_hasty or pace <= 0.0 else pace))
        self._send(messages.RunTo(self._wanted))

    def _start(self, config: TrainingConfig) -> None:
        if self.session is not None:
            self.snapshot = None
            self.has_diverged = False
            self._wanted = 0
            self.session.start_run(config, self.session.dataset)

    def _set_config(self, config: TrainingConfig) -> None:
        if self.session is not None:
            self.session.config = config

    @property
    def _iteration(self) -> int:
        return 0 if self.snapshot is None else self.snapshot.iteration

    def _send(self, command: Command) -> None:
        if self.session is not None:
            self.session.send(command)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.changed.emit()
        self._go_on_if_done()

    def _go_on_if_done(self) -> None:
        session, snapshot = self.session, self.snapshot
        if session is None or snapshot is None or self._wanted is None or session.is_running:
            return
        if snapshot.iteration >= self._wanted:
            self._wanted = None
            QTimer.singleShot(0, self._next)

    def _on_event(self, event: object) -> None:
        match event:
            case messages.Failed(sentence=sentence) | messages.Refused(sentence=sentence):
                self._fail(sentence)
            case messages.Diverged(iteration=iteration):
                # What a lesson may be about: the run stands at the last iteration that was made.
                self.has_diverged = True
                self._wanted = iteration - 1
                self.changed.emit()
            case messages.Changed(config=config):
                self._set_config(config)
            case messages.StateChanged():
                self._go_on_if_done()

    def _fail(self, sentence: str) -> None:
        self._todo, self._wanted = [], None
        self.failed.emit(sentence)


def changed_config(config: TrainingConfig, settings: Settings) -> TrainingConfig:
    """Return the settings of a run with some of them changed; another loss chooses its output activation.

    Raises
    ------
    ConfigError
        If a value is impossible or of the wrong kind.
    """
    fitting: dict[str, Any] = {key: _as_config_value(config, key, value) for key, value in settings.items()}
    if "loss" in settings and "output_activation" not in settings:
        fitting["output_activation"] = None
    try:
        return replace(config, **fitting)
    except TypeError as error:
        raise ConfigError(f"{', '.join(settings)}: {error}") from error


def _as_config_value(config: TrainingConfig, key: str, value: Value) -> object:
    present = getattr(config, key)
    if isinstance(present, tuple) and isinstance(value, list):
        return tuple(value)
    if isinstance(present, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if present is not None and type(value) is not type(present):
        raise ConfigError(f"'{key}' is {value!r}; something like {present!r} is needed")
    return value


def _changes(settings: Settings, config: TrainingConfig) -> list[Change]:
    changes: list[Change] = []
    wanted = changed_config(config, settings)
    if "learning_rate" in settings:
        changes.append(SetLearningRate(wanted.learning_rate))
    if "batch_size" in settings:
        changes.append(SetBatchSize(wanted.batch_size))
    if "loss" in settings:
        changes.append(SetLoss(wanted.loss))
    if {"optimizer", "momentum"} & set(settings):
        changes.append(SetOptimizer(wanted.optimizer, wanted.momentum))
    if {"l1", "l2"} & set(settings):
        changes.append(SetPenalty(wanted.l1, wanted.l2))
    return changes
