"""A run's curves: smoothing that is stated, trials kept apart, values to read."""

import math

import numpy as np
import pytest

from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.series import Line
from tests.viewmodel.measured_rows import rows, trial


def run_of(n: int, chunk: int = 200, depth: int = 2) -> RunCurves:
    curves = RunCurves(iterations_per_epoch=100, depth=depth)
    for first in range(1, n + 1, chunk):
        last = min(first + chunk, n + 1)
        curves.add(rows(first, [1.0 / i for i in range(first, last)], depth=depth))
    return curves


def test_smoothed_value_is_the_mean_of_the_last_sixty() -> None:
    line = run_of(400).loss.smoothed(400, 1000)
    assert line.iteration[-1] == 400
    assert line.value[-1] == pytest.approx(np.mean([1.0 / i for i in range(341, 401)]))


@pytest.mark.parametrize("n", [500, 3000, 7000, 20_000, 60_000])
def test_stated_smoothing_is_the_one_used_however_long_the_run(n: int) -> None:
    curves = run_of(n)
    k = curves.smoothing
    line = curves.loss.smoothed(n, 100_000)
    at = int(line.iteration[-1])
    assert n - at < k / 10
    assert line.value[-1] == pytest.approx(np.mean([1.0 / i for i in range(at - k + 1, at + 1)]))


def test_smoothing_grows_with_the_run() -> None:
    assert run_of(1000).smoothing == 60
    assert run_of(20_000).smoothing == 240


def test_iterations_and_epochs_are_counted() -> None:
    curves = run_of(250)
    assert curves.iteration == 250
    assert [curves.epoch_of(i) for i in (1, 100, 101, 250)] == [1, 1, 2, 3]


def test_gradient_norms_are_kept_per_layer_at_their_own_iterations() -> None:
    curves = run_of(100)
    first, second = (curves.gradient_norm(layer).raw(100, 1000) for layer in (0, 1))
    assert list(first.iteration) == list(range(10, 101, 10))
    assert first.last[0] == pytest.approx(1 / 10)
    assert np.allclose(second.last, 2 * first.last)
    assert len(curves.gradient_norm(0).smoothed(100, 1000)) == 10


def test_gradient_norms_are_shown_even_where_a_column_ends_unmeasured() -> None:
    line = run_of(300).gradient_norm(0).smoothed(300, 200)
    assert list(line.iteration) == list(range(10, 301, 10))


def test_trials_on_the_subset_and_on_the_whole_test_part_are_kept_apart() -> None:
    curves = run_of(10)
    curves.add_test(trial(0, 2.3, is_whole=True))
    curves.add_test(trial(5, 1.1, is_whole=False, accuracy=0.6))
    curves.add_test(trial(10, 0.9, is_whole=True))
    whole, partial = curves.test_loss(True), curves.test_loss(False)
    assert list(whole.iteration) == [0, 10]
    assert list(whole.value) == [2.3, 0.9]
    assert list(partial.value) == [1.1]
    assert list(curves.test_accuracy(False).value) == [0.6]


def test_reading_a_young_run_gives_the_iteration_itself() -> None:
    reading = run_of(200).loss.reading(50)
    assert reading is not None
    assert (reading.first_iteration, reading.last_iteration) == (50, 50)
    assert reading.low == reading.high == 1 / 50


def test_reading_a_long_run_gives_the_extremes_around() -> None:
    reading = run_of(10_000).loss.reading(5001)
    assert reading is not None
    assert reading.first_iteration <= 5001 <= reading.last_iteration
    assert reading.high == pytest.approx(1 / reading.first_iteration)
    assert reading.low == pytest.approx(1 / reading.last_iteration)


def test_reading_nothing_gives_none() -> None:
    assert RunCurves().loss.reading(5) is None


def test_a_loss_that_is_no_number_is_a_gap_and_the_rest_is_drawn() -> None:
    curves = RunCurves(100, 1)
    curves.add(rows(1, [1.0, 2.0, math.nan, math.inf, 3.0]))
    raw = curves.loss.raw(5, 100)
    assert list(np.isnan(raw.last)) == [False, False, True, True, False]
    reading = curves.loss.reading(3)
    assert reading is not None
    assert math.isnan(reading.low)


def test_beginning_anew_forgets_everything() -> None:
    curves = run_of(200)
    curves.add_test(trial(100, 1.0))
    curves.begin(50, 3)
    assert curves.is_empty
    assert curves.iteration == 0
    assert len(curves.test_loss(True)) == 0
    assert curves.depth == 3


def test_newest_value_of_a_line_skips_gaps() -> None:
    assert Line(np.array([1.0, 2.0]), np.array([0.5, np.nan])).newest == 0.5
    assert Line(np.empty(0), np.empty(0)).newest is None


def test_thinned_line_keeps_its_last_point() -> None:
    line = Line(np.arange(10.0), np.arange(10.0)).thinned(4)
    assert list(line.value) == [0, 3, 6, 9]
    assert len(Line(np.arange(3.0), np.arange(3.0)).thinned(4)) == 3
