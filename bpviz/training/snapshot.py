"""What the trainer hands to whoever watches: one whole iteration, as read-only copies."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bpviz.data.samples import Labels
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import Architecture, ForwardPass, Network
from bpviz.nn.switched_off import SwitchedOff
from bpviz.nn.targets import answered_classes


@dataclass(frozen=True, slots=True)
class SamplePass:
    """One sample's way through a network.

    Attributes
    ----------
    x
        The input, shape (n_in,), 0 to 1 for images.
    z, a
        Weighted sums and activations of each weight layer, shapes (n_out of that layer,).
    label
        The class it should be; None for a drawing nobody has labelled, and in a regression.
    loss
        This sample's loss; None without a target.
    delta
        ∂Lᵢ/∂z of each weight layer for this sample's own loss, not divided by a batch; None without a target.
    index
        Row in the training set; None for what is not from there.
    target
        What the outputs should be, shape (n_out,); None where nobody knows.
    """

    x: FloatArray
    z: tuple[FloatArray, ...]
    a: tuple[FloatArray, ...]
    label: int | None = None
    loss: float | None = None
    delta: tuple[FloatArray, ...] | None = None
    index: int | None = None
    target: FloatArray | None = None

    @property
    def output(self) -> FloatArray:
        """Activations of the output layer, shape (n_out,)."""
        return self.a[-1]

    @property
    def predicted(self) -> int:
        """The class the outputs answer."""
        return int(answered_classes(self.output[None])[0])


@dataclass(frozen=True, slots=True)
class BatchPass:
    """The batch of one iteration, seen with the parameters the iteration began with.

    Attributes
    ----------
    indices
        Rows in the training set, shape (B,).
    labels, predicted
        Classes, shape (B,); all 0 in a regression.
    losses
        Loss of each sample, shape (B,); the batch loss is their mean.
    forward
        z and a of all B samples; `forward.x` are the scaled inputs, shape (B, n_in).
    delta
        ∂(mean batch loss)/∂z of each weight layer, shapes (B, n_out), 1/B included.
    targets
        What the outputs should be, shape (B, n_out).
    has_classes
        False in a regression, where nothing is right or wrong.
    """

    indices: IndexArray
    labels: Labels
    predicted: IndexArray
    losses: FloatArray
    forward: ForwardPass
    delta: tuple[FloatArray, ...]
    targets: FloatArray
    has_classes: bool = True

    @property
    def loss(self) -> float:
        """Mean loss of the batch."""
        return float(self.losses.mean())

    def grad_W(self, layer: int) -> FloatArray:
        """Return ∂L/∂W of weight layer `layer`, shape (n_in, n_out), computed now: a_prev.T @ delta."""
        return np.asarray(self.forward.input_of(layer).T @ self.delta[layer])

    def grad_b(self, layer: int) -> FloatArray:
        """Return ∂L/∂b of weight layer `layer`, shape (n_out,)."""
        return np.asarray(self.delta[layer].sum(axis=0))


@dataclass(frozen=True, slots=True)
class OptimizerView:
    """The update rule of one iteration, and what it remembers.

    Attributes
    ----------
    name, momentum
        As in `TrainingConfig`; `momentum` matters to two of the rules.
    state_before, state_after
        The optimiser's vectors around this update by name, each shaped like the parameters.
    updates
        Updates made since the optimiser was new, this one included: Adam's t.
    """

    name: str
    momentum: float
    learning_rate: float
    state_before: Mapping[str, FloatArray]
    state_after: Mapping[str, FloatArray]
    updates: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One iteration, whole: the parameters it began with, its batch, its gradients, what it changed.

    Attributes
    ----------
    run_id
        Rejects what came from before a reset.
    iteration
        Number of this iteration, counted from 1 over the whole run; 0 is the untrained network,
        whose batch is the one the first iteration will use and whose `parameters_after` is `parameters`.
    epoch
        Number of the epoch it belongs to, from 1.
    iteration_in_epoch, iterations_per_epoch
        Place inside the epoch, from 1 (0 for the untrained network).
    parameters, parameters_after
        Flat parameters before and after this iteration's update.
    sample
        The sample being watched, computed with `parameters`.
    learning_rate
        The rate of this iteration.
    branch_id
        The branch of the run it belongs to; the first one is 0.
    optimizer
        The update rule with its state; None while the run is too fast for anyone to read it.
    l1, l2
        Strengths of the penalties in this iteration.
    switched_off
        Hidden neurons that were off.
    is_standing
        True for the network as it stands between two iterations (untrained, or changed by hand): the batch
        is the next iteration's, and nothing was updated.
    """

    run_id: int
    architecture: Architecture
    iteration: int
    epoch: int
    iteration_in_epoch: int
    iterations_per_epoch: int
    parameters: FloatArray
    parameters_after: FloatArray
    batch: BatchPass
    sample: SamplePass
    learning_rate: float
    branch_id: int = 0
    optimizer: OptimizerView | None = None
    l1: float = 0.0
    l2: float = 0.0
    switched_off: SwitchedOff = ()
    is_standing: bool = False

    def network(self) -> Network:
        """Return the network this iteration began with; it shares the read-only parameters."""
        return Network(self.architecture, self.parameters, self.switched_off)
