"""Buckets keep a run of any length in fixed memory and lose no spike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.viewmodel.network.buckets import BucketStore

CAPACITY = 16


def filled(values: list[float], chunk: int = 7, capacity: int = CAPACITY) -> BucketStore:
    store = BucketStore(1, capacity)
    for start in range(0, len(values), chunk):
        part = np.array(values[start : start + chunk])[:, None]
        store.add(np.arange(start, start + len(part)), part)
    return store


@given(st.integers(1, 2000), st.integers(1, 100), st.data())
def test_no_spike_is_ever_lost(n: int, chunk: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, n - 1))
    values = [1.0] * n
    values[place] = 50.0
    store = filled(values, chunk)
    bucket = place // store.width
    assert store.high[bucket, 0] == 50.0
    assert np.nanmax(np.delete(store.high[: store.n_used, 0], bucket), initial=1.0) == 1.0
    assert np.nanmin(store.low) <= 1.0 or n == 1


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=400), st.integers(1, 90))
def test_figures_of_a_bucket_are_those_of_its_iterations(values: list[float], chunk: int) -> None:
    store = filled(values, chunk)
    for bucket in range(store.n_used):
        inside = values[bucket * store.width : (bucket + 1) * store.width]
        assert store.low[bucket, 0] == min(inside)
        assert store.high[bucket, 0] == max(inside)
        assert store.first[bucket, 0] == inside[0]
        assert store.last[bucket, 0] == inside[-1]
        assert store.total[bucket, 0] == pytest.approx(sum(inside), abs=1e-9)
        assert store.n_seen[bucket] == len(inside)


def test_memory_is_the_same_after_a_million_iterations() -> None:
    store = BucketStore(2)
    before = store.low.nbytes
    for start in range(0, 1_000_000, 50_000):
        store.add(np.arange(start, start + 50_000), np.ones((50_000, 2)))
    assert store.low.nbytes == before
    assert store.n_used <= store.capacity
    assert store.n_seen.sum() == 1_000_000


def test_a_value_that_is_no_number_leaves_a_gap() -> None:
    store = filled([1.0, np.nan, 3.0, np.inf], capacity=8)
    assert np.isnan(store.high[1, 0])
    assert np.isnan(store.low[3, 0])
    columns = store.columns(0, 4, 100)
    assert list(np.isnan(columns.high)) == [False, True, False, True]


def test_a_gap_disappears_among_numbers_of_its_bucket() -> None:
    store = filled([1.0, np.nan, 3.0, np.inf] * 8, capacity=8)
    assert store.width == 4
    assert np.all(store.low[:8, 0] == 1.0)
    assert np.all(store.high[:8, 0] == 3.0)


def test_columns_hold_extremes_of_their_iterations_at_their_own_middle() -> None:
    store = filled([float(i) for i in range(16)])
    columns = store.columns(0, 16, 4)
    assert list(columns.low) == [0, 4, 8, 12]
    assert list(columns.high) == [3, 7, 11, 15]
    assert list(columns.iteration) == [2, 6, 10, 14]


def test_more_columns_than_iterations_show_every_iteration() -> None:
    columns = filled([5.0, 6.0, 7.0]).columns(0, 3, 300)
    assert list(columns.iteration) == [0, 1, 2]
    assert list(columns.last) == [5.0, 6.0, 7.0]


def test_columns_stay_put_while_a_run_goes_on() -> None:
    values = [float(i % 5) for i in range(16)]
    early, late = filled(values[:12]).columns(0, 16, 4), filled(values).columns(0, 16, 4)
    assert list(early.high) == list(late.high[: len(early.high)])


def test_iterations_nobody_measured_are_left_out_of_the_columns() -> None:
    store = BucketStore(1, 64)
    store.add(np.array([10, 20, 30]), np.array([[1.0], [2.0], [3.0]]))
    columns = store.columns(0, 40, 400)
    assert list(columns.iteration) == [10, 20, 30]
    assert list(columns.last) == [1, 2, 3]


def test_trailing_mean_spans_so_many_buckets() -> None:
    values = [float(i) for i in range(64)]
    mean = filled(values, capacity=64).trailing_mean(0, 8)
    assert mean[63] == pytest.approx(np.mean(values[56:]))
    assert mean[40] == pytest.approx(np.mean(values[33:41]))


def test_trailing_mean_spans_the_last_quarter_at_the_start() -> None:
    values = [float(i * i) for i in range(16)]
    mean = filled(values).trailing_mean(0, 60)
    assert mean[0] == 0.0
    assert mean[3] == values[3]
    assert mean[8] == pytest.approx(np.mean(values[6:9]))


def test_trailing_mean_after_a_huge_spike_is_exact_again() -> None:
    mean = filled([0.2] * 20 + [1e30] + [0.2] * 20, capacity=64).trailing_mean(0, 4)
    assert mean[-1] == pytest.approx(0.2, rel=1e-12)


def test_trailing_mean_leaves_out_a_bucket_not_yet_full() -> None:
    store = filled([1.0] * 20 + [100.0])
    assert store.width == 2
    assert len(store.trailing_mean(0, 2)) == 10
    assert store.trailing_mean(0, 2)[-1] == 1.0


def test_an_empty_store_draws_nothing() -> None:
    store = BucketStore(1)
    assert len(store.columns(0, 10, 100).low) == 0
    assert len(store.trailing_mean(0, 5)) == 0
    store.add(np.empty(0, np.int64), np.empty((0, 1)))
    assert store.n_used == 0
