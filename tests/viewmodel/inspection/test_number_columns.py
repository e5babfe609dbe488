import math

import pytest

from bpviz.viewmodel.inspection.number_columns import column, decimals_for, signed_column


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ((1.759, 0.2), 3),
        ((12.5,), 2),
        ((12345.0,), 0),
        ((0.05, -0.01), 5),
        ((1e-12,), -1),
        ((0.0,), 3),
        ((), 3),
    ],
)
def test_the_largest_value_decides_the_decimals(values: tuple[float, ...], decimals: int) -> None:
    assert decimals_for(values) == decimals


def test_values_that_are_not_numbers_decide_nothing() -> None:
    assert decimals_for((math.nan, math.inf, 2.0)) == decimals_for((2.0,))


def test_numbers_of_a_column_share_their_decimals() -> None:
    assert [column(v, 3) for v in (1.7594, -0.2)] == ["1.759", "−0.200"]
    assert signed_column(0.2, 2) == "+0.20"


def test_a_number_too_small_for_its_column_keeps_sign_and_digits() -> None:
    assert signed_column(-3.14e-7, 6) == "−3.1e−7"
    assert column(0.00042, 3) == "0.00042"
    assert (column(0.0, 3), signed_column(0.0, 3)) == ("0.000", "+0.000")


def test_tiny_columns_are_written_as_powers() -> None:
    assert column(1.23e-12, decimals_for((1.23e-12,))) == "1.2e−12"
    assert signed_column(1.23e-12, -1) == "+1.2e−12"
