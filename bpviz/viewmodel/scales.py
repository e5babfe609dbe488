"""All scales of one picture of the network, each a stated number that legends can name."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.color_scale import (
    ActivationScale,
    activation_scale,
    nice_limit,
    percentile_of_size,
)
from bpviz.viewmodel.edges import EdgeQuantity, EdgeSet, edge_values, quantity_of
from bpviz.viewmodel.network_state import NetworkState

WEIGHT_PERCENTILE = 99.0
WIDEST_PERCENTILE = 98.0
_WEIGHTS_SAMPLED = 20_000
"""Weights looked at for their percentile; enough for a round number, and a fixed cost."""


@dataclass(frozen=True, slots=True)
class Scales:
    """What full colour or full width stands for.

    Attributes
    ----------
    hidden, output
        Activations of the hidden layers and of the outputs.
    weight
        The weight drawn in full colour in weight images.
    quantity
        What edges stand for.
    edges
        The value drawn at full width, for each weight layer. Contributions are compared inside a layer,
        so each has its own; gradients and changes share one over all layers, because their fading from
        layer to layer is what is to be seen.
    """

    hidden: ActivationScale
    output: ActivationScale
    weight: float
    quantity: EdgeQuantity
    edges: tuple[float, ...]


def scales_of(state: NetworkState, edges: EdgeSet, previous: Scales | None = None) -> Scales:
    """Return the scales for a state; those of `previous` stay where they still fit."""
    architecture = state.network.architecture
    hidden = np.concatenate(state.sample.a[:-1]) if architecture.depth > 1 else state.sample.output
    return Scales(
        hidden=activation_scale(architecture.activation, hidden, previous.hidden if previous else None),
        output=activation_scale(
            architecture.output_activation, state.sample.output, previous.output if previous else None
        ),
        weight=nice_limit(_weight_reach(state), previous.weight if previous else None),
        quantity=quantity_of(state),
        edges=_edge_scales(state, edges, previous),
    )


def _weight_reach(state: NetworkState) -> float:
    flat = state.network.W[0].reshape(-1)
    # An odd stride visits every column in turn, whatever the layer's width.
    stride = max(1, flat.size // _WEIGHTS_SAMPLED) | 1
    return percentile_of_size(flat[::stride], WEIGHT_PERCENTILE)


def _edge_scales(state: NetworkState, edges: EdgeSet, previous: Scales | None) -> tuple[float, ...]:
    depth = state.network.architecture.depth
    quantity = quantity_of(state)
    values = edge_values(state, edges)
    fits = previous is not None and previous.quantity is quantity and len(previous.edges) == depth
    before: tuple[float | None, ...] = previous.edges if previous and fits else (None,) * depth
    if quantity is EdgeQuantity.CONTRIBUTION:
        return tuple(_limit(values[edges.layer == layer], before[layer]) for layer in range(depth))
    if quantity is EdgeQuantity.GRADIENT:
        # Rings and edges are on the same scale: ∂L/∂w is δ times an activation.
        reach = max(percentile_of_size(values, WIDEST_PERCENTILE), _largest_delta(state))
        return (nice_limit(reach, before[0]),) * depth
    return (_limit(values, before[0]),) * depth


def _limit(values: FloatArray, before: float | None) -> float:
    return nice_limit(percentile_of_size(values, WIDEST_PERCENTILE), before)


def _largest_delta(state: NetworkState) -> float:
    delta = state.sample.delta
    return 0.0 if delta is None else max(float(np.abs(layer).max()) for layer in delta)
