"""Losses stay finite and right where their textbook formulas overflow."""

import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.activations import activation_named
from bpviz.nn.losses import LOSSES, loss_named


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_log_loss_of_a_hopeless_answer_is_its_z(dtype: type[np.floating]) -> None:
    z = np.array([[200.0, -200.0]], dtype)
    a = activation_named("sigmoid").apply(z)
    assert LOSSES["log"].mean(z, a, np.array([[0.0, 1.0]], dtype)) == pytest.approx(400.0)
    assert LOSSES["log"].mean(z, a, np.array([[1.0, 0.0]], dtype)) == pytest.approx(0.0, abs=1e-30)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_of_a_hopeless_answer_is_the_gap_in_z(dtype: type[np.floating]) -> None:
    z = np.array([[500.0, -500.0, 0.0]], dtype)
    a = activation_named("softmax").apply(z)
    assert LOSSES["cross-entropy"].mean(z, a, np.array([[0.0, 1.0, 0.0]], dtype)) == pytest.approx(1000.0)


def test_both_ways_to_cross_entropy_agree() -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(0, 4, (50, 10))
    a = activation_named("softmax").apply(z)
    Y = np.eye(10)[rng.integers(0, 10, 50)]
    loss = LOSSES["cross-entropy"]
    assert loss.mean(z, a, Y) == pytest.approx(loss.per_sample(z, a, Y).mean(), rel=1e-12)


def test_soft_targets_take_the_whole_sum() -> None:
    z = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 1.0]])
    a = activation_named("softmax").apply(z)
    Y = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
    expected = -(Y * np.log(a)).sum() / 2
    assert LOSSES["cross-entropy"].mean(z, a, Y) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_terms_of_the_outputs_add_up_to_the_sample_loss(name: str) -> None:
    rng = np.random.default_rng(1)
    loss = LOSSES[name]
    z = rng.normal(size=(7, 4))
    a = activation_named(loss.output_activation).apply(z)
    Y = np.eye(4)[rng.integers(0, 4, 7)]
    np.testing.assert_allclose(loss.per_output(z, a, Y).sum(axis=1), loss.per_sample(z, a, Y), rtol=1e-12)


def test_unknown_loss_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="unknown loss 'hinge'; choose one of squared, log, cross-entropy"):
        loss_named("hinge")
