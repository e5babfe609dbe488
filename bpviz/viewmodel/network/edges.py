"""The edges drawn and the number each stands for: cheap every frame, whatever the network's size.

An edge set is chosen now and then among the neurons shown (`edge_choice`); between choices only the
values of the chosen few hundred are read anew.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.run.batch_gradients import batch_weight_gradients
from bpviz.viewmodel.run.phases import Phase


class EdgeQuantity(Enum):
    """The number an edge stands for."""

    CONTRIBUTION = "w × a"
    GRADIENT = "∂L/∂w"
    TERM = "w × δ"
    """What an edge hands back to the neuron it comes from: the terms of the sum in that neuron's δ."""
    CHANGE = "Δw"

    @property
    def is_gradient(self) -> bool:
        """True for what is drawn in the hues of gradients."""
        return self in (EdgeQuantity.GRADIENT, EdgeQuantity.TERM)


def quantity_of(state: NetworkState) -> EdgeQuantity:
    """Return what the edges of this state stand for; what is unknown falls back to w × a."""
    if state.phase is Phase.BACKWARD and state.sample.delta is not None:
        return EdgeQuantity.TERM if _collects_terms(state) else EdgeQuantity.GRADIENT
    if state.phase is Phase.UPDATE and state.parameters_after is not None:
        return EdgeQuantity.CHANGE
    return EdgeQuantity.CONTRIBUTION


def _collects_terms(state: NetworkState) -> bool:
    """Tell whether a hidden neuron's δ is being added up."""
    focus = state.reveal.focus if state.reveal is not None else None
    return focus is not None and focus.layer < state.network.architecture.depth - 1


@dataclass(frozen=True, slots=True)
class EdgeSet:
    """The edges drawn, in parallel arrays of shape (n,), ordered by layer.

    Attributes
    ----------
    layer, source, target
        Weight layer, neuron it comes from (BIAS for the constant 1) and neuron it leads to.
    parameter
        Place in the flat parameter vector.
    source_signal, target_signal
        Places in `signals` and in all deltas put end to end.
    """

    layer: IndexArray
    source: IndexArray
    target: IndexArray
    parameter: IndexArray
    source_signal: IndexArray
    target_signal: IndexArray

    def __len__(self) -> int:
        return len(self.layer)

    def taken(self, chosen: IndexArray) -> "EdgeSet":
        """Return some of the edges, in the order of `chosen`."""
        return EdgeSet(
            self.layer[chosen],
            self.source[chosen],
            self.target[chosen],
            self.parameter[chosen],
            self.source_signal[chosen],
            self.target_signal[chosen],
        )


def joined(parts: list[EdgeSet]) -> EdgeSet:
    """Return several sets as one."""
    return EdgeSet(
        np.concatenate([part.layer for part in parts]),
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.target for part in parts]),
        np.concatenate([part.parameter for part in parts]),
        np.concatenate([part.source_signal for part in parts]),
        np.concatenate([part.target_signal for part in parts]),
    )


def weights_start(layers: tuple[int, ...], layer: int) -> int:
    """Return where the weights of a weight layer begin in the flat parameter vector."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(layers[: layer + 1]))


def signals(state: NetworkState) -> FloatArray:
    """Return the input and all activations but the output's end to end, each layer followed by a 1."""
    sample = state.sample
    one = np.ones(1, dtype=sample.x.dtype)
    feeds = (sample.x, *sample.a[:-1])
    return np.concatenate([part for feed in feeds for part in (feed, one)])


def edge_values(state: NetworkState, edges: EdgeSet) -> FloatArray:
    """Return the number each edge stands for in this state, shape (n,)."""
    quantity = quantity_of(state)
    parameters = state.network.parameters
    if quantity is EdgeQuantity.CHANGE and state.parameters_after is not None:
        return np.asarray(state.parameters_after[edges.parameter] - parameters[edges.parameter])
    if quantity is EdgeQuantity.GRADIENT and state.mean_of is not None:
        return batch_weight_gradients(state.mean_of, edges.layer, edges.source, edges.target)
    factor = parameters[edges.parameter]
    # A diverged network has infinite activations; 0 · ∞ is then no number, and is not drawn.
    with np.errstate(invalid="ignore", over="ignore"):
        if quantity.is_gradient and state.deltas is not None:
            delta = np.concatenate(state.deltas)[edges.target_signal]
            if quantity is EdgeQuantity.TERM:
                return np.asarray(delta * factor)
            factor = delta
        return np.asarray(signals(state)[edges.source_signal] * factor)
