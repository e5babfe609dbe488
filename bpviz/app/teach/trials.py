"""Tries a network of a lesson on whole parts of its dataset, as long questions the helper answers."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.training.evaluation import evaluate
from bpviz.viewmodel.lessons.lesson_course import Trial


@dataclass(frozen=True, slots=True)
class Tried:
    """What a network could do.

    Attributes
    ----------
    recalls
        Of each class, the share of its test samples that is read correctly, shape (n_classes,).
    sums
        What the output of each class sums up to for the test samples of that class; empty unless asked for.
    silent
        Of each layer, the share of its neurons that answer 0 to every test sample; empty unless asked for.
    """

    trial: Trial
    recalls: FloatArray
    sums: tuple[FloatArray, ...] = ()
    silent: tuple[float, ...] = ()


def try_out(network: Network, dataset: Dataset, iteration: int, is_thorough: bool) -> Tried:
    """Return how the network does after so many iterations; `is_thorough` adds sums and silent neurons."""
    # Numbers of a run that diverges overflow: what comes of it is what is to be shown.
    with np.errstate(all="ignore"):
        train, test = (evaluate(network, part) for part in (dataset.train, dataset.test))
        recalls = test.confusion.diagonal() / test.confusion.sum(axis=1)
        trial = Trial(iteration, train.loss, test.loss, train.accuracy, test.accuracy)
        if not is_thorough:
            return Tried(trial, recalls)
        passed = network.forward(dataset.test.scaled(slice(None)))
        silent = tuple(float((a == 0.0).all(axis=0).mean()) for a in passed.a)
        return Tried(trial, recalls, _own_sums(passed.z[-1], dataset.test.labels), silent)


def _own_sums(z: FloatArray, labels: npt.NDArray[np.uint8]) -> tuple[FloatArray, ...]:
    return tuple(z[labels == k, k].copy() for k in range(z.shape[1]))
