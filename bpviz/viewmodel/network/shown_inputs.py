"""Which inputs stand as boxes, where the input is not drawn as one picture."""

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network.graph_geometry import InputStyle, LayoutRequest
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, InputPart, NeuronPart, Part, WeightPart
from bpviz.viewmodel.network.shown_neurons import choose_shown


def choose_inputs(
    state: NetworkState,
    request: LayoutRequest,
    n_slots: int,
    previous: IndexArray | None = None,
    selected: Part | None = None,
) -> IndexArray:
    """Return the input in each slot: the first, the last and the brightest, or those that count most.

    Parameters
    ----------
    previous
        The last answer with the same layout; inputs that stay keep their slots.
    selected
        What counts is what counts for a selected neuron of the first layer.
    """
    wanted = tuple(_wanted(selected))
    if request.input_style is not InputStyle.STRONGEST:
        return choose_shown(np.abs(state.sample.x), n_slots, previous, wanted)
    size = contribution_sizes(state, selected)
    size[list(wanted)] = np.inf
    strongest = np.argsort(-size, kind="stable")[:n_slots]
    return np.sort(strongest)


def contribution_sizes(state: NetworkState, selected: Part | None = None) -> FloatArray:
    """Return how much each input adds: Σ_j |w_ij x_i| over the first layer, or to its selected neuron."""
    focus = state.reveal.focus if state.reveal is not None else None
    W = state.network.W[0]
    match focus or selected:
        case NeuronPart(layer=0, index=index) | WeightPart(layer=0, target=index):
            W = W[:, [index]]
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(np.nan_to_num(np.abs(state.sample.x) * np.abs(W).sum(axis=1)))


def _wanted(selected: Part | None) -> list[int]:
    match selected:
        case InputPart(index=index):
            return [index]
        case WeightPart(layer=0, source=source) if source != BIAS:
            return [source]
    return []
