"""The check of one gradient: backpropagation against two forward passes, both in float64 on a copy."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.gradcheck import EPSILON, as_float64, numerical_derivative
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.network.edges import weights_start
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.words.number_format import significant

AGREES_BELOW = 1e-6
"""Relative error from which a gradient is called wrong: central differences in float64 reach 1e-7 easily."""

_ZERO = 1e-10
"""Both below this: there is nothing to compare but rounding."""

_KINKED = ("relu", "leaky-relu")


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Which derivative is to be checked.

    Attributes
    ----------
    layer, row, column
        The weight; row BIAS is the bias of neuron `column`, whose derivative is also the neuron's δ.
    of_batch
        The mean loss of the whole batch instead of the sample's own.
    """

    layer: int
    row: int
    column: int
    of_batch: bool = False


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """Both numbers and what separates them.

    Attributes
    ----------
    analytic
        By backpropagation, in float64.
    numeric
        (L(w + ε) - L(w - ε)) / 2ε, in float64.
    crosses_kink
        A ReLU's sum changes its sign between the two forward passes, so they cannot be expected to agree.
    """

    request: CheckRequest
    analytic: float
    numeric: float
    epsilon: float
    crosses_kink: bool = False

    @property
    def difference(self) -> float:
        """How far the two are apart."""
        return abs(self.analytic - self.numeric)

    @property
    def relative_error(self) -> float:
        """|g - ĝ| / (|g| + |ĝ|), 0 if both are as good as 0."""
        size = abs(self.analytic) + abs(self.numeric)
        return 0.0 if size < _ZERO else self.difference / size

    @property
    def agrees(self) -> bool:
        """Whether backpropagation is confirmed; a NaN confirms nothing."""
        return bool(self.relative_error < AGREES_BELOW)

    @property
    def verdict(self) -> str:
        """The result in one short sentence."""
        if not np.isfinite(self.difference):
            return "Not a number: nothing to compare"
        error = significant(self.relative_error, 2)
        if self.agrees:
            return f"Agree: relative error {error}"
        if self.crosses_kink:
            return f"A ReLU switches within ε: relative error {error}"
        return f"Differ: relative error {error}"


def check_gradient(
    snapshot: Snapshot, sample: SamplePass, request: CheckRequest, epsilon: float = EPSILON
) -> GradientCheck | None:
    """Return the derivative by both ways, or None for a sample without a target.

    Works on a float64 copy with the parameters the iteration began with; nothing shown changes.
    """
    network = as_float64(snapshot.network())
    inputs = _inputs(snapshot, sample, request.of_batch)
    if inputs is None:
        return None
    X, Y = inputs
    with np.errstate(all="ignore"):
        gradients = network.backward(network.forward(X), Y)
        if request.row == BIAS:
            analytic = float(gradients.grad_b[request.layer][request.column])
        else:
            analytic = float(gradients.grad_W[request.layer][request.row, request.column])
        index = flat_index(network.architecture.layers, request.layer, request.row, request.column)
        numeric = numerical_derivative(network, X, Y, index, epsilon)
        kink = _crosses_kink(network, X, index, epsilon)
    return GradientCheck(request, analytic, numeric, epsilon, kink)


def flat_index(layers: tuple[int, ...], layer: int, row: int, column: int) -> int:
    """Return where a weight (or, for row BIAS, a bias) stands in the flat parameters."""
    n_in, n_out = layers[layer : layer + 2]
    return weights_start(layers, layer) + (n_in if row == BIAS else row) * n_out + column


def _inputs(snapshot: Snapshot, sample: SamplePass, of_batch: bool) -> tuple[FloatArray, FloatArray] | None:
    if of_batch:
        return snapshot.batch.forward.x.astype(np.float64), snapshot.batch.targets.astype(np.float64)
    if sample.target is None:
        return None
    return sample.x.astype(np.float64)[None], sample.target.astype(np.float64)[None]


def _crosses_kink(network: Network, X: FloatArray, index: int, epsilon: float) -> bool:
    architecture = network.architecture
    if not {architecture.activation, architecture.output_activation} & set(_KINKED):
        return False
    sides = []
    for nudge in (epsilon, -epsilon):
        nudged = network.with_parameters(network.parameters.copy())
        nudged.parameters[index] += nudge
        sides.append([z > 0.0 for z in nudged.forward(X).z])
    return any(bool((up != down).any()) for up, down in zip(*sides, strict=True))
