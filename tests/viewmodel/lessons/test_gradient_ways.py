"""Three ways to one gradient, as they are compared and shown."""

import math
from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from bpviz.nn.network import Architecture, Network
from bpviz.viewmodel.lessons.cost_curves import CostPoint, CostRange, cost_curves, cost_range
from bpviz.viewmodel.lessons.gradient_ways import (
    MOST_RUNS,
    GradientTask,
    Way,
    WayCount,
    agreeing_digits,
    count_way,
)
from bpviz.viewmodel.lessons.product_shapes import product_shapes
from bpviz.viewmodel.lessons.small_network import small_network
from bpviz.viewmodel.lessons.way_bars import Counting, way_bars
from bpviz.viewmodel.network.parts import BIAS, WeightPart
from bpviz.viewmodel.words.number_format import grouped

TASK = GradientTask(
    Network(
        Architecture((2, 2, 1), "sigmoid", "sigmoid", "squared"),
        np.array([0.5, -0.6, 0.8, 0.4, 0.1, -0.2, 1.2, -0.7, 0.3]),
    ),
    np.array([[1.0, 0.5]]),
    np.array([[0.0]]),
)


def ticking(step: float) -> Callable[[], float]:
    ticks = count()
    return lambda: step * next(ticks)


def counted(way: Way, seconds: float = 0.001) -> WayCount:
    return count_way(way, TASK, ticking(seconds))


def test_a_way_is_timed_several_times_but_not_for_long() -> None:
    quick, slow = counted(Way.REVERSE, 0.01), counted(Way.REVERSE, 0.2)
    assert (quick.runs, slow.runs) == (MOST_RUNS, 2)
    assert quick.seconds == pytest.approx(0.01)
    assert slow.seconds == pytest.approx(0.2)


def test_digits_agree_as_far_as_the_largest_difference_lets_them() -> None:
    exact = np.array([4.0, -0.5])
    assert agreeing_digits(exact, exact + np.array([0.0, 3.9e-6])) == 6
    assert agreeing_digits(exact, exact + np.array([0.0, 4.4e-6])) == 5
    assert agreeing_digits(exact, exact) == 15
    assert math.isnan(agreeing_digits(np.zeros(2), exact))


def test_bars_in_proportion_are_as_long_as_what_they_stand_for() -> None:
    counts = {way: counted(way) for way in Way}
    bars = way_bars(TASK, counts, tuple(Way), is_log=False).bars
    assert [bar.number for bar in bars] == ["16", "39", "108"]
    assert [bar.share for bar in bars] == pytest.approx([16 / 108, 39 / 108, 1.0])


def test_logarithmic_bars_and_ticks_are_on_one_scale() -> None:
    counts = {way: counted(way) for way in Way}
    shown = way_bars(TASK, counts, tuple(Way), is_log=True)
    # 108 multiplications at most: the scale ends at a thousand.
    assert [tick.value for tick in shown.ticks] == pytest.approx([0.0, 1 / 3, 2 / 3, 1.0])
    assert (shown.ticks[0].text, shown.ticks[-1].text) == ("1", "thousand")
    assert shown.bars[0].share == pytest.approx(math.log10(16) / 3)
    assert "1.0 ms" in shown.bars[0].note


def test_a_bar_that_is_counted_tells_how_far_it_is_and_one_that_is_not_known_asks() -> None:
    bars = way_bars(TASK, {}, (Way.DIFFERENCES, Way.REVERSE), False, Counting(Way.DIFFERENCES, 9)).bars
    assert (bars[0].number, bars[0].share, bars[0].is_counting) == ("54", 0.5, True)
    assert bars[1].number == "?"
    assert math.isnan(bars[1].share)


def test_a_network_of_nine_numbers_shows_them_all_or_their_slopes() -> None:
    plain = small_network(TASK, marked=WeightPart(1, 0, 0), nudge=0.1)
    assert [edge.text for edge in plain.edges] == ["0.5", "−0.6", "0.8", "0.4", "1.2 ± 0.1", "−0.7"]
    assert [neuron.under for neuron in plain.neurons] == ["", "", "bias 0.1", "bias −0.2", "bias 0.3"]
    slopes = counted(Way.REVERSE).result.gradient
    shown = small_network(TASK, slopes)
    numbers = [edge.value for edge in shown.edges] + [neuron.under_value for neuron in shown.neurons[2:]]
    assert sorted(numbers) == pytest.approx(sorted(slopes))
    assert shown.edges[0].text.startswith("+")


def test_every_weight_and_bias_has_its_place_in_the_gradient() -> None:
    assert TASK.index_of(WeightPart(0, 1, 0)) == 2
    assert TASK.index_of(WeightPart(0, BIAS, 1)) == 5
    assert TASK.index_of(WeightPart(1, BIAS, 0)) == 8


def test_shapes_are_those_of_the_products_that_were_counted() -> None:
    shapes = product_shapes({way: counted(way) for way in Way})
    sizes = {shape.way: (shape.rows, shape.inner, shape.columns) for shape in shapes}
    assert sizes == {Way.FORWARD: (6, 2, 1), Way.REVERSE: (1, 1, 2)}
    assert [shape.multiplications for shape in shapes] == [12, 2]
    assert product_shapes({}) == ()


def test_equal_factors_are_equal_steps_on_both_axes_of_the_curves() -> None:
    points = [CostPoint(Way.REVERSE, h, 100 * h, 1000 * h**2) for h in (4, 1, 2)]
    shown = cost_curves(points, CostRange((50.0, 800.0), (1e2, 1e6)))
    places = shown.curves[0].places
    assert [x for x, _ in places] == pytest.approx([0.25, 0.5, 0.75])
    steps = np.diff([y for _, y in places])
    assert steps == pytest.approx([math.log10(4) / 4] * 2)
    assert [tick.text for tick in shown.x_ticks] == ["50", "100", "200", "500"]
    assert [tick.text for tick in shown.y_ticks] == ["", "thousand", "", "", "million"]


def test_all_ways_fit_on_the_axes() -> None:
    span = cost_range(TASK, TASK)
    assert span.x[0] < 9 < span.x[1]
    assert span.y == (1.0, 1000.0)
    assert grouped(round(span.y[1])) == "1\N{NARROW NO-BREAK SPACE}000"
