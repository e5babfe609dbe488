"""Value types of a dataset: input rows kept as small as they come, with class labels or numbers to reach."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from bpviz.data.point_options import PointOptions

PIXEL_SCALE = 1.0 / 255.0
"""Factor that turns a grey level 0-255 into the network input 0-1."""

Inputs = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
Labels = npt.NDArray[np.uint8]

CLASS_NAMES = ("A", "B")
"""What the classes of a task of two are called; the network's single output says how much it is a B."""


class Task(Enum):
    """What a network is to make of a sample."""

    REGRESSION = "regression"
    TWO_CLASSES = "two classes"
    MANY_CLASSES = "many classes"


@dataclass(frozen=True, slots=True)
class Samples:
    """Inputs and labels of one part of a dataset; arrays are read-only.

    Attributes
    ----------
    inputs
        Shape (n, n_in), C-contiguous; uint8 grey levels for images (a quarter of float32's memory).
    labels
        Shape (n,), class index of each sample; zeros where `values` are to be reached.
    input_scale
        The network is given `inputs * input_scale`.
    values
        Shape (n, n_out), the numbers to reach in a regression; None for classes.
    """

    inputs: Inputs
    labels: Labels
    input_scale: float = PIXEL_SCALE
    values: npt.NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        self.inputs.flags.writeable = False
        self.labels.flags.writeable = False
        if self.values is not None:
            self.values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, count: int | None) -> "Samples":
        """Return the first `count` samples (all of them for None), sharing memory."""
        return self if count is None else self.at(slice(0, count))

    def at(self, rows: slice | npt.NDArray[np.intp]) -> "Samples":
        """Return the chosen rows; a slice shares memory."""
        values = None if self.values is None else self.values[rows]
        return Samples(self.inputs[rows], self.labels[rows], self.input_scale, values)

    def scaled(self, rows: slice | npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """Return the chosen rows as network inputs, float32, shape (k, n_in)."""
        return np.multiply(self.inputs[rows], np.float32(self.input_scale), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A training and a test part of one task.

    Attributes
    ----------
    name
        Identifier used on the command line, for example ``"strokes"``.
    title
        What the window calls it, for example ``"MNIST"``.
    n_classes
        0 for a regression.
    made_with
        How its points were made up; None for all else.
    """

    name: str
    title: str
    train: Samples
    test: Samples
    n_classes: int = 10
    made_with: PointOptions | None = None

    @property
    def task(self) -> Task:
        """What a network is to make of its samples."""
        if self.train.values is not None:
            return Task.REGRESSION
        return Task.TWO_CLASSES if self.n_classes == 2 else Task.MANY_CLASSES

    @property
    def output_counts(self) -> tuple[int, ...]:
        """Numbers of outputs a network for it may have, the usual one first."""
        if self.train.values is not None:
            return (self.train.values.shape[1],)
        return (1, 2) if self.n_classes == 2 else (self.n_classes,)
