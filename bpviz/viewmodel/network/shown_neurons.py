"""Which neurons of a wide layer are drawn: its first, its last, and the most active in between."""

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray

_RANKS_KEPT = 2
"""A neuron already drawn stays while it is among this many times as many as there is room for."""


def edge_count(n_slots: int) -> int:
    """Return how many neurons at each end of an abbreviated layer are always drawn."""
    return max(1, min(4, n_slots // 6))


def choose_shown(
    activity: FloatArray,
    n_slots: int,
    previous: IndexArray | None = None,
    wanted: tuple[int, ...] = (),
) -> IndexArray:
    """Return the neuron drawn in each slot of a layer, shape (min(n_slots, n),).

    The stronger half of the places in between goes to the most active neurons at any time. The other
    half is kept by neurons drawn before as long as they are not far behind, and what stays drawn
    stays in its slot: a running network does not flicker.

    Parameters
    ----------
    activity
        Size of each neuron's activation, shape (n,).
    n_slots
        Places there are, at least 3.
    previous
        The last answer for this layer.
    wanted
        Neurons that must be among them, for example a selected one.
    """
    n = len(activity)
    if n <= n_slots:
        return np.arange(n)
    ends = edge_count(n_slots)
    middle = n_slots - 2 * ends
    inner = np.arange(ends, n - ends)
    ranked = inner[np.argsort(-activity[inner], kind="stable")]
    first = np.isin(ranked, wanted)
    ranked = np.concatenate((ranked[first], ranked[~first]))
    drawn = previous[ends:-ends] if previous is not None and len(previous) == n_slots else None
    chosen = np.sort(ranked[:middle]) if drawn is None else _kept(ranked, drawn, middle)
    return np.concatenate((np.arange(ends), chosen, np.arange(n - ends, n)))


def choose_ranked(
    activity: FloatArray,
    n_slots: int,
    previous: IndexArray | None = None,
    wanted: tuple[int, ...] = (),
) -> IndexArray:
    """Return the neuron drawn in each slot of a layer, most active first, shape (min(n_slots, n),).

    With `previous` nothing is sorted: what stays drawn stays in its slot, as in `choose_shown`. A wanted
    neuron that is not among the most active takes the last slot.
    """
    n_slots = min(len(activity), n_slots)
    ranked = np.argsort(-activity, kind="stable")
    if previous is not None and len(previous) == n_slots:
        first = np.isin(ranked, wanted)
        return _kept(np.concatenate((ranked[first], ranked[~first])), previous, n_slots)
    chosen = ranked[:n_slots]
    missing = [neuron for neuron in wanted if neuron not in chosen]
    return np.concatenate((chosen[: n_slots - len(missing)], missing)).astype(np.intp)


def _kept(ranked: IndexArray, drawn: IndexArray, middle: int) -> IndexArray:
    """Return who is drawn now, everyone who stays in the slot it had."""
    sure = ranked[: (middle + 1) // 2]
    near = ranked[: _RANKS_KEPT * middle]
    staying = near[np.isin(near, drawn) & ~np.isin(near, sure)]
    rest = near[~np.isin(near, drawn) & ~np.isin(near, sure)]
    chosen = np.concatenate((sure, staying, rest))[:middle]
    slots = np.where(np.isin(drawn, chosen), drawn, -1)
    slots[slots < 0] = chosen[~np.isin(chosen, drawn)]
    return slots
