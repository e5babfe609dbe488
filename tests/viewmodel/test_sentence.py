from dataclasses import replace

import numpy as np

from bpviz.viewmodel.phases import Phase
from bpviz.viewmodel.sentence import sentence_for
from tests.viewmodel.network_states import state_of


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
    assert sentence_for(still).text == "This update changed nothing."
