"""The step of the first neurons. It stands apart from the activations a network can be trained with."""

import numpy as np

from bpviz.nn.activations import Activation
from bpviz.nn.arrays import FloatArray


class Step(Activation):
    """f(z) = 1 for z > 0, 0 otherwise. Its slope is 0 everywhere: no gradient ever comes through it.

    References
    ----------
    Rosenblatt, *The Perceptron* (1958); Nielsen, *Neural Networks and Deep Learning*, ch. 1.
    """

    name = "step"

    def apply(self, z: FloatArray, out: FloatArray | None = None) -> FloatArray:
        a = np.empty_like(z) if out is None else out
        np.greater(z, 0.0, out=a, casting="unsafe")
        return a

    def derivative(self, z: FloatArray, a: FloatArray, out: FloatArray | None = None) -> FloatArray:
        slope = np.empty_like(z) if out is None else out
        slope.fill(0.0)
        return slope
