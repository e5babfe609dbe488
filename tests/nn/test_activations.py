"""Activations give their textbook values and stay finite for extreme z."""

import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.activations import ACTIVATIONS, activation_named

Z = np.array([[-3.0, -0.5, 0.25, 2.0]])
EXPECTED = {
    "identity": Z,
    "sigmoid": 1 / (1 + np.exp(-Z)),
    "tanh": (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z)),
    "relu": np.array([[0.0, 0.0, 0.25, 2.0]]),
    "leaky-relu": np.array([[-0.03, -0.005, 0.25, 2.0]]),
    "softmax": np.exp(Z) / np.exp(Z).sum(),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_are_those_of_the_formula(name: str) -> None:
    np.testing.assert_allclose(activation_named(name).apply(Z), EXPECTED[name], rtol=1e-12)


@pytest.mark.parametrize("name", [n for n in ACTIVATIONS if n != "softmax"])
def test_slope_agrees_with_central_differences(name: str) -> None:
    f = activation_named(name)
    numerical = (f.apply(Z + 1e-6) - f.apply(Z - 1e-6)) / 2e-6
    np.testing.assert_allclose(f.derivative(Z, f.apply(Z)), numerical, rtol=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_buffers_are_used_and_give_the_same_bits(name: str) -> None:
    f = activation_named(name)
    out, slope = np.empty_like(Z), np.empty_like(Z)
    assert f.apply(Z, out=out) is out
    np.testing.assert_array_equal(out, f.apply(Z))
    assert f.derivative(Z, out, out=slope) is slope
    np.testing.assert_array_equal(slope, f.derivative(Z, out))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_input_is_left_as_it_was(name: str) -> None:
    before = Z.copy()
    f = activation_named(name)
    f.derivative(Z, f.apply(Z))
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softmax"])
def test_extreme_sums_saturate_without_a_warning(name: str) -> None:
    z = np.array([[-1e4, 0.0, 1e4]], np.float32)
    a = activation_named(name).apply(z)
    assert np.isfinite(a).all()
    assert a[0, 2] == 1.0


def test_unknown_activation_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="unknown activation 'gelu'; choose one of identity, sigmoid"):
        activation_named("gelu")
