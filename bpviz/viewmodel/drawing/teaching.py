"""One lesson: a single step of gradient descent on one labelled drawing, and what it did."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.drawing.answer import share_text
from bpviz.viewmodel.drawing.blame import blamed
from bpviz.viewmodel.words.number_format import MINUS, fixed, grouped, percent, significant
from bpviz.viewmodel.words.sentence_text import Sentence


@dataclass(frozen=True, slots=True)
class Lesson:
    """A network before and after one step on one drawing.

    Attributes
    ----------
    label
        What the drawing was said to be.
    share_before, share_after
        The label's output for this drawing.
    loss_before, loss_after
        The drawing's loss with this label.
    """

    before: Network
    after: Network
    label: int
    share_before: float
    share_after: float
    loss_before: float
    loss_after: float


@dataclass(frozen=True, slots=True)
class TestChange:
    """What a lesson did to the test digits.

    Attributes
    ----------
    title
        The dataset's name.
    n
        Digits measured.
    right_before, right_after
        How many of them are read right.
    """

    title: str
    n: int
    right_before: int
    right_after: int


def teach(network: Network, sample: SamplePass, label: int, rate: float) -> Lesson:
    """Return what one step of plain gradient descent on a drawing makes of a network: w − rate · ∂L/∂w.

    Parameters
    ----------
    sample
        The drawing's pass through this network.
    rate
        The learning rate.
    """
    labelled = blamed(network, sample, label)
    step = rate * own_gradient(network, labelled)
    parameters = (network.parameters - step).astype(network.parameters.dtype, copy=False)
    parameters.flags.writeable = False
    after = network.with_parameters(parameters)
    taught = blamed(after, sample, label)
    assert labelled.loss is not None
    assert taught.loss is not None
    shares = float(labelled.output[label]), float(taught.output[label])
    return Lesson(network, after, label, *shares, labelled.loss, taught.loss)


def own_gradient(network: Network, sample: SamplePass) -> FloatArray:
    """Return ∂L/∂parameters of one labelled sample's own loss, in the order of `Network.parameters`."""
    assert sample.delta is not None
    fed = (sample.x, *sample.a[:-1])
    parts = [
        part
        for a_prev, delta in zip(fed, sample.delta, strict=True)
        for part in (np.outer(a_prev, delta).ravel(), delta)
    ]
    return np.concatenate(parts)


def lesson_sentence(lesson: Lesson, change: TestChange | None, waiting: str = "") -> Sentence:
    """Return what a lesson did to its drawing, and to the test digits where that is known.

    Parameters
    ----------
    waiting
        What is said in place of a change that is not known.
    """
    shares = [_share_text(lesson, share) for share in (lesson.share_before, lesson.share_after)]
    effect = f"{lesson.label} from {shares[0]} to {shares[1]}"
    if shares[0] == shares[1]:
        # Too little to be seen in the share, and yet the step did what it does.
        losses = (significant(loss, 3) for loss in (lesson.loss_before, lesson.loss_after))
        effect = f"{lesson.label} still {shares[1]}, its loss from {' to '.join(losses)}"
    statement = f"Taught a copy once: {effect}."
    return Sentence(statement, waiting if change is None else _change_text(change))


def undo_sentence(lesson: Lesson) -> Sentence:
    """Return what is said once a lesson was taken back."""
    return Sentence(f"Taken back: {lesson.label} is at {_share_text(lesson, lesson.share_before)} again.")


def _share_text(lesson: Lesson, share: float) -> str:
    return share_text(share, lesson.before.architecture.output_activation == "softmax")


def _change_text(change: TestChange) -> str:
    difference, n = change.right_after - change.right_before, grouped(change.n)
    after = percent(change.right_after / change.n, 2)
    if difference == 0:
        return f"{change.title} test: {after} of {n}, as before."
    gained = f"{'+' if difference > 0 else MINUS}{grouped(abs(difference))} of {n}"
    return f"{change.title} test: {fixed(100.0 * change.right_before / change.n, 2)} → {after}, {gained}."


def taught_caption(caption: str, n_lessons: int) -> str:
    """Return a network's name after so many lessons: ``"784–128–10, bundled, taught once"``.

    One in training has gone on without the lessons: what was taught is a copy of it.
    """
    sizes, *kind = caption.split(", ")[:2]
    name = ", ".join((sizes, *("a copy" if word == "in training" else word for word in kind)))
    times = "once" if n_lessons == 1 else "twice" if n_lessons == 2 else f"{n_lessons} times"
    return f"{name}, taught {times}"
