"""What each step of the way into the network is worth: the accuracy with all steps less that without it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from bpviz.data.canvas_drawings import canvas_drawings
from bpviz.data.digit_image import IMAGE_SIDE, prepare_ink
from bpviz.data.preparation import ALL_STEPS, STEP_NAMES
from bpviz.data.samples import Samples
from bpviz.nn.network import Network
from bpviz.training.evaluation import evaluate
from bpviz.viewmodel.words.number_format import percent, signed

N_DRAWINGS = 500


@dataclass(frozen=True, slots=True, eq=False)
class StepSamples:
    """The same drawings prepared in several ways.

    Attributes
    ----------
    with_all
        With all steps.
    without
        For each step, without that one only.
    """

    with_all: Samples
    without: Mapping[str, Samples]


@dataclass(frozen=True, slots=True)
class PreparationWorth:
    """How well one network reads drawings prepared in several ways.

    Attributes
    ----------
    n_drawings
        Drawings tried.
    accuracy
        Share read rightly with all steps.
    without
        For each step, the share read rightly without that one only.
    """

    n_drawings: int
    accuracy: float
    without: Mapping[str, float]

    def of(self, step: str) -> float:
        """Return what the step is worth, a share: positive where it helps."""
        return self.accuracy - self.without[step]

    def points_text(self, step: str) -> str:
        """Return what the step is worth in points of a hundred, as it is written: ``+13.2``."""
        return signed(100.0 * self.of(step), 1)

    def sentence(self, step: str) -> str:
        """Return how that was measured, in a sentence."""
        return (
            f"Of {self.n_drawings} digits drawn anywhere on the canvas, in any size and with any pen, this "
            f"network reads {percent(self.accuracy)} rightly with all steps, {percent(self.without[step])} "
            "without this one."
        )


def draw_step_samples(count: int, rng: np.random.Generator) -> StepSamples:
    """Return `count` digits drawn anywhere on the canvas, prepared with all steps and without each."""
    drawings = canvas_drawings(count, rng)
    ways = (ALL_STEPS, *(ALL_STEPS.without(step) for step in STEP_NAMES))
    images = np.empty((len(ways), count, IMAGE_SIDE**2), np.uint8)
    for index in range(count):
        ink = drawings.ink(index)
        for way, steps in enumerate(ways):
            images[way, index] = prepare_ink(ink, steps).pixels
    with_all, *without = (Samples(part, drawings.labels) for part in images)
    return StepSamples(with_all, MappingProxyType(dict(zip(STEP_NAMES, without, strict=True))))


def joined_step_samples(parts: Sequence[StepSamples]) -> StepSamples:
    """Return the drawings of all parts, at least one, as one."""
    without = {step: _joined([part.without[step] for part in parts]) for step in STEP_NAMES}
    return StepSamples(_joined([part.with_all for part in parts]), MappingProxyType(without))


def measure_worth(network: Network, samples: StepSamples) -> PreparationWorth:
    """Return how well the network reads the drawings in each way.

    Raises
    ------
    ShapeError
        If the network does not take 28 x 28 pixels or has fewer outputs than there are digits.
    """
    accuracy = evaluate(network, samples.with_all).accuracy
    without = {step: evaluate(network, part).accuracy for step, part in samples.without.items()}
    return PreparationWorth(len(samples.with_all), accuracy, MappingProxyType(without))


def _joined(parts: Sequence[Samples]) -> Samples:
    inputs, labels = ([getattr(part, name) for part in parts] for name in ("inputs", "labels"))
    return Samples(np.concatenate(inputs), np.concatenate(labels))
