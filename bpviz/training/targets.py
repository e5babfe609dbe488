"""What the outputs of a network should be for the samples of any task, and whether the two fit."""

import math

import numpy as np

from bpviz.data.samples import Dataset, Labels, Samples, Task
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture
from bpviz.nn.targets import answered_classes, class_targets


def targets_of(samples: Samples, n_outputs: int, dtype: type[np.floating] = np.float32) -> FloatArray:
    """Return the targets of all samples, shape (n, n_outputs): values, or what stands for a class."""
    if samples.values is not None:
        return np.asarray(samples.values, dtype)
    return class_targets(samples.labels, n_outputs, dtype)


def count_right(output: FloatArray, labels: Labels, task: Task) -> float:
    """Return how many samples are answered as their class; NaN for a regression, which has no classes."""
    if task is Task.REGRESSION:
        return math.nan
    return float(np.count_nonzero(answered_classes(output) == labels))


def check_fit(architecture: Architecture, dataset: Dataset) -> None:
    """Raise `ConfigError` with a sentence if such a network cannot train on the dataset."""
    layers, n_in, counts = architecture.layers, dataset.train.inputs.shape[1], dataset.output_counts
    if not len(dataset.train):
        raise ConfigError(f"dataset '{dataset.name}' has no training samples; at least 1 is needed")
    if layers[0] != n_in or layers[-1] not in counts:
        raise ConfigError(
            f"layers are {', '.join(map(str, layers))}; dataset '{dataset.name}' needs "
            f"{_counted(str(n_in), 'input')} and {_counted(' or '.join(map(str, counts)), 'output')}"
        )
    if architecture.output_activation == "softmax" and layers[-1] == 1:
        raise ConfigError("softmax of a single output is always 1; take 2 outputs, or the loss 'log'")
    if dataset.task is Task.REGRESSION and architecture.loss != "squared":
        raise ConfigError(
            f"dataset '{dataset.name}' has numbers to reach, not classes; "
            f"it needs the loss 'squared', not '{architecture.loss}'"
        )


def _counted(count: str, noun: str) -> str:
    return f"{count} {noun}" if count == "1" else f"{count} {noun}s"
