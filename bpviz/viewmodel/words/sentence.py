"""One true sentence about what the network view shows."""

import numpy as np

from bpviz.viewmodel.drawing.answer_words import answer_sentence, loss_sentence
from bpviz.viewmodel.network.edges import weights_start
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.part_names import neuron_name
from bpviz.viewmodel.network.parts import InputPart, LossPart, NeuronPart, Part, WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import grouped, signed, signed_significant, significant
from bpviz.viewmodel.words.sentence_parts import input_sentence, neuron_sentence
from bpviz.viewmodel.words.sentence_text import Sentence
from bpviz.viewmodel.words.weight_sentence import weight_sentence

__all__ = ["Sentence", "sentence_for"]


def sentence_for(state: NetworkState, selected: Part | None = None) -> Sentence:
    """Return the sentence for a state; its numbers are rounded, never made up.

    The neuron computed just now comes first, then what is selected, then the layer or phase as a whole.
    In UPDATE it looks at every parameter, about 1 ms for a million of them: call it ten times a second.
    """
    focus = state.reveal.focus if state.reveal is not None else None
    match focus or selected:
        case NeuronPart() as neuron:
            return neuron_sentence(state, neuron)
        case WeightPart() as weight:
            return weight_sentence(state, weight)
        case InputPart() as pixel:
            return input_sentence(state, pixel)
        case LossPart():
            return _loss(state)
    layer = state.reveal.position.layer if state.reveal is not None else None
    return _phase(state) if layer is None else _layer(state, layer)


def _phase(state: NetworkState) -> Sentence:
    if state.phase is Phase.UPDATE:
        return _update(state, 0, state.network.parameters.size, "This update")
    if state.phase is Phase.BACKWARD and state.deltas is not None:
        return _backward(state)
    if state.phase is Phase.LOSS:
        return _loss(state)
    return _forward(state)


def _layer(state: NetworkState, layer: int) -> Sentence:
    """Return the sentence for a layer that was computed as a whole."""
    layers, depth = state.network.architecture.layers, state.network.architecture.depth
    is_output = layer == depth - 1
    if state.phase is Phase.UPDATE:
        start = weights_start(layers, layer)
        size = (layers[layer] + 1) * layers[layer + 1]
        return _update(state, start, start + size, f"The update of layer {layer + 1}")
    if is_output:
        return _phase(state)
    if state.phase is Phase.BACKWARD and state.deltas is not None:
        values, letter = state.deltas[layer], "δ"
    else:
        values, letter = state.sample.a[layer], "activation"
    strongest = int(np.abs(np.nan_to_num(values)).argmax())
    name = neuron_name(state.network.architecture, layer, strongest).lower()
    write = signed_significant if letter == "δ" else significant
    number = write(float(values[strongest]))
    return Sentence(
        f"Layer {layer + 1} is computed: the largest {letter} of its {grouped(len(values))} neurons",
        f"is {number}, of {name}.",
    )


def _forward(state: NetworkState) -> Sentence:
    return answer_sentence(state.sample, state.network.architecture.output_activation)


def _loss(state: NetworkState) -> Sentence:
    sample = state.sample
    if state.reveal is not None and not state.reveal.is_loss_known:
        return Sentence("The loss has not been computed yet: it needs every output.")
    if sample.target is None or sample.loss is None:
        return _forward(state)
    return loss_sentence(sample, state.network.architecture.output_activation)


def _backward(state: NetworkState) -> Sentence:
    deltas = state.deltas
    assert deltas is not None
    delta = np.nan_to_num(deltas[-1])
    strongest = int(np.abs(delta).argmax())
    value = float(delta[strongest])
    if value == 0.0:
        return Sentence("Every δ of the outputs is 0: no change is asked for.")
    way, mean = "grows" if value < 0 else "shrinks", "" if state.mean_of is None else "mean "
    output = f"output {strongest}" if len(delta) > 1 else "the output"
    return Sentence(
        f"The {mean}loss falls fastest if the sum of {output} {way}:",
        f"its {mean}δ is {signed(value)}.",
    )


def _update(state: NetworkState, start: int, end: int, what: str) -> Sentence:
    before, after = state.network.parameters, state.parameters_after
    if after is None or np.array_equal(before, after):
        return Sentence("Nothing is updated yet.")
    change = np.abs(after[start:end] - before[start:end])
    moved = int(np.count_nonzero(change))
    if moved == 0:
        return Sentence(f"{what} changed nothing.")
    largest = significant(float(change.max()), 2)
    return Sentence(
        f"{what} moved {grouped(moved)} of {grouped(change.size)} parameters,",
        f"none by more than {largest}.",
    )
