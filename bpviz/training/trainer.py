"""Trains one network, one iteration at a time; makes no thread and knows none.

Invariant: the parameters after iteration k depend on the configuration and the dataset alone, never on
whether an iteration was observed. An observed iteration runs the same operations on the same buffers;
copies are taken before and after.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Dataset
from bpviz.errors import BpvizError, ConfigError
from bpviz.nn.active_inputs import ActiveInputs, is_worthwhile
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import ForwardPass, Gradients, Network, one_hot
from bpviz.nn.optimizers import Sgd, new_optimizer
from bpviz.nn.regularizers import add_penalty_gradient
from bpviz.training.batches import BatchOrder
from bpviz.training.config import TrainingConfig
from bpviz.training.metrics import MetricsLog

NORM_INTERVAL = 10
"""The gradient is measured at every tenth iteration: reading all of it each time would cost 5-15 %."""


class DivergedError(BpvizError):
    """The loss of an iteration is not finite; its update was not made."""

    def __init__(self, iteration: int, learning_rate: float) -> None:
        super().__init__(
            f"the loss of iteration {iteration} is not a finite number at learning rate {learning_rate:g}; "
            "try a smaller one"
        )
        self.iteration = iteration
        self.learning_rate = learning_rate


@dataclass(slots=True)
class EpochTotals:
    """Loss and right answers summed over an epoch so far, each sample as it was when its batch was used."""

    samples: int = 0
    loss_sum: float = 0.0
    right: int = 0

    def add(self, samples: int, mean_loss: float, right: int) -> None:
        """Count one batch."""
        self.samples += samples
        self.loss_sum += mean_loss * samples
        self.right += right

    @property
    def mean_loss(self) -> float:
        """Mean loss of the samples counted."""
        return self.loss_sum / self.samples

    @property
    def accuracy(self) -> float:
        """Fraction of the samples counted that were right."""
        return self.right / self.samples


@dataclass(frozen=True, slots=True)
class Buffers:
    """Preallocated memory of an iteration with one batch size; the next iteration overwrites it.

    `forward.x` is not filled where `active` does the first product.
    """

    raw: npt.NDArray[Any]
    labels: npt.NDArray[np.uint8]
    Y: FloatArray
    forward: ForwardPass
    gradients: Gradients
    active: ActiveInputs | None
    """Set where plain descent may leave out inputs that are zero in the whole batch."""


class Trainer:
    """Owns the parameters, the optimiser's state and the buffers of one run. Call from one thread."""

    def __init__(
        self,
        config: TrainingConfig,
        dataset: Dataset,
        parameters: FloatArray | None = None,
        metrics: MetricsLog | None = None,
    ) -> None:
        self.config = config
        self.dataset = dataset
        self.metrics = metrics
        architecture = config.architecture()
        _check_fit(architecture.layers, dataset)
        if parameters is None:
            parameters = initial_parameters(
                architecture, config.initializer, np.random.default_rng(config.seed)
            )
        self.network = Network(architecture, np.array(parameters, np.float32))
        self.order = BatchOrder(len(dataset.train), config.batch_size, config.seed)
        self.iteration = 0
        self.epoch_totals = EpochTotals()
        self.learning_rate = config.learning_rate
        self.set_optimizer(config.optimizer, config.momentum)
        self._flat_gradient = np.empty_like(self.network.parameters)
        self._buffers: dict[int, Buffers] = {}
        self._one_hot = one_hot(np.arange(dataset.n_classes), dataset.n_classes)
        self._skips_zero_inputs = is_worthwhile(
            dataset.train.inputs, config.batch_size, architecture.layers[1]
        )

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        return self.iteration // self.order.iterations_per_epoch

    @property
    def iterations_per_epoch(self) -> int:
        """Iterations that use every training sample once."""
        return self.order.iterations_per_epoch

    def set_optimizer(self, name: str, momentum: float) -> None:
        """Use this optimiser from the next iteration on, its state fresh."""
        parameters = self.network.parameters
        self.optimizer = new_optimizer(name, parameters.size, parameters.dtype, momentum)
        self.config = replace(self.config, optimizer=name, momentum=momentum)

    @property
    def _is_plain(self) -> bool:
        return isinstance(self.optimizer, Sgd) and not (self.config.l1 or self.config.l2)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use this learning rate from the next iteration on."""
        self.config = replace(self.config, learning_rate=learning_rate)
        self.learning_rate = learning_rate

    def train_iteration(self) -> Buffers:
        """Do one parameter update from one batch; return the buffers it was computed in.

        Raises
        ------
        DivergedError
            If the batch's loss is not finite; the parameters are then unchanged.
        """
        iteration = self.iteration + 1
        indices = self.order.indices(iteration)
        buffers = self.buffers_for(len(indices))
        self._load_batch(indices, buffers)
        self._forward(buffers)
        self._record(iteration, buffers)
        if self._is_plain:
            self._descend(iteration, buffers)
        else:
            self._update(iteration, buffers)
        self.iteration = iteration
        return buffers

    def train_epoch(self) -> None:
        """Train to the end of the epoch under way, or one whole epoch from its start."""
        for _ in range(self.iterations_per_epoch - self.iteration % self.iterations_per_epoch):
            self.train_iteration()

    def buffers_for(self, batch_size: int) -> Buffers:
        """Return the buffers for this batch size; at most two sizes occur, the full and the last one."""
        if batch_size not in self._buffers:
            self._buffers[batch_size] = self._new_buffers(batch_size)
        return self._buffers[batch_size]

    def _load_batch(self, indices: IndexArray, buffers: Buffers) -> None:
        """Gather these training samples into the buffers: inputs and one-hot targets."""
        train = self.dataset.train
        # mode="clip" skips a second buffer; the indices are a permutation, so nothing is ever clipped.
        np.take(train.inputs, indices, axis=0, out=buffers.raw, mode="clip")
        np.take(train.labels, indices, out=buffers.labels, mode="clip")
        np.take(self._one_hot, buffers.labels, axis=0, out=buffers.Y, mode="clip")

    def _new_buffers(self, batch_size: int) -> Buffers:
        train = self.dataset.train
        return Buffers(
            raw=np.empty((batch_size, train.inputs.shape[1]), train.inputs.dtype),
            labels=np.empty(batch_size, train.labels.dtype),
            Y=np.empty((batch_size, self.dataset.n_classes), np.float32),
            forward=self.network.new_forward(batch_size),
            gradients=self.network.new_gradients(batch_size, self._flat_gradient),
            active=ActiveInputs(batch_size, *self.network.W[0].shape) if self._skips_zero_inputs else None,
        )

    def _record(self, iteration: int, buffers: Buffers) -> None:
        forward = buffers.forward
        loss = self.network.loss(forward, buffers.Y)
        if not math.isfinite(loss):
            raise DivergedError(iteration, self.learning_rate)
        right = int(np.count_nonzero(forward.output.argmax(axis=1) == buffers.labels))
        if self.order.place_of(iteration) == 1:
            self.epoch_totals = EpochTotals()
        self.epoch_totals.add(len(buffers.labels), loss, right)
        if self.metrics is not None:
            self.metrics.append(iteration, loss, right / len(buffers.labels))

    def _forward(self, buffers: Buffers) -> None:
        scale = np.float32(self.dataset.train.input_scale)
        if buffers.active is None or not self._is_plain:
            np.multiply(buffers.raw, scale, out=buffers.forward.x)
            self.network.forward(buffers.forward.x, out=buffers.forward)
            return
        buffers.active.load(buffers.raw, scale)
        buffers.active.multiply(self.network.W[0], out=buffers.forward.z[0])
        self.network.finish_forward(buffers.forward)

    def _descend(self, iteration: int, buffers: Buffers) -> None:
        """Do plain gradient descent, the learning rate taken into the gradient to save a pass over it."""
        network, gradients, active = self.network, buffers.gradients, buffers.active
        rate = self.learning_rate
        network.backward(
            buffers.forward, buffers.Y, out=gradients, grad_scale=rate, with_first_W=active is None
        )
        start = 0
        if active is not None:
            scaled = np.multiply(gradients.delta[0], rate, out=gradients.scratch[0])
            active.descend(network.W[0], scaled)
            start = network.W[0].size
        np.subtract(network.parameters[start:], gradients.flat[start:], out=network.parameters[start:])
        self.optimizer.updates += 1
        if self._measures_norms(iteration) and rate > 0.0:
            first = _norm(gradients.grad_W[0]) if active is None else active.gradient_norm()
            self._log_norms(iteration, [n / rate for n in (first, *map(_norm, gradients.grad_W[1:]))])

    def _update(self, iteration: int, buffers: Buffers) -> None:
        network, gradients = self.network, buffers.gradients
        network.backward(buffers.forward, buffers.Y, out=gradients)
        if self._measures_norms(iteration):
            self._log_norms(iteration, list(map(_norm, gradients.grad_W)))
        if self.config.l1 or self.config.l2:
            add_penalty_gradient(network, gradients, self.config.l1, self.config.l2)
        self.optimizer.update(network.parameters, gradients.flat, self.learning_rate)

    def _measures_norms(self, iteration: int) -> bool:
        return self.metrics is not None and iteration % NORM_INTERVAL == 1

    def _log_norms(self, iteration: int, norms: list[float]) -> None:
        if self.metrics is not None:
            self.metrics.append_norms(iteration, tuple(norms))


def _norm(grad_W: FloatArray) -> float:
    return float(np.linalg.norm(grad_W))


def _check_fit(layers: tuple[int, ...], dataset: Dataset) -> None:
    n_in, n_out = dataset.train.inputs.shape[1], dataset.n_classes
    if not len(dataset.train):
        raise ConfigError(f"dataset '{dataset.name}' has no training samples; at least 1 is needed")
    if (layers[0], layers[-1]) != (n_in, n_out):
        raise ConfigError(
            f"layers are {', '.join(map(str, layers))}; dataset '{dataset.name}' needs "
            f"{n_in} inputs and {n_out} outputs"
        )
