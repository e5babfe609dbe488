"""Results made of known answers, for tests of what shows them."""

from collections.abc import Sequence

import numpy as np

from bpviz.data.samples import Samples
from bpviz.training.predictions import Predictions
from bpviz.viewmodel.run.confusion import confusion_of
from bpviz.viewmodel.run.results import DataPart, Results


def predictions_of(pairs: Sequence[tuple[int, int]], n_classes: int = 10) -> Predictions:
    """Answers with these labels and predicted classes; the loss of row i is i + 1 where wrong, else 0.1."""
    labels = np.array([label for label, _ in pairs], np.uint8)
    predicted = np.array([answer for _, answer in pairs], np.intp)
    outputs = np.full((len(pairs), n_classes), 0.3 / max(1, n_classes - 1), np.float32)
    outputs[np.arange(len(pairs)), predicted] = 0.7
    losses = np.where(labels == predicted, 0.1, np.arange(len(pairs)) + 1.0)
    return Predictions(labels, predicted, losses, outputs)


def results_of(
    pairs: Sequence[tuple[int, int]], part: DataPart = DataPart.TEST, n_classes: int = 10, n_in: int = 784
) -> Results:
    """Results with these labels and predicted classes; image i is all of grey level i."""
    predictions = predictions_of(pairs, n_classes)
    images = np.repeat(np.arange(len(pairs), dtype=np.uint8)[:, None], n_in, axis=1)
    samples = Samples(images, predictions.labels.copy())
    return Results(part, samples, len(pairs), predictions, confusion_of(predictions), True, "iteration 5")
