"""Sentences about one neuron or input: what it does in this phase, in its own numbers."""

import numpy as np

from bpviz.viewmodel.network.edges import weights_start
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.part_names import image_side, input_name, layer_name, neuron_name
from bpviz.viewmodel.network.parts import InputPart, NeuronPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import grouped, signed, signed_significant, significant, target_text
from bpviz.viewmodel.words.sentence_text import Sentence, output_text


def neuron_sentence(state: NetworkState, part: NeuronPart) -> Sentence:
    """Return the sentence for a neuron, as far as it is computed."""
    if (part.layer, part.index) in state.network.switched_off:
        return Sentence(f"{_name(state, part)} is switched off:", "it passes nothing on.")
    reveal = state.reveal
    is_updated = reveal is None or reveal.updated[part.layer]
    if state.phase is Phase.UPDATE and state.parameters_after is not None and is_updated:
        return _updated_neuron(state, part)
    knows_delta = reveal is None or reveal.knows_delta(part.layer, part.index)
    if state.phase is Phase.BACKWARD and state.deltas is not None and knows_delta:
        return _backward_neuron(state, part)
    if reveal is not None and not reveal.knows_sum(part.layer, part.index):
        return Sentence(f"{_name(state, part)} has not been computed yet.")
    is_output = part.layer == state.network.architecture.depth - 1
    if state.phase is Phase.LOSS and is_output and state.sample.target is not None:
        return Sentence(f"{_error_text(state, part)}.")
    return _forward_neuron(state, part)


def input_sentence(state: NetworkState, part: InputPart) -> Sentence:
    """Return the sentence for an input: its value, and where it adds most."""
    architecture = state.network.architecture
    value = float(state.sample.x[part.index])
    kind = "pixel in " if image_side(architecture) else ""
    start = f"The {kind}{input_name(architecture, part.index)} is {significant(value)}"
    if value == 0:
        return Sentence(f"{start}:", "it adds nothing to any neuron.")
    with np.errstate(invalid="ignore", over="ignore"):
        products = np.nan_to_num(value * state.network.W[0][part.index])
    n_known = len(products) if state.reveal is None else state.reveal.sums[0]
    if n_known == 0:
        return Sentence(f"{start}.")
    most = int(np.abs(products[:n_known]).argmax())
    name = _name(state, NeuronPart(0, most)).lower()
    return Sentence(f"{start}:", f"it adds most to {name}, {signed_significant(float(products[most]))}.")


def _name(state: NetworkState, part: NeuronPart) -> str:
    return neuron_name(state.network.architecture, part.layer, part.index)


def _forward_neuron(state: NetworkState, part: NeuronPart) -> Sentence:
    sample, layer, index = state.sample, part.layer, part.index
    architecture = state.network.architecture
    feeds = sample.x if layer == 0 else sample.a[layer - 1]
    n = int(np.count_nonzero(feeds))
    noun = "activation" if layer else "pixel" if image_side(architecture) else "input"
    terms = f"{grouped(n)} weighted {noun}{'' if n == 1 else 's'}"
    z, a = significant(float(sample.z[layer][index])), _activation_text(state, part)
    start = f"{_name(state, part)} adds up {terms} and a bias to {z}"
    if architecture.activation_of(layer) != "softmax":
        return Sentence(f"{start} and answers {a}.")
    if state.reveal is not None and not state.reveal.knows_activation(layer, index):
        return Sentence(f"{start};", f"softmax needs all {grouped(architecture.layers[-1])} sums to answer.")
    return Sentence(f"{start};", f"softmax makes {a} of it.")


def _activation_text(state: NetworkState, part: NeuronPart) -> str:
    """Return a neuron's answer; an output of 1 up to rounding is not written as certainty."""
    activation, a = (
        state.network.architecture.activation_of(part.layer),
        float(state.sample.a[part.layer][part.index]),
    )
    is_nearly_one = activation == "softmax" and 0.9995 <= a <= 1.0
    return output_text(a, activation) if is_nearly_one else significant(a)


def _error_text(state: NetworkState, part: NeuronPart) -> str:
    activation = state.network.architecture.output_activation
    assert state.sample.target is not None
    answer = output_text(float(state.sample.output[part.index]), activation)
    wanted = target_text(float(state.sample.target[part.index]), 2)
    return f"{_name(state, part)} is {answer} and should be {wanted}"


def _backward_neuron(state: NetworkState, part: NeuronPart) -> Sentence:
    assert state.deltas is not None
    delta = float(state.deltas[part.layer][part.index])
    name, architecture, way = _name(state, part), state.network.architecture, _way(delta)
    if state.mean_of is not None:
        n, mean = grouped(len(state.mean_of.losses)), signed_significant(delta)
        return Sentence(f"Over {n} samples, the mean δ of {name.lower()} is {mean}:", way)
    if part.layer == architecture.depth - 1 and state.sample.target is not None:
        return Sentence(f"{_error_text(state, part)}: its δ is {signed(delta)}.", way[:1].upper() + way[1:])
    behind = layer_name(architecture, part.layer + 1, architecture.layers[part.layer + 2])
    return Sentence(f"From {behind}, {name.lower()} gets δ {signed_significant(delta)}:", way)


def _way(delta: float) -> str:
    if delta != delta:
        return "that is no number."
    if delta == 0:
        return "its sum has no say in the loss."
    return f"its sum should {'grow' if delta < 0 else 'shrink'}."


def _updated_neuron(state: NetworkState, part: NeuronPart) -> Sentence:
    assert state.parameters_after is not None
    n_in, n_out = state.network.architecture.layers[part.layer : part.layer + 2]
    start = weights_start(state.network.architecture.layers, part.layer)
    mine = slice(start + part.index, start + (n_in + 1) * n_out, n_out)
    before, after = state.network.parameters[mine], state.parameters_after[mine]
    largest = significant(float(np.abs(after - before)[:-1].max()), 2)
    return Sentence(
        f"The {grouped(n_in)} weights into {_name(state, part).lower()} moved by at most {largest},",
        f"its bias from {significant(float(before[-1]))} to {significant(float(after[-1]))}.",
    )
