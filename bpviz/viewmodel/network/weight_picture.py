"""How a selected weight is drawn: its line, what it is a factor of, and its way to the loss."""

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.inspection.chain_paths import ChainPaths, chain_of_paths, feed_of
from bpviz.viewmodel.network.edge_choice import edges_between
from bpviz.viewmodel.network.edges import EdgeSet, joined
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.network.network_picture import EdgeLines, NetworkPicture, edge_lines
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.tags import Tag, TagTone, gradient_tone, weight_tone
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import signed_significant, significant, telling_apart

_PATHS_PER_LAYER = 36
_FAINTEST_SHARE = 0.01
_FLAT_PX = 64.0
_ASIDE_PX = (20.0, 17.0)
_AWAY_PX = 20.0
_NARROW_PX = 150.0


class WeightLook(Enum):
    """What of a weight is drawn."""

    PLAIN = "plain"
    CHAIN = "chain"
    """Its gradient, and the way of that gradient from the loss."""
    PAIR = "pair"
    """Its old width beside its new one."""


@dataclass(frozen=True, slots=True)
class WeightPicture:
    """A selected weight.

    Attributes
    ----------
    x, y
        Ends of its line, shape (2,), source first.
    value
        What its colour tells: ∂L/∂w, or the weight.
    old, new
        Both widths of a PAIR, 1 being the widest weight.
    fan, flows
        The edges behind it that carry most of its gradient, and how much each carries of what the
        strongest does, −1 to 1.
    tags
        The factors.
    """

    look: WeightLook
    x: FloatArray
    y: FloatArray
    value: float
    tags: tuple[Tag, ...]
    old: float = 0.0
    new: float = 0.0
    fan: EdgeLines | None = None
    flows: FloatArray = field(default_factory=lambda: np.empty(0))


def weight_picture(
    state: NetworkState, layout: GraphLayout, picture: NetworkPicture, selected: Part | None
) -> WeightPicture | None:
    """Return how a selected weight is drawn; None for anything else, or if an end of it is not shown."""
    if not isinstance(selected, WeightPart) or not _is_shown(selected, layout, picture):
        return None
    line = _line(selected, state, layout, picture)
    x, y = line.x[0], line.y[0]
    paths = chain_of_paths(state, selected)
    if paths is not None:
        fan, flows = _fan(paths, state, layout, picture)
        return WeightPicture(
            WeightLook.CHAIN, x, y, paths.gradient, _chain_tags(paths, x, y, layout), fan=fan, flows=flows
        )
    is_updated = state.reveal is None or state.reveal.updated[selected.layer]
    if state.phase is Phase.UPDATE and state.parameters_after is not None and is_updated:
        return _pair(selected, state, layout, x, y)
    return _plain(selected, state, layout, x, y)


def lit_output(state: NetworkState, picture: NetworkPicture, selected: Part | None) -> int | None:
    """Return the slot of the one output that the gradient drawn has come through; None for several."""
    if state.phase is not Phase.BACKWARD or state.deltas is None:
        return None
    focus, last = state.reveal.focus if state.reveal is not None else None, len(picture.shown) - 1
    paths = chain_of_paths(state, selected)
    if paths is not None:
        index = paths.weight.target if paths.weight.layer == last else None
    else:
        part = focus or selected
        index = part.index if isinstance(part, NeuronPart) and part.layer == last else None
    slots = np.flatnonzero(picture.shown[-1] == index) if index is not None else np.empty(0)
    return int(slots[0]) if len(slots) else None


def _is_shown(weight: WeightPart, layout: GraphLayout, picture: NetworkPicture) -> bool:
    if weight.layer >= len(picture.shown) or weight.target not in picture.shown[weight.layer]:
        return False
    if weight.source == BIAS:
        return bool(layout.biases)
    if weight.layer == 0:
        return layout.input.column is None or weight.source in picture.inputs
    return weight.source in picture.shown[weight.layer - 1]


def _line(weight: WeightPart, state: NetworkState, layout: GraphLayout, picture: NetworkPicture) -> EdgeLines:
    ends = np.array([weight.source]), np.array([weight.target])
    edges = edges_between(state.network.architecture.layers, weight.layer, *ends)
    return edge_lines(edges, layout, picture.inputs, picture.shown)


def _fan(
    paths: ChainPaths, state: NetworkState, layout: GraphLayout, picture: NetworkPicture
) -> tuple[EdgeLines | None, FloatArray]:
    """Return the strongest paths behind the weight among the neurons shown."""
    if not paths.has_fan:
        return None, np.empty(0)
    parts: list[EdgeSet] = []
    values: list[FloatArray] = []
    layers = state.network.architecture.layers
    for layer in range(paths.weight.layer + 1, state.network.architecture.depth):
        flows = paths.flows(state, layer)
        sources, targets = picture.shown[layer - 1], picture.shown[layer]
        if layer == paths.weight.layer + 1:
            sources = np.array([paths.weight.target])
        shown = np.nan_to_num(flows[np.ix_(sources, targets)])
        rows, columns = _strongest_cells(shown)
        parts.append(edges_between(layers, layer, sources[rows], targets[columns]))
        values.append(shown[rows, columns])
    flow = np.concatenate(values)
    limit = float(np.abs(flow).max(initial=0.0))
    lines = edge_lines(joined(parts), layout, picture.inputs, picture.shown)
    return lines, flow / limit if limit > 0 else np.zeros(len(flow))


