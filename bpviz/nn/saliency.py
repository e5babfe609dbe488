"""Saliency: how much each input of a network moves one of its outputs."""

import numpy as np

from bpviz.errors import ShapeError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import ForwardPass, Network


def input_gradient(network: Network, forward: ForwardPass, output: int) -> FloatArray:
    """Return ∂z_k/∂x of one output neuron's weighted sum z_k, shape (B, n_in).

    It is the backward pass with a one-hot vector in place of the output delta. z and not the activation,
    because softmax and sigmoid saturate: where the network is sure, ∂a_k/∂x is nearly zero everywhere.

    Parameters
    ----------
    forward
        Result of `network.forward` for B samples.
    output
        Index k of the output neuron.

    Raises
    ------
    ShapeError
        If the network has no such output.

    References
    ----------
    Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks: Visualising Image
    Classification Models and Saliency Maps", 2013.
    """
    n_out = network.architecture.layers[-1]
    if not 0 <= output < n_out:
        raise ShapeError(f"there is no output {output}; the network has outputs 0 to {n_out - 1}")
    gradient = np.repeat(network.W[-1][:, output][np.newaxis], len(forward.x), axis=0)
    for layer in range(network.architecture.depth - 2, -1, -1):
        slope = network.activations[layer].derivative(forward.z[layer], forward.a[layer])
        gradient = (gradient * slope) @ network.W[layer].T
    return gradient
