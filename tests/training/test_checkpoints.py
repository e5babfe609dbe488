"""The budget is kept, what is dropped is what costs least to do without, and spacing follows the speed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpviz.training.batches import BatchSchedule
from bpviz.training.checkpoints import REPLAY_S, CheckpointPace, CheckpointStore, Key
from bpviz.training.trainer_state import EpochTotals, TrainerState
from tests.training.small_runs import BASE

STATE_BYTES = 400


def state_at(iteration: int) -> TrainerState:
    parameters = np.zeros(STATE_BYTES // 4, np.float32)
    schedule = BatchSchedule.constant(100, 10)
    return TrainerState(iteration, parameters, {}, iteration, BASE, schedule, (), EpochTotals())


def filled(iterations: range, n_fitting: int, pinned: frozenset[Key] = frozenset()) -> CheckpointStore:
    store = CheckpointStore(n_fitting * STATE_BYTES)
    for iteration in iterations:
        store.add(0, state_at(iteration))
        store.thin(pinned, {0: 0})
    return store


def kept(store: CheckpointStore) -> list[int]:
    return [state.iteration for state in store.states([(0, 1 << 60)])]


@given(st.integers(1, 200), st.integers(1, 30), st.integers(1, 50))
def test_the_budget_is_kept_and_the_start_stays(n: int, n_fitting: int, spacing: int) -> None:
    store = filled(range(0, n * spacing, spacing), n_fitting)
    assert store.n_bytes == len(store) * STATE_BYTES <= n_fitting * STATE_BYTES
    assert kept(store)[0] == 0


def test_old_checkpoints_thin_out_but_leave_no_desert() -> None:
    store = filled(range(0, 100_001, 100), 60)
    iterations = np.array(kept(store))
    gaps = np.diff(iterations)
    older, newer = gaps[: len(gaps) // 3], gaps[-len(gaps) // 3 :]
    assert older.mean() > 2 * newer.mean()
    assert gaps.max() <= 100_000 / 60 * 5
    assert iterations[-1] == 100_000


def test_pinned_checkpoints_outlive_the_others() -> None:
    pinned = frozenset({(0, 300), (0, 5200)})
    assert {300, 5200} <= set(kept(filled(range(0, 100_001, 100), 20, pinned)))


def test_even_pinned_ones_go_before_the_budget_is_broken() -> None:
    pinned = frozenset((0, i) for i in range(0, 2000, 100))
    store = filled(range(0, 2000, 100), 4, pinned)
    assert len(store) <= 4


def test_the_nearest_is_found_along_the_ancestors() -> None:
    store = CheckpointStore()
    for owner, iteration in ((0, 0), (0, 50), (0, 90), (1, 70), (1, 80)):
        store.add(owner, state_at(iteration))
    chain = [(1, 1 << 60), (0, 60)]
    found = [store.nearest(chain, iteration) for iteration in (0, 49, 50, 69, 70, 79, 1000)]
    assert found == [(0, 0), (0, 0), (0, 50), (0, 50), (1, 70), (1, 70), (1, 80)]


def test_without_a_start_nothing_is_made_up() -> None:
    with pytest.raises(LookupError, match="no checkpoint at or before iteration 5"):
        CheckpointStore().nearest([(0, 100)], 5)


def test_a_dropped_branch_leaves_its_heir_what_both_share() -> None:
    store = CheckpointStore()
    for iteration in (0, 10, 20, 30):
        store.add(0, state_at(iteration))
    store.add(1, state_at(25))
    store.hand_over(0, 1, 20)
    assert [s.iteration for s in store.states([(1, 1 << 60)])] == [0, 10, 20, 25]
    assert store.n_bytes == 4 * STATE_BYTES


class HandSetClock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.parametrize("per_s", [50, 2_000, 20_000])
def test_spacing_settles_at_what_is_quickly_replayed(per_s: int) -> None:
    clock = HandSetClock()
    pace = CheckpointPace(clock)
    iteration, due, spacing = 0, pace.restart(0), 0
    for _ in range(20):
        clock.now_s += (due - iteration) / per_s
        iteration = due
        due = pace.next_after(iteration, copy_s=1e-5)
        spacing = due - iteration
    assert spacing == pytest.approx(max(8, per_s * REPLAY_S), rel=0.02)


def test_slow_copies_are_taken_rarely() -> None:
    clock = HandSetClock()
    pace = CheckpointPace(clock)
    iteration, due, n_kept = 0, pace.restart(0), 0
    while clock.now_s < 100.0:
        clock.now_s += (due - iteration) / 1000
        iteration, n_kept = due, n_kept + 1
        due = pace.next_after(iteration, copy_s=0.02)
    assert n_kept * 0.02 < 0.02 * clock.now_s
