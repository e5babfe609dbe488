"""What a part of the drawn network says when it is pointed at: short lines of true numbers."""

import numpy as np

from bpviz.viewmodel.inspection.chain_paths import feed_of
from bpviz.viewmodel.network.edges import EdgeQuantity, weights_start
from bpviz.viewmodel.network.graph_geometry import GraphLayout
from bpviz.viewmodel.network.legends import NOT_YET, LegendRamp, LegendRow
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.part_names import neuron_name
from bpviz.viewmodel.network.parts import (
    BIAS,
    BiasPart,
    GapPart,
    InputPart,
    LegendPart,
    LossPart,
    NeuronPart,
    Part,
    PlanePart,
    WeightPart,
)
from bpviz.viewmodel.network.scales import Scales
from bpviz.viewmodel.network.tile_content import TileContent, available_content, tile_values
from bpviz.viewmodel.run.batch_gradients import batch_weight_gradients
from bpviz.viewmodel.words.number_format import grouped, short, signed_significant, significant, target_text

_PAIR_GAP = "   "


def readout(part: Part, state: NetworkState, layout: GraphLayout, picture: NetworkPicture) -> tuple[str, ...]:
    """Return the lines for any part: its name first, then its numbers."""
    match part:
        case NeuronPart():
            return neuron_lines(part, state)
        case WeightPart():
            return weight_lines(part, state)
        case InputPart():
            return input_lines(part, state, layout.request.image_side)
        case LegendPart(row=row):
            return legend_lines(picture.legend[row], state, picture.scales)
        case PlanePart():
            return ()
    return _static_lines(part, state, layout)


def _static_lines(
    part: BiasPart | GapPart | LossPart, state: NetworkState, layout: GraphLayout
) -> tuple[str, ...]:
    match part:
        case BiasPart():
            return bias_lines(part, state)
        case LossPart():
            return loss_lines(part, state)
        case GapPart(layer=layer):
            column = layout.input.column if layer < 0 else layout.columns[layer]
            return () if column is None else gap_lines(part, state, len(column.y), column.n_ends)


def neuron_lines(part: NeuronPart, state: NetworkState) -> tuple[str, ...]:
    """Return name, then a, z and bias, then δ and target, as far as they are known."""
    sample, layer, index = state.sample, part.layer, part.index
    reveal = state.reveal
    figures = []
    if reveal is None or reveal.knows_activation(layer, index):
        figures.append(f"a {significant(float(sample.a[layer][index]))}")
    if reveal is None or reveal.knows_sum(layer, index):
        figures.append(f"z {significant(float(sample.z[layer][index]))}")
    else:
        figures.append(NOT_YET)
    figures.append(f"bias {significant(float(state.network.b[layer][index]))}")
    name = neuron_name(state.network.architecture, layer, index)
    if (layer, index) in state.network.switched_off:
        name = f"{name}, switched off"
    lines = (name, _PAIR_GAP.join(figures))
    more = _target_and_delta(part, state)
    return (*lines, _PAIR_GAP.join(more)) if more else lines


def _target_and_delta(part: NeuronPart, state: NetworkState) -> list[str]:
    more = []
    if part.layer == state.network.architecture.depth - 1 and state.sample.target is not None:
        more.append(f"target {target_text(float(state.sample.target[part.index]))}")
    deltas = state.deltas
    if deltas is not None and (state.reveal is None or state.reveal.knows_delta(part.layer, part.index)):
        letter = "δ" if state.mean_of is None else "mean δ"
        more.append(f"{letter} {signed_significant(float(deltas[part.layer][part.index]))}")
    return more


def weight_lines(part: WeightPart, state: NetworkState) -> tuple[str, ...]:
    """Return both ends of a weight, then w, w × a, and its gradient and change as far as they are known."""
    target = neuron_name(state.network.architecture, part.layer, part.target).lower()
    name = f"{_source_name(part, state)} → {target}"
    reveal = state.reveal
    if part.source == BIAS:
        figures = [f"bias {significant(float(state.network.b[part.layer][part.target]))}"]
    else:
        w = float(state.network.W[part.layer][part.source, part.target])
        figures = [f"w {significant(w)}"]
        if reveal is None or reveal.knows_sum(part.layer, part.target):
            letter = "x" if part.layer == 0 else "a"
            figures.append(f"w × {letter} {significant(w * feed_of(state, part))}")
    more = []
    if state.deltas is not None and (reveal is None or reveal.knows_delta(part.layer, part.target)):
        more.append(_gradient_text(part, state))
    if state.parameters_after is not None and (reveal is None or reveal.updated[part.layer]):
        more.append(f"change {signed_significant(_change(part, state))}")
    return tuple(line for line in (name, _PAIR_GAP.join(figures), _PAIR_GAP.join(more)) if line)


def _gradient_text(part: WeightPart, state: NetworkState) -> str:
    if state.mean_of is not None:
        place = (np.array([number]) for number in (part.layer, part.source, part.target))
        mean = float(batch_weight_gradients(state.mean_of, *place)[0])
        return f"∂L/∂w {signed_significant(mean)}"
    assert state.sample.delta is not None
    own = feed_of(state, part) * float(state.sample.delta[part.layer][part.target])
    return f"∂Lᵢ/∂w {signed_significant(own)}"


