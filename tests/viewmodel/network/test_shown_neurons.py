import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bpviz.viewmodel.network.shown_neurons import choose_ranked, choose_shown, edge_count


def test_a_layer_with_room_shows_every_neuron_in_order() -> None:
    assert choose_shown(np.ones(5), 8).tolist() == [0, 1, 2, 3, 4]


def test_first_last_and_most_active_neurons_are_shown() -> None:
    activity = np.zeros(128)
    activity[[40, 77]] = 1.0
    shown = choose_shown(activity, 12)
    assert shown[:2].tolist() == [0, 1]
    assert shown[-2:].tolist() == [126, 127]
    assert {40, 77} <= set(shown.tolist())


def test_a_wanted_neuron_is_shown_however_quiet_it_is() -> None:
    activity = np.linspace(1.0, 0.0, 128)
    assert 100 not in choose_shown(activity, 12)
    assert 100 in choose_shown(activity, 12, wanted=(100,))


@given(st.integers(0, 2**32 - 1), st.integers(3, 30), st.integers(0, 200))
def test_no_neuron_is_shown_twice_and_every_slot_is_used(seed: int, n_slots: int, extra: int) -> None:
    rng = np.random.default_rng(seed)
    n = n_slots + extra
    first = choose_shown(rng.random(n), n_slots)
    second = choose_shown(rng.random(n), n_slots, first)
    for shown in (first, second):
        assert len(set(shown.tolist())) == len(shown) == n_slots


def test_what_stays_stays_in_its_slot() -> None:
    rng = np.random.default_rng(3)
    activity = rng.random(128)
    before = choose_shown(activity, 26)
    after = choose_shown(activity + rng.normal(0, 0.02, 128), 26, before)
    stayed = np.isin(after, before)
    assert stayed.sum() >= 20
    assert (after[stayed] == before[stayed]).all()


def test_a_neuron_slightly_overtaken_does_not_leave() -> None:
    activity = np.zeros(100)
    activity[10:30] = np.linspace(1.0, 0.8, 20)
    before = choose_shown(activity, 26)
    weakest = before[edge_count(26) : -edge_count(26)][-1]
    activity[60] = activity[weakest] + 0.001
    assert weakest in choose_shown(activity, 26, before)
    assert 60 not in choose_shown(activity, 26, before)


def test_the_most_active_half_is_always_exact() -> None:
    rng = np.random.default_rng(0)
    before = choose_shown(rng.random(500), 26)
    activity = rng.random(500)
    shown = choose_shown(activity, 26, before)
    ends = edge_count(26)
    inner = np.arange(ends, 500 - ends)
    strongest = inner[np.argsort(-activity[inner])][: (26 - 2 * ends) // 2]
    assert set(strongest.tolist()) <= set(shown.tolist())


def test_ranked_neurons_stand_by_activity() -> None:
    activity = np.array([0.2, 0.9, 0.1, 0.5])
    assert choose_ranked(activity, 3).tolist() == [1, 3, 0]
    assert choose_ranked(activity, 9).tolist() == [1, 3, 0, 2]


def test_a_wanted_neuron_takes_the_last_ranked_slot() -> None:
    assert choose_ranked(np.array([0.2, 0.9, 0.1, 0.5]), 3, wanted=(2,)).tolist() == [1, 3, 2]


def test_ranked_neurons_keep_their_slots_until_sorted_anew() -> None:
    before = choose_ranked(np.array([0.2, 0.9, 0.1, 0.5]), 4)
    after = choose_ranked(np.array([0.9, 0.2, 0.5, 0.1]), 4, before)
    assert after.tolist() == before.tolist()
