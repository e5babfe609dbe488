"""What of an iteration is known at a place inside it: the rest is drawn as not computed yet."""

from dataclasses import dataclass

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.parts import NeuronPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position, layer_order


@dataclass(frozen=True, slots=True)
class Reveal:
    """How much of an iteration is known; neurons become known in the order of their numbers.

    Attributes
    ----------
    position
        The place all this was derived from.
    sums, activations, deltas
        How many neurons of each weight layer have their z, their a and their δ. A softmax needs every
        sum of its layer, so its activations all become known with the last of them.
    is_loss_known
        True from the loss phase on.
    updated
        Whether each weight layer has its new weights.
    focus
        The neuron computed just now; None where a whole layer or phase was.
    """

    position: Position
    sums: tuple[int, ...]
    activations: tuple[int, ...]
    deltas: tuple[int, ...]
    is_loss_known: bool
    updated: tuple[bool, ...]
    focus: NeuronPart | None

    def knows_sum(self, layer: int, neuron: int) -> bool:
        """Tell whether a neuron has its z."""
        return neuron < self.sums[layer]

    def knows_activation(self, layer: int, neuron: int) -> bool:
        """Tell whether a neuron has its a."""
        return neuron < self.activations[layer]

    def knows_delta(self, layer: int, neuron: int) -> bool:
        """Tell whether a neuron has its δ."""
        return neuron < self.deltas[layer]


def reveal_of(position: Position, architecture: Architecture) -> Reveal:
    """Return what is known at a place."""
    depth, phase = architecture.depth, position.phase
    sizes = architecture.layers[1:]
    sums = _counts(position, Phase.FORWARD, sizes)
    activations = sums
    if architecture.output_activation == "softmax" and sums[-1] < sizes[-1]:
        activations = (*sums[:-1], 0)
    updated = _counts(position, Phase.UPDATE, (1,) * depth)
    has_focus = position.layer is not None and position.neuron is not None
    return Reveal(
        position=position,
        sums=sums,
        activations=activations,
        deltas=_counts(position, Phase.BACKWARD, sizes),
        is_loss_known=phase is not Phase.FORWARD,
        updated=tuple(bool(count) for count in updated),
        focus=NeuronPart(position.layer or 0, position.neuron or 0) if has_focus else None,
    )


def _counts(position: Position, phase: Phase, sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many of each layer a phase has gone through at a place."""
    phases = list(Phase)
    if phases.index(position.phase) > phases.index(phase):
        return sizes
    if position.phase is not phase:
        return (0,) * len(sizes)
    if position.layer is None:
        return sizes
    order = layer_order(phase, len(sizes))
    place = order.index(position.layer)
    counts = [0] * len(sizes)
    for layer in order[:place]:
        counts[layer] = sizes[layer]
    counts[position.layer] = sizes[position.layer] if position.neuron is None else position.neuron + 1
    return tuple(counts)
