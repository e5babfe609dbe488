"""What three ways to a gradient take, against the size of the network: points counted one by one."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bpviz.viewmodel.lessons.gradient_ways import WAY_NAMES, GradientTask, Way
from bpviz.viewmodel.lessons.way_bars import decade_words
from bpviz.viewmodel.run.ticks import Tick
from bpviz.viewmodel.words.number_format import grouped

_X_STEPS = (1, 2, 5)
_ROOM = 1.25
"""Factor between the ends of the axis and the networks nearest to them."""


@dataclass(frozen=True, slots=True)
class CostPoint:
    """What one way took for one network."""

    way: Way
    hidden: int
    n_parameters: int
    multiplications: int


@dataclass(frozen=True, slots=True)
class CostCurve:
    """One way's points, as shares (x, y) of the axes, from the smallest network on."""

    way: Way
    name: str
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class CostCurves:
    """All curves; on both axes equal steps are equal factors."""

    curves: tuple[CostCurve, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    x_name: str = "Weights and biases"
    y_name: str = "Multiplications"


@dataclass(frozen=True, slots=True)
class CostRange:
    """Ends of the axes; those of y are powers of ten. They stay while points come in."""

    x: tuple[float, float]
    y: tuple[float, float]


def cost_range(smallest: GradientTask, largest: GradientTask) -> CostRange:
    """Return axes on which all ways fit for all networks between these two."""
    dearest = 2 * largest.n_parameters * largest.forward_multiplications
    return CostRange(
        x=(smallest.n_parameters / _ROOM, largest.n_parameters * _ROOM),
        y=(
            10.0 ** math.floor(math.log10(smallest.forward_multiplications)),
            10.0 ** math.ceil(math.log10(dearest)),
        ),
    )


def cost_curves(points: Iterable[CostPoint], span: CostRange) -> CostCurves:
    """Return the curves through these points."""
    points = sorted(points, key=lambda point: point.n_parameters)
    curves = tuple(
        CostCurve(
            way,
            WAY_NAMES[way],
            tuple(
                (_share(p.n_parameters, span.x), _share(p.multiplications, span.y))
                for p in points
                if p.way is way
            ),
        )
        for way in Way
    )
    return CostCurves(curves, _x_ticks(span.x), _y_ticks(span.y))


def _share(value: float, ends: tuple[float, float]) -> float:
    return math.log(value / ends[0]) / math.log(ends[1] / ends[0])


def _x_ticks(ends: tuple[float, float]) -> tuple[Tick, ...]:
    decades = range(math.floor(math.log10(ends[0])), math.ceil(math.log10(ends[1])) + 1)
    values = [step * 10**decade for decade in decades for step in _X_STEPS]
    return tuple(Tick(_share(v, ends), grouped(v)) for v in values if ends[0] <= v <= ends[1])


def _y_ticks(ends: tuple[float, float]) -> tuple[Tick, ...]:
    decades = range(round(math.log10(ends[0])), round(math.log10(ends[1])) + 1)
    return tuple(Tick(_share(10.0**decade, ends), decade_words(decade)) for decade in decades)
