"""One neuron with all its numbers: what comes in, how it is weighed, what it adds up to, what it answers."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.activations import Activation, activation_named
from bpviz.nn.arrays import FloatArray
from bpviz.nn.threshold import Step

FEWEST_INPUTS, MOST_INPUTS = 2, 4
ACTIVATION_NAMES = ("sigmoid", "step", "relu", "tanh", "identity")

_REACHES = (5.0, 8.0, 12.0, 18.0, 24.0, 32.0)
"""Half widths of the axis of z: few, so that it seldom changes under the hand."""
MOST_REACH = _REACHES[-1]
_ROOM = 1.02
_N_POINTS = 121


class HandleKind(StrEnum):
    """What of a neuron can be taken hold of."""

    WEIGHT = "weight"
    INPUT = "input"
    BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Handle:
    """One number that can be moved; weights and inputs are counted from 0."""

    kind: HandleKind
    index: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number may be."""

    low: float
    high: float
    step: float

    def nearest(self, value: float) -> float:
        """Return the allowed value nearest to this one."""
        # Rounded once more, to drop the float dust of the product: 0.1 · 3 is 0.3.
        stepped = round(round(value / self.step) * self.step, 6)
        return min(self.high, max(self.low, stepped))


# Products of such numbers have two decimals: what is written adds up to the last digit.
LIMITS = {
    HandleKind.WEIGHT: Limits(-6.0, 6.0, 0.1),
    HandleKind.INPUT: Limits(0.0, 1.0, 0.1),
    HandleKind.BIAS: Limits(-6.0, 6.0, 0.1),
}


@dataclass(frozen=True, slots=True)
class Neuron:
    """Everything about it follows from these four.

    Raises
    ------
    ConfigError
        If there are too few or too many inputs, not a weight for each, or a number out of its limits.
    """

    inputs: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    activation: str = "sigmoid"

    def __post_init__(self) -> None:
        n = len(self.inputs)
        if not FEWEST_INPUTS <= n <= MOST_INPUTS:
            raise ConfigError(f"the neuron has {n} inputs; {FEWEST_INPUTS} to {MOST_INPUTS} are needed")
        if len(self.weights) != n:
            raise ConfigError(f"there are {len(self.weights)} weights for {n} inputs; one each is needed")
        if self.activation not in ACTIVATION_NAMES:
            known = ", ".join(ACTIVATION_NAMES)
            raise ConfigError(f"the activation is '{self.activation}'; choose one of {known}")
        for handle in self.handles:
            _check(handle, self.value(handle))

    @property
    def handles(self) -> tuple[Handle, ...]:
        """All that can be moved: inputs, weights, the bias."""
        places = range(len(self.inputs))
        return (
            *(Handle(HandleKind.INPUT, i) for i in places),
            *(Handle(HandleKind.WEIGHT, i) for i in places),
            Handle(HandleKind.BIAS),
        )

    @property
    def products(self) -> tuple[float, ...]:
        """Weight times input, of each."""
        return tuple(w * a for w, a in zip(self.weights, self.inputs, strict=True))

    @property
    def weighted_sum(self) -> float:
        """Σ w·a, without the bias."""
        return float(np.array(self.inputs) @ np.array(self.weights))

    @property
    def z(self) -> float:
        """Σ w·a + b."""
        return self.weighted_sum + self.bias

    @property
    def output(self) -> float:
        """The activation at z."""
        return float(function_named(self.activation).apply(np.array([self.z]))[0])

    @property
    def terms(self) -> tuple[float, ...]:
        """What z is the sum of: the products, then the bias."""
        return (*self.products, self.bias)

    @property
    def bars(self) -> tuple[tuple[float, float], ...]:
        """Start and end of each term on the way to z: each begins where the one before ends."""
        return tuple(pairwise(accumulate(self.terms, initial=0.0)))

    @property
    def reach(self) -> float:
        """How far the axis of z goes to both sides, so that all of the sum has room."""
        ends = [abs(end) for bar in self.bars for end in bar]
        farthest = max(*ends, abs(self.bias)) * _ROOM
        return next((reach for reach in _REACHES if farthest <= reach), farthest)

    def value(self, handle: Handle) -> float:
        """Return the number of a handle."""
        match handle.kind:
            case HandleKind.WEIGHT:
                return self.weights[handle.index]
            case HandleKind.INPUT:
                return self.inputs[handle.index]
            case HandleKind.BIAS:
                return self.bias

    def moved(self, handle: Handle, value: float) -> "Neuron":
        """Return the neuron with this number at the nearest value it may have."""
        value = LIMITS[handle.kind].nearest(value)
        match handle.kind:
            case HandleKind.WEIGHT:
                return replace(self, weights=_replaced(self.weights, handle.index, value))
            case HandleKind.INPUT:
                return replace(self, inputs=_replaced(self.inputs, handle.index, value))
            case HandleKind.BIAS:
                return replace(self, bias=value)

    def with_activation(self, name: str) -> "Neuron":
        """Return the neuron with another activation."""
        return replace(self, activation=name)


def between(first: Neuron, last: Neuron, share: float) -> Neuron:
    """Return the neuron on the straight way from one to another, 0 to 1, with the activation of the last."""

    def mixed(start: float, end: float) -> float:
        return start + share * (end - start)

    return Neuron(
        inputs=tuple(map(mixed, first.inputs, last.inputs)),
        weights=tuple(map(mixed, first.weights, last.weights)),
        bias=mixed(first.bias, last.bias),
        activation=last.activation,
    )


def function_named(name: str) -> Activation:
    """Return an activation of `ACTIVATION_NAMES`."""
    return Step() if name == Step.name else activation_named(name)


def output_span(name: str, reach: float) -> tuple[float, float]:
    """Return the outputs an axis of this activation shows, lowest and highest."""
    match name:
        case "tanh":
            return -1.0, 1.0
        case "relu":
            return 0.0, reach
        case "identity":
            return -reach, reach
        case _:
            return 0.0, 1.0


def curve(name: str, reach: float, shift: float = 0.0) -> tuple[FloatArray, FloatArray]:
    """Return x from -reach to reach and f(x + shift), shape (n,) each; a step rises straight up."""
    if name == Step.name:
        edge = min(max(-shift, -reach), reach)
        x = np.array([-reach, edge, edge, reach])
        start, end = (0.0 if -reach + shift <= 0.0 else 1.0), (1.0 if reach + shift > 0.0 else 0.0)
        return x, np.array([start, start, end, end])
    x = np.linspace(-reach, reach, _N_POINTS)
    return x, function_named(name).apply(x + shift)


def _replaced(values: tuple[float, ...], index: int, value: float) -> tuple[float, ...]:
    return (*values[:index], value, *values[index + 1 :])


def _check(handle: Handle, value: float) -> None:
    limits = LIMITS[handle.kind]
    if not math.isfinite(value) or not limits.low <= value <= limits.high:
        name = handle.kind.value if handle.kind is HandleKind.BIAS else f"{handle.kind} {handle.index + 1}"
        raise ConfigError(f"the {name} is {value:g}; {limits.low:g} to {limits.high:g} are possible")
