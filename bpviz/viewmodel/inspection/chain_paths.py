"""The paths from one weight to the loss: how much of its gradient comes along each edge behind it.

For a weight into neuron j, δ_j = Σ over all paths from j to the outputs of the slopes and weights on the
way times the output's δ. An edge k → m carries (∂a_k/∂z_j) · w_km · δ_m of it: the edges of any later
layer add up to δ_j (the chain rule of Nielsen, *Neural Networks and Deep Learning*, ch. 2, BP2, unrolled).
"""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import BIAS, Part, WeightPart
from bpviz.viewmodel.run.phases import Phase


@dataclass(frozen=True, slots=True)
class ChainPaths:
    """One weight's way to the loss.

    Attributes
    ----------
    feed
        What the weight is multiplied with: an input, an activation, 1 for a bias; None for the batch's mean,
        whose gradient is not one product.
    delta
        δ of the neuron it leads to; None for the batch's mean.
    gradient
        ∂L/∂w: of the sample, or of the batch's mean.
    reach
        For each weight layer from the weight's own to the last hidden one, ∂a_k/∂z_j of all its neurons.
    """

    weight: WeightPart
    feed: float | None
    delta: float | None
    gradient: float
    reach: tuple[FloatArray, ...]

    @property
    def has_fan(self) -> bool:
        """True for a weight whose gradient comes along several paths."""
        return bool(self.reach)

    def flows(self, state: NetworkState, layer: int) -> FloatArray:
        """Return the part of δ_j that comes along each edge of a later layer, shape (n_in, n_out)."""
        assert state.sample.delta is not None
        before = self.reach[layer - 1 - self.weight.layer]
        with np.errstate(invalid="ignore", over="ignore"):
            return before[:, None] * state.network.W[layer] * state.sample.delta[layer][None, :]


def chain_of_paths(state: NetworkState, selected: Part | None) -> ChainPaths | None:
    """Return the paths of a selected weight; None unless its gradient is known and is the subject."""
    if not isinstance(selected, WeightPart) or state.phase is not Phase.BACKWARD:
        return None
    deltas, layer = state.deltas, selected.layer
    is_known = state.reveal is None or state.reveal.knows_delta(layer, selected.target)
    if deltas is None or not is_known or layer >= len(deltas):
        return None
    if state.mean_of is not None:
        return ChainPaths(selected, None, None, _mean_gradient(state, selected), ())
    feed, delta = feed_of(state, selected), float(deltas[layer][selected.target])
    with np.errstate(invalid="ignore", over="ignore"):
        return ChainPaths(selected, feed, delta, float(np.float64(feed) * delta), _reach(state, selected))


def feed_of(state: NetworkState, weight: WeightPart) -> float:
    """Return what a weight is multiplied with."""
    if weight.source == BIAS:
        return 1.0
    feeds = state.sample.x if weight.layer == 0 else state.sample.a[weight.layer - 1]
    return float(feeds[weight.source])


def _mean_gradient(state: NetworkState, weight: WeightPart) -> float:
    batch = state.mean_of
    assert batch is not None
    delta = batch.delta[weight.layer][:, weight.target]
    if weight.source == BIAS:
        return float(delta.sum())
    return float(batch.forward.input_of(weight.layer)[:, weight.source] @ delta)


def _reach(state: NetworkState, weight: WeightPart) -> tuple[FloatArray, ...]:
    network, depth = state.network, state.network.architecture.depth
    if weight.layer == depth - 1:
        return ()
    to_sum = np.zeros(network.architecture.layers[weight.layer + 1])
    to_sum[weight.target] = 1.0
    reach: list[FloatArray] = []
    with np.errstate(invalid="ignore", over="ignore"):
        for layer in range(weight.layer, depth - 1):
            if reach:
                to_sum = reach[-1] @ network.W[layer]
            reach.append(to_sum * _slopes(state, layer))
    return tuple(reach)


def _slopes(state: NetworkState, layer: int) -> FloatArray:
    z, a = state.sample.z[layer][None], state.sample.a[layer][None]
    return np.asarray(state.network.activations[layer].derivative(z, a)[0])
