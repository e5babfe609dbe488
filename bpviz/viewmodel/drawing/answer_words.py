"""What the outputs answer, in words: a digit, one of two classes, or a number."""

import numpy as np

from bpviz.data.samples import CLASS_NAMES
from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.words.number_format import significant, target_text
from bpviz.viewmodel.words.sentence_text import Sentence, output_text

_SURE_ENOUGH = 1e-3


def class_word(label: int, n_outputs: int) -> str:
    """Return what a class is called: a digit by its number, one of two classes by its letter."""
    return CLASS_NAMES[label] if n_outputs <= 2 else str(label)


def label_text(label: int, n_outputs: int) -> str:
    """Return what stands beside a sample: ``Label 7``, or ``Class A``."""
    return f"{'Class' if n_outputs <= 2 else 'Label'} {class_word(label, n_outputs)}"


def answer_sentence(sample: SamplePass, activation: str) -> Sentence:
    """Return what the network answers, and whether that is right."""
    n = len(sample.output)
    if n == 1:
        return _single_answer(sample, activation)
    guess = sample.predicted
    share, is_probability = output_text(float(sample.output[guess]), activation), activation == "softmax"
    how = f"with probability {share}" if is_probability else f"its output {guess} being the largest, {share}"
    return Sentence(f"The network reads this as {class_word(guess, n)}, {how}.", _verdict(sample))


def loss_sentence(sample: SamplePass, activation: str) -> Sentence:
    """Return how far the outputs are from what they should be; the sample has a target."""
    assert sample.target is not None
    assert sample.loss is not None
    loss = significant(sample.loss)
    if len(sample.output) == 1:
        share = output_text(float(sample.output[0]), activation)
        start = f"The output is {share} and should be {target_text(float(sample.target[0]), 2)}"
        return Sentence(f"{start}: loss {loss}.", _single_comparison(sample))
    label = int(sample.target.argmax()) if sample.label is None else sample.label
    share = output_text(float(sample.output[label]), activation)
    return Sentence(f"Output {label} is {share} and should be 1: loss {loss}.", _comparison(sample, label))


def _single_answer(sample: SamplePass, activation: str) -> Sentence:
    share = output_text(float(sample.output[0]), activation)
    if sample.label is None:
        return Sentence(f"The network answers {share}.", _distance(sample))
    guess = CLASS_NAMES[sample.predicted]
    return Sentence(f"The network answers {share}, which means class {guess}.", _verdict(sample))


def _verdict(sample: SamplePass) -> str:
    if sample.label is None:
        return ""
    if sample.label == sample.predicted:
        return "It is right."
    n = len(sample.output)
    return f"It is wrong: this is {'a ' if n > 2 else ''}{class_word(sample.label, n)}."


def _distance(sample: SamplePass) -> str:
    """Return by how much a number is too high or low; nothing where nobody knows."""
    if sample.target is None or not np.isfinite(sample.output).all():
        return ""
    difference = float(sample.output[0] - sample.target[0])
    if abs(difference) < _SURE_ENOUGH:
        return "It is right to three decimals."
    return f"It is too {'high' if difference > 0 else 'low'} by {significant(abs(difference), 2)}."


def _single_comparison(sample: SamplePass) -> str:
    if sample.label is None:
        return _distance(sample)
    side = "Over" if sample.predicted else "Not over"
    return f"{side} one half: it is {'right' if sample.predicted == sample.label else 'wrong'}."


def _comparison(sample: SamplePass, label: int) -> str:
    """Return why the answer is right or wrong: an output far from 1 may still be the largest."""
    output, guess = sample.output, sample.predicted
    if not np.isfinite(output).all():
        return ""
    if label == guess:
        return "Still the largest: it is right."
    return f"Output {guess} is {_size_beside(output, guess, label)}: it is wrong."


def _size_beside(output: FloatArray, guess: int, label: int) -> str:
    return "as large" if output[guess] == output[label] else "larger"
