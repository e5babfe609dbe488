"""Every sample comes exactly once an epoch, however often the batch size changes under way."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bpviz.training.batches import BatchOrder, BatchSchedule

N_SAMPLES = 53

sizes = st.integers(1, 60)
changes = st.lists(st.tuples(st.integers(0, 25), sizes), max_size=6)


def order_with(first: int, later: list[tuple[int, int]]) -> tuple[BatchOrder, int]:
    """Return an order whose size changed after each gap of iterations, and the iterations done then."""
    order, done = BatchOrder(N_SAMPLES, first, seed=3), 0
    for gap, size in later:
        done += gap
        order.change_batch_size(done, size)
    return order, done


def told_by_counting(order: BatchOrder, n_iterations: int) -> list[tuple[int, int]]:
    """Return epoch and place of each iteration, found by counting the samples used."""
    told, epoch, place, used = [], 1, 0, 0
    for iteration in range(1, n_iterations + 1):
        place += 1
        told.append((epoch, place))
        used += len(order.indices(iteration))
        if used == N_SAMPLES:
            epoch, place, used = epoch + 1, 0, 0
        assert used < N_SAMPLES
    return told


@given(sizes, changes)
def test_epochs_and_places_are_those_found_by_counting(first: int, later: list[tuple[int, int]]) -> None:
    order, done = order_with(first, later)
    n = done + 60
    counted = told_by_counting(order, n)
    assert [(order.epoch_of(i), order.place_of(i)) for i in range(1, n + 1)] == counted
    ends = [i for i in range(1, n) if counted[i][1] == 1]
    assert [i for i in range(1, n) if len(order.indices(i)) and order.ends_epoch(i)] == ends
    assert [i for i in range(1, n) if order.schedule.ends_epoch(i)] == ends
    assert [order.schedule.last_iteration_of(e + 1) for e in range(len(ends))] == ends
    assert [order.schedule.epochs_done(i) for i in (0, *ends)] == list(range(len(ends) + 1))


@given(sizes, changes)
def test_every_sample_is_used_once_an_epoch(first: int, later: list[tuple[int, int]]) -> None:
    order, done = order_with(first, later)
    epochs = order.schedule.epochs_done(done) + 2
    start = 0
    for epoch in range(1, epochs + 1):
        end = order.schedule.last_iteration_of(epoch)
        used = np.concatenate([order.indices(i) for i in range(start + 1, end + 1)])
        assert sorted(used) == list(range(N_SAMPLES))
        assert order.schedule.iterations_in(epoch) == end - start
        start = end


@given(sizes, changes, st.randoms())
def test_a_batch_is_the_same_whenever_it_is_named(
    first: int, later: list[tuple[int, int]], random: Random
) -> None:
    order, done = order_with(first, later)
    n = done + 30
    in_turn = [order.indices(i).copy() for i in range(1, n + 1)]
    again = BatchOrder(N_SAMPLES, first, seed=3)
    again.schedule = order.schedule
    shuffled = list(range(1, n + 1))
    random.shuffle(shuffled)
    for i in shuffled:
        np.testing.assert_array_equal(again.indices(i), in_turn[i - 1])


@given(sizes, changes)
def test_a_change_leaves_the_past_alone(first: int, later: list[tuple[int, int]]) -> None:
    order, done = order_with(first, later)
    before = order.schedule
    after = before.changed(done + 5, 7)
    assert [before.place(i) for i in range(1, done + 6)] == [after.place(i) for i in range(1, done + 6)]
    assert after.place(done + 6).batch_size == 7


def test_going_back_to_the_old_size_at_once_leaves_no_trace() -> None:
    schedule = BatchSchedule.constant(N_SAMPLES, 10)
    assert schedule.changed(4, 20).changed(4, 10) == schedule
