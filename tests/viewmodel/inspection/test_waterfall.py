import numpy as np
import pytest

from bpviz.viewmodel.inspection.terms import term_sum
from bpviz.viewmodel.inspection.waterfall import Waterfall, WaterfallWords, waterfall
from tests.viewmodel.inspected import number

WORDS = WaterfallWords("a", "weight", "z")


def example() -> Waterfall:
    right = np.array([3.0, 2.0, 1.0, 0.5, 0.25, -4.0, -1.0, 0.0])
    return waterfall(term_sum(np.ones(8), right, lambda i: f"input {i}"), WORDS, "weight", bias=-0.5)


def test_each_bar_begins_where_the_last_one_ends() -> None:
    *steps, total = example().rows
    assert steps[0].start == 0.0
    assert [step.start for step in steps[1:]] == [step.end for step in steps[:-1]]
    assert total.is_total
    assert (total.start, total.end) == (0.0, steps[-1].end)


def test_the_last_row_is_the_sum_of_all_others() -> None:
    *steps, total = example().rows
    assert number(total.value) == pytest.approx(sum(number(step.value) for step in steps))
    assert number(total.value) == pytest.approx(1.25)


def test_what_is_not_listed_is_counted() -> None:
    assert [row.label for row in example().rows] == [
        "input 0", "input 1", "input 2", "2 more", "input 5", "input 6", "bias", "z",
    ]  # fmt: skip


def test_the_span_holds_every_bar_and_zero() -> None:
    drawn = example()
    assert (drawn.low, drawn.high) == (0.0, 6.75)


def test_rows_without_a_number_have_no_bar() -> None:
    drawn = waterfall(term_sum(np.array([np.nan, 1.0]), np.ones(2), str), WORDS, "weight")
    assert np.isnan(drawn.rows[-1].end)
    assert np.isfinite([drawn.low, drawn.high]).all()
