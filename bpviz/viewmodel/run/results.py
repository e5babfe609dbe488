"""Results of a network on one part of the data: what the results panel shows, as one value."""

from dataclasses import dataclass
from enum import Enum

from bpviz.data.samples import Samples
from bpviz.nn.network import Network
from bpviz.training.predictions import Predictions, predict
from bpviz.viewmodel.run.confusion import Confusion, confusion_of
from bpviz.viewmodel.words.number_format import grouped, percent, significant

MOST_SAMPLES = 10_000
"""Of a larger part the first so many are tried: enough for a rate to be known to half a per cent."""


class DataPart(Enum):
    """Which samples are tried; its value is what the window calls them."""

    TEST = "Test"
    TRAINING = "Training"
    CLASS = "Class"


@dataclass(frozen=True, slots=True)
class Results:
    """How a network does on samples.

    Attributes
    ----------
    samples
        What was tried, in order; a sample's row here is its row in the whole part.
    n_in_part
        Samples the whole part has.
    is_probability
        Whether a sample's outputs add up to 1.
    network_name
        Which network: ``"Iteration 1 234"``.
    """

    part: DataPart
    samples: Samples
    n_in_part: int
    predictions: Predictions
    confusion: Confusion
    is_probability: bool
    network_name: str = ""

    @property
    def is_training_part(self) -> bool:
        """Whether the rows are rows of the training set."""
        return self.part is DataPart.TRAINING


def measure_results(
    network: Network, part: DataPart, samples: Samples, network_name: str = "", most: int = MOST_SAMPLES
) -> Results:
    """Return how a network does on the first `most` of these samples; takes milliseconds.

    Raises
    ------
    ShapeError
        If the samples do not fit the network.
    """
    tried = samples.first(most)
    predictions = predict(network, tried)
    is_probability = network.architecture.output_activation == "softmax"
    return Results(
        part=part,
        samples=tried,
        n_in_part=len(samples),
        predictions=predictions,
        confusion=confusion_of(predictions),
        is_probability=is_probability,
        network_name=network_name,
    )


def accuracy_text(results: Results) -> str:
    """Return the share of samples read rightly, as its large number: ``"97.3 %"``."""
    return percent(results.confusion.accuracy, decimals=1 if len(results.samples) < MOST_SAMPLES else 2)


def tried_text(results: Results) -> str:
    """Return what stands beside it: ``"right of 10 000"``."""
    return f"right of {grouped(results.confusion.n_samples)}"


def about_text(results: Results) -> str:
    """Return which network was tried on what, and its mean loss."""
    if not results.predictions.is_finite:
        return "The outputs are no numbers: the network has diverged."
    parts = [results.network_name] if results.network_name else []
    parts.append(f"mean loss {significant(float(results.predictions.losses.mean()))}")
    if len(results.samples) < results.n_in_part:
        parts.append(f"first {grouped(len(results.samples))} of {grouped(results.n_in_part)}")
    text = ", ".join(parts)
    return text[0].upper() + text[1:]
