"""Axes hold their data, rest while it grows, and label round numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.training.batches import BatchSchedule
from bpviz.viewmodel.run.ticks import (
    accuracy_axis,
    epoch_starts,
    linear_axis,
    log_axis,
    run_axis,
    spread_apart,
    tick_text,
)


def epochs_of(iterations: int) -> BatchSchedule:
    return BatchSchedule.constant(iterations, 1)


@given(st.floats(1e-12, 1e12), st.floats(1.0, 1e9), st.integers(2, 8))
def test_log_axis_holds_its_data_and_few_enough_ticks(low: float, ratio: float, most: int) -> None:
    axis = log_axis(low, low * ratio, most)
    assert axis.low <= low * (1 + 1e-9)
    assert axis.high >= low * ratio * (1 - 1e-9)
    assert len(axis.ticks) <= max(most, 3)
    places = axis.fraction(np.array([tick.value for tick in axis.ticks]))
    assert np.all((places > -1e-6) & (places < 1 + 1e-6))


def test_log_axis_labels_one_two_five() -> None:
    axis = log_axis(0.15, 2.4, 5)
    assert [tick.text for tick in axis.ticks] == ["0.2", "0.5", "1", "2"]
    assert axis.fraction(np.array([axis.low, axis.high])) == pytest.approx([0.0, 1.0])


def test_log_axis_has_no_place_for_zero_and_keeps_gaps() -> None:
    places = log_axis(0.1, 10.0, 5).fraction(np.array([0.0, np.nan, 1.0]))
    assert places[0] < 0.0
    assert np.isnan(places[1])
    assert places[2] == pytest.approx(0.5)


def test_axis_rests_while_data_grows_a_little() -> None:
    assert log_axis(0.21, 2.1, 5) == log_axis(0.25, 2.7, 5)


@given(st.floats(0.0, 1e6), st.floats(1e-3, 1e6))
def test_linear_axis_holds_its_data(low: float, span: float) -> None:
    axis = linear_axis(low, low + span, 5)
    assert axis.low <= low + 1e-6 * span
    assert axis.high >= (low + span) * (1 - 1e-9)
    assert 2 <= len(axis.ticks) <= 8


@pytest.mark.parametrize(
    ("percent", "foot"), [(10.0, 0.0), (60.0, 50.0), (85.0, 80.0), (93.0, 90.0), (97.0, 95.0), (100.0, 95.0)]
)
def test_accuracy_axis_ends_at_100_and_begins_below_nine_tenths_of_the_run(
    percent: float, foot: float
) -> None:
    axis = accuracy_axis(np.array([1.0] * 5 + [percent] * 95), 5)
    assert (axis.low, axis.high) == (foot, 100.0)
    assert axis.ticks[0].value == foot
    assert axis.ticks[-1].text == "100"


def test_whole_accuracy_axis_begins_at_zero() -> None:
    assert accuracy_axis(np.full(10, 99.0), 5, is_fitted=False).low == 0.0
    assert accuracy_axis(np.array([np.nan]), 5).low == 0.0


@given(st.integers(0, 10**7), st.integers(1, 60_000))
def test_run_axis_is_at_most_a_quarter_longer_than_the_run(iteration: int, per_epoch: int) -> None:
    axis = run_axis(iteration, epochs_of(per_epoch))
    assert iteration <= axis.end * (1 + 1e-9)
    assert axis.end <= max(10.0, 1.2501 * iteration)
    assert all(0 <= label.value <= axis.end * (1 + 1e-9) for label in axis.labels)


def test_iterations_are_not_called_epochs_before_one_is_done() -> None:
    assert run_axis(99, epochs_of(100)).unit == "iteration"
    assert [label.text for label in run_axis(99, epochs_of(100)).labels][-1] == "100"
    assert run_axis(100, epochs_of(100)).unit == "epoch"


def test_an_epochs_number_stands_in_its_middle_between_lines() -> None:
    axis = run_axis(545, epochs_of(100))
    assert [(label.text, label.value) for label in axis.labels][:2] == [("1", 50.0), ("2", 150.0)]
    assert axis.marks == (100.0, 200.0, 300.0, 400.0, 500.0)
    assert axis.end == 600.0


def test_many_epochs_are_labelled_by_fives() -> None:
    assert [label.text for label in run_axis(2300, epochs_of(100), 7).labels] == ["5", "10", "15", "20", "25"]


def test_epochs_of_the_strip_begin_where_they_begin() -> None:
    assert [(start.text, start.value) for start in epoch_starts(250, epochs_of(100), 10)] == [
        ("Epoch 1", 0.0),
        ("Epoch 2", 100.0),
        ("Epoch 3", 200.0),
    ]
    assert [start.text for start in epoch_starts(1200, epochs_of(100), 4)] == [
        "Epoch 1",
        "Epoch 5",
        "Epoch 10",
    ]


def test_epochs_shrink_when_the_batches_grow() -> None:
    schedule = epochs_of(100).changed(200, 2)
    axis = run_axis(300, schedule)
    assert axis.marks == (100.0, 200.0, 250.0)
    assert axis.end == 300.0
    assert [(label.text, label.value) for label in axis.labels][2:] == [("3", 225.0), ("4", 275.0)]
    assert [start.value for start in epoch_starts(300, schedule, 10)] == [0.0, 100.0, 200.0, 250.0]


def test_tick_texts_are_short() -> None:
    texts = [tick_text(value) for value in (0.0, 0.05, 2.0, 1000.0, 1e-6)]
    assert texts == ["0", "0.05", "2", "1\N{NARROW NO-BREAK SPACE}000", "1e−6"]


def test_names_are_spread_in_the_order_of_their_lines() -> None:
    assert list(spread_apart(np.array([5.0, 1.0, 1.5]), 10, 0, 100)) == [21.0, 1.0, 11.0]
    assert list(spread_apart(np.array([98.0, 99.0, 100.0]), 10, 0, 100)) == [80.0, 90.0, 100.0]
    assert list(spread_apart(np.array([10.0, 50.0]), 10, 0, 100)) == [10.0, 50.0]
