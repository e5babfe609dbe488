"""What the network view is asked to draw, as one plain value."""

from dataclasses import dataclass

from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.training.snapshot import BatchPass, SamplePass
from bpviz.viewmodel.phases import Phase


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
    """

    network: Network
    sample: SamplePass
    phase: Phase
    batch: BatchPass | None = None
    parameters_after: FloatArray | None = None
