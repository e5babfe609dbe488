"""What of a network is drawn and on which scales: chosen a few times a second, not every frame."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.inspection.chain_paths import ChainPaths, chain_of_paths
from bpviz.viewmodel.network.edge_choice import EdgeRequest, FaintEdges, choose_edges, choose_faint
from bpviz.viewmodel.network.edges import EdgeQuantity, EdgeSet, quantity_of
from bpviz.viewmodel.network.graph_geometry import Column, GraphLayout
from bpviz.viewmodel.network.legends import LegendRow, legend_rows
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.scales import Scales, scales_of
from bpviz.viewmodel.network.shown_inputs import choose_inputs
from bpviz.viewmodel.network.shown_neurons import choose_ranked, choose_shown
from bpviz.viewmodel.network.tile_content import TileContent, available_content
from bpviz.viewmodel.run.phases import Phase

_MOST_PIXELS = 1024
"""Pixels looked at for edges; larger pictures give their strongest ones."""


class NeuronChoice(Enum):
    """How neurons are chosen that an abbreviated layer draws."""

    KEEP = "keep"
    """Every neuron stays in its slot; for between the rarer choices while running."""
    CHANGE_FEW = "change few"
    """What is nearly as good as the best stays in its slot."""
    SORT = "sort"
    """As `CHANGE_FEW`; but a layer whose most active neurons come first is sorted."""


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """What the user chose to see."""

    edge_budget: int = 400
    selected: Part | None = None
    tile_content: TileContent = TileContent.WEIGHT


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
    faint, faint_lines
        What is only hinted at; None where everything is known and is the subject.
    """

    inputs: IndexArray
    shown: tuple[IndexArray, ...]
    edges: EdgeSet
    lines: EdgeLines
    scales: Scales
    legend: tuple[LegendRow, ...]
    faint: FaintEdges | None = None
    faint_lines: EdgeLines | None = None


def next_picture(
    state: NetworkState,
    layout: GraphLayout,
    options: PictureOptions,
    previous: NetworkPicture | None = None,
    choice: NeuronChoice = NeuronChoice.CHANGE_FEW,
) -> NetworkPicture:
    """Return the choices for a state; what `previous` chose stays where it is nearly as good.

    Parameters
    ----------
    previous
        The last picture with the same layout.
    choice
        Whether neurons may change their slots.
    """
    if previous is not None and choice is NeuronChoice.KEEP:
        inputs, shown = previous.inputs, previous.shown
    else:
        is_sorted = choice is NeuronChoice.SORT and layout.request.most_active_first
        inputs, shown = _choose_neurons(state, layout, options, None if is_sorted else previous)
    request = _edge_request(state, layout, options, inputs, shown)
    edges = choose_edges(state, request, _kept_edges(state, previous))
    content = available_content(state, options.tile_content)
    every = _every_edge(state, request, edges)
    own = edges if _has_own_scale(state) and not request.recedes else every
    # Stepping, a place looks the same whichever way it was reached.
    before = previous.scales if previous is not None and state.reveal is None else None
    scales = scales_of(state, own, before, content, shown[0], every)
    faint = choose_faint(state, request)
    return NetworkPicture(
        inputs,
        shown,
        edges,
        edge_lines(edges, layout, inputs, shown),
        scales,
        legend_rows(state, scales, len(edges), layout.tiles is not None, options.selected),
        faint,
        None if faint is None else edge_lines(faint.edges, layout, inputs, shown),
    )


def _kept_edges(state: NetworkState, previous: NetworkPicture | None) -> EdgeSet | None:
    """Return the edges that should stay; a step through an iteration chooses each place afresh."""
    if previous is None or state.reveal is not None or previous.faint is not None:
        return None
    return previous.edges if previous.scales.quantity is quantity_of(state) else None


