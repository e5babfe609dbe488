"""Images on the sigmoid of their output."""

import numpy as np
import pytest

from bpviz.viewmodel.lessons.lesson_slope import mean_slope, slope_content


def test_a_sum_of_zero_stands_in_the_middle_where_it_is_steepest() -> None:
    content = slope_content(3, np.zeros(4))
    assert content.mean_slope == 0.25
    assert content.dots_x.tolist() == [0.5] * 4
    assert content.dots_y.tolist() == [0.5] * 4
    assert "3" in content.title


def test_large_sums_stand_on_the_flat() -> None:
    content = slope_content(8, np.array([-20.0, -30.0]))
    assert content.mean_slope == pytest.approx(1.03e-9, rel=0.01)
    assert content.dots_y.max() < 1e-8
    assert content.dots_x[1] < content.dots_x[0] < 0.5
    assert content.curve_y[0] < 1e-8 < 0.99 < content.curve_y[-1]


def test_without_images_there_is_a_curve_and_no_slope() -> None:
    content = slope_content(0, np.array([np.nan]))
    assert np.isnan(content.mean_slope)
    assert not len(content.dots_x)
    assert np.isnan(mean_slope(np.empty(0)))
