import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.viewmodel.network.color_scale import (
    ActivationScale,
    activation_scale,
    nice_limit,
    percentile_of_size,
    ramp,
)

ORANGE, STAGE, YELLOW = (240, 140, 26), (13, 15, 19), (255, 236, 110)


def test_a_ramp_begins_and_ends_with_its_own_colors() -> None:
    table = ramp(STAGE, YELLOW).table(48)
    assert tuple(table[0]) == STAGE
    assert tuple(table[-1]) == YELLOW


def test_a_table_cannot_be_changed_for_whoever_asks_next() -> None:
    with pytest.raises(ValueError, match="read-only"):
        ramp(STAGE, YELLOW).table(48)[0] = 0


def test_a_ramp_never_gets_darker_on_its_way_to_a_bright_end() -> None:
    light = ramp(STAGE, ORANGE).table(64).astype(int).sum(axis=1)
    assert (np.diff(light) >= 0).all()


@given(st.floats(min_value=1e-9, max_value=1e9))
def test_a_nice_limit_reaches_the_value_without_dimming_it(value: float) -> None:
    limit = nice_limit(value)
    assert value * (1 - 1e-6) <= limit <= 2.001 * value


def test_a_limit_stays_while_it_still_fits() -> None:
    assert nice_limit(0.31) == 0.5
    assert nice_limit(0.29, previous=0.5) == 0.5
    assert nice_limit(0.2, previous=0.5) == 0.2
    assert nice_limit(0.51, previous=0.5) == 0.7


def test_a_limit_survives_values_that_are_no_numbers() -> None:
    assert nice_limit(float("nan"), previous=0.5) == 0.5
    assert percentile_of_size(np.array([np.nan, 1.0, np.inf])) == 1.0


def test_one_outlier_does_not_stretch_the_scale() -> None:
    activations = np.append(np.full(999, 0.9), 1e6)
    assert activation_scale("relu", activations) == ActivationScale(0.0, 1.0)


@pytest.mark.parametrize(
    ("name", "low", "high"), [("sigmoid", 0.0, 1.0), ("softmax", 0.0, 1.0), ("tanh", -1.0, 1.0)]
)
def test_bounded_activations_have_their_own_range(name: str, low: float, high: float) -> None:
    assert activation_scale(name, np.array([0.1])) == ActivationScale(low, high)


def test_identity_is_shown_on_both_sides_of_zero() -> None:
    scale = activation_scale("identity", np.array([-3.0, 2.0]))
    assert scale.low == -scale.high
    assert scale.levels(np.array([-3.0, 0.0, 3.0]), 48).tolist() == [-48, 0, 48]


def test_levels_clip_what_lies_outside() -> None:
    assert ActivationScale(0.0, 1.0).levels(np.array([-0.5, 0.0, 0.5, 7.0]), 48).tolist() == [0, 0, 24, 48]
