"""Value types of a dataset: input rows kept as small as they come, and their class labels."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PIXEL_SCALE = 1.0 / 255.0
"""Factor that turns a grey level 0-255 into the network input 0-1."""

Inputs = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
Labels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Samples:
    """Inputs and labels of one part of a dataset; arrays are read-only.

    Attributes
    ----------
    inputs
        Shape (n, n_in), C-contiguous; uint8 grey levels for images (a quarter of float32's memory).
    labels
        Shape (n,), class index of each sample.
    input_scale
        The network is given `inputs * input_scale`.
    """

    inputs: Inputs
    labels: Labels
    input_scale: float = PIXEL_SCALE

    def __post_init__(self) -> None:
        self.inputs.flags.writeable = False
        self.labels.flags.writeable = False

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, count: int | None) -> "Samples":
        """Return the first `count` samples (all of them for None), sharing memory."""
        return self if count is None else Samples(self.inputs[:count], self.labels[:count], self.input_scale)

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
    """

    name: str
    title: str
    train: Samples
    test: Samples
    n_classes: int = 10
