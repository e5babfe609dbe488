"""A network in training, seen through the loss: along one weight, and over the plane of its own path."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from bpviz.app.teach.lesson_settings import whole, words
from bpviz.app.teach.network_run import CONFIG_KEYS, NetworkRun, RunMark, changed_config
from bpviz.app.teach.teaching import Teaching
from bpviz.app.weight_valley import flat_index
from bpviz.data.samples import Dataset
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.training.config import TrainingConfig
from bpviz.training.targets import targets_of
from bpviz.viewmodel.inspection.loss_curve import N_SAMPLES, LossCurve, loss_curve, reach_around
from bpviz.viewmodel.inspection.loss_surface import LossSurface, loss_surface
from bpviz.viewmodel.lessons.lesson import Action, Settings
from bpviz.viewmodel.network.part_syntax import parse_part
from bpviz.viewmodel.network.parts import WeightPart

CURVE, SURFACE = "a weight's loss curve", "the loss as a map"
"""Names of the questions to the helper."""
MOST_GHOSTS = 8
MAX_CURVES = 200


@dataclass(frozen=True, slots=True)
class ValleyMark:
    """What `restore` needs; curves, path and surface are kept, since they are never changed."""

    done: tuple[Action, ...]
    curves: tuple[LossCurve, ...]
    path: tuple[FloatArray, ...]
    surface: LossSurface | None


class ValleyNetwork(QObject):
    """Trains in bits, and has the helper compute a weight's loss curve after each. GUI thread; `pull` it.

    Attributes
    ----------
    curves
        The loss along the weight, the newest last.
    surface
        The last map asked for; None before there is one.

    Signals
    -------
    settled, failed
        What was asked for is done, or cannot be.
    changed
        There is a newer curve or surface.
    row_done
        So many rows of the surface are computed.
    """

    settled = Signal()
    failed = Signal(str)
    changed = Signal()
    row_done = Signal(int)

    def __init__(self, teaching: Teaching, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._teaching = teaching
        self._run = NetworkRun(self)
        self._run.settled.connect(self._on_run_settled)
        self._run.failed.connect(self.failed)
        self._samples: tuple[FloatArray, FloatArray] | None = None
        self._setup: tuple[TrainingConfig, Dataset] | None = None
        self._bits: list[Action] = []
        self._is_ready = False
        self._waiting: Callable[[], None] | None = None
        self._restoring: ValleyMark | None = None
        self.weight: WeightPart | None = None
        self.curves: tuple[LossCurve, ...] = ()
        self.path: tuple[FloatArray, ...] = ()
        self.surface: LossSurface | None = None

    @property
    def iteration(self) -> int:
        """Iterations trained."""
        return self.curves[-1].iteration if self.curves else 0

    def begin(self, run: Settings) -> None:
        """Take this [run] up; the network is made when it is first needed, or by `wake`."""
        config, dataset = run_of(run, self._teaching)
        part = parse_part(words(run, "weight", "w[1][0,0]"), config.architecture())
        if not isinstance(part, WeightPart):
            raise ConfigError(f"'weight' is '{run.get('weight')}'; a weight like w[2][3,7] is needed")
        self.weight = part
        self._setup = config, dataset

    def wake(self) -> None:
        """Make the untrained network, where that has not been done; what is asked for waits for it."""
        if self._setup is None or self._samples is not None:
            return
        config, dataset = self._setup
        samples = dataset.train.first(N_SAMPLES)
        self._samples = samples.scaled(slice(None)), targets_of(samples, config.layers[-1])
        self._run.begin(config, dataset)

    def train(self, settings: Settings) -> None:
        """Train `iterations` in `curves` equal bits, a curve after each; `settled` follows."""
        iterations, n_bits = whole(settings, "iterations", 0), whole(settings, "curves", 1)
        if not 1 <= n_bits <= min(iterations, MAX_CURVES) or iterations % n_bits:
            raise ConfigError(
                f"'curves' is {n_bits} for {iterations} iterations; "
                f"equal parts, 1 to {MAX_CURVES} of them, are needed"
            )
        bit = Action("train", {"iterations": iterations // n_bits})
        self._when_ready(lambda: self._start([bit] * n_bits))

    def ask_surface(self) -> None:
        """Have the loss over the plane of the path computed; `settled` or `failed` follows."""
        self._when_ready(self._ask_surface)

    def _ask_surface(self) -> None:
        if self._samples is None or len(self.path) < 3:
            self.failed.emit("a map needs a path; train in at least 2 'curves' before it")
            return
        samples, path, session = self._samples, self.path, self._teaching.session
        network = self._network()

        def question() -> LossSurface:
            def tell(row: int) -> None:
                session.post(lambda: self.row_done.emit(row))

            return loss_surface(network, samples, path, tell)

        session.ask(SURFACE, question, self._on_surface)

    def mark(self) -> ValleyMark:
        """Return what `restore` needs."""
        return ValleyMark(self._run.mark().done, self.curves, self.path, self.surface)

    def restore(self, mark: ValleyMark) -> None:
        """Train anew up to where it was, if it is not there; `settled` follows."""
        if mark.done == self._run.mark().done:
            self.settled.emit()
        else:
            self._when_ready(lambda: self._restore(mark))

    def pull(self) -> None:
        """Take what the worker sent."""
        self._run.pull()

    def close(self) -> None:
        """End the worker, and wait for no answer."""
        for question in (CURVE, SURFACE):
            self._teaching.session.forget(question)
        self._run.close()

    def _when_ready(self, do: Callable[[], None]) -> None:
        if self._setup is None:
            raise ConfigError("this lesson's [run] has no network: give it 'layers' and 'weight'")
        self.wake()
        if self._is_ready:
            do()
        else:
            self._waiting = do

    def _start(self, bits: list[Action]) -> None:
        self._bits = bits
        self._next_bit()

    def _restore(self, mark: ValleyMark) -> None:
        self._bits = []
        self._restoring = mark
        self._run.restore(RunMark(self._run.mark().config, mark.done))

    def _next_bit(self) -> None:
        self._run.perform([self._bits.pop(0)])

    def _on_run_settled(self) -> None:
        if self._restoring is not None:
            mark, self._restoring = self._restoring, None
            self.curves, self.path, self.surface = mark.curves, mark.path, mark.surface
            if mark.curves:
                self.changed.emit()
                self.settled.emit()
                return
        self.path = (*self.path, self._network().parameters)
        self._ask_curve()

    def _ask_curve(self) -> None:
        network, samples, snapshot = self._network(), self._samples, self._run.snapshot
        if snapshot is None or samples is None or self.weight is None:
            return
        index = flat_index(self.weight, snapshot)
        # One stretch for all curves: what moves on screen has moved in truth.
        newest = self.curves[-1].values if self.curves else None
        at = float(network.parameters[index])
        reach = reach_around(at) if newest is None else (float(newest[0]), float(newest[-1]))
        iteration = snapshot.iteration
        self._teaching.session.ask(
            CURVE, lambda: loss_curve(network, samples, index, reach, iteration), self._on_curve
        )

    def _on_curve(self, curve: LossCurve) -> None:
        self.curves = (*self.curves, curve)
        self.changed.emit()
        if not self._is_ready:
            self._become_ready()
        elif self._bits:
            self._next_bit()
        else:
            self.settled.emit()

    def _become_ready(self) -> None:
        """The first curve is nobody's wish: only what waited for the network goes on."""
        self._is_ready = True
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _on_surface(self, surface: LossSurface) -> None:
        self.surface = surface
        self.changed.emit()
        self.settled.emit()

    def _network(self) -> Network:
        snapshot = self._run.snapshot
        if snapshot is None:
            raise ConfigError("the network has not begun")
        return snapshot.network().with_parameters(snapshot.parameters_after)


def ghosts(curves: Sequence[LossCurve]) -> tuple[LossCurve, ...]:
    """Return the newest curve and a few earlier ones, evenly chosen, the oldest first."""
    if len(curves) <= MOST_GHOSTS + 1:
        return tuple(curves)
    step = (len(curves) - 1) / MOST_GHOSTS
    return tuple(curves[round(place * step)] for place in range(MOST_GHOSTS + 1))


def run_of(run: Settings, teaching: Teaching) -> tuple[TrainingConfig, Dataset]:
    """Return what a lesson's [run] trains, and on what."""
    dataset = teaching.dataset(words(run, "dataset", "strokes"))
    dataset = replace(dataset, train=dataset.train.first(whole(run, "train_samples", len(dataset.train))))
    return changed_config(TrainingConfig(), {k: v for k, v in run.items() if k in CONFIG_KEYS}), dataset
