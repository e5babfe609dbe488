"""A network in training that is tried on whole parts of its dataset as it goes: what it can and what not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bpviz.app.teach.lesson_settings import whole
from bpviz.app.teach.network_experiment import NetworkExperiment
from bpviz.app.teach.network_measures import DEAD_BELOW
from bpviz.app.teach.network_run import RunMark
from bpviz.app.teach.trial_actions import in_portions, merged
from bpviz.app.teach.trial_measures import MEASURES, TRIED, kept_value, tried_value, weight_value
from bpviz.app.teach.trials import Tried, try_out
from bpviz.errors import ConfigError
from bpviz.training.config import TrainingConfig
from bpviz.training.messages import QuestionFailed
from bpviz.training.metrics import MetricsRows
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.ui.teach.trial_stage import BARS, BESIDE, PARTS, TrialStage
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings
from bpviz.viewmodel.lessons.lesson_bars import layer_bars, loss_bars, recall_bars
from bpviz.viewmodel.lessons.lesson_course import Trial, course_content
from bpviz.viewmodel.lessons.lesson_slope import slope_content

_MOST_LOSSES = 40
_USUAL_SHARE = 40
_MOST_BESIDE = 2
_BASE = NetworkExperiment.vocabulary
_QUESTION = "trial "


@dataclass(frozen=True, slots=True)
class _TrialMark:
    """How to come back: the last beginning of the run, what was done since, and what was found."""

    config: TrainingConfig
    n_train: int
    done: tuple[Action, ...]
    course: tuple[Trial, ...]
    kept: tuple[Trial, ...]


class TrialExperiment(NetworkExperiment):
    """Tries the network after whatever was done, and on the way as often as ``measured_every`` says.

    ``{ do = "keep" }`` keeps the curves so far, to compare later runs with.
    """

    vocabulary = replace(
        _BASE,
        show=_BASE.show | {"beside", "share", "until", "of"},
        actions={
            **_BASE.actions,
            "train": _BASE.actions["train"] | {"measured_every"},
            "restart": _BASE.actions["restart"] | {"train_samples"},
            "keep": frozenset(),
        },
        measures={**_BASE.measures, **MEASURES},
        parts=PARTS,
    )

    def make_stage(self, source: ThemeSource) -> NetworkStage:
        self._trial_stage = TrialStage(source)
        self._beside: tuple[str, ...] = ()
        self._share, self._until, self._digit = _USUAL_SHARE, 0, 0
        self._tried: Tried | None = None
        self._course: list[Trial] = []
        self._kept: tuple[Trial, ...] = ()
        self._losses: list[float] = []
        self._asked = self._open = 0
        self._waits = False
        self._to_do: list[Action] = []
        self._done: list[Action] = []
        self._came_back: _TrialMark | None = None
        self._first_config: TrainingConfig | None = None
        return self._trial_stage

    def begin(self, run: Settings) -> None:
        super().begin(run)
        self._whole = self._teaching.dataset(self.run.dataset.name)
        self._first_config = self.run.config
        self.run.failed.connect(self._to_do.clear)
        if self.run.session is not None:
            self.run.session.event_came.connect(self._on_event)

    def show_step(self, show: Settings) -> None:
        self._beside = _beside(show)
        self._until, self._digit = whole(show, "until", 0), whole(show, "of", 0)
        self._share = whole(show, "share", _USUAL_SHARE)
        if not 10 <= self._share <= 100:
            raise ConfigError(f"'share' is {self._share}; 10 to 100 per cent of the width are needed")
        self._show_beside()
        super().show_step(show)

    def perform(self, actions: Sequence[Action]) -> None:
        self._to_do = list(actions)
        self._go_on()

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        snapshot = self.run.snapshot
        with np.errstate(all="ignore"):
            if name == "n_test":
                return float(len(self.run.dataset.test))
            if name == "kept":
                return kept_value(arguments, self._kept)
            if name in TRIED:
                tried = self._tried
                return float("nan") if tried is None else tried_value(name, arguments, tried, self._course)
            if name in MEASURES and snapshot is not None:
                return weight_value(name, arguments, self._measures.network(snapshot).W)
            return super().measure(name, arguments)

    def mark(self) -> object:
        config = self._first_config or self.run.config
        n_train = len(self.run.dataset.train)
        return _TrialMark(config, n_train, merged(self._done), tuple(self._course), self._kept)

    def restore(self, mark: object) -> None:
        if isinstance(mark, _TrialMark):
            self._to_do, self._done, self._came_back = [], list(mark.done), mark
            self._first_config = mark.config
            self._take_samples(mark.n_train)
            self.run.restore(RunMark(mark.config, mark.done))

    def _go_on(self) -> None:
        """Do what is to be done next, a portion at a time; after it comes `_on_settled`."""
        if not self._to_do:
            self.settled.emit()
            return
        action = self._to_do.pop(0)
        if action.name == "keep":
            self._kept = tuple(self._course)
            self.run.perform(())
            return
        if action.name == "train":
            n_train, batch_size = len(self.run.dataset.train), self.run.config.batch_size
            portions = in_portions(action, n_train, batch_size, self.hurries)
            action, self._to_do = portions[0], [*portions[1:], *self._to_do]
        if action.name == "restart":
            self._take_samples(whole(action.settings, "train_samples", len(self.run.dataset.train)))
            settings = {key: value for key, value in action.settings.items() if key != "train_samples"}
            action = Action("restart", settings)
        self._done.append(action)
        self.run.perform((action,), self.hurries)

    def _take_samples(self, count: int) -> None:
        session = self.run.session
        if session is not None:
            session.dataset = replace(self._whole, train=self._whole.train.first(count))

    def _on_settled(self) -> None:
        self._show_state()
        if self._done and self._done[-1].name == "restart":
            # All before a new beginning is no part of it.
            self._done, self._first_config = [], self.run.config
        snapshot, session = self.run.snapshot, self.run.session
        if snapshot is None or session is None:
            return
        network = snapshot.network().with_parameters(snapshot.parameters_after)
        is_last = not self._to_do
        question = partial(try_out, network, self.run.dataset, snapshot.iteration, is_last)
        # Each has a name of its own: a newer one must not take its place.
        self._asked += 1
        self._open += 1
        session.ask(f"{_QUESTION}{self._asked}", question, self._on_tried)
        self._waits = is_last or self._to_do[0].name != "train"
        if not self._waits:
            self._go_on()

    def _on_tried(self, tried: Tried) -> None:
        self._tried = tried
        if self._came_back is not None:
            self._course, self._kept = list(self._came_back.course), self._came_back.kept
            self._came_back = None
        if self._course and self._course[-1].iteration == tried.trial.iteration:
            self._course.pop()
        self._course.append(tried.trial)
        self._show_beside()
        self.values_changed.emit()
        self._open -= 1
        if self._waits and not self._open:
            self._waits = False
            self._go_on()

    def _on_began(self) -> None:
        super()._on_began()
        self._course, self._losses, self._tried = [], [], None

    def _on_changed(self) -> None:
        super()._on_changed()
        if "weights" in self._beside:
            self._show_beside()

    def _on_rows(self, rows: MetricsRows) -> None:
        super()._on_rows(rows)
        room = _MOST_LOSSES - len(self._losses)
        if room > 0 and len(rows.loss):
            self._losses += rows.loss[:room].tolist()
            if "losses" in self._beside:
                self._show_beside()

    def _on_event(self, event: object) -> None:
        if isinstance(event, QuestionFailed) and event.question.startswith(_QUESTION):
            self._to_do.clear()
            self.failed.emit(event.sentence)

    def _show_state(self) -> None:
        if not self._trial_stage.hides_network:
            with np.errstate(all="ignore"):
                super()._show_state()

    def _show_beside(self) -> None:
        """Show what stands beside the network; what has nothing to show yet leaves its room to the others."""
        shown = [name for name in self._beside if self._has_content(name)]
        was_hidden = self._trial_stage.hides_network
        self._trial_stage.show_beside(shown, self._share)
        if was_hidden and not self._trial_stage.hides_network:
            self._show_state()
        for name in shown:
            self._fill(name)

    def _has_content(self, name: str) -> bool:
        tried = self._tried
        match name:
            case "recall":
                return tried is not None
            case "slope":
                return tried is not None and bool(tried.sums)
            case "layers":
                return self.run.snapshot is not None and not self.run.snapshot.is_standing
            case "losses":
                return bool(self._losses)
            case "weights":
                return self.run.snapshot is not None
            case _:
                return True

    def _fill(self, name: str) -> None:
        stage, tried = self._trial_stage, self._tried
        match name:
            case "recall" if tried is not None:
                stage.bars.show_content(recall_bars(tried.recalls.tolist(), DEAD_BELOW))
            case "layers":
                stage.bars.show_content(layer_bars(self._gradient_sizes()))
            case "losses":
                stage.bars.show_content(loss_bars(self._losses, self.run.has_diverged))
            case "gap" | "accuracy_gap":
                stage.curves_view.show_content(
                    course_content(self._course, self._kept, name == "gap", self._until)
                )
            case "slope" if tried is not None:
                stage.slope.show_content(slope_content(self._digit, tried.sums[self._digit]))
            case "images":
                stage.images.show_images(self.run.dataset.train.inputs)
            case "weights" if self.run.snapshot is not None:
                snapshot = self.run.snapshot
                stage.weights.show_weights(snapshot.network().with_parameters(snapshot.parameters_after).W[0])

    def _gradient_sizes(self) -> list[float]:
        depth = 0 if self.run.snapshot is None else self.run.snapshot.architecture.depth
        return [self.measure("gradient_size", (float(layer),)) for layer in range(1, depth + 1)]


def _beside(show: Settings) -> tuple[str, ...]:
    wanted = show.get("beside", [])
    names = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(names, list) or any(name not in BESIDE for name in names):
        raise ConfigError(f"'beside' is {wanted!r}; choose of {', '.join(BESIDE)}")
    if len(names) > _MOST_BESIDE or sum(name in BARS for name in names) > 1:
        raise ConfigError(f"'beside' is {wanted!r}; at most two are shown, and only one of {', '.join(BARS)}")
    return tuple(str(name) for name in names)
