"""One drawing read by one network, whole: what everything on the Draw page is derived from."""

from dataclasses import dataclass

from bpviz.data.digit_image import PreparedDigit
from bpviz.data.drawing_check import Doubt
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.drawing.answer import Answer, answer_of, classify_drawing


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network says to a drawing.

    Attributes
    ----------
    sample
        The drawing's way through the network, without a label.
    answer
        What the outputs say; to an empty canvas too. None if they are not numbers.
    doubt
        Why the drawing is probably no single digit, where that was looked at.
    """

    network: Network
    prepared: PreparedDigit
    sample: SamplePass
    answer: Answer | None
    doubt: Doubt | None = None

    @property
    def digit(self) -> int | None:
        """The digit that is read; None while nothing is drawn or the outputs are not numbers."""
        return None if self.answer is None or self.prepared.is_empty else self.answer.digit

    @property
    def sure_digit(self) -> int | None:
        """The digit that is read, where there is no doubt that it is one."""
        return self.digit if self.doubt is None else None

    @property
    def n_askable(self) -> int:
        """How many digits can be asked about: one for each output, none while nothing is read."""
        return 0 if self.digit is None else len(self.sample.output)


def read_drawing(network: Network, prepared: PreparedDigit, doubt: Doubt | None = None) -> Reading:
    """Return what a network says to a prepared drawing.

    Raises
    ------
    ShapeError
        If the network does not take 28 x 28 pixels.
    """
    sample = classify_drawing(network, prepared)
    return Reading(network, prepared, sample, answer_of(network, sample), doubt)
