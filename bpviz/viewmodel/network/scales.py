"""All scales of one picture of the network, each a stated number that legends can name."""

from dataclasses import dataclass, replace

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network.color_scale import (
    ActivationScale,
    activation_scale,
    nice_limit,
    percentile_of_size,
)
from bpviz.viewmodel.network.edges import EdgeQuantity, EdgeSet, edge_values, quantity_of
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.tile_content import TileContent, tile_values

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
        The value drawn in full colour in the small images.
    content
        What those images hold.
    quantity
        What edges stand for.
    edges
        The value drawn at full width, for each weight layer. Contributions are compared inside a layer,
        so each has its own; gradients and changes share one over all layers, because their fading from
        layer to layer is what is to be seen. The terms of one neuron have their own.
    rings
        The δ drawn as the strongest ring; the same for gradients on edges.
    pixels
        ∂L/∂pixel in full colour, where an input's gradient is drawn in its place.
    """

    hidden: ActivationScale
    output: ActivationScale
    weight: float
    quantity: EdgeQuantity
    edges: tuple[float, ...]
    content: TileContent = TileContent.WEIGHT
    rings: float = 1.0
    pixels: float = 1.0


def scales_of(
    state: NetworkState,
    edges: EdgeSet,
    previous: Scales | None = None,
    content: TileContent = TileContent.WEIGHT,
    shown: IndexArray | None = None,
    ring_edges: EdgeSet | None = None,
) -> Scales:
    """Return the scales for a state; those of `previous` stay where they still fit.

    Parameters
    ----------
    content, shown
        What the small images hold, and of which neurons; for weights all neurons count.
    ring_edges
        The edges whose gradients share a scale with the rings, if they are not `edges`.
    """
    same_tiles = previous is not None and previous.content is content
    architecture = state.network.architecture
    hidden = np.concatenate(state.sample.a[:-1]) if architecture.depth > 1 else state.sample.output
    return Scales(
        hidden=activation_scale(architecture.activation, hidden, previous.hidden if previous else None),
        output=activation_scale(
            architecture.output_activation, _output_values(state), previous.output if previous else None
        ),
        weight=nice_limit(
            _tile_reach(state, content, shown), previous.weight if previous and same_tiles else None
        ),
        quantity=quantity_of(state),
        edges=_edge_scales(state, edges, previous),
        content=content,
        rings=_ring_scale(state, edges if ring_edges is None else ring_edges, previous),
        pixels=_pixel_scale(state, previous),
    )


def _output_values(state: NetworkState) -> FloatArray:
    """Return what the scale of the outputs should reach: them, and what they should be."""
    targets = [] if state.sample.target is None else [state.sample.target]
    if state.batch is not None:
        targets.append(state.batch.targets.ravel())
    return np.concatenate((state.sample.output, *targets))


def _tile_reach(state: NetworkState, content: TileContent, shown: IndexArray | None) -> float:
    if content is not TileContent.WEIGHT and shown is not None:
        return percentile_of_size(tile_values(state, content, shown), WEIGHT_PERCENTILE)
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
        return (_ring_scale(state, edges, previous),) * depth
    return (_limit(values, before[0]),) * depth


def _ring_scale(state: NetworkState, edges: EdgeSet, previous: Scales | None) -> float:
    """Return the scale that rings and gradients on edges share: ∂L/∂w is δ times an activation."""
    if not quantity_of(state).is_gradient:
        return 1.0
    before = previous.rings if previous is not None and previous.quantity.is_gradient else None
    # Without the place inside the iteration edges are gradients: the scale is the same at every step.
    gradients = edge_values(replace(state, reveal=None), edges)
    reach = max(_largest_delta(state), percentile_of_size(gradients, WIDEST_PERCENTILE))
    return nice_limit(reach, before)


def _pixel_scale(state: NetworkState, previous: Scales | None) -> float:
    if state.input_gradient is None:
        return 1.0
    reach = percentile_of_size(state.input_gradient, WEIGHT_PERCENTILE)
    return nice_limit(reach, previous.pixels if previous is not None else None)


def _limit(values: FloatArray, before: float | None) -> float:
    return nice_limit(percentile_of_size(values, WIDEST_PERCENTILE), before)


def _largest_delta(state: NetworkState) -> float:
    deltas = state.deltas
    if deltas is None:
        return 0.0
    sizes = np.abs(np.concatenate(deltas))
    return float(sizes[np.isfinite(sizes)].max(initial=0.0))
