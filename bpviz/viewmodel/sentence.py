"""One true sentence about what the network view shows."""

from dataclasses import dataclass

import numpy as np

from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.number_format import fixed, grouped, signed, significant
from bpviz.viewmodel.phases import Phase


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is seen, and, less loudly, what follows; `verdict` may be empty."""

    statement: str
    verdict: str = ""

    @property
    def text(self) -> str:
        """Both as one text."""
        return f"{self.statement} {self.verdict}".rstrip()


def sentence_for(state: NetworkState) -> Sentence:
    """Return the sentence for a state; its numbers are rounded, never made up.

    In UPDATE it looks at every parameter, about 1 ms for a million of them: call it ten times a second.
    """
    if state.phase is Phase.UPDATE and state.parameters_after is not None:
        return _update(state)
    if state.phase is Phase.BACKWARD and state.sample.delta is not None:
        return _backward(state)
    if state.phase is Phase.LOSS and state.sample.loss is not None and state.sample.label is not None:
        return _loss(state)
    return _forward(state)


def _forward(state: NetworkState) -> Sentence:
    sample = state.sample
    if len(sample.output) == 1:
        return Sentence(f"The network answers {significant(float(sample.output[0]))}.")
    guess = sample.predicted
    share = fixed(float(sample.output[guess]), 2)
    is_probability = state.network.architecture.output_activation == "softmax"
    how = f"with probability {share}" if is_probability else f"its output {guess} being the largest, {share}"
    return Sentence(f"The network reads this as {guess}, {how}.", _verdict(sample.label, guess))


def _verdict(label: int | None, guess: int) -> str:
    if label is None:
        return ""
    return "It is right." if label == guess else f"It is wrong: this is a {label}."


def _loss(state: NetworkState) -> Sentence:
    sample = state.sample
    assert sample.label is not None
    assert sample.loss is not None
    share = fixed(float(sample.output[sample.label]), 2)
    return Sentence(
        f"Output {sample.label} is {share} and should be 1: the loss is {significant(sample.loss)}.",
        _verdict(sample.label, sample.predicted),
    )


def _backward(state: NetworkState) -> Sentence:
    assert state.sample.delta is not None
    delta = state.sample.delta[-1]
    strongest = int(np.abs(delta).argmax())
    value = float(delta[strongest])
    if value == 0.0:
        return Sentence("Every δ is 0: this sample asks for no change.")
    way = "grows" if value < 0 else "shrinks"
    return Sentence(
        f"The loss falls fastest if the sum of output {strongest} {way}:",
        f"its δ is {signed(value)}, the largest of {grouped(len(delta))}.",
    )


def _update(state: NetworkState) -> Sentence:
    assert state.parameters_after is not None
    change = np.abs(state.parameters_after - state.network.parameters)
    moved = int(np.count_nonzero(change))
    if moved == 0:
        return Sentence("This update changed nothing.")
    largest = significant(float(change.max()), 2)
    return Sentence(
        f"This update moved {grouped(moved)} of {grouped(change.size)} parameters,",
        f"none by more than {largest}.",
    )
