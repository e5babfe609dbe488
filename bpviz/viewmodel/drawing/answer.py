"""What a network says to a drawing, and how it is put into words."""

from dataclasses import dataclass

import numpy as np

from bpviz.data.digit_image import PreparedDigit
from bpviz.data.samples import PIXEL_SCALE
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.words.number_format import fixed, percent

SURE_FROM = 0.6
"""The network counts as sure of its answer from this output value on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The digit a network reads and the one it would say next.

    Attributes
    ----------
    digit, runner_up
        Classes with the largest and second largest output.
    share, runner_up_share
        Their outputs: probabilities where the output layer is softmax.
    is_probability
        Whether the outputs add up to 1.
    """

    digit: int
    share: float
    runner_up: int
    runner_up_share: float
    is_probability: bool

    @property
    def is_sure(self) -> bool:
        """Whether the output is at least `SURE_FROM`."""
        return self.share >= SURE_FROM

    @property
    def share_text(self) -> str:
        """The answer's output as it is written."""
        return share_text(self.share, self.is_probability)

    @property
    def runner_up_text(self) -> str:
        """The second thought: ``"then 9, 0.3 %"``, or ``"not sure, perhaps 9, 41.0 %"``."""
        joint = "then" if self.is_sure else "not sure, perhaps"
        return f"{joint} {self.runner_up}, {share_text(self.runner_up_share, self.is_probability)}"


def classify_drawing(network: Network, prepared: PreparedDigit) -> SamplePass:
    """Return the prepared drawing's way through the network, without a label.

    Raises
    ------
    ShapeError
        If the network does not take 28 x 28 pixels.
    """
    x = prepared.pixels.astype(np.float32)
    x *= np.float32(PIXEL_SCALE)
    passed = network.forward(x[np.newaxis])
    return SamplePass(x, tuple(z[0] for z in passed.z), tuple(a[0] for a in passed.a))


def answer_of(network: Network, sample: SamplePass) -> Answer | None:
    """Return what the network says, or None if its outputs are not numbers (its training diverged)."""
    outputs = sample.output
    if not np.isfinite(outputs).all():
        return None
    ranked = np.argsort(-outputs, kind="stable")
    # A network with a single output has no second thought.
    first, second = int(ranked[0]), int(ranked[min(1, len(ranked) - 1)])
    is_probability = network.architecture.output_activation == "softmax"
    return Answer(first, float(outputs[first]), second, float(outputs[second]), is_probability)


def share_text(share: float, is_probability: bool) -> str:
    """Return an output as it is written: ``"99.5 %"`` for a probability, ``"0.995"`` for any other output.

    A softmax never reaches 0 or 1, though its float32 does: no probability is written as certainty.
    """
    if not is_probability:
        return fixed(share, 3)
    if share >= 0.9995:
        return f"> {percent(0.999)}"
    return f"< {percent(0.001)}" if share < 0.0005 else percent(share)
