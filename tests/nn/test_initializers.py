"""Initial weights have the spread their names promise and depend on the seed alone."""

import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.initializers import INITIALIZERS, initial_parameters
from bpviz.nn.network import Architecture, Network

ARCHITECTURE = Architecture((784, 100, 10))


def drawn(name: str, seed: int = 0, dtype: type[np.floating] = np.float32) -> Network:
    return Network(ARCHITECTURE, initial_parameters(ARCHITECTURE, name, np.random.default_rng(seed), dtype))


@pytest.mark.parametrize(
    ("name", "sd"),
    [
        ("normal", 784**-0.5),
        ("uniform", 3**-0.5),
        ("xavier", (2 / 884) ** 0.5),
        ("he", (2 / 784) ** 0.5),
        ("zeros", 0.0),
    ],
)
def test_first_layer_has_the_promised_spread(name: str, sd: float) -> None:
    W = drawn(name).W[0]
    assert W.std() == pytest.approx(sd, rel=0.02)
    assert abs(W.mean()) <= 0.02 * sd


def test_uniform_fills_minus_one_to_one_and_draws_biases_too() -> None:
    network = drawn("uniform")
    assert -1 <= network.W[0].min() < -0.99
    assert 0.99 < network.W[0].max() <= 1
    assert network.b[0].std() > 0.4


@pytest.mark.parametrize("name", [n for n in INITIALIZERS if n != "uniform"])
def test_other_initialisers_start_biases_at_zero(name: str) -> None:
    assert not any(b.any() for b in drawn(name).b)


def test_same_seed_gives_the_same_bits_and_another_seed_does_not() -> None:
    first, again, other = drawn("normal"), drawn("normal"), drawn("normal", seed=1)
    np.testing.assert_array_equal(first.parameters, again.parameters)
    assert not np.array_equal(first.parameters, other.parameters)


def test_float32_weights_are_the_float64_ones_rounded() -> None:
    exact = drawn("he", dtype=np.float64).parameters
    np.testing.assert_array_equal(drawn("he").parameters, exact.astype(np.float32))


def test_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="unknown initialisation 'lecun'; choose one of normal, uniform"):
        drawn("lecun")
