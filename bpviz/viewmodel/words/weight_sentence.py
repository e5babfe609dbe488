"""The sentence about one weight or bias: what it does in this phase, in its own numbers."""

import numpy as np

from bpviz.viewmodel.inspection.chain_paths import feed_of
from bpviz.viewmodel.network.edges import weights_start
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.part_names import neuron_name
from bpviz.viewmodel.network.parts import BIAS, WeightPart
from bpviz.viewmodel.run.batch_gradients import batch_weight_gradients
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import signed_significant, significant, telling_apart
from bpviz.viewmodel.words.sentence_text import Sentence

_NUDGE = 0.01


def weight_sentence(state: NetworkState, part: WeightPart) -> Sentence:
    """Return the sentence for a weight, or for a bias, as far as its part of the iteration is known."""
    reveal = state.reveal
    if state.phase is Phase.UPDATE and state.parameters_after is not None:
        if reveal is None or reveal.updated[part.layer]:
            return _updated_weight(state, part)
        value = significant(_value(state, part))
        return Sentence(f"This {_noun(part)} has not been updated yet: it is {value}.")
    if state.phase is Phase.BACKWARD and state.deltas is not None:
        if reveal is None or reveal.knows_delta(part.layer, part.target):
            return _backward_weight(state, part)
        return Sentence(f"The gradient of this {_noun(part)} has not been computed yet.")
    return _forward_weight(state, part)


def _forward_weight(state: NetworkState, part: WeightPart) -> Sentence:
    target = neuron_name(state.network.architecture, part.layer, part.target).lower()
    value, written = _value(state, part), significant(_value(state, part))
    if state.reveal is not None and not state.reveal.knows_sum(part.layer, part.target):
        return Sentence(f"This {_noun(part)} is {written};", f"{target} has not been computed yet.")
    if part.source == BIAS:
        return Sentence(f"This bias adds {signed_significant(value)} to {target}.")
    feed = feed_of(state, part)
    added = signed_significant(value * feed)
    return Sentence(
        f"This weight multiplies {significant(feed)} by {written}", f"and adds {added} to {target}."
    )


def _noun(part: WeightPart) -> str:
    return "bias" if part.source == BIAS else "weight"


def _value(state: NetworkState, part: WeightPart) -> float:
    if part.source == BIAS:
        return float(state.network.b[part.layer][part.target])
    return float(state.network.W[part.layer][part.source, part.target])


def _backward_weight(state: NetworkState, part: WeightPart) -> Sentence:
    gradient, noun = _gradient(state, part), _noun(part)
    loss = "loss" if state.mean_of is None else "mean loss"
    if gradient == 0 or gradient != gradient:
        what = "is 0: it has no say in" if gradient == 0 else "is no number for"
        return Sentence(f"The gradient of this {noun} {what} the {loss}.")
    way = "grows" if gradient < 0 else "shrinks"
    return Sentence(
        f"The {loss} falls if this {noun} {way}:",
        f"+{_NUDGE:g} changes it by {signed_significant(_NUDGE * gradient, 2)}.",
    )


def _gradient(state: NetworkState, part: WeightPart) -> float:
    if state.mean_of is not None:
        place = (np.array([number]) for number in (part.layer, part.source, part.target))
        return float(batch_weight_gradients(state.mean_of, *place)[0])
    assert state.sample.delta is not None
    return feed_of(state, part) * float(state.sample.delta[part.layer][part.target])


def _updated_weight(state: NetworkState, part: WeightPart) -> Sentence:
    assert state.parameters_after is not None
    layers = state.network.architecture.layers
    row = layers[part.layer] if part.source == BIAS else part.source
    place = weights_start(layers, part.layer) + row * layers[part.layer + 1] + part.target
    before, after = float(state.network.parameters[place]), float(state.parameters_after[place])
    if before == after:
        return Sentence(f"This {_noun(part)} stayed at {significant(before)}.")
    old, new = telling_apart(before, after, 4)
    return Sentence(
        f"This {_noun(part)} went from {old} to {new},",
        f"a change of {signed_significant(after - before)}.",
    )
