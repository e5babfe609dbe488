import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.viewmodel.words.number_format import (
    GROUP,
    MINUS,
    fixed,
    grouped,
    percent,
    short,
    signed,
    signed_significant,
    significant,
)


@pytest.mark.parametrize(
    ("value", "text"), [(0.1294, "0.129"), (-0.2831, "−0.283"), (-0.0001, "0.000"), (12.0, "12.000")]
)
def test_fixed_numbers_line_up_and_never_show_a_negative_zero(value: float, text: str) -> None:
    assert fixed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.4821, "3.48"),
        (0.012345, "0.0123"),
        (999.9, "1000"),
        (0.9996, "1.00"),
        (-250.4, "−250"),
        (8.06e-11, "8.06e−11"),
        (-2.5e9, "−2.50e9"),
        (0.0, "0"),
    ],
)
def test_significant_keeps_three_digits_at_any_size(value: float, text: str) -> None:
    assert significant(value) == text


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_significant_reads_back_within_half_a_percent(value: float) -> None:
    text = significant(value).replace(MINUS, "-")
    assert float(text) == pytest.approx(value, rel=0.0051, abs=1e-300)


def test_signs_are_written_where_the_sign_is_the_point() -> None:
    assert signed(0.581) == "+0.581"
    assert signed(-0.581) == "−0.581"
    assert signed_significant(0.0) == "0"
    assert signed_significant(-0.00012345) == "−0.000123"


@pytest.mark.parametrize(("value", "text"), [(0.2, "0.2"), (15.0, "15"), (3e-5, "3e−5"), (1.5, "1.5")])
def test_ends_of_scales_have_no_trailing_zeros(value: float, text: str) -> None:
    assert short(value) == text


def test_thousands_are_set_apart() -> None:
    assert grouped(23860) == f"23{GROUP}860"
    assert grouped(784) == "784"


def test_percent_has_a_space_that_does_not_break() -> None:
    assert percent(0.9951) == "99.5\u00a0%"


def test_what_is_no_number_is_a_dash_and_what_has_no_end_says_so() -> None:
    assert fixed(math.nan) == "–"
    assert significant(-math.inf) == "−∞"
