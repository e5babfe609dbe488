"""Which edges are drawn: the strongest known ones, and a few very faint ones for what is not known yet."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network.edges import EdgeSet, edge_values, joined, weights_start
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, Part, WeightPart
from bpviz.viewmodel.run.phases import Phase

_KEEP = 1.3
"""An edge already drawn counts this much stronger than one that is not, so that edges do not flicker."""

_FAINT_BUDGET = 140
"""Edges in all that only hint at what is not computed yet, or was before."""

_NONE = np.empty(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class EdgeRequest:
    """What may be drawn.

    Attributes
    ----------
    sources
        Neurons shown on the left of each weight layer; for an image, the pixels worth looking at.
    targets
        Neurons shown on the right of each weight layer.
    budget
        Most edges in all.
    image_side
        Pixels on a side if the input is an image: of each of its rows only the strongest pixel has an
        edge to a neuron, because all of a row leave the picture at the same place.
    with_bias
        Count the biases as edges from the constant 1.
    selected
        Where a neuron is selected, only its own edges are drawn, and for a weight those of its target.
    recedes
        Draw every known edge faintly: something else is the subject.
    """

    sources: tuple[IndexArray, ...]
    targets: tuple[IndexArray, ...]
    budget: int
    image_side: int = 0
    with_bias: bool = True
    selected: Part | None = None
    recedes: bool = False


@dataclass(frozen=True, slots=True)
class FaintEdges:
    """Edges of which only the sign is drawn.

    Attributes
    ----------
    is_done
        True for what was computed before, False for what is not computed yet, of which only the sign of
        the weight is known; shape (n,).
    is_negative
        Shape (n,).
    """

    edges: EdgeSet
    is_done: npt.NDArray[np.bool_]
    is_negative: npt.NDArray[np.bool_]


def choose_edges(state: NetworkState, request: EdgeRequest, previous: EdgeSet | None = None) -> EdgeSet:
    """Return the strongest known edges of each weight layer within the budget."""
    depth = state.network.architecture.depth
    if request.recedes:
        return joined([_between(state, layer, _NONE, _NONE) for layer in range(depth)])
    candidates = [_between(state, layer, *_bright_sides(state, request, layer)) for layer in range(depth)]
    return _chosen(state, candidates, request, request.budget, previous)


def choose_faint(state: NetworkState, request: EdgeRequest) -> FaintEdges | None:
    """Return what is only hinted at; None where everything is known and is the subject."""
    if state.reveal is None and not request.recedes:
        return None
    depth = state.network.architecture.depth
    done = [_between(state, layer, *_done_sides(state, request, layer)) for layer in range(depth)]
    unknown = [_between(state, layer, *_unknown_sides(state, request, layer)) for layer in range(depth)]
    before = _chosen(state, done, request, request.budget if request.recedes else _FAINT_BUDGET)
    weights = state.network.parameters
    after = _chosen(state, unknown, request, _FAINT_BUDGET, by_weight=True)
    signs = np.concatenate((edge_values(state, before), weights[after.parameter])) < 0
    is_done = np.arange(len(before) + len(after)) < len(before)
    return FaintEdges(joined([before, after]), is_done, signs)


def known_targets(state: NetworkState) -> tuple[int, ...]:
    """Return into how many neurons of each weight layer, from the first, edges have their number."""
    sizes, reveal = state.network.architecture.layers[1:], state.reveal
    if reveal is None:
        return sizes
    if state.phase is Phase.BACKWARD:
        return reveal.deltas
    if state.phase is Phase.UPDATE:
        return tuple(n if is_new else 0 for n, is_new in zip(sizes, reveal.updated, strict=True))
    return reveal.sums


_Sides = tuple[IndexArray, IndexArray]


def _bright_sides(state: NetworkState, request: EdgeRequest, layer: int) -> _Sides:
    """Return both sides of the edges that are the subject, the constant 1 among the sources."""
    sources, targets = _selected_only(request, layer)
    if state.reveal is None:
        return sources, targets
    targets = targets[targets < known_targets(state)[layer]]
    focus = state.reveal.focus
    return (sources, targets) if focus is None else _focus_only(state, focus, layer, sources, targets)


def _focus_only(
    state: NetworkState, focus: NeuronPart, layer: int, sources: IndexArray, targets: IndexArray
) -> _Sides:
    """Return the sides of the edges that the neuron in focus is computed from."""
    if _hands_back(state, focus):
        is_mine = layer == focus.layer + 1
        return (np.array([focus.index]), targets) if is_mine else (_NONE, _NONE)
    return (sources, np.array([focus.index])) if layer == focus.layer else (_NONE, _NONE)


def _hands_back(state: NetworkState, focus: NeuronPart) -> bool:
    return state.phase is Phase.BACKWARD and focus.layer < state.network.architecture.depth - 1


def _done_sides(state: NetworkState, request: EdgeRequest, layer: int) -> _Sides:
    sources, targets = _with_bias(request, layer), request.targets[layer]
    known = targets[targets < known_targets(state)[layer]]
    if request.recedes:
        return sources, known
    focus = state.reveal.focus if state.reveal is not None else None
    if focus is None:
        return _NONE, _NONE
    if layer == focus.layer and state.phase is Phase.BACKWARD and not _hands_back(state, focus):
        return sources, known[known < focus.index]
    is_before = layer > focus.layer + 1 if state.phase is Phase.BACKWARD else layer < focus.layer
    return (sources, known) if is_before else (_NONE, _NONE)


def _unknown_sides(state: NetworkState, request: EdgeRequest, layer: int) -> _Sides:
    targets, focus = request.targets[layer], state.reveal.focus if state.reveal is not None else None
    if focus is not None and layer == focus.layer and not _hands_back(state, focus):
        return _NONE, _NONE
    return _with_bias(request, layer), targets[targets >= known_targets(state)[layer]]


def _with_bias(request: EdgeRequest, layer: int) -> IndexArray:
    sources = request.sources[layer]
    return np.append(sources, BIAS) if request.with_bias else sources


def _selected_only(request: EdgeRequest, layer: int) -> _Sides:
    sources, targets = _with_bias(request, layer), request.targets[layer]
    match request.selected:
        case NeuronPart(layer=at, index=index) if at == layer - 1:
            return np.array([index]), targets
        case NeuronPart(layer=at, index=index) | WeightPart(layer=at, target=index):
            return (sources, np.array([index])) if at == layer else (_NONE, _NONE)
    return sources, targets


def edges_between(layers: tuple[int, ...], layer: int, source: IndexArray, target: IndexArray) -> EdgeSet:
    """Return the edges of a weight layer from each of `source` to its fellow in `target`."""
    n_in, n_out = layers[layer], layers[layer + 1]
    row = np.where(source == BIAS, n_in, source)
    return EdgeSet(
        layer=np.full(len(source), layer),
        source=source,
        target=target,
        # The biases follow a layer's weights as one more row.
        parameter=weights_start(layers, layer) + row * n_out + target,
        source_signal=sum(n + 1 for n in layers[:layer]) + row,
        target_signal=sum(layers[1 : layer + 1]) + target,
    )


def _between(state: NetworkState, layer: int, sources: IndexArray, targets: IndexArray) -> EdgeSet:
    """Return every edge of a weight layer between two sides."""
    source, target = (grid.ravel() for grid in np.meshgrid(sources, targets, indexing="ij"))
    return edges_between(state.network.architecture.layers, layer, source, target)


def _chosen(
    state: NetworkState,
    candidates: list[EdgeSet],
    request: EdgeRequest,
    budget: int,
    previous: EdgeSet | None = None,
    *,
    by_weight: bool = False,
) -> EdgeSet:
    known = None if previous is None else np.sort(previous.parameter)
    shares = _shares(budget, [len(edges) for edges in candidates])
    weights = state.network.parameters
    kept = []
    for layer, (edges, share) in enumerate(zip(candidates, shares, strict=True)):
        values = weights[edges.parameter] if by_weight else edge_values(state, edges)
        size = _favoured(np.abs(values), edges, known)
        kept.append(_strongest(edges, size, share, request.image_side if layer == 0 else 0))
    return joined(kept)


def _favoured(size: FloatArray, edges: EdgeSet, known: IndexArray | None) -> FloatArray:
    if known is None or not len(known):
        return size
    place = np.minimum(np.searchsorted(known, edges.parameter), len(known) - 1)
    return np.where(known[place] == edges.parameter, _KEEP * size, size)


def _shares(budget: int, available: list[int]) -> list[int]:
    """Return how many edges each layer gets: equal parts, what one cannot use going to the others."""
    shares = [0] * len(available)
    left, order = budget, sorted(range(len(available)), key=lambda layer: available[layer])
    for done, layer in enumerate(order):
        shares[layer] = min(available[layer], left // (len(order) - done))
        left -= shares[layer]
    return shares


def _strongest(edges: EdgeSet, size: FloatArray, share: int, image_side: int) -> EdgeSet:
    chosen = _largest(size, share * 4 if image_side else share)
    if image_side:
        chosen = _one_per_row(edges, chosen, size, image_side)[:share]
    return edges.taken(chosen)


def _largest(size: FloatArray, count: int) -> IndexArray:
    if count <= 0:
        return _NONE
    if count >= len(size):
        return np.arange(len(size))
    return np.argpartition(-size, count - 1)[:count]


def _one_per_row(edges: EdgeSet, chosen: IndexArray, size: FloatArray, side: int) -> IndexArray:
    """Return, strongest first, the strongest edge from each row of pixels to each neuron."""
    ordered = chosen[np.argsort(-size[chosen], kind="stable")]
    row = np.where(edges.source[ordered] == BIAS, side, edges.source[ordered] // side)
    line = edges.target[ordered] * (side + 1) + row
    first = np.unique(line, return_index=True)[1]
    return ordered[np.sort(first)]
