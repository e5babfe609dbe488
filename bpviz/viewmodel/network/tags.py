"""Small labels on the drawing that carry the number it is about just now."""

from dataclasses import dataclass
from enum import Enum

from bpviz.viewmodel.network.edges import weights_start
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.network.legends import NOT_YET
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import NeuronPart, Part
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import signed_significant, significant

_AWAY_PX = 14.0


class TagTone(Enum):
    """What kind of number a tag carries; a theme has a colour of this name for each."""

    ACTIVATION = "activation_text"
    GRADIENT_POSITIVE = "gradient_positive_text"
    GRADIENT_NEGATIVE = "gradient_negative_text"
    WEIGHT_POSITIVE = "weight_positive_text"
    WEIGHT_NEGATIVE = "weight_negative_text"
    PLAIN = "text"
    QUIET = "secondary"


@dataclass(frozen=True, slots=True)
class Tag:
    """A label beside a point of the stage.

    Attributes
    ----------
    align
        Where the point lies on the tag, 0 at its left end to 1 at its right, always at half its height.
    is_main
        Filled with its colour: the one number the picture is about.
    """

    text: str
    x: float
    y: float
    align: float
    tone: TagTone
    is_main: bool = False


def gradient_tone(value: float) -> TagTone:
    """Return the tone of a gradient of this sign."""
    return TagTone.GRADIENT_NEGATIVE if value < 0 else TagTone.GRADIENT_POSITIVE


def weight_tone(value: float) -> TagTone:
    """Return the tone of a weight of this sign."""
    return TagTone.WEIGHT_NEGATIVE if value < 0 else TagTone.WEIGHT_POSITIVE


def neuron_tags(
    state: NetworkState, layout: GraphLayout, picture: NetworkPicture, selected: Part | None
) -> tuple[Tag, ...]:
    """Return the tags of the neuron in focus and of a selected one."""
    focus = state.reveal.focus if state.reveal is not None else None
    wanted = {part for part in (focus, selected) if isinstance(part, NeuronPart)}
    tags = (_neuron_tag(state, layout, picture, part) for part in wanted)
    return tuple(tag for tag in tags if tag is not None)


def _neuron_tag(
    state: NetworkState, layout: GraphLayout, picture: NetworkPicture, part: NeuronPart
) -> Tag | None:
    if part.layer >= len(layout.columns) or part.index not in picture.shown[part.layer]:
        return None
    column, slot = layout.columns[part.layer], picture.shown[part.layer].tolist().index(part.index)
    text, tone = _neuron_text(state, part)
    away = _AWAY_PX * layout.request.factor + column.radius
    # An output has its name and bar at its right.
    is_output = part.layer == len(layout.columns) - 1
    x = column.x - away if is_output else column.x + away
    if is_output and part.layer == 0 and layout.tiles is not None:
        x = float(layout.tiles.x[slot]) - _AWAY_PX * layout.request.factor
    return Tag(text, x, float(column.y[slot]), 1.0 if is_output else 0.0, tone)


def _neuron_text(state: NetworkState, part: NeuronPart) -> tuple[str, TagTone]:
    layer, index, reveal = part.layer, part.index, state.reveal
    if (layer, index) in state.network.switched_off:
        return "switched off", TagTone.QUIET
    deltas = state.deltas
    if state.phase is Phase.UPDATE and state.parameters_after is not None and _is_updated(state, layer):
        before = float(state.network.b[layer][index])
        after = float(state.parameters_after[_bias_place(state, part)])
        return f"b {significant(before)} → {significant(after)}", TagTone.PLAIN
    knows_delta = reveal is None or reveal.knows_delta(layer, index)
    if state.phase is Phase.BACKWARD and deltas is not None and knows_delta:
        delta = float(deltas[layer][index])
        letter = "δ" if state.mean_of is None else "mean δ"
        return f"{letter} = {signed_significant(delta)}", gradient_tone(delta)
    if reveal is None or reveal.knows_activation(layer, index):
        return f"a = {significant(float(state.sample.a[layer][index]))}", TagTone.ACTIVATION
    if reveal.knows_sum(layer, index):
        return f"z = {significant(float(state.sample.z[layer][index]))}", TagTone.PLAIN
    return NOT_YET, TagTone.QUIET


def _is_updated(state: NetworkState, layer: int) -> bool:
    return state.reveal is None or state.reveal.updated[layer]


def _bias_place(state: NetworkState, part: NeuronPart) -> int:
    layers = state.network.architecture.layers
    return weights_start(layers, part.layer + 1) - layers[part.layer + 1] + part.index