def _edge_request(
    state: NetworkState,
    layout: GraphLayout,
    options: PictureOptions,
    inputs: IndexArray,
    shown: tuple[IndexArray, ...],
) -> EdgeRequest:
    chain = chain_of_paths(state, options.selected)
    return EdgeRequest(
        sources=(_edge_inputs(state, layout, inputs), *shown[:-1]),
        targets=shown,
        budget=options.edge_budget,
        image_side=layout.request.image_side if layout.input.column is None else 0,
        with_bias=bool(layout.biases),
        # A chain is drawn over the gradients of all: its weight is one of many.
        selected=None if chain is not None else options.selected,
        recedes=_recedes(state, chain, options.selected),
    )


def _recedes(state: NetworkState, chain: ChainPaths | None, selected: Part | None) -> bool:
    """Tell whether the edges make room for a selected weight's paths, or for its two widths."""
    if state.reveal is not None and state.reveal.focus is not None:
        return False
    is_pair = isinstance(selected, WeightPart) and quantity_of(state) is EdgeQuantity.CHANGE
    return is_pair or (chain is not None and chain.has_fan)


def _every_edge(state: NetworkState, request: EdgeRequest, edges: EdgeSet) -> EdgeSet:
    """Return the edges as they are once all is known: scales made for them hold at every step."""
    if state.reveal is None and not request.recedes:
        return edges
    return choose_edges(replace(state, reveal=None), replace(request, selected=None, recedes=False))


def _has_own_scale(state: NetworkState) -> bool:
    """Tell whether the terms of one neuron are drawn, which are seen on a scale of their own."""
    has_focus = state.reveal is not None and state.reveal.focus is not None
    return has_focus and (state.phase is Phase.FORWARD or quantity_of(state) is EdgeQuantity.TERM)


def _choose_neurons(
    state: NetworkState, layout: GraphLayout, options: PictureOptions, previous: NetworkPicture | None
) -> tuple[IndexArray, tuple[IndexArray, ...]]:
    selected = options.selected
    is_ranked = layout.request.most_active_first
    shown = []
    for layer, (a, column) in enumerate(zip(state.sample.a, layout.columns, strict=True)):
        # Stepping, neurons stand in their order: what is known ends where what is not begins.
        before = previous.shown[layer] if previous and (state.reveal is None or is_ranked) else None
        wanted = [*_wanted(state, selected, layer)]
        is_output = column is layout.columns[-1]
        if is_output and state.sample.label is not None:
            wanted.append(state.sample.label)
        choose = choose_ranked if is_ranked and not is_output else choose_shown
        shown.append(choose(np.abs(a), len(column.y), before, tuple(wanted)))
    inputs = layout.input.column
    if inputs is None:
        return np.empty(0, dtype=np.intp), tuple(shown)
    before = previous.inputs if previous else None
    return choose_inputs(state, layout.request, len(inputs.y), before, selected), tuple(shown)


def _wanted(state: NetworkState, selected: Part | None, layer: int) -> Iterator[int]:
    """Yield the neurons of a layer that must be shown: the one in focus, and both ends of the selection."""
    focus = state.reveal.focus if state.reveal is not None else None
    for part in (focus, selected):
        match part:
            case NeuronPart(layer=at, index=index) | WeightPart(layer=at, target=index) if at == layer:
                yield index
            case WeightPart(layer=at, source=source) if at == layer + 1 and source != BIAS:
                yield source


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
        slots = _slots(neurons, layout.request.layers[layer])[np.where(is_bias, neurons[0], source)]
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
    tiles = layout.tiles_of(layer)
    if tiles is not None:
        return tiles.x[slots], tiles.y[slots] + tiles.size / 2
    column = layout.columns[layer]
    return np.full(len(slots), column.x), column.y[slots]


def _slots(shown: IndexArray, n: int) -> IndexArray:
    """Return the slot of each neuron of a layer, -1 for those not shown."""
    slots = np.full(n, -1)
    slots[shown] = np.arange(len(shown))
    return slots
