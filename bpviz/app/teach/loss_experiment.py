"""A network in training whose task may change, with the loss it is trained by."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from bpviz.app.teach.large_look import LARGE_KEYS
from bpviz.app.teach.lesson_settings import number, whole, words
from bpviz.app.teach.network_experiment import NetworkExperiment
from bpviz.app.teach.network_run import CONFIG_KEYS, RunMark, changed_config
from bpviz.app.teach.teaching import Teaching
from bpviz.data.samples import Dataset, Task
from bpviz.errors import ConfigError
from bpviz.training.config import TrainingConfig
from bpviz.training.snapshot import SamplePass
from bpviz.training.usual_config import config_for
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.loss_stage import PARTS, LossStage
from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings, Value
from bpviz.viewmodel.lessons.loss_picture import (
    LossPicture,
    WholeLoss,
    distance_of,
    log_loss,
    log_picture,
    right_share,
    squared_loss,
    squared_picture,
)

_BASE = NetworkExperiment.vocabulary
_TASK_KEYS = frozenset({"dataset", "sample", "train_samples"})
_MEASURES = {"distance": 0, "right_share": 0, "tried": 0, "tried_loss": 0}


@dataclass(frozen=True, slots=True)
class _Task:
    """What is trained on, from the beginning of the present run on, and the sample that is watched."""

    dataset: Dataset
    watched: int


@dataclass(frozen=True, slots=True)
class _LossMark:
    task: _Task
    config: TrainingConfig
    done: tuple[Action, ...]


class LossExperiment(NetworkExperiment):
    """Its run may begin anew with another task, ``{ do = "task", dataset = "xor", layers = [2, 4, 1] }``.

    What the action does not name is as usual for that dataset. ``{ do = "try", at = 0.01 }`` imagines the
    watched sample at another distance, or its right class at another probability, until the next action or
    step; ``times = 2.0`` does so by a factor. `distance` and `right_share` are those of the watched sample,
    `tried` and `tried_loss` the imagined ones.
    """

    vocabulary = replace(
        _BASE,
        run=CONFIG_KEYS | _TASK_KEYS,
        actions={
            **_BASE.actions,
            "task": CONFIG_KEYS | _TASK_KEYS,
            "try": frozenset({"at", "times"}),
        },
        measures={**_BASE.measures, **_MEASURES},
        parts=PARTS,
    )

    def __init__(self, teaching: Teaching) -> None:
        super().__init__(teaching)
        self._task: _Task | None = None
        self._config = TrainingConfig()
        self._done: list[Action] = []
        self._to_do: list[Action] = []
        self._tried: float | None = None
        self._show: Settings = {}
        self.run.failed.connect(self._to_do.clear)

    def make_stage(self, source: ThemeSource) -> NetworkStage:
        self._loss_stage = LossStage(source)
        return self._loss_stage

    def begin(self, run: Settings) -> None:
        task = self._task_of(run)
        self._config = _config_of(run, task.dataset)
        self._take(task)
        self.run.begin(self._config, task.dataset)

    def show_step(self, show: Settings) -> None:
        self._show, self._tried = show, None
        self._look()

    def perform(self, actions: Sequence[Action]) -> None:
        self._to_do = list(actions)
        self._go_on()

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        if name in ("tried", "tried_loss") and self._tried is None:
            return float("nan")
        if name == "tried_loss" and self._tried is not None:
            return squared_loss(self._tried) if self._is_regression else log_loss(self._tried)
        if name == "tried" and self._tried is not None:
            return self._tried
        if name in ("distance", "right_share"):
            sample = self._measures.sample()
            if sample is None:
                return float("nan")
            return distance_of(sample) if name == "distance" else right_share(sample)
        return super().measure(name, arguments)

    def mark(self) -> object:
        return None if self._task is None else _LossMark(self._task, self._config, tuple(self._done))

    def restore(self, mark: object) -> None:
        if isinstance(mark, _LossMark):
            self._to_do, self._done = [], list(mark.done)
            self._config = mark.config
            self._take(mark.task)
            self.run.restore(RunMark(mark.config, mark.done))

    def _go_on(self) -> None:
        """Do what is to be done next; after it comes `_on_settled`."""
        if not self._to_do:
            self.run.perform(())
            return
        action = self._to_do.pop(0)
        self._tried = None
        try:
            action = self._prepared(action)
        except ConfigError as error:
            self._to_do.clear()
            self.failed.emit(str(error))
            return
        if action.name == "try":
            self.run.perform(())
            return
        self._done.append(action)
        self.run.perform((action,), self.hurries)

    def _prepared(self, action: Action) -> Action:
        """Return what the run is to do for an action, having done what is not the run's."""
        if action.name == "try":
            self._tried = self._imagined(action.settings)
        if action.name != "task":
            return action
        task = self._task_of(action.settings)
        config = _config_of(action.settings, task.dataset)
        self._take(task)
        return Action("restart", _as_settings(config))

    def _imagined(self, settings: Settings) -> float:
        here = self.measure("distance" if self._is_regression else "right_share", ())
        value = number(settings, "at", here) * number(settings, "times", 1.0)
        if not self._is_regression and not 0.0 < value <= 1.0:
            raise ConfigError(f"'try' imagines a probability of {value:g}; more than 0, at most 1 is needed")
        return value

    def _task_of(self, settings: Settings) -> _Task:
        dataset = self._teaching.dataset(words(settings, "dataset", "strokes"))
        count = whole(settings, "train_samples", len(dataset.train))
        dataset = replace(dataset, train=dataset.train.first(count))
        row = whole(settings, "sample", 0)
        if not 0 <= row < len(dataset.train):
            raise ConfigError(f"'sample' is {row}; there are 0 to {len(dataset.train) - 1}")
        return _Task(dataset, row)

    def _take(self, task: _Task) -> None:
        """Let what is shown and what is trained next be another task."""
        self._task = task
        self._measures.watched = self._first_watched = task.watched
        if self.run.session is not None:
            # What the last run showed is none of this task's samples.
            self.run.snapshot = None
            self.run.session.dataset = task.dataset
        self._loss_stage.loss.show_picture(None)

    @property
    def _is_regression(self) -> bool:
        return self._task is not None and self._task.dataset.task is Task.REGRESSION

    def _on_began(self) -> None:
        super()._on_began()
        session = self.run.session
        if session is not None:
            self._loss_stage.show_task(session.dataset)
            try:
                self._look()
            except ConfigError as error:
                self.failed.emit(str(error))

    def _look(self) -> None:
        """Look at the task there is now as the step says; only images have a large drawing."""
        is_image = self._task is not None and self._task.dataset.task is Task.MANY_CLASSES
        show = {key: value for key, value in self._show.items() if is_image or key not in LARGE_KEYS}
        super().show_step(show)

    def _on_settled(self) -> None:
        if self._done and self._done[-1].name == "restart":
            # All before a new beginning is no part of it.
            self._done, self._config = [], self.run.config
        if self._to_do:
            self._go_on()
            return
        super()._on_settled()

    def _show_state(self) -> None:
        super()._show_state()
        self._show_loss()

    def _show_loss(self) -> None:
        sample = self._measures.sample()
        if sample is not None and self.run.snapshot is not None:
            self._loss_stage.loss.show_picture(self._picture(sample))

    def _picture(self, sample: SamplePass) -> LossPicture:
        loss, count = self.measure("train_loss", ()), len(self.run.dataset.train)
        whole_loss = WholeLoss(loss, self.measure("train_accuracy", ()), count)
        picture = squared_picture if self._is_regression else log_picture
        with np.errstate(all="ignore"):
            return picture(sample, whole_loss, self._tried)


def _config_of(settings: Settings, dataset: Dataset) -> TrainingConfig:
    """Return the settings of a run: what is not named is as usual for the dataset."""
    named = {key: value for key, value in settings.items() if key in CONFIG_KEYS}
    return changed_config(config_for(dataset, TrainingConfig(), None), named)


def _as_settings(config: TrainingConfig) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for field in fields(config):
        value = getattr(config, field.name)
        if value is not None:
            found[field.name] = list(value) if isinstance(value, tuple) else value
    return found
