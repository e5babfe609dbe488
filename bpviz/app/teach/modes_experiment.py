"""Three ways to one gradient as what a lesson plays with."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer

from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.lesson_settings import number, one_of, whole_numbers, words
from bpviz.app.teach.mode_counting import Counted, ModeCounting
from bpviz.app.teach.modes_measures import MEASURES, ModesMeasures
from bpviz.app.teach.modes_setup import RUN_KEYS, modes_setup
from bpviz.app.teach.teaching import Teaching
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.modes_stage import PARTS, SCENES, ModesStage
from bpviz.viewmodel.lessons.cost_curves import CostPoint, CostRange, cost_curves, cost_range
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.gradient_ways import Way, WayCount
from bpviz.viewmodel.lessons.lesson import Action, Settings, Value, Vocabulary
from bpviz.viewmodel.lessons.product_shapes import product_shapes
from bpviz.viewmodel.lessons.small_network import small_network
from bpviz.viewmodel.lessons.way_bars import way_bars
from bpviz.viewmodel.network.part_syntax import parse_part
from bpviz.viewmodel.network.parts import WeightPart

_TOP_DOWN = (Way.DIFFERENCES, Way.FORWARD, Way.REVERSE)
_NUMBERS = ("weights", "gradient")


class ModesExperiment(Experiment):
    """Counts in the helper's thread, for a small network and a large one."""

    vocabulary: ClassVar[Vocabulary] = Vocabulary(
        run=RUN_KEYS,
        show=frozenset({"scene", "numbers", "select", "nudge"}),
        actions={"count": frozenset({"ways"}), "count_sizes": frozenset({"ways", "hidden"})},
        measures=MEASURES,
        parts=PARTS,
    )

    def __init__(self, teaching: Teaching) -> None:
        super().__init__()
        self._teaching = teaching
        self._stage = ModesStage(teaching.source)
        self._counting = ModeCounting(teaching.session, parent=self)
        self._counting.done.connect(self._on_done)
        self._counting.failed.connect(self.failed)
        self._counting.changed.connect(self._on_changed)
        self._measures = ModesMeasures(self._counting)
        self._span: CostRange | None = None
        self._pending: list[Action] = []
        self._scene = SCENES[0]
        self._shows_gradient = False
        self._marked: WeightPart | None = None
        self._nudge = 0.0

    @property
    def stage(self) -> LessonStage:
        return self._stage

    def begin(self, run: Settings) -> None:
        setup = modes_setup(run, self._teaching)
        self._measures.setup = setup
        self._span = cost_range(*(setup.with_hidden(count) for count in setup.hidden))
        self._show()
        QTimer.singleShot(0, self, self.settled.emit)

    def show_step(self, show: Settings) -> None:
        self._scene = one_of(show, "scene", SCENES[0], SCENES)
        self._measures.is_small = self._scene == "network"
        self._shows_gradient = one_of(show, "numbers", _NUMBERS[0], _NUMBERS) == _NUMBERS[1]
        select = words(show, "select", "")
        part = parse_part(select, self._measures.ready.small.network.architecture) if select else None
        if part is not None and not isinstance(part, WeightPart):
            raise ConfigError(f"'select' is '{select}'; a weight or bias is needed")
        self._marked = part
        self._nudge = number(show, "nudge", 0.0)
        self._stage.show_scene(self._scene)
        self._show()

    def perform(self, actions: Sequence[Action]) -> None:
        self._pending = list(actions)
        self._on_done()

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        return self._measures.value(name, arguments)

    def mark(self) -> object:
        return self._counting.counted

    def restore(self, mark: object) -> None:
        if isinstance(mark, Counted):
            self._counting.put(mark)

    def close(self) -> None:
        self._counting.close()

    def _do(self, action: Action) -> None:
        ways = _ways(action.settings)
        if action.name == "count_sizes":
            sizes = whole_numbers(action.settings, "hidden", ())
            low, high = self._measures.ready.hidden
            if not sizes or not all(low <= size <= high for size in sizes):
                raise ConfigError(f"'hidden' is {list(sizes)}; counts from {low} to {high} are needed")
            self._counting.count_sizes(self._measures.ready, sizes, ways)
        else:
            self._counting.count(self._measures.task, ways, self._measures.is_small)

    def _on_done(self) -> None:
        if self._pending:
            self._do(self._pending.pop(0))
        else:
            self.settled.emit()

    def _on_changed(self) -> None:
        self._show()
        self.values_changed.emit()

    def _show(self) -> None:
        if self._span is None:
            return
        stage, measures = self._stage, self._measures
        task, counts, is_small = measures.task, measures.counts, measures.is_small
        if self._scene in ("network", "bars"):
            under_way = self._counting.under_way
            stage.bars.show_content(way_bars(task, counts, _TOP_DOWN, not is_small, under_way))
        if is_small:
            drawn = small_network(task, self._gradient(counts), self._marked, self._nudge)
            stage.network.show_content(drawn)
        stage.shapes.show_content(product_shapes(self._counting.counted.large))
        stage.curves.show_content(cost_curves(self._points(), self._span))

    def _points(self) -> tuple[CostPoint, ...]:
        """Return what is counted for networks of all sizes, the large one on the stage among them."""
        task, counted = self._measures.ready.large, self._counting.counted
        hidden = task.network.architecture.layers[1]
        own = (
            CostPoint(way, hidden, task.n_parameters, count.result.multiplications)
            for way, count in counted.large.items()
        )
        return (*counted.points, *own)

    def _gradient(self, counts: Mapping[Way, WayCount]) -> FloatArray | None:
        """Return the gradient by the best way counted, where the step shows it."""
        counted = next((counts[way] for way in Way if way in counts), None)
        return counted.result.gradient if counted is not None and self._shows_gradient else None


def _ways(settings: Settings) -> list[Way]:
    names: Value = settings.get("ways", [str(way) for way in Way])
    if not isinstance(names, list) or not names or any(name not in tuple(Way) for name in names):
        raise ConfigError(f"'ways' is {names!r}; a list of {', '.join(Way)} is needed")
    return [Way(str(name)) for name in names]
