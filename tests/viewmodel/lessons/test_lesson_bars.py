"""Bars of lessons: heights, colours and numbers follow from the values."""

import math

import pytest

from bpviz.viewmodel.lessons.lesson_bars import layer_bars, loss_bars, power_text, recall_bars


def test_a_digit_that_is_hardly_read_is_in_the_colour_of_errors() -> None:
    content = recall_bars([0.95, 0.19, 0.2, math.nan], 0.2)
    assert [bar.tone for bar in content.bars] == ["tertiary", "error", "tertiary", "tertiary"]
    assert [bar.text for bar in content.bars] == ["95", "19", "20", "–"]
    assert content.bars[0].share == 0.95
    assert content.note


def test_equal_factors_between_layers_are_equal_steps() -> None:
    content = layer_bars([1e-6, 1e-4, 1e-2])
    shares = [bar.share for bar in content.bars]
    assert shares == pytest.approx([0.2, 0.6, 1.0])
    assert [bar.text for bar in content.bars] == ["10⁻⁶", "10⁻⁴", "0.01"]


def test_every_tick_of_a_logarithmic_scale_is_a_power_of_ten_at_its_place() -> None:
    content = layer_bars([0.06, 0.14])
    assert [tick.text for tick in content.ticks] == ["0.01", "0.1"]
    low, high = content.ticks[0].value, content.ticks[1].value
    assert content.bars[0].share == pytest.approx(low + (high - low) * math.log10(6.0))


def test_a_loss_that_is_no_number_stands_beyond_the_scale() -> None:
    content = loss_bars([1.0, 100.0], diverged=True)
    assert [bar.name for bar in content.bars] == ["1", "2", "3"]
    assert math.isinf(content.bars[2].share)
    assert content.bars[2].text == "∞"
    assert content.bars[1].share == pytest.approx(1.0)


def test_of_many_losses_only_the_ends_have_numbers() -> None:
    texts = [bar.text for bar in loss_bars([2.0**n for n in range(20)], diverged=False).bars]
    assert texts[0] == "1"
    assert texts[-1] == "5·10⁵"
    assert not any(texts[1:-1])


def test_nothing_measured_yet_is_no_scale() -> None:
    assert loss_bars([], diverged=False).ticks == ()
    assert math.isnan(layer_bars([math.nan]).bars[0].share)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.18, 2, "0.18"),
        (3.14e-7, 2, "3.1·10⁻⁷"),
        (1e-6, 1, "10⁻⁶"),
        (2.2e36, 1, "2·10³⁶"),
        (0.0, 2, "0"),
        (math.inf, 2, "∞"),
    ],
)
def test_small_and_large_numbers_are_powers_of_ten(value: float, digits: int, text: str) -> None:
    assert power_text(value, digits) == text
