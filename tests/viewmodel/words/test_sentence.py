from dataclasses import replace

import numpy as np
import pytest

from bpviz.nn.network import Network
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import NeuronPart, Part, WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from bpviz.viewmodel.words.sentence import sentence_for
from tests.viewmodel.network_states import state_of, stepped


def test_forward_says_what_is_read_and_whether_it_is_right() -> None:
    state = state_of()
    guess = state.sample.predicted
    right = replace(state, sample=replace(state.sample, label=guess))
    share = f"{float(state.sample.output[guess]):.2f}"
    assert (
        sentence_for(right).text
        == f"The network reads this as {guess}, with probability {share}. It is right."
    )


def test_a_wrong_answer_is_called_wrong_and_the_label_named() -> None:
    state = state_of()
    label = (state.sample.predicted + 1) % 10
    wrong = replace(state, sample=replace(state.sample, label=label))
    assert sentence_for(wrong).verdict == f"It is wrong: this is a {label}."


def test_a_drawing_gets_no_verdict() -> None:
    assert sentence_for(state_of(label=None)).verdict == ""


def test_loss_names_the_output_that_should_be_one() -> None:
    state = state_of(phase=Phase.LOSS)
    assert state.sample.loss is not None
    text = sentence_for(state).statement
    assert text.startswith(f"Output 3 is {float(state.sample.output[3]):.2f} and should be 1")
    assert f"{state.sample.loss:.2f}" in text


def test_backward_names_the_output_with_the_largest_delta_and_the_way_it_should_go() -> None:
    state = state_of(phase=Phase.BACKWARD)
    assert state.sample.delta is not None
    # Untrained softmax: the label's own output is furthest from its target, and should grow.
    assert int(np.abs(state.sample.delta[-1]).argmax()) == 3
    assert "the sum of output 3 grows" in sentence_for(state).statement
    assert f"−{abs(float(state.sample.delta[-1][3])):.3f}" in sentence_for(state).verdict


def test_backward_says_shrinks_for_an_output_that_is_too_large() -> None:
    state = state_of(phase=Phase.BACKWARD)
    assert state.sample.delta is not None
    flipped = (*state.sample.delta[:-1], -state.sample.delta[-1])
    assert "shrinks" in sentence_for(replace(state, sample=replace(state.sample, delta=flipped))).statement


def test_update_counts_what_moved() -> None:
    state = state_of((6, 5, 3), Phase.UPDATE, label=1)
    after = state.network.parameters.copy()
    after[:4] += np.float32(0.25)
    text = sentence_for(replace(state, parameters_after=after)).text
    assert text == "This update moved 4 of 53 parameters, none by more than 0.25."


def test_an_update_that_moved_nothing_says_so() -> None:
    state = state_of((6, 5, 3), Phase.UPDATE, label=1)
    still = replace(state, parameters_after=state.network.parameters.copy())
    assert sentence_for(still).text == "Nothing is updated yet."


def test_a_network_that_has_not_been_updated_says_so() -> None:
    standing = replace(state_of((6, 5, 3), Phase.UPDATE, label=1), parameters_after=None)
    assert sentence_for(standing).text == "Nothing is updated yet."
    assert sentence_for(stepped(standing, Position(Phase.UPDATE, 1))).text == "Nothing is updated yet."


def with_output(state: NetworkState, output: list[float], label: int) -> NetworkState:
    a = (*state.sample.a[:-1], np.array(output, dtype=np.float32))
    return replace(state, sample=replace(state.sample, a=a, label=label))


@pytest.mark.parametrize(
    ("output", "verdict"),
    [
        ([0.1, 0.5, 0.4], "Output 1 is larger: it is wrong."),
        ([0.3, 0.3, 0.4], "Still the largest: it is right."),
        ([0.4, 0.2, 0.4], "Output 0 is as large: it is wrong."),
        ([np.nan, np.nan, np.nan], ""),
    ],
    ids=str,
)
def test_loss_tells_why_the_answer_is_right_or_wrong(output: list[float], verdict: str) -> None:
    state = with_output(state_of((6, 5, 3), Phase.LOSS, label=1), output, 2)
    assert sentence_for(state).verdict == verdict


@pytest.mark.parametrize(
    ("share", "text"), [(0.9, "0.90"), (0.9963, "0.996"), (0.9996, "over 0.999"), (1.0, "over 0.999")]
)
def test_no_probability_is_written_as_certainty(share: float, text: str) -> None:
    state = with_output(state_of((6, 5, 3), label=1), [0.0, 0.0, share], 2)
    assert sentence_for(state).statement.endswith(f"with probability {text}.")
    at_loss = replace(state, phase=Phase.LOSS)
    assert sentence_for(at_loss).statement.startswith(f"Output 2 is {text} and should be 1")
    assert sentence_for(at_loss, NeuronPart(1, 0)).text == "Output 0 is under 0.001 and should be 0."


def test_a_switched_off_neuron_is_called_so_in_every_phase() -> None:
    state = state_of()
    network = Network(state.network.architecture, state.network.parameters, ((0, 4),))
    for phase in Phase:
        off = replace(state, network=network, phase=phase)
        assert sentence_for(off, NeuronPart(0, 4)).text.startswith("Hidden neuron 4 is switched off")
        assert "switched off" not in sentence_for(off, NeuronPart(0, 5)).text


@pytest.mark.parametrize("part", [None, NeuronPart(0, 4), WeightPart(1, 9, 7)], ids=str)
def test_backward_is_told_in_few_letters(part: Part | None) -> None:
    assert len(sentence_for(state_of(phase=Phase.BACKWARD), part).text) <= 72
