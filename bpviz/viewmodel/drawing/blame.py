"""A drawing's own pass with a label: forward, loss, backward and on to the pixels, place by place."""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture, Network
from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position, StepLevel, positions
from bpviz.viewmodel.words.number_format import signed_significant
from bpviz.viewmodel.words.sentence import sentence_for
from bpviz.viewmodel.words.sentence_text import Sentence


class BlameStage(Enum):
    """The parts of the pass, by the names they are shown with."""

    FORWARD = "Forward"
    LOSS = "Loss"
    BACKWARD = "Backward"
    PIXELS = "Pixels"


_STAGES = {
    Phase.FORWARD: BlameStage.FORWARD,
    Phase.LOSS: BlameStage.LOSS,
    Phase.BACKWARD: BlameStage.BACKWARD,
}


@dataclass(frozen=True, slots=True)
class BlamePlace:
    """How far the pass has come: all up to and including `position` is known.

    Attributes
    ----------
    has_pixels
        Whether ∂L/∂pixel is known too, the last thing a backward pass can compute.
    """

    position: Position
    has_pixels: bool = False

    @property
    def stage(self) -> BlameStage:
        """The part of the pass this place belongs to."""
        return BlameStage.PIXELS if self.has_pixels else _STAGES[self.position.phase]


def blame_places(architecture: Architecture) -> tuple[BlamePlace, ...]:
    """Return every place of the pass in order: layer by layer, the pixels last."""
    layers = positions(StepLevel.LAYER, architecture)
    places = [BlamePlace(position) for position in layers if position.phase is not Phase.UPDATE]
    return (*places, replace(places[-1], has_pixels=True))


def last_place_of(stage: BlameStage, architecture: Architecture) -> int:
    """Return the number of the place at which all of a stage is known."""
    places = blame_places(architecture)
    return max(number for number, place in enumerate(places) if place.stage is stage)


def blamed(network: Network, sample: SamplePass, label: int) -> SamplePass:
    """Return the same drawing's pass with a label: with its own loss and δ.

    Raises
    ------
    ShapeError
        If the network does not take this drawing.
    """
    return pass_sample(network, sample.x, label)


def pixel_gradient(network: Network, sample: SamplePass) -> FloatArray:
    """Return ∂L/∂x of the labelled drawing's own loss, shape (n_in,): δ of the first layer · its weights."""
    assert sample.delta is not None
    return np.asarray(network.W[0] @ sample.delta[0])


def blame_state(network: Network, sample: SamplePass, place: BlamePlace) -> NetworkState:
    """Return what the network view is to draw at a place of a labelled drawing's pass."""
    return NetworkState(
        network,
        sample,
        place.position.phase,
        reveal=reveal_of(place.position, network.architecture),
        input_gradient=pixel_gradient(network, sample) if place.has_pixels else None,
    )


def blame_sentence(state: NetworkState) -> Sentence:
    """Return the sentence for a place of the pass, in its true numbers."""
    if state.input_gradient is None:
        return sentence_for(state)
    gradient = np.nan_to_num(state.input_gradient)
    # A black pixel cannot get darker, a white one not brighter.
    can_change = np.where(gradient > 0, state.sample.x > 0.0, state.sample.x < 1.0)
    strongest = int((np.abs(gradient) * can_change).argmax())
    slope = float(gradient[strongest])
    row, column = divmod(strongest, round(len(gradient) ** 0.5))
    way = "darker" if slope > 0 else "brighter"
    return Sentence(
        f"The loss falls fastest if the pixel in row {row}, column {column} gets {way}:",
        f"its ∂L/∂pixel is {signed_significant(slope, 3)}.",
    )
