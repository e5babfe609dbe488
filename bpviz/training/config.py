"""The settings of a training run, checked when they are made."""

import math
from dataclasses import dataclass

from bpviz.errors import ConfigError
from bpviz.nn.initializers import INITIALIZERS
from bpviz.nn.losses import loss_named
from bpviz.nn.network import Architecture
from bpviz.nn.optimizers import OPTIMIZERS

MAX_BATCH_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that, with a dataset, determines a run bit for bit.

    Attributes
    ----------
    layers
        Neurons from input to output.
    output_activation
        None lets the loss choose: log → sigmoid, cross-entropy → softmax, squared → sigmoid.
    momentum
        Share of the velocity kept, for the momentum and nesterov optimisers.
    l1, l2
        Strength of the penalty on weights (not biases); l2 adds l2·W to the gradient.
    seed
        Draws the initial weights and the order of samples.

    Raises
    ------
    ConfigError
        On any impossible value or pair.
    """

    layers: tuple[int, ...] = (784, 30, 10)
    activation: str = "sigmoid"
    output_activation: str | None = None
    loss: str = "cross-entropy"
    optimizer: str = "sgd"
    learning_rate: float = 0.5
    momentum: float = 0.9
    batch_size: int = 10
    initializer: str = "normal"
    l1: float = 0.0
    l2: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        self.architecture()
        _check_choice("optimizer", self.optimizer, tuple(OPTIMIZERS))
        _check_choice("initialisation", self.initializer, tuple(INITIALIZERS))
        _check_range("learning rate", self.learning_rate, 0.0, 1e4)
        _check_range("l1", self.l1, 0.0, 1e3)
        _check_range("l2", self.l2, 0.0, 1e3)
        if not (math.isfinite(self.momentum) and 0.0 <= self.momentum < 1.0):
            raise ConfigError(f"momentum is {self.momentum}; it must be at least 0 and below 1")
        if not 1 <= self.batch_size <= MAX_BATCH_SIZE:
            raise ConfigError(f"batch size is {self.batch_size}; it must be 1 to {MAX_BATCH_SIZE:,}")
        if not 0 <= self.seed < 2**63:
            raise ConfigError(f"seed is {self.seed}; it must be a whole number from 0 to 2^63 - 1")

    def architecture(self) -> Architecture:
        """Return the network this run trains, the output activation resolved."""
        output = self.output_activation or loss_named(self.loss).output_activation
        return Architecture(self.layers, self.activation, output, self.loss)


def _check_choice(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ConfigError(f"unknown {what} '{value}'; choose one of {', '.join(known)}")


def _check_range(what: str, value: float, low: float, high: float) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise ConfigError(f"{what} is {value}; it must be a number from {low:g} to {high:g}")
