"""What a user can change in a run under way; each change is logged and replayed.

Layers, rows, columns and neurons count from 0 here; labels count layers from 1, as all texts do.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.parameter_index import bias_index, weight_index
from bpviz.training.trainer import Trainer

_LARGEST = float(np.finfo(np.float32).max)


class Change(ABC):
    """One change; takes effect from the next iteration on. The same change gives the same bits."""

    __slots__ = ()

    @property
    def target(self) -> Hashable:
        """What it sets: of two changes with one target, made at one iteration, only the second counts."""
        return type(self)

    @property
    def is_by_hand(self) -> bool:
        """Whether it touches the network itself, so that what the network shows is at once another."""
        return False

    @abstractmethod
    def apply(self, trainer: Trainer) -> None:
        """Make the change; on a `BpvizError` the trainer is as it was."""

    @abstractmethod
    def is_in_force(self, trainer: Trainer) -> bool:
        """Whether making it would change nothing."""

    @abstractmethod
    def label(self, trainer: Trainer) -> str:
        """Return what differs, short, for example ``"η 0.5 → 1"``; to be asked before it is made."""


@dataclass(frozen=True, slots=True)
class SetLearningRate(Change):
    """Use this learning rate."""

    learning_rate: float

    def apply(self, trainer: Trainer) -> None:
        trainer.set_learning_rate(self.learning_rate)

    def is_in_force(self, trainer: Trainer) -> bool:
        return trainer.learning_rate == self.learning_rate

    def label(self, trainer: Trainer) -> str:
        return f"η {trainer.learning_rate:g} → {self.learning_rate:g}"


@dataclass(frozen=True, slots=True)
class SetOptimizer(Change):
    """Use this optimiser, its state fresh."""

    optimizer: str
    momentum: float

    def apply(self, trainer: Trainer) -> None:
        trainer.set_optimizer(self.optimizer, self.momentum)

    def is_in_force(self, trainer: Trainer) -> bool:
        return (trainer.config.optimizer, trainer.config.momentum) == (self.optimizer, self.momentum)

    def label(self, trainer: Trainer) -> str:
        if trainer.config.optimizer == self.optimizer:
            return f"μ {trainer.config.momentum:g} → {self.momentum:g}"
        return f"{trainer.config.optimizer} → {self.optimizer}"


@dataclass(frozen=True, slots=True)
class SetLoss(Change):
    """Use this loss, over the same weights; None lets it choose its output activation."""

    loss: str
    output_activation: str | None = None

    def apply(self, trainer: Trainer) -> None:
        trainer.set_loss(self.loss, self.output_activation)

    def is_in_force(self, trainer: Trainer) -> bool:
        config = replace(trainer.config, loss=self.loss, output_activation=self.output_activation)
        return config.architecture() == trainer.network.architecture

    def label(self, trainer: Trainer) -> str:
        if trainer.config.loss == self.loss:
            return f"{self.loss}, {self.output_activation} outputs"
        return f"{trainer.config.loss} → {self.loss}"


@dataclass(frozen=True, slots=True)
class SetBatchSize(Change):
    """Use batches of this size; the epoch under way still uses every sample once."""

    batch_size: int

    def apply(self, trainer: Trainer) -> None:
        trainer.set_batch_size(self.batch_size)

    def is_in_force(self, trainer: Trainer) -> bool:
        return trainer.config.batch_size == self.batch_size

    def label(self, trainer: Trainer) -> str:
        return f"batch {trainer.config.batch_size} → {self.batch_size}"


@dataclass(frozen=True, slots=True)
class SetPenalty(Change):
    """Use these penalties on weights."""

    l1: float
    l2: float

    def apply(self, trainer: Trainer) -> None:
        trainer.set_penalty(self.l1, self.l2)

    def is_in_force(self, trainer: Trainer) -> bool:
        return (trainer.config.l1, trainer.config.l2) == (self.l1, self.l2)

    def label(self, trainer: Trainer) -> str:
        if trainer.config.l1 == self.l1:
            return f"L2 {trainer.config.l2:g} → {self.l2:g}"
        return f"L1 {trainer.config.l1:g} → {self.l1:g}"


class _SetParameter(Change):
    """Put a number in the place of one weight or bias."""

    __slots__ = ()

    value: float

    @property
    def is_by_hand(self) -> bool:
        return True

    @abstractmethod
    def _index(self, trainer: Trainer) -> int: ...

    @property
    @abstractmethod
    def _name(self) -> str: ...

    def apply(self, trainer: Trainer) -> None:
        trainer.set_parameter(self._index(trainer), self._checked())

    def is_in_force(self, trainer: Trainer) -> bool:
        return bool(trainer.network.parameters[self._index(trainer)] == np.float32(self._checked()))

    def label(self, trainer: Trainer) -> str:
        return f"{self._name} = {self.value:.3g}"

    def _checked(self) -> float:
        if not math.isfinite(self.value) or abs(self.value) > _LARGEST:
            raise ConfigError(f"{self._name} cannot be {self.value}; it must be a finite number")
        return self.value


@dataclass(frozen=True, slots=True)
class SetWeight(_SetParameter):
    """Give W[layer][row, column] this value, rounded to float32."""

    layer: int
    row: int
    column: int
    value: float

    @property
    def target(self) -> Hashable:
        return type(self), self.layer, self.row, self.column

    def _index(self, trainer: Trainer) -> int:
        return weight_index(trainer.config.layers, self.layer, self.row, self.column)

    @property
    def _name(self) -> str:
        return f"w[{self.layer + 1}][{self.row},{self.column}]"


@dataclass(frozen=True, slots=True)
class SetBias(_SetParameter):
    """Give b[layer][neuron] this value, rounded to float32."""

    layer: int
    neuron: int
    value: float

    @property
    def target(self) -> Hashable:
        return type(self), self.layer, self.neuron

    def _index(self, trainer: Trainer) -> int:
        return bias_index(trainer.config.layers, self.layer, self.neuron)

    @property
    def _name(self) -> str:
        return f"b[{self.layer + 1}][{self.neuron}]"


@dataclass(frozen=True, slots=True)
class SwitchNeuron(Change):
    """Switch a hidden neuron off, or on again: off, its activation and its delta are 0."""

    layer: int
    neuron: int
    is_on: bool

    @property
    def target(self) -> Hashable:
        return type(self), self.layer, self.neuron

    @property
    def is_by_hand(self) -> bool:
        return True

    def apply(self, trainer: Trainer) -> None:
        trainer.switch_neuron(self.layer, self.neuron, self.is_on)

    def is_in_force(self, trainer: Trainer) -> bool:
        return ((self.layer, self.neuron) not in trainer.network.switched_off) == self.is_on

    def label(self, trainer: Trainer) -> str:
        return f"neuron {self.neuron} of layer {self.layer + 1} {'on' if self.is_on else 'off'}"
