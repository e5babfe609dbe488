"""What the network view is asked to draw, as one plain value."""

from dataclasses import dataclass

from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.training.snapshot import BatchPass, OptimizerView, SamplePass
from bpviz.viewmodel.network.reveal import Reveal
from bpviz.viewmodel.run.batch_gradients import batch_deltas
from bpviz.viewmodel.run.phases import Phase


@dataclass(frozen=True, slots=True)
class NetworkState:
    """One sample's way through one network, seen in one phase.

    Attributes
    ----------
    network
        Architecture and read-only parameters that `sample` was computed with.
    sample
        The watched sample.
    phase
        FORWARD and LOSS show activations and w·a, BACKWARD δ and ∂L/∂w, UPDATE the change of w.
    batch
        The whole batch, where mean gradients are wanted.
    parameters_after
        Flat parameters after the update; UPDATE needs them.
    reveal
        What is known at a place inside the iteration; None for all of it. Its phase is `phase`.
    shows_batch_mean
        In BACKWARD, show δ and ∂L/∂W of the mean batch loss instead of the sample's own; needs `batch`.
    optimizer
        What the update rule remembers; weight images of its velocity need it.
    input_gradient
        ∂L/∂x of the sample's own loss, shape (n_in,), drawn in place of an input that is a picture.
    """

    network: Network
    sample: SamplePass
    phase: Phase
    batch: BatchPass | None = None
    parameters_after: FloatArray | None = None
    reveal: Reveal | None = None
    shows_batch_mean: bool = False
    optimizer: OptimizerView | None = None
    input_gradient: FloatArray | None = None

    @property
    def mean_of(self) -> BatchPass | None:
        """The batch whose mean gradients are shown; None where the sample's own are."""
        return self.batch if self.shows_batch_mean and self.phase is Phase.BACKWARD else None

    @property
    def deltas(self) -> tuple[FloatArray, ...] | None:
        """The δ shown: the sample's, or the mean over the batch; None without a label."""
        batch = self.mean_of
        return self.sample.delta if batch is None else batch_deltas(batch)
