"""Playing slowly: one scale of speeds from a neuron a second to flat out, and when the next step is due.

Slow speeds reveal an iteration that is already computed; fast ones are the trainer's own pace.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bpviz.nn.network import Architecture
from bpviz.viewmodel.run.steps import Position, StepLevel
from bpviz.viewmodel.words.number_format import grouped

FASTEST_STEP = 100
"""The slider's last position: as fast as it goes."""
_NEURONS_PER_S = (1, 2, 3, 4, 5, 6, 8, 10)
_LAYER_MS = (1000, 800, 600, 500, 400, 300, 200, 150, 100)
_FIRST_LAYER_STEP, _FIRST_ITERATION_STEP = 34, 60
_SLOWEST_PACE, _FASTEST_PACE = 2.0, 1000.0
_SHORTEST_PLACE_S = 0.4
"""Loss and update are shown at least this long where neurons are counted: they are one place each."""
_LONGEST_LATE_S = 0.25


class SpeedUnit(Enum):
    """What a speed counts."""

    NEURONS = "neurons"
    LAYERS = "layers"
    ITERATIONS = "iterations"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Speed:
    """A speed on the one scale.

    Attributes
    ----------
    value
        NEURONS: neurons a second; LAYERS: milliseconds a layer; ITERATIONS: iterations a second; FULL: 0.
    """

    unit: SpeedUnit
    value: float = 0.0

    @property
    def is_slow(self) -> bool:
        """True while single neurons or layers are played: it counts as paused."""
        return self.unit in (SpeedUnit.NEURONS, SpeedUnit.LAYERS)

    @property
    def iterations_per_s(self) -> float | None:
        """The pace to ask the trainer for; None for flat out, and for slow speeds, which do not ask."""
        return self.value if self.unit is SpeedUnit.ITERATIONS else None

    @property
    def text(self) -> str:
        """In few words, beside a slider: ``2 neurons/s``, ``400 ms a layer``, ``250 it/s``, ``Full``."""
        count = f"{self.value:g}" if self.value < 10 else grouped(round(self.value))
        match self.unit:
            case SpeedUnit.NEURONS:
                return f"{count} neuron/s" if self.value == 1 else f"{count} neurons/s"
            case SpeedUnit.LAYERS:
                return f"{count} ms a layer" if self.value < 1000 else f"{self.value / 1000:g} s a layer"
            case SpeedUnit.ITERATIONS:
                return f"{count} it/s"
        return "Full"


FULL_SPEED = Speed(SpeedUnit.FULL)


def speed_at(step: int) -> Speed:
    """Return the speed of a slider position, 0 to 100.

    Later ones are faster for networks of some tens of neurons: of very few, neurons are soon counted.
    """
    if step >= FASTEST_STEP:
        return FULL_SPEED
    if step < _FIRST_LAYER_STEP:
        return Speed(SpeedUnit.NEURONS, _NEURONS_PER_S[_place(step, 0, _FIRST_LAYER_STEP, _NEURONS_PER_S)])
    if step < _FIRST_ITERATION_STEP:
        return Speed(
            SpeedUnit.LAYERS, _LAYER_MS[_place(step, _FIRST_LAYER_STEP, _FIRST_ITERATION_STEP, _LAYER_MS)]
        )
    share = (step - _FIRST_ITERATION_STEP) / (FASTEST_STEP - 1 - _FIRST_ITERATION_STEP)
    return Speed(
        SpeedUnit.ITERATIONS, float(f"{_SLOWEST_PACE * (_FASTEST_PACE / _SLOWEST_PACE) ** share:.2g}")
    )


def step_of(speed: Speed) -> int:
    """Return the first slider position that is as fast as this."""
    return next(step for step in range(FASTEST_STEP + 1) if _is_reached(speed_at(step), speed))


def _is_reached(fast: Speed, wanted: Speed) -> bool:
    units = list(SpeedUnit)
    if fast.unit is not wanted.unit:
        return units.index(fast.unit) > units.index(wanted.unit)
    return fast.value <= wanted.value if fast.unit is SpeedUnit.LAYERS else fast.value >= wanted.value


def _place(step: int, first: int, end: int, values: tuple[int, ...]) -> int:
    starts = [first + (end - first) * number / len(values) for number in range(len(values))]
    return max(0, bisect_right(starts, max(step, first)) - 1)


def played_level(speed: Speed, level: StepLevel) -> StepLevel:
    """Return the size of the steps a slow speed plays in on the way to boundaries of `level`.

    A coarse step is not a jump then: a phase plays layer by layer, or neuron by neuron.
    """
    if not speed.is_slow:
        return StepLevel.ITERATION
    by_neuron = speed.unit is SpeedUnit.NEURONS or level is StepLevel.NEURON
    return StepLevel.NEURON if by_neuron else StepLevel.LAYER


def seconds_at(position: Position, speed: Speed, level: StepLevel, architecture: Architecture) -> float:
    """Return how long a slow speed stays at a place reached by steps of its `played_level`."""
    is_neuron = position.neuron is not None
    if speed.unit is SpeedUnit.NEURONS:
        return 1.0 / speed.value if is_neuron else max(1.0 / speed.value, _SHORTEST_PLACE_S)
    layer_s = speed.value / 1000.0
    if position.layer is None or not is_neuron or played_level(speed, level) is not StepLevel.NEURON:
        return layer_s
    return layer_s / architecture.layers[position.layer + 1]


class PlayClock:
    """Says when the next step of a slow play is due; the caller takes it and tells where it led.

    It never catches up on a long pause: after one, the next step is due at once and time counts anew.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._speed = FULL_SPEED
        self._level = StepLevel.LAYER
        self._due_at: float | None = None

    @property
    def is_playing(self) -> bool:
        """True between `start` and `stop`."""
        return self._due_at is not None

    @property
    def level(self) -> StepLevel:
        """The size of the steps to take."""
        return played_level(self._speed, self._level)

    def start(self, speed: Speed, level: StepLevel, position: Position, architecture: Architecture) -> None:
        """Play on from a place at a slow speed; the place itself is shown for its time first."""
        self._speed, self._level = speed, level
        self._due_at = self._clock() + seconds_at(position, speed, level, architecture)

    def set_speed(self, speed: Speed) -> None:
        """Go on at another slow speed after the step that is due."""
        self._speed = speed

    def stop(self) -> None:
        """Play no more."""
        self._due_at = None

    def is_due(self) -> bool:
        """Tell whether the next step should be taken now."""
        return self._due_at is not None and self._clock() >= self._due_at

    def moved_to(self, position: Position, architecture: Architecture) -> None:
        """Note where the step that was due has led: its time begins."""
        if self._due_at is None:
            return
        stay = seconds_at(position, self._speed, self._level, architecture)
        now = self._clock()
        # A frame late is made up for, so that the rate holds; a long pause is not.
        self._due_at = (self._due_at if now - self._due_at < _LONGEST_LATE_S else now) + stay

    def seconds_to_next(self) -> float | None:
        """Return how long until the next step is due, at least 0; None while nothing is played."""
        return None if self._due_at is None else max(0.0, self._due_at - self._clock())
