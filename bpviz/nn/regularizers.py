"""L1 and L2 penalties, which act on weights and leave biases alone."""

import numpy as np

from bpviz.nn.network import Gradients, Network


def add_penalty_gradient(network: Network, gradients: Gradients, l1: float, l2: float) -> None:
    """Add the gradients of λ₁ Σ|w| and ½ λ₂ Σw² to those of the loss: λ₁ sign(W) and λ₂ W, in place."""
    for W, grad_W in zip(network.W, gradients.grad_W, strict=True):
        if l2:
            grad_W += np.multiply(W, l2)
        if l1:
            grad_W += np.multiply(np.sign(W), l1)
