"""What is read at an iteration is what was measured there."""

import numpy as np
import pytest

from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.chart_reading import chart_reading
from bpviz.viewmodel.run.curves import RunCurves
from tests.viewmodel.measured_rows import rows, trial


def run(losses: list[float], accuracy: float = 0.9) -> RunCurves:
    curves = RunCurves(100, 2)
    curves.add(rows(1, losses, accuracy, depth=2))
    return curves


def test_reading_gives_every_curves_value_at_one_iteration() -> None:
    curves = run([1.0] * 100 + [0.5] * 200)
    curves.add_test(trial(150, 0.7))
    reading = chart_reading(Quantity.LOSS, curves, 200.4)
    assert reading is not None
    assert reading.iteration == 200
    assert reading.place == "iteration 200, epoch 2"
    assert reading.note == "batch 0.500"
    assert reading.value_texts[1] == "0.700"
    assert reading.values[0] == pytest.approx(0.5 + 0.5 * 10 / 50, rel=0.2)


def test_reading_before_the_first_trial_has_no_test_value() -> None:
    curves = run([1.0] * 300)
    curves.add_test(trial(150, 0.7))
    reading = chart_reading(Quantity.LOSS, curves, 100)
    assert reading is not None
    assert reading.value_texts[1] == "–"
    assert reading.values[1] is None


def test_reading_of_gradient_norms_is_at_the_nearest_measured_iteration() -> None:
    reading = chart_reading(Quantity.GRADIENT_NORM, run([1.0] * 50), 33)
    assert reading is not None
    assert reading.place == "iteration 30"
    assert reading.values == (1.0, 2.0)


def test_reading_far_beyond_the_end_gives_the_end() -> None:
    reading = chart_reading(Quantity.ACCURACY, run([1.0] * 50), 1e9)
    assert reading is not None
    assert reading.iteration == 50
    assert reading.values[0] == pytest.approx(90.0)


def test_reading_nothing_gives_none() -> None:
    assert chart_reading(Quantity.LOSS, RunCurves(), 10) is None


def test_reading_a_batch_whose_loss_is_no_number_does_not_invent_one() -> None:
    reading = chart_reading(Quantity.LOSS, run([1.0, np.nan]), 2)
    assert reading is not None
    assert reading.note == ""
