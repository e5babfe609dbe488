"""The zoom ladder: places inside one iteration, and which of them a step of each size leads to.

A place says what was computed last; every step forward reveals something new. Layers are weight layers,
counted from 0 here and from 1 in texts.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from bpviz.nn.network import Architecture
from bpviz.viewmodel.run.phases import Phase


class StepLevel(Enum):
    """How far one step goes, finest first."""

    NEURON = "neuron"
    LAYER = "layer"
    PHASE = "phase"
    ITERATION = "iteration"
    EPOCH = "epoch"


@dataclass(frozen=True, slots=True)
class Position:
    """A place inside one iteration: all up to and including it is known.

    Attributes
    ----------
    layer
        Weight layer; None for the whole phase, and for LOSS, which is one place.
    neuron
        The neuron computed last; None for the whole layer, and in UPDATE, which goes by layers.
    """

    phase: Phase
    layer: int | None = None
    neuron: int | None = None


@dataclass(frozen=True, slots=True)
class _Ladder:
    """Places of one level with how much of the iteration is done at each, ascending."""

    places: tuple[Position, ...]
    done: tuple[int, ...]


def layer_order(phase: Phase, depth: int) -> range:
    """Return the weight layers in the order in which a phase goes through them; none for LOSS."""
    if phase is Phase.LOSS:
        return range(0)
    return range(depth - 1, -1, -1) if phase is Phase.BACKWARD else range(depth)


def positions(level: StepLevel, architecture: Architecture) -> tuple[Position, ...]:
    """Return every place a step of this size can lead to inside one iteration, in their order."""
    return _ladder(level, architecture).places


def first_position(level: StepLevel, architecture: Architecture) -> Position:
    """Return where the first step of this size into an iteration leads."""
    return _ladder(level, architecture).places[0]


def last_position(level: StepLevel, architecture: Architecture) -> Position:
    """Return the last place of an iteration: all is known."""
    return _ladder(level, architecture).places[-1]


def next_position(position: Position, level: StepLevel, architecture: Architecture) -> Position | None:
    """Return the next boundary of a level; None if the step leaves this iteration.

    From between two boundaries of a coarser level it goes to the next of them: from the fifth neuron of
    a layer a layer's step completes that layer. An epoch ends outside of any iteration but its last.
    """
    if level is StepLevel.EPOCH:
        return None
    ladder = _ladder(level, architecture)
    at = bisect_right(ladder.done, _done(position, architecture))
    return ladder.places[at] if at < len(ladder.places) else None


def previous_position(position: Position, level: StepLevel, architecture: Architecture) -> Position | None:
    """Return the last boundary of a level before a place; None if the step leaves this iteration."""
    if level is StepLevel.EPOCH:
        return None
    ladder = _ladder(level, architecture)
    at = bisect_left(ladder.done, _done(position, architecture)) - 1
    return ladder.places[at] if at >= 0 else None


def is_boundary(position: Position, level: StepLevel, architecture: Architecture) -> bool:
    """Tell whether a step of a level, played in finer ones, ends at this place."""
    return _done(position, architecture) in _ladder(level, architecture).done


def share_of_phase(position: Position, architecture: Architecture) -> float:
    """Return how much of its phase is done, above 0 to 1, for a marker on the phase bar."""
    before = _phase_starts(architecture)
    phases = list(Phase)
    at = phases.index(position.phase)
    return (_done(position, architecture) - before[at]) / (before[at + 1] - before[at])


def describe(position: Position, architecture: Architecture) -> str:
    """Return a place in words: ``Forward, hidden neuron 17``, ``Backward, layer 2 of 3``, ``Loss``."""
    name = position.phase.value.capitalize()
    if position.layer is None:
        return name
    if position.neuron is None:
        return f"{name}, layer {position.layer + 1} of {architecture.depth}"
    if position.layer == architecture.depth - 1:
        return f"{name}, output {position.neuron}"
    hidden = "hidden" if architecture.depth == 2 else f"hidden {position.layer + 1},"
    return f"{name}, {hidden} neuron {position.neuron}"


@lru_cache(maxsize=32)
def _ladder(level: StepLevel, architecture: Architecture) -> _Ladder:
    places = tuple(_places(level, architecture))
    return _Ladder(places, tuple(_done(place, architecture) for place in places))


def _places(level: StepLevel, architecture: Architecture) -> list[Position]:
    if level in (StepLevel.ITERATION, StepLevel.EPOCH):
        return [Position(Phase.UPDATE)]
    if level is StepLevel.PHASE:
        return [Position(phase) for phase in Phase]
    places = []
    for phase in Phase:
        if phase is Phase.LOSS:
            places.append(Position(phase))
        for layer in layer_order(phase, architecture.depth):
            by_neuron = level is StepLevel.NEURON and phase is not Phase.UPDATE
            neurons = range(architecture.layers[layer + 1]) if by_neuron else (None,)
            places += [Position(phase, layer, neuron) for neuron in neurons]
    return places


def _done(position: Position, architecture: Architecture) -> int:
    """Return how many neurons (or layers, in UPDATE) of the iteration have been gone through."""
    starts = _phase_starts(architecture)
    at = list(Phase).index(position.phase)
    if position.layer is None:
        return starts[at + 1]
    order = layer_order(position.phase, architecture.depth)
    sizes = [1 if position.phase is Phase.UPDATE else architecture.layers[layer + 1] for layer in order]
    place = order.index(position.layer)
    here = sizes[place] if position.neuron is None else position.neuron + 1
    return starts[at] + sum(sizes[:place]) + here


@lru_cache(maxsize=32)
def _phase_starts(architecture: Architecture) -> tuple[int, ...]:
    neurons = sum(architecture.layers[1:])
    return tuple(accumulate((neurons, 1, neurons, architecture.depth), initial=0))