def input_lines(part: InputPart, state: NetworkState, image_side: int) -> tuple[str, ...]:
    """Return the place and the value of an input."""
    value = significant(float(state.sample.x[part.index]))
    return (_input_name(part.index, image_side), f"x {value}")


def bias_lines(part: BiasPart, state: NetworkState) -> tuple[str, ...]:
    """Return what the constant 1 is for, and the range of the biases it feeds."""
    b = state.network.b[part.layer]
    span = f"{significant(float(b.min()))} to {significant(float(b.max()))}"
    return ("Constant 1, times each neuron's bias", f"{grouped(len(b))} biases, {span}")


def gap_lines(part: GapPart, state: NetworkState, n_shown: int, n_ends: int) -> tuple[str, ...]:
    """Return which neurons of an abbreviated layer are drawn."""
    n = state.network.architecture.layers[part.layer + 1]
    which = f"the first and last {n_ends}, and the most active." if n_ends else "the most active ones."
    return (
        f"{grouped(n_shown)} of {grouped(n)} are drawn:",
        which,
        "Click for the others.",
    )


def loss_lines(part: LossPart, state: NetworkState) -> tuple[str, ...]:
    """Return the name and value of the watched sample's loss."""
    name = f"Loss of this sample, {state.network.architecture.loss}"
    loss = state.sample.loss
    if state.reveal is not None and not state.reveal.is_loss_known:
        return (name, NOT_YET)
    if state.mean_of is not None:
        batch = state.mean_of
        return (f"Mean loss of {grouped(len(batch.losses))} samples", significant(batch.loss, 6))
    return (name, "no label, so no loss") if loss is None else (name, significant(loss, 6))


def legend_lines(row: LegendRow, state: NetworkState, scales: Scales) -> tuple[str, ...]:
    """Return how a scale is made and how many values lie beyond it, counted now."""
    if row.ramp in (LegendRamp.WEIGHT, LegendRamp.TILE_GRADIENT):
        return _tile_lines(state, scales)
    if row.ramp in (LegendRamp.ACTIVATION, LegendRamp.SIGNED_ACTIVATION):
        return _activation_lines(state, scales)
    if row.ramp in (LegendRamp.GRADIENT, LegendRamp.CHANGE):
        return ("One scale for all layers: full width and colour", f"at {row.high} and {row.low}")
    return _edge_lines(scales)


def _tile_lines(state: NetworkState, scales: Scales) -> tuple[str, ...]:
    name = {
        TileContent.WEIGHT: "Weights",
        TileContent.GRADIENT: "Gradients ∂L/∂W of the batch",
        TileContent.VELOCITY: "Velocity of the weights",
    }[scales.content]
    neurons = np.arange(state.network.architecture.layers[1])
    values = tile_values(state, available_content(state, scales.content), neurons)
    beyond = int(np.count_nonzero(np.abs(values) > scales.weight))
    return (
        f"{name} in the small images: 99 % are within the scale",
        f"{grouped(beyond)} of {grouped(values.size)} are beyond ±{short(scales.weight)}, drawn as its end",
    )


def _activation_lines(state: NetworkState, scales: Scales) -> tuple[str, ...]:
    name = state.network.architecture.activation
    if name in ("sigmoid", "tanh"):
        return (f"All values {name} can take",)
    hidden = np.concatenate(state.sample.a[:-1]) if len(state.sample.a) > 1 else state.sample.output
    beyond = int(np.count_nonzero(np.abs(hidden) > scales.hidden.high))
    return (
        f"99 % of this sample's {name} activations are within",
        f"{grouped(beyond)} of {grouped(hidden.size)} are beyond, drawn as the end",
    )


def _edge_lines(scales: Scales) -> tuple[str, ...]:
    strongest = f"The strongest by |{scales.quantity.value}|, shared between layers;"
    row = "of each row of pixels only the strongest to a neuron"
    if scales.quantity is EdgeQuantity.CONTRIBUTION:
        widths = ", ".join(short(limit) for limit in scales.edges)
        return (strongest, row, f"full width, by layer: {widths}")
    return (strongest, row)


def _source_name(part: WeightPart, state: NetworkState) -> str:
    if part.source == BIAS:
        return "Constant 1"
    if part.layer > 0:
        return neuron_name(state.network.architecture, part.layer - 1, part.source)
    side = round(len(state.sample.x) ** 0.5)
    return _input_name(part.source, side if side * side == len(state.sample.x) and side >= 7 else 0)


def _input_name(index: int, image_side: int) -> str:
    if not image_side:
        return f"Input {index}"
    return f"Pixel in row {index // image_side}, column {index % image_side}"


def _change(part: WeightPart, state: NetworkState) -> float:
    assert state.parameters_after is not None
    layers = state.network.architecture.layers
    row = layers[part.layer] if part.source == BIAS else part.source
    flat = weights_start(layers, part.layer) + row * layers[part.layer + 1] + part.target
    return float(state.parameters_after[flat] - state.network.parameters[flat])
