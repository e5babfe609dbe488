"""Which edges are drawn, and how strong each is: cheap every frame, whatever the network's size.

An edge set is chosen now and then among the neurons shown; between choices only the values of the
chosen few hundred are read anew.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.parts import BIAS, NeuronPart, Part, WeightPart
from bpviz.viewmodel.phases import Phase

N_LEVELS = 8
"""Strengths told apart by width and colour; each with its sign is one bucket."""

_KEEP = 1.3
"""An edge already drawn counts this much stronger than one that is not, so that edges do not flicker."""

_FAINTEST_SHARE = 0.004
"""Edges weaker than this share of their scale would not be seen and are not drawn."""


class EdgeQuantity(Enum):
    """The number an edge stands for."""

    CONTRIBUTION = "w × a"
    GRADIENT = "∂L/∂w"
    CHANGE = "Δw"


def quantity_of(state: NetworkState) -> EdgeQuantity:
    """Return what the edges of this state stand for; what is unknown falls back to w × a."""
    if state.phase is Phase.BACKWARD and state.sample.delta is not None:
        return EdgeQuantity.GRADIENT
    if state.phase is Phase.UPDATE and state.parameters_after is not None:
        return EdgeQuantity.CHANGE
    return EdgeQuantity.CONTRIBUTION


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
        Where a neuron or weight is selected, only its own edges are drawn.
    """

    sources: tuple[IndexArray, ...]
    targets: tuple[IndexArray, ...]
    budget: int
    image_side: int = 0
    with_bias: bool = True
    selected: Part | None = None


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
    factor = parameters[edges.parameter]
    if quantity is EdgeQuantity.GRADIENT and state.sample.delta is not None:
        factor = np.concatenate(state.sample.delta)[edges.target_signal]
    # A diverged network has infinite activations; 0 · ∞ is then no number, and is not drawn.
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(signals(state)[edges.source_signal] * factor)


def choose_edges(state: NetworkState, request: EdgeRequest, previous: EdgeSet | None = None) -> EdgeSet:
    """Return the strongest edges of each weight layer within the budget."""
    layers = state.network.architecture.layers
    candidates = [_candidates(state, request, layer) for layer in range(len(layers) - 1)]
    known = None if previous is None else np.sort(previous.parameter)
    shares = _shares(request.budget, [len(edges) for edges in candidates])
    kept = [
        _strongest(state, edges, share, known, request.image_side if layer == 0 else 0)
        for layer, (edges, share) in enumerate(zip(candidates, shares, strict=True))
    ]
    return _joined(kept)


def _candidates(state: NetworkState, request: EdgeRequest, layer: int) -> EdgeSet:
    """Return every edge between what is shown on both sides of a weight layer."""
    sizes = state.network.architecture.layers
    n_in, n_out = sizes[layer], sizes[layer + 1]
    sources, targets = _selected_only(request, layer)
    source, target = (grid.ravel() for grid in np.meshgrid(sources, targets, indexing="ij"))
    row = np.where(source == BIAS, n_in, source)
    return EdgeSet(
        layer=np.full(len(source), layer),
        source=source,
        target=target,
        # The biases follow a layer's weights as one more row.
        parameter=weights_start(sizes, layer) + row * n_out + target,
        source_signal=sum(n + 1 for n in sizes[:layer]) + row,
        target_signal=sum(sizes[1 : layer + 1]) + target,
    )


def _selected_only(request: EdgeRequest, layer: int) -> tuple[IndexArray, IndexArray]:
    """Return both sides of a layer's candidates, the constant 1 among the sources."""
    sources, targets = request.sources[layer], request.targets[layer]
    if request.with_bias:
        sources = np.append(sources, BIAS)
    nothing = np.empty(0, dtype=np.intp)
    match request.selected:
        case NeuronPart(layer=at, index=index) if at == layer - 1:
            return np.array([index]), targets
        case NeuronPart(layer=at, index=index) | WeightPart(layer=at, target=index):
            return (sources, np.array([index])) if at == layer else (nothing, nothing)
    return sources, targets


def _shares(budget: int, available: list[int]) -> list[int]:
    """Return how many edges each layer gets: equal parts, what one cannot use going to the others."""
    shares = [0] * len(available)
    left, order = budget, sorted(range(len(available)), key=lambda layer: available[layer])
    for done, layer in enumerate(order):
        shares[layer] = min(available[layer], left // (len(order) - done))
        left -= shares[layer]
    return shares


def _strongest(
    state: NetworkState, edges: EdgeSet, share: int, known: IndexArray | None, image_side: int
) -> EdgeSet:
    size = np.abs(edge_values(state, edges))
    if known is not None and len(known):
        place = np.minimum(np.searchsorted(known, edges.parameter), len(known) - 1)
        size = np.where(known[place] == edges.parameter, _KEEP * size, size)
    chosen = _largest(size, share * 4 if image_side else share)
    if image_side:
        chosen = _one_per_row(edges, chosen, size, image_side)[:share]
    return _taken(edges, chosen)


def _largest(size: FloatArray, count: int) -> IndexArray:
    if count <= 0:
        return np.empty(0, dtype=np.intp)
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


def _taken(edges: EdgeSet, chosen: IndexArray) -> EdgeSet:
    return EdgeSet(
        edges.layer[chosen],
        edges.source[chosen],
        edges.target[chosen],
        edges.parameter[chosen],
        edges.source_signal[chosen],
        edges.target_signal[chosen],
    )


def _joined(parts: list[EdgeSet]) -> EdgeSet:
    return EdgeSet(
        np.concatenate([part.layer for part in parts]),
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.target for part in parts]),
        np.concatenate([part.parameter for part in parts]),
        np.concatenate([part.source_signal for part in parts]),
        np.concatenate([part.target_signal for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class Buckets:
    """Edges sorted into buckets of equal look.

    Attributes
    ----------
    order
        The drawn edges, bucket by bucket.
    bounds
        Bucket k holds `order[bounds[k]:bounds[k + 1]]`; k = 2 × level + (1 if negative).
    """

    order: IndexArray
    bounds: IndexArray


def bucketed(values: FloatArray, scale: FloatArray) -> Buckets:
    """Return the edges by strength and sign, the faintest left out.

    Parameters
    ----------
    values
        What each edge stands for, shape (n,).
    scale
        The value drawn at full width, shape (n,) or (1,).
    """
    share = np.abs(values) / scale
    # NaN is not above the threshold, so values that are no numbers are left out.
    is_drawn = share > _FAINTEST_SHARE
    level = np.where(is_drawn, np.minimum(share * N_LEVELS, N_LEVELS - 1), N_LEVELS).astype(np.intp)
    bucket = 2 * level + (is_drawn & (values < 0))
    order = np.argsort(bucket, kind="stable")
    return Buckets(order, np.searchsorted(bucket[order], np.arange(2 * N_LEVELS + 1)))
