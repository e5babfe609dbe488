"""The slider's pace and the words for it."""

from itertools import pairwise

import pytest

from bpviz.viewmodel.pace import FASTEST_STEP, pace_at, pace_text, rate_text


def test_slider_goes_from_one_a_second_to_a_thousand_then_full() -> None:
    assert pace_at(0) == 1.0
    assert pace_at(FASTEST_STEP - 1) == pytest.approx(1000.0)
    assert pace_at(FASTEST_STEP) is None


def test_each_step_of_the_slider_is_the_same_factor() -> None:
    paces = [pace_at(step) or 0.0 for step in range(FASTEST_STEP)]
    factors = [after / before for before, after in pairwise(paces)]
    assert factors == pytest.approx([factors[0]] * len(factors))
    assert factors[0] > 1.0


@pytest.mark.parametrize(
    ("pace", "text"),
    [(None, "Full"), (1.0, "1 it/s"), (2.54, "2.5 it/s"), (9.98, "10 it/s"), (1000.0, "1\u202f000 it/s")],
)
def test_pace_is_said_in_few_words(pace: float | None, text: str) -> None:
    assert pace_text(pace) == text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.0, "0 iterations/s"),
        (1.02, "1 iteration/s"),
        (1.5, "1.5 iterations/s"),
        (3375.4, "3\u202f375 iterations/s"),
    ],
)
def test_rate_is_said_in_full(rate: float, text: str) -> None:
    assert rate_text(rate) == text
