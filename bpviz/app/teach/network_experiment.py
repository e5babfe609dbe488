"""A network in training as what a lesson plays with."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.large_look import LARGE_KEYS, LargeLook, large_look
from bpviz.app.teach.lesson_settings import flag, one_of, whole, words
from bpviz.app.teach.network_measures import MEASURES, NetworkMeasures
from bpviz.app.teach.network_run import ACTIONS, CONFIG_KEYS, NetworkRun, RunMark, changed_config
from bpviz.app.teach.teaching import Teaching
from bpviz.data.samples import Dataset
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.training.config import TrainingConfig
from bpviz.training.metrics import MetricsRows
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.network_stage import PARTS, NetworkStage
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings, Vocabulary
from bpviz.viewmodel.network.graph_geometry import InputStyle
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.part_syntax import parse_part
from bpviz.viewmodel.network.reveal import Reveal, reveal_of
from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position

_CHARTS = {
    "loss": Quantity.LOSS,
    "accuracy": Quantity.ACCURACY,
    "gradients": Quantity.GRADIENT_NORM,
}
_USUAL_KEYS = frozenset({"view", "pixels", "phases"})
"""What a step does not say about these, the lesson's [run] may."""
_PHASES = ("now", *(phase.value for phase in Phase))


class NetworkExperiment(Experiment):
    """Trains in a worker of its own, which ends with it."""

    vocabulary = Vocabulary(
        run=CONFIG_KEYS | {"dataset", "train_samples", "digit", "sample", "alone"} | _USUAL_KEYS,
        show=frozenset(
            {"phase", "layer", "select", "input", "tiles", "charts", "digit", "sample"} | LARGE_KEYS
        ),
        actions=ACTIONS,
        measures=MEASURES,
        parts=PARTS,
        acts=frozenset({"selected"}),
    )

    def __init__(self, teaching: Teaching) -> None:
        super().__init__()
        self._teaching = teaching
        self.run = NetworkRun(self)
        self._measures = NetworkMeasures(self.run)
        self._stage = self.make_stage(teaching.source)
        self._usual: Settings = {}
        self._first_watched: int | None = None
        self._phase = Phase.FORWARD
        self._layer: int | None = None
        self._large: LargeLook | None = None
        self._before: FloatArray | None = None
        self.run.settled.connect(self._on_settled)
        self.run.failed.connect(self.failed)
        self.run.began.connect(self._on_began)
        self.run.changed.connect(self._on_changed)
        self._stage.part_clicked.connect(lambda: self.acted.emit("selected"))

    def make_stage(self, source: ThemeSource) -> NetworkStage:
        """Return the stage; one with more on it where a kind of this experiment has more to show."""
        return NetworkStage(source)

    @property
    def stage(self) -> LessonStage:
        return self._stage

    def begin(self, run: Settings) -> None:
        self._usual = {key: value for key, value in run.items() if key in _USUAL_KEYS}
        dataset = self._teaching.dataset(words(run, "dataset", "strokes"))
        n_train = whole(run, "train_samples", len(dataset.train))
        dataset = replace(dataset, train=dataset.train.first(n_train))
        config = changed_config(
            TrainingConfig(), {key: value for key, value in run.items() if key in CONFIG_KEYS}
        )
        self._first_watched = _row(dataset, run, None)
        if flag(run, "alone", False):
            dataset, self._first_watched = _alone(dataset, self._first_watched), 0
        self._measures.watched = self._first_watched
        self.run.begin(config, dataset)
        session = self.run.session
        if session is not None:
            session.rows_logged.connect(self._on_rows)

    def show_step(self, show: Settings) -> None:
        show = {**self._usual, **show}
        phase = one_of(show, "phase", "now", _PHASES)
        self._measures.shows_iteration = phase != "now"
        self._phase = Phase.FORWARD if phase == "now" else Phase(phase)
        self._layer = whole(show, "layer", 1) - 1 if "layer" in show else None
        self._measures.watched = _row(self.run.dataset, show, self._first_watched)
        style = InputStyle(one_of(show, "input", "image", tuple(s.value for s in InputStyle)))
        select = words(show, "select", "")
        architecture = self.run.config.architecture()
        part = parse_part(select, architecture) if select else None
        self._large = large_look(show, part, architecture)
        self._before = None
        self._stage.choose_view(self._large is not None)
        self._show_state()
        self._stage.look(part, style, flag(show, "tiles", True))
        self._stage.show_charts(_quantities(show))

    def perform(self, actions: Sequence[Action]) -> None:
        snapshot = self.run.snapshot
        is_new = snapshot is None or any(action.name == "restart" for action in actions)
        self._before = None if is_new or snapshot is None else snapshot.parameters_after
        self.run.perform(actions, self.hurries)

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        return self._measures.value(name, arguments)

    def mark(self) -> object:
        return self.run.mark()

    def restore(self, mark: object) -> None:
        if isinstance(mark, RunMark):
            self.run.restore(mark)

    def pull(self) -> None:
        self.run.pull()
        self._stage.charts.refresh()

    def close(self) -> None:
        self.run.close()

    def _on_settled(self) -> None:
        self._show_state()
        self.settled.emit()

    def _on_began(self) -> None:
        dataset, config = self.run.dataset, self.run.config
        per_epoch = -(-len(dataset.train) // config.batch_size)
        self._stage.begin_run(per_epoch, len(config.layers) - 1)

    def _on_changed(self) -> None:
        self._show_state()
        self.values_changed.emit()

    def _on_rows(self, rows: MetricsRows) -> None:
        self._stage.add_rows(rows)

    def _show_state(self) -> None:
        snapshot, sample = self.run.snapshot, self._measures.sample()
        if snapshot is None or sample is None:
            return
        state = NetworkState(
            network=self._measures.network(snapshot),
            sample=sample,
            phase=self._phase,
            batch=snapshot.batch,
            parameters_after=snapshot.parameters_after,
            reveal=self._reveal(),
        )
        if self._large is None:
            self._stage.show_state(state)
        else:
            self._stage.show_large(self._large.picture(state, self._before))

    def _reveal(self) -> Reveal | None:
        if not self._measures.shows_iteration:
            return None
        architecture = self.run.config.architecture()
        if self._layer is not None and not 0 <= self._layer < architecture.depth:
            raise ConfigError(f"'layer' is {self._layer + 1}; the network has 1 to {architecture.depth}")
        layer = None if self._phase is Phase.LOSS else self._layer
        return reveal_of(Position(self._phase, layer), architecture)


def _row(dataset: Dataset, settings: Settings, default: int | None) -> int | None:
    """Return the training row a lesson names, by itself or as the first of a digit."""
    if "sample" in settings:
        row = whole(settings, "sample", 0)
        if not 0 <= row < len(dataset.train):
            raise ConfigError(f"'sample' is {row}; there are 0 to {len(dataset.train) - 1}")
        return row
    if "digit" not in settings:
        return default
    digit = whole(settings, "digit", 0)
    found = (dataset.train.labels == digit).nonzero()[0]
    if not len(found):
        raise ConfigError(f"'digit' is {digit}; no training sample has that label")
    return int(found[0])


def _alone(dataset: Dataset, row: int | None) -> Dataset:
    """Return the same dataset with one sample to train on."""
    if row is None:
        raise ConfigError("'alone' needs the 'digit' or the 'sample' that is trained on alone")
    return replace(dataset, train=dataset.train.at(np.array([row])))


def _quantities(show: Settings) -> tuple[Quantity, ...]:
    wanted = show.get("charts", [])
    names = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(names, list) or any(name not in _CHARTS for name in names):
        raise ConfigError(f"'charts' is {wanted!r}; a list of {', '.join(_CHARTS)} is needed")
    return tuple(_CHARTS[str(name)] for name in names)
