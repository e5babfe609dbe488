"""One lesson: exactly one step of gradient descent, told in true numbers."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.nn.network import Architecture, Network, one_hot
from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.drawing.answer import share_text
from bpviz.viewmodel.drawing.blame import blamed
from bpviz.viewmodel.drawing.teaching import TestChange as Change
from bpviz.viewmodel.drawing.teaching import (
    lesson_sentence,
    own_gradient,
    taught_caption,
    teach,
    undo_sentence,
)

NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.fixture
def network() -> Network:
    architecture = Architecture((784, 9, 8, 10), "relu")
    rng = np.random.default_rng(5)
    return Network(architecture, rng.normal(0, 0.2, architecture.n_parameters))


@pytest.fixture
def sample(network: Network) -> SamplePass:
    return pass_sample(network, np.random.default_rng(3).random(784))


def test_the_gradient_is_the_backward_passs(network: Network, sample: SamplePass) -> None:
    forward = network.forward(sample.x[None])
    expected = network.backward(forward, one_hot(np.array([4]), 10, np.float64)).flat
    np.testing.assert_allclose(own_gradient(network, blamed(network, sample, 4)), expected, atol=1e-12)


def test_a_lesson_is_one_step_down_the_gradient(network: Network, sample: SamplePass) -> None:
    lesson = teach(network, sample, 4, 0.01)
    forward = network.forward(sample.x[None])
    gradient = network.backward(forward, one_hot(np.array([4]), 10, np.float64)).flat
    np.testing.assert_allclose(lesson.after.parameters, network.parameters - 0.01 * gradient, atol=1e-12)
    assert lesson.share_before == pytest.approx(forward.output[0, 4])
    assert lesson.share_after == pytest.approx(lesson.after.forward(sample.x[None]).output[0, 4])
    assert lesson.share_after > lesson.share_before


def test_teaching_changes_nothing_in_the_network_taught(network: Network, sample: SamplePass) -> None:
    before = network.parameters.copy()
    after = teach(network, sample, 4, 0.5).after
    np.testing.assert_array_equal(network.parameters, before)
    assert after.parameters.dtype == network.parameters.dtype


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ((9821, 9790), f"MNIST test: 98.21 → 97.90{NO_BREAK}%, −31 of 10{NARROW}000."),
        ((9790, 9791), f"MNIST test: 97.90 → 97.91{NO_BREAK}%, +1 of 10{NARROW}000."),
        ((9790, 9790), f"MNIST test: 97.90{NO_BREAK}% of 10{NARROW}000, as before."),
    ],
)
def test_what_was_gained_or_lost_is_counted(
    network: Network, sample: SamplePass, right: tuple[int, int], words: str
) -> None:
    lesson = teach(network, sample, 4, 0.01)
    sentence = lesson_sentence(lesson, Change("MNIST", 10_000, *right))
    shares = [share_text(share, True) for share in (lesson.share_before, lesson.share_after)]
    assert sentence.statement == f"Taught a copy once: 4 from {shares[0]} to {shares[1]}."
    assert sentence.verdict == words


def test_a_change_too_small_for_the_share_is_told_by_the_loss(network: Network, sample: SamplePass) -> None:
    lesson = replace(teach(network, sample, 4, 0.01), share_before=2e-7, share_after=9e-6)
    lesson = replace(lesson, loss_before=15.42, loss_after=11.6)
    statement = lesson_sentence(lesson, None).statement
    assert statement == f"Taught a copy once: 4 still < 0.1{NO_BREAK}%, its loss from 15.4 to 11.6."


def test_what_was_taken_back_is_told_with_what_is_so_again(network: Network, sample: SamplePass) -> None:
    lesson = teach(network, sample, 4, 0.01)
    share = share_text(float(sample.output[4]), True)
    assert undo_sentence(lesson).statement == f"Taken back: 4 is at {share} again."


def test_a_network_taught_while_in_training_is_named_a_copy() -> None:
    assert taught_caption("784–30–10, in training, iteration 12", 1) == "784–30–10, a copy, taught once"


@pytest.mark.parametrize(("n", "times"), [(1, "once"), (2, "twice"), (5, "5 times")])
def test_a_taught_network_is_named_as_one(n: int, times: str) -> None:
    caption = "784–128–10, bundled, 98.1 % on MNIST test"
    assert taught_caption(caption, n) == f"784–128–10, bundled, taught {times}"
