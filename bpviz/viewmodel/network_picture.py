"""What of a network is drawn and on which scales: chosen a few times a second, not every frame."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.edges import EdgeQuantity, EdgeRequest, EdgeSet, choose_edges, quantity_of
from bpviz.viewmodel.graph_geometry import Column, GraphLayout
from bpviz.viewmodel.legends import LegendRow, legend_rows
from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.parts import BIAS, NeuronPart, Part
from bpviz.viewmodel.scales import Scales, scales_of
from bpviz.viewmodel.shown_neurons import choose_shown

_MOST_PIXELS = 1024
"""Pixels looked at for edges; larger pictures give their strongest ones."""


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """What the user chose to see."""

    edge_budget: int = 400
    selected: Part | None = None


@dataclass(frozen=True, slots=True)
class EdgeLines:
    """Ends of each edge in stage pixels: x and y, shape (n, 2), source first."""

    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The choices one picture is drawn with.

    Attributes
    ----------
    inputs
        Input shown in each slot; empty for an image.
    shown
        Neuron shown in each slot of every weight layer.
    edges, lines
        Edges drawn and where they run.
    """

    inputs: IndexArray
    shown: tuple[IndexArray, ...]
    edges: EdgeSet
    lines: EdgeLines
    scales: Scales
    legend: tuple[LegendRow, ...]


def next_picture(
    state: NetworkState,
    layout: GraphLayout,
    options: PictureOptions,
    previous: NetworkPicture | None = None,
    keep_neurons: bool = False,
) -> NetworkPicture:
    """Return the choices for a state; what `previous` chose stays where it is nearly as good.

    Parameters
    ----------
    previous
        The last picture with the same layout.
    keep_neurons
        Leave every neuron in its slot; set it between the rarer choices of neurons while running.
    """
    if previous is not None and keep_neurons:
        inputs, shown = previous.inputs, previous.shown
    else:
        inputs, shown = _choose_neurons(state, layout, options, previous)
    request = EdgeRequest(
        sources=(_edge_inputs(state, layout, inputs), *shown[:-1]),
        targets=shown,
        budget=options.edge_budget,
        image_side=layout.request.image_side,
        with_bias=bool(layout.biases),
        selected=options.selected,
    )
    same_meaning = previous is not None and previous.scales.quantity is quantity_of(state)
    edges = choose_edges(state, request, previous.edges if previous and same_meaning else None)
    scales = scales_of(state, edges, previous.scales if previous else None)
    legend = legend_rows(state, scales, len(edges), layout.tiles is not None, options.selected)
    return NetworkPicture(inputs, shown, edges, edge_lines(edges, layout, inputs, shown), scales, legend)


def _choose_neurons(
    state: NetworkState, layout: GraphLayout, options: PictureOptions, previous: NetworkPicture | None
) -> tuple[IndexArray, tuple[IndexArray, ...]]:
    selected = options.selected
    shown = []
    for layer, (a, column) in enumerate(zip(state.sample.a, layout.columns, strict=True)):
        before = previous.shown[layer] if previous else None
        wanted = (selected.index,) if isinstance(selected, NeuronPart) and selected.layer == layer else ()
        if column is layout.columns[-1] and state.sample.label is not None:
            wanted = (*wanted, state.sample.label)
        shown.append(choose_shown(np.abs(a), len(column.y), before, wanted))
    inputs = layout.input.column
    if inputs is None:
        return np.empty(0, dtype=np.intp), tuple(shown)
    before = previous.inputs if previous else None
    return choose_shown(np.abs(state.sample.x), len(inputs.y), before), tuple(shown)


def _edge_inputs(state: NetworkState, layout: GraphLayout, inputs: IndexArray) -> IndexArray:
    """Return the inputs that edges may come from."""
    if layout.input.column is not None:
        return inputs
    x = state.sample.x
    # A batch changes weights of pixels that this one sample leaves dark.
    pixels = np.arange(len(x)) if quantity_of(state) is EdgeQuantity.CHANGE else np.flatnonzero(x)
    return pixels if len(pixels) <= _MOST_PIXELS else pixels[np.argsort(-np.abs(x[pixels]))[:_MOST_PIXELS]]


def edge_lines(
    edges: EdgeSet, layout: GraphLayout, inputs: IndexArray, shown: tuple[IndexArray, ...]
) -> EdgeLines:
    """Return where each edge runs: from a pixel's row or a disc to a tile or a disc."""
    x, y = np.empty((len(edges), 2)), np.empty((len(edges), 2))
    for layer in range(len(layout.columns)):
        here = edges.layer == layer
        x[here, 0], y[here, 0] = _sources(edges.source[here], layer, layout, inputs, shown)
        slots = _slots(shown[layer], layout.columns[layer].n_total)[edges.target[here]]
        x[here, 1], y[here, 1] = _targets(slots, layer, layout)
    return EdgeLines(x, y)


def _sources(
    source: IndexArray, layer: int, layout: GraphLayout, inputs: IndexArray, shown: tuple[IndexArray, ...]
) -> tuple[FloatArray, FloatArray]:
    block = layout.input
    is_bias = source == BIAS
    x: FloatArray
    y: FloatArray
    if layer == 0 and block.column is None:
        side = layout.request.image_side
        x = np.full(len(source), block.right)
        y = block.picture.y + (np.where(is_bias, 0, source) // side + 0.5) * (block.picture.height / side)
    else:
        column, neurons = _source_column(layer, layout, inputs, shown)
        slots = _slots(neurons, column.n_total)[np.where(is_bias, neurons[0], source)]
        x, y = np.full(len(source), column.x), column.y[slots]
    if layout.biases:
        node = layout.biases[layer]
        x, y = np.where(is_bias, node.x + node.size / 2, x), np.where(is_bias, node.y, y)
    return x, y


def _source_column(
    layer: int, layout: GraphLayout, inputs: IndexArray, shown: tuple[IndexArray, ...]
) -> tuple[Column, IndexArray]:
    if layer == 0:
        assert layout.input.column is not None
        return layout.input.column, inputs
    return layout.columns[layer - 1], shown[layer - 1]


def _targets(slots: IndexArray, layer: int, layout: GraphLayout) -> tuple[FloatArray, FloatArray]:
    if layer == 0 and layout.tiles is not None:
        tiles = layout.tiles
        return tiles.x[slots], tiles.y[slots] + tiles.size / 2
    column = layout.columns[layer]
    return np.full(len(slots), column.x), column.y[slots]


def _slots(shown: IndexArray, n: int) -> IndexArray:
    """Return the slot of each neuron of a layer, -1 for those not shown."""
    slots = np.full(n, -1)
    slots[shown] = np.arange(len(shown))
    return slots
