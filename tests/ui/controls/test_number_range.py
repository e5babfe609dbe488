"""Number ranges: scale, steps, and what is written and read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.errors import ConfigError
from bpviz.ui.controls.number_range import NumberRange

RATE = NumberRange(1e-4, 10.0, is_log=True)
BATCH = NumberRange(1, 4096, is_integer=True, is_log=True)
DECAY = NumberRange(1e-5, 0.1, is_log=True, has_zero=True)
MOMENTUM = NumberRange(0.0, 0.99, step=0.01)
SEED = NumberRange(0, 9999, is_integer=True)
ALL = [RATE, BATCH, DECAY, MOMENTUM, SEED]


@pytest.mark.parametrize(
    ("limits", "value", "text"),
    [
        (RATE, 0.5, "0.50"),
        (RATE, 0.125, "0.125"),
        (RATE, 0.001, "0.001"),
        (RATE, 10.0, "10.00"),
        (DECAY, 1e-5, "1e−5"),
        (DECAY, 0.0, "0"),
        (SEED, 7, "7"),
        (NumberRange(1, 100000, is_integer=True), 60000, "60\u202f000"),
        (NumberRange(-1, 1), -0.25, "−0.25"),
        (NumberRange(0, 1000, is_integer=True, unit="ms"), 400, "400 ms"),
    ],
)
def test_value_is_written_as_people_write_it(limits: NumberRange, value: float, text: str) -> None:
    assert limits.text(value) == text
    assert limits.parse(text) == value


@pytest.mark.parametrize(
    ("limits", "text", "value"),
    [
        (RATE, "0,5", 0.5),
        (RATE, " 3e-1 ", 0.3),
        (RATE, "99", 10.0),
        (RATE, "-4", 1e-4),
        (DECAY, "0", 0.0),
        (DECAY, "−1", 0.0),
        (BATCH, "1,024", 1024.0),
        (BATCH, "1\u202f024", 1024.0),
        (BATCH, "32.4", 32.0),
        (MOMENTUM, ".9", 0.9),
    ],
)
def test_typed_text_is_read_and_brought_into_range(limits: NumberRange, text: str, value: float) -> None:
    assert limits.parse(text) == value


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "-inf", "1e", "1" * 5000, "0x10", "1;2"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert RATE.parse(text) is None


@pytest.mark.parametrize("limits", ALL)
@given(share=st.floats(0.0, 1.0))
def test_place_on_the_track_is_found_again(limits: NumberRange, share: float) -> None:
    value = limits.at_share(share)
    assert limits.clamp(value) == pytest.approx(value)
    assert 0.0 <= limits.share(value) <= 1.0
    # Whole numbers and round values are a little off the place; small counts are far apart on a log scale.
    assert limits.share(value) == pytest.approx(share, abs=0.07)


@pytest.mark.parametrize("limits", ALL)
def test_steps_cover_the_range_and_end_at_its_limits(limits: NumberRange) -> None:
    lowest = 0.0 if limits.has_zero else limits.minimum
    value = lowest
    seen = [value]
    while value < limits.maximum:
        value = limits.stepped(value, 1)
        assert value > seen[-1]
        seen.append(value)
    assert value == limits.maximum
    assert limits.stepped(value, 1) == limits.maximum
    assert limits.stepped(lowest, -1) == lowest


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [
        (0.3, 1, 0.4),
        (0.9, 1, 1.0),
        (1.0, 1, 2.0),
        (1.0, -1, 0.9),
        (0.1, -1, 0.09),
        (0.5, -2, 0.3),
        (0.125, 1, 0.2),
    ],
)
def test_log_step_changes_the_first_digit(value: float, steps: int, expected: float) -> None:
    assert RATE.stepped(value, steps) == expected


def test_linear_steps_gather_no_float_dust() -> None:
    assert MOMENTUM.stepped(0.0, 29) == 0.29
    assert MOMENTUM.stepped(0.28, 1) == 0.29


def test_zero_lies_below_a_log_range_that_holds_it() -> None:
    assert DECAY.stepped(1e-5, -1) == 0.0
    assert DECAY.stepped(0.0, 1) == 1e-5
    assert DECAY.share(0.0) == 0.0
    assert DECAY.at_share(0.0) == 0.0


def test_impossible_ranges_are_refused() -> None:
    with pytest.raises(ConfigError, match="minimum < maximum"):
        NumberRange(1, 1)
    with pytest.raises(ConfigError, match="minimum above 0"):
        NumberRange(0, 1, is_log=True)


@pytest.mark.parametrize(
    ("limits", "value", "expected"),
    [
        (RATE, 0.5, RATE),
        (RATE, 50.0, replace(RATE, maximum=50.0)),
        (DECAY, 1e-9, replace(DECAY, minimum=1e-9)),
        (DECAY, 0.0, DECAY),
        (BATCH, 5000, replace(BATCH, maximum=5000)),
    ],
)
def test_a_range_widens_only_as_far_as_it_must(
    limits: NumberRange, value: float, expected: NumberRange
) -> None:
    assert limits.holding(value) == expected
    assert limits.holding(value).clamp(value) == value


def test_a_logarithmic_range_never_reaches_zero() -> None:
    assert RATE.holding(0.0).minimum > 0.0
