"""What the small images of the first weight layer show: its weights, their gradients or their velocity."""

from enum import Enum

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.run.batch_gradients import grad_W_columns
from bpviz.viewmodel.run.phases import Phase

_VELOCITY = "velocity"


class TileContent(Enum):
    """What one image holds for each pixel."""

    WEIGHT = "weight"
    GRADIENT = "gradient"
    """∂L/∂W of the mean batch loss."""
    VELOCITY = "velocity"
    """What momentum adds to the weights in its next step."""


def available_content(state: NetworkState, wanted: TileContent) -> TileContent:
    """Return what can be shown: `wanted` if its numbers are there, else the weights."""
    if wanted is TileContent.GRADIENT and state.batch is not None:
        return wanted
    has_velocity = state.optimizer is not None and _VELOCITY in state.optimizer.state_after
    return wanted if wanted is TileContent.VELOCITY and has_velocity else TileContent.WEIGHT


def tile_values(state: NetworkState, content: TileContent, neurons: IndexArray) -> FloatArray:
    """Return one column of pixels for each of `neurons`, shape (n_in, len(neurons)); must be available."""
    if content is TileContent.GRADIENT and state.batch is not None:
        return grad_W_columns(state.batch, 0, neurons)[:-1]
    if content is TileContent.VELOCITY and state.optimizer is not None:
        return first_weights(state.optimizer.state_after[_VELOCITY], state)[:, neurons]
    return shown_weights(state)[:, neurons]


def shown_weights(state: NetworkState) -> FloatArray:
    """Return the first layer's weights: the new ones once a step through UPDATE has reached them."""
    is_new = state.phase is Phase.UPDATE and state.reveal is not None and state.reveal.updated[0]
    if is_new and state.parameters_after is not None:
        return first_weights(state.parameters_after, state)
    return state.network.W[0]


def first_weights(flat: FloatArray, state: NetworkState) -> FloatArray:
    """Return the part of a vector shaped like the parameters that belongs to W[0], shape (n_in, n_out)."""
    n_in, n_out = state.network.architecture.layers[:2]
    return np.asarray(flat[: n_in * n_out].reshape(n_in, n_out))
