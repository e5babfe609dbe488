"""What can be pointed at and selected in the drawn network."""

from dataclasses import dataclass

BIAS = -1
"""Stands for the constant 1 that feeds the biases, where an edge names the neuron it comes from."""


@dataclass(frozen=True, slots=True)
class NeuronPart:
    """Neuron `index` of weight layer `layer`; the output layer is the last."""

    layer: int
    index: int


@dataclass(frozen=True, slots=True)
class WeightPart:
    """The weight of weight layer `layer` from neuron `source` (BIAS: the constant 1) to neuron `target`."""

    layer: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class InputPart:
    """Input `index`: a pixel of the picture, or one number."""

    index: int


@dataclass(frozen=True, slots=True)
class BiasPart:
    """The constant 1 that feeds the biases of weight layer `layer`."""

    layer: int


@dataclass(frozen=True, slots=True)
class GapPart:
    """The place of the neurons of weight layer `layer` that are not drawn; layer -1 are the inputs."""

    layer: int


@dataclass(frozen=True, slots=True)
class LegendPart:
    """Row `row` of the legend."""

    row: int


@dataclass(frozen=True, slots=True)
class LossPart:
    """The loss node."""


@dataclass(frozen=True, slots=True)
class PlanePart:
    """A place in the plane of all inputs, or the sample that lies there.

    Attributes
    ----------
    x, y
        Both inputs, or input and answer.
    row
        Row of the sample in its part of the dataset; None for the bare surface.
    """

    x: float
    y: float
    row: int | None = None
    is_test: bool = False


Selectable = NeuronPart | WeightPart | InputPart | LossPart
"""What a click selects."""
Part = Selectable | BiasPart | GapPart | LegendPart | PlanePart


def ends_of(weight: WeightPart) -> tuple[Part, Part]:
    """Return what a weight leads from and to."""
    target = NeuronPart(weight.layer, weight.target)
    if weight.source == BIAS:
        return BiasPart(weight.layer), target
    if weight.layer == 0:
        return InputPart(weight.source), target
    return NeuronPart(weight.layer - 1, weight.source), target