def _strongest_cells(values: FloatArray) -> tuple[IndexArray, IndexArray]:
    size = np.abs(values).ravel()
    order = np.argsort(size)[-_PATHS_PER_LAYER:]
    order = order[size[order] > _FAINTEST_SHARE * size.max(initial=0.0)]
    rows, columns = np.unravel_index(order, values.shape)
    return rows, columns


def _chain_tags(paths: ChainPaths, x: FloatArray, y: FloatArray, layout: GraphLayout) -> tuple[Tag, ...]:
    letter = "∂L/∂w" if paths.feed is None else "∂Lᵢ/∂w"
    main = _middle_tag(
        f"{letter} = {signed_significant(paths.gradient)}", x, y, gradient_tone(paths.gradient)
    )
    if paths.feed is None or paths.delta is None:
        return (main,)
    text, tone = f"δ = {signed_significant(paths.delta)}", gradient_tone(paths.delta)
    if paths.weight.layer == 0 and len(layout.columns) > 1:
        # Between picture and weight images there is no room for three; the neuron is behind its image.
        disc = layout.columns[0]
        at_x = disc.x + disc.radius + 0.7 * _AWAY_PX * layout.request.factor
        target = Tag(text, at_x, _disc_y(y, layout), 0.0, tone)
    else:
        target = _end_tag((text, tone), x, y, layout)
    return (_source_tag(paths.weight, paths.feed, x, y, layout), target, main)


def _disc_y(y: FloatArray, layout: GraphLayout) -> float:
    return float(layout.columns[0].y[np.abs(layout.columns[0].y - y[1]).argmin()])


def _pair(
    weight: WeightPart, state: NetworkState, layout: GraphLayout, x: FloatArray, y: FloatArray
) -> WeightPicture:
    assert state.parameters_after is not None
    ends = np.array([weight.source]), np.array([weight.target])
    place = edges_between(state.network.architecture.layers, weight.layer, *ends).parameter
    before, after = float(state.network.parameters[place][0]), float(state.parameters_after[place][0])
    change = f"Δw = {signed_significant(after - before)}", weight_tone(after - before)
    main = _middle_tag(" → ".join(telling_apart(before, after)), x, y, weight_tone(after))
    widest = max(abs(before), abs(after), 1e-30)
    reach = max(float(np.abs(state.network.W[weight.layer]).max()), widest)
    return WeightPicture(
        WeightLook.PAIR,
        x,
        y,
        after,
        (_end_tag(change, x, y, layout), main),
        old=abs(before) / reach,
        new=abs(after) / reach,
    )


def _plain(
    weight: WeightPart, state: NetworkState, layout: GraphLayout, x: FloatArray, y: FloatArray
) -> WeightPicture:
    w, is_bias, reveal = _weight(weight, state), weight.source == BIAS, state.reveal
    tags = [_middle_tag(f"{'b' if is_bias else 'w'} = {signed_significant(w)}", x, y, weight_tone(w))]
    if not is_bias:
        feed, letter = feed_of(state, weight), "x" if weight.layer == 0 else "a"
        if reveal is None or weight.layer == 0 or reveal.knows_activation(weight.layer - 1, weight.source):
            tags.append(_source_tag(weight, feed, x, y, layout))
        if reveal is None or reveal.knows_sum(weight.layer, weight.target):
            product = f"w × {letter} = {signed_significant(w * feed)}", weight_tone(w * feed)
            tags.append(_end_tag(product, x, y, layout))
    return WeightPicture(WeightLook.PLAIN, x, y, w, tuple(tags))


def _weight(weight: WeightPart, state: NetworkState) -> float:
    network = state.network
    if weight.source == BIAS:
        return float(network.b[weight.layer][weight.target])
    return float(network.W[weight.layer][weight.source, weight.target])


def _middle_tag(text: str, x: FloatArray, y: FloatArray, tone: TagTone) -> Tag:
    return Tag(text, float(x.mean()), float(y.mean()), 0.5, tone, is_main=True)


def _source_tag(weight: WeightPart, feed: float, x: FloatArray, y: FloatArray, layout: GraphLayout) -> Tag:
    letter = "x" if weight.layer == 0 else "a"
    text = "1" if weight.source == BIAS else f"{letter} = {significant(feed)}"
    tone = TagTone.PLAIN if weight.layer == 0 or weight.source == BIAS else TagTone.ACTIVATION
    at_x, at_y, align = _beside(0, x, y, layout)
    return Tag(text, at_x, at_y, align, tone)


def _end_tag(what: tuple[str, TagTone], x: FloatArray, y: FloatArray, layout: GraphLayout) -> Tag:
    at_x, at_y, align = _beside(1, x, y, layout)
    return Tag(what[0], at_x, at_y, align, what[1])


def _beside(end: int, x: FloatArray, y: FloatArray, layout: GraphLayout) -> tuple[float, float, float]:
    """Return a point beside an end of a line, clear of it, and the alignment of a tag there."""
    f = layout.request.factor
    down = 1.0 if y[1] >= y[0] else -1.0
    rise, run = abs(float(y[1] - y[0])), float(x[1] - x[0])
    # Along a steep line tags stand inside; along a flat one above and below; short ones get them outside.
    is_steep = rise > _FLAT_PX * f
    away = _AWAY_PX * f
    if end == 0:
        at_y = float(y[0]) + down * _ASIDE_PX[0] * f * (1.0 if is_steep else -1.2)
        is_outside = run < _NARROW_PX * f and not is_steep
        return float(x[0]) + (-away if is_outside else away), at_y, 1.0 if is_outside else 0.0
    at_y = float(y[1]) + down * _ASIDE_PX[1] * f * (1.0 if is_steep else 1.2)
    return float(x[1]) - away, at_y, 1.0
