"""One neuron as what a lesson plays with."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer

from bpviz.app.teach.experiment import Experiment
from bpviz.app.teach.lesson_settings import flag, number, numbers, one_of, strings, whole, words
from bpviz.app.teach.teaching import Teaching
from bpviz.errors import ConfigError
from bpviz.ui.teach.lesson_stage import LessonStage
from bpviz.ui.teach.neuron_stage import PARTS, SWITCHES, NeuronStage
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson import Action, Settings, Vocabulary
from bpviz.viewmodel.lessons.neuron import ACTIVATION_NAMES, LIMITS, MOST_REACH, Handle, HandleKind, Neuron
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture

_DRAWINGS = ("plus", "input")
_AXES = ("z", "sum")
_ACTS = {
    HandleKind.WEIGHT: "weight-dragged",
    HandleKind.INPUT: "input-dragged",
    HandleKind.BIAS: "bias-dragged",
}
_GLANCE_S = 0.2
_START = Neuron((1.0, 0.0), (1.0, -1.0), 0.0)


@dataclass(frozen=True, slots=True)
class NeuronMark:
    """A neuron, how its bias is drawn, and what was remembered of it."""

    neuron: Neuron
    is_input: bool
    remembered: Neuron | None


class NeuronExperiment(Experiment):
    """Computes at once, in the GUI thread: there are a handful of numbers. What is done glides into place.

    Actions: `set-weight` and `set-input` (`index` from 1, `value`), `set-bias` (`value`), `set-activation`
    (`name`), `set-drawing` (`as`), `reset` to what the lesson began with, `remember` (marks where the neuron
    is now), `free` (lets the learner move what a step with `held` had locked).
    """

    vocabulary = Vocabulary(
        run=frozenset({"inputs", "weights", "bias", "activation", "drawing", "reach"}),
        show=frozenset({"drawing", "axis", "switches", "held"}),
        actions={
            "set-weight": frozenset({"index", "value"}),
            "set-input": frozenset({"index", "value"}),
            "set-bias": frozenset({"value"}),
            "set-activation": frozenset({"name"}),
            "set-drawing": frozenset({"as"}),
            "reset": frozenset(),
            "remember": frozenset(),
            "free": frozenset(),
        },
        measures={
            "weight": 1,
            "input": 1,
            "product": 1,
            "bias": 0,
            "weighted_sum": 0,
            "z": 0,
            "output": 0,
            "remembered_output": 0,
            "remembered_z": 0,
        },
        parts=PARTS,
        acts=frozenset({*_ACTS.values(), "activation-switched", "drawing-switched"}),
    )

    def __init__(self, teaching: Teaching, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen_since = -math.inf
        self._stage = NeuronStage(teaching.source)
        self._first = _START
        self._is_input_first = False
        self._reach = 0.0
        self._picture = NeuronPicture(_START)
        self._stage.moved.connect(self._on_moved)
        self._stage.dropped.connect(self._on_dropped)
        self._stage.activation_chosen.connect(self._on_activation_chosen)
        self._stage.drawing_chosen.connect(self._on_drawing_chosen)

    @property
    def stage(self) -> LessonStage:
        return self._stage

    @property
    def neuron(self) -> Neuron:
        """The neuron as it is now."""
        return self._picture.neuron

    def begin(self, run: Settings) -> None:
        self._first = Neuron(
            inputs=numbers(run, "inputs", _START.inputs),
            weights=numbers(run, "weights", _START.weights),
            bias=number(run, "bias", _START.bias),
            activation=words(run, "activation", _START.activation),
        )
        self._is_input_first = one_of(run, "drawing", "plus", _DRAWINGS) == "input"
        self._reach = number(run, "reach", 0.0)
        if not 0.0 <= self._reach <= MOST_REACH:
            raise ConfigError(f"'reach' is {self._reach:g}; 0 to {MOST_REACH:g} are possible")
        self._show(self._drawn(self._first, self._is_input_first))
        self._settle()

    def show_step(self, show: Settings) -> None:
        drawing = one_of(show, "drawing", "input" if self._is_input_first else "plus", _DRAWINGS)
        switches = strings(show, "switches")
        if unknown := next((name for name in switches if name not in SWITCHES), None):
            raise ConfigError(f"'switches' holds '{unknown}'; choose of {', '.join(SWITCHES)}")
        self._stage.show_switches(switches)
        picture = replace(
            self._drawn(self.neuron, drawing == "input"),
            is_over_sum=one_of(show, "axis", "z", _AXES) == "sum",
            is_held=flag(show, "held", False),
        )
        self._show(picture)
        self._seen_since = self._clock()

    def perform(self, actions: Sequence[Action]) -> None:
        picture = self._picture
        for action in actions:
            picture = self._after(picture, action)
        # Nobody has looked at what has stood but for a moment: that is left behind at once.
        if self._clock() - self._seen_since < _GLANCE_S:
            self._show(picture)
            self._settle()
        else:
            self._picture = picture
            self._settle(self._stage.glide_to(picture))

    def measure(self, name: str, arguments: tuple[Argument, ...]) -> float:
        neuron, before = self.neuron, self._picture.remembered
        many = {"weight": neuron.weights, "input": neuron.inputs, "product": neuron.products}
        if name in many:
            return many[name][self._place(arguments[0])]
        single = {
            "bias": neuron.bias,
            "weighted_sum": neuron.weighted_sum,
            "z": neuron.z,
            "output": neuron.output,
            "remembered_z": math.nan if before is None else before.z,
            "remembered_output": math.nan if before is None else before.output,
        }
        return single[name]

    def mark(self) -> object:
        picture = self._picture
        return NeuronMark(picture.neuron, picture.is_input, picture.remembered)

    def restore(self, mark: object) -> None:
        if isinstance(mark, NeuronMark):
            self._show(replace(self._drawn(mark.neuron, mark.is_input), remembered=mark.remembered))
        self._settle()

    def _drawn(self, neuron: Neuron, is_input: bool) -> NeuronPicture:
        return NeuronPicture(neuron, is_input, least_reach=self._reach)

    def _after(self, picture: NeuronPicture, action: Action) -> NeuronPicture:
        settings, neuron = action.settings, picture.neuron
        match action.name:
            case "set-activation":
                name = one_of(settings, "name", neuron.activation, ACTIVATION_NAMES)
                picture = replace(picture, neuron=neuron.with_activation(name))
            case "set-drawing":
                is_input = one_of(settings, "as", "plus", _DRAWINGS) == "input"
                picture = replace(picture, is_input=is_input)
            case "reset":
                picture = replace(picture, neuron=self._first)
            case "remember":
                picture = replace(picture, remembered=neuron)
            case "free":
                picture = replace(picture, is_held=False)
            case _:
                kind = HandleKind(action.name.removeprefix("set-"))
                index = 0 if kind is HandleKind.BIAS else self._place(whole(settings, "index", 1))
                picture = replace(picture, neuron=_moved(neuron, Handle(kind, index), settings))
        return picture

    def _place(self, index: Argument) -> int:
        n = len(self.neuron.inputs)
        if isinstance(index, str) or index != int(index) or not 1 <= index <= n:
            raise ConfigError(f"an input is called {index!r}; the neuron has 1 to {n}")
        return int(index) - 1

    def _on_moved(self, handle: Handle, value: float) -> None:
        self._change(replace(self._picture, neuron=self.neuron.moved(handle, value)))

    def _on_dropped(self, handle: Handle) -> None:
        self.acted.emit(_ACTS[handle.kind])

    def _on_activation_chosen(self, name: str) -> None:
        self._change(replace(self._picture, neuron=self.neuron.with_activation(name)))
        self.acted.emit("activation-switched")

    def _on_drawing_chosen(self, is_input: bool) -> None:
        self._change(replace(self._picture, is_input=is_input))
        self.acted.emit("drawing-switched")

    def _change(self, picture: NeuronPicture) -> None:
        self._show(picture)
        self.values_changed.emit()

    def _show(self, picture: NeuronPicture) -> None:
        self._picture = picture
        self._stage.show_picture(picture)

    def _settle(self, after_ms: int = 0) -> None:
        # Never before the call has returned.
        QTimer.singleShot(after_ms, self, self._on_settled)

    def _on_settled(self) -> None:
        self._seen_since = self._clock()
        self.settled.emit()


def _moved(neuron: Neuron, handle: Handle, settings: Settings) -> Neuron:
    """Return the neuron with a number a lesson sets; one out of its limits is an error, not the nearest."""
    value = number(settings, "value", 0.0)
    limits = LIMITS[handle.kind]
    if not limits.low <= value <= limits.high:
        raise ConfigError(f"'value' is {value:g}; a {handle.kind} is {limits.low:g} to {limits.high:g}")
    return neuron.moved(handle, value)
