"""Trains one network, one iteration at a time; makes no thread and knows none.

Invariant: the parameters after iteration k depend on the configuration, the dataset and the changes made
before it, never on whether an iteration was observed or the run was taken down and restored on the way.
An observed iteration runs the same operations on the same buffers; copies are taken before and after.
"""

import math
from dataclasses import replace

import numpy as np

from bpviz.data.samples import Dataset
from bpviz.errors import BpvizError, ShapeError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Network
from bpviz.nn.optimizers import Sgd, new_optimizer
from bpviz.nn.regularizers import add_penalty_gradient
from bpviz.nn.switched_off import SwitchedOff
from bpviz.training.batches import BatchOrder
from bpviz.training.buffers import BufferPool, Buffers
from bpviz.training.config import TrainingConfig
from bpviz.training.metrics import MetricsLog
from bpviz.training.targets import check_fit, count_right
from bpviz.training.trainer_state import EpochTotals, TrainerState

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
        self._task = dataset.task
        self.metrics = metrics
        architecture = config.architecture()
        check_fit(architecture, dataset)
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
        self._buffers = BufferPool(dataset, self.network)

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        return self.order.schedule.epochs_done(self.iteration)

    @property
    def iterations_per_epoch(self) -> int:
        """Iterations of the epoch the next iteration belongs to."""
        return self.order.schedule.iterations_in(self.epoch + 1)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use this learning rate from the next iteration on."""
        self.config = replace(self.config, learning_rate=learning_rate)
        self.learning_rate = learning_rate

    def set_optimizer(self, name: str, momentum: float) -> None:
        """Use this optimiser from the next iteration on, its state fresh."""
        self.config = replace(self.config, optimizer=name, momentum=momentum)
        parameters = self.network.parameters
        self.optimizer = new_optimizer(name, parameters.size, parameters.dtype, momentum)
        self._choose_way()

    def set_penalty(self, l1: float, l2: float) -> None:
        """Use these penalties on weights from the next iteration on."""
        self.config = replace(self.config, l1=l1, l2=l2)
        self._choose_way()

    def set_loss(self, loss: str, output_activation: str | None = None) -> None:
        """Use this loss, and the output activation that goes with it, from the next iteration on.

        The epoch's totals begin anew: a mean over two losses would mean nothing.

        Raises
        ------
        ConfigError
            If the network or the dataset cannot have this loss.
        """
        config = replace(self.config, loss=loss, output_activation=output_activation)
        check_fit(config.architecture(), self.dataset)
        self.config = config
        self._rebuild_network(self.network.switched_off)
        self.epoch_totals = EpochTotals()

    def set_batch_size(self, batch_size: int) -> None:
        """Use this batch size from the next iteration on; it takes over the rest of the epoch's order."""
        self.config = replace(self.config, batch_size=batch_size)
        self.order.change_batch_size(self.iteration, batch_size)

    def check_parameter(self, index: int) -> None:
        """Raise `ShapeError` if the flat parameters have no such place."""
        if not 0 <= index < self.network.parameters.size:
            raise ShapeError(f"there is no parameter {index}; there are {self.network.parameters.size}")

    def set_parameter(self, index: int, value: float) -> None:
        """Put a number in the place of one parameter, rounded to float32."""
        self.network.parameters[index] = value

    def switch_neuron(self, layer: int, neuron: int, is_on: bool) -> None:
        """Switch a hidden neuron of weight layer `layer` (from 0) off, or on again.

        Raises
        ------
        ShapeError
            If it is not a hidden neuron.
        """
        others = set(self.network.switched_off) - {(layer, neuron)}
        self._rebuild_network(tuple(sorted(others if is_on else others | {(layer, neuron)})))

    def state(self) -> TrainerState:
        """Return a copy of everything that decides how the run goes on."""
        return TrainerState(
            iteration=self.iteration,
            parameters=_frozen(self.network.parameters),
            optimizer_state={name: _frozen(array) for name, array in self.optimizer.state.items()},
            updates=self.optimizer.updates,
            config=self.config,
            schedule=self.order.schedule,
            switched_off=self.network.switched_off,
            epoch_totals=replace(self.epoch_totals),
        )

    def restore(self, state: TrainerState) -> None:
        """Go on from this state, bit for bit; it must come from a run of the same layers, seed and data."""
        np.copyto(self.network.parameters, state.parameters)
        rule = (state.config.optimizer, state.config.momentum)
        if rule != (self.config.optimizer, self.config.momentum):
            self.set_optimizer(*rule)
        for name, array in state.optimizer_state.items():
            np.copyto(self.optimizer.state[name], array)
        self.optimizer.updates = state.updates
        self.config = state.config
        self.learning_rate = state.config.learning_rate
        self._choose_way()
        self._rebuild_network(state.switched_off)
        self.order.schedule = state.schedule
        self.iteration = state.iteration
        self.epoch_totals = replace(state.epoch_totals)

    def _rebuild_network(self, switched_off: SwitchedOff) -> None:
        """Build the network anew over the same parameters."""
        self.network = Network(self.config.architecture(), self.network.parameters, switched_off)

    def _choose_way(self) -> None:
        self._is_plain = isinstance(self.optimizer, Sgd) and not (self.config.l1 or self.config.l2)

    def train_iteration(self) -> Buffers:
        """Do one parameter update from one batch; return the buffers it was computed in.

        Raises
        ------
        DivergedError
            If the batch's loss is not finite; the parameters are then unchanged.
        """
        iteration = self.iteration + 1
        buffers = self._buffers.load(self.order.indices(iteration))
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
        for _ in range(self.order.schedule.last_iteration_of(self.epoch + 1) - self.iteration):
            self.train_iteration()

    def _record(self, iteration: int, buffers: Buffers) -> None:
        forward = buffers.forward
        loss = self.network.loss(forward, buffers.Y)
        if not math.isfinite(loss):
            raise DivergedError(iteration, self.learning_rate)
        right = count_right(forward.output, buffers.labels, self._task)
        if self.order.place_of(iteration) == 1:
            self.epoch_totals = EpochTotals()
        self.epoch_totals.add(len(buffers.labels), loss, right)
        if self.metrics is not None:
            self.metrics.append(iteration, loss, right / len(buffers.labels))

    def _forward(self, buffers: Buffers) -> None:
        forward = buffers.forward
        if buffers.raw_inputs is None or not self._is_plain:
            np.multiply(buffers.raw, np.float32(self.dataset.train.input_scale), out=forward.x)
            self.network.forward(forward.x, out=forward)
            return
        buffers.raw_inputs.multiply(buffers.raw, self.network.W[0], out=forward.z[0])
        self.network.finish_forward(forward)

    def _descend(self, iteration: int, buffers: Buffers) -> None:
        """Do plain gradient descent, the learning rate taken into the gradient to save a pass over it."""
        network, gradients, raw = self.network, buffers.gradients, buffers.raw_inputs
        rate = self.learning_rate
        network.backward(
            buffers.forward,
            buffers.Y,
            out=gradients,
            grad_scale=rate,
            on_first_delta=None if raw is None else raw.descend,
        )
        start = 0 if raw is None else network.W[0].size
        np.subtract(network.parameters[start:], gradients.flat[start:], out=network.parameters[start:])
        self.optimizer.updates += 1
        if self._measures_norms(iteration) and rate > 0.0:
            first = _norm(gradients.grad_W[0]) if raw is None else raw.gradient_norm()
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


def _frozen(array: FloatArray) -> FloatArray:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def _norm(grad_W: FloatArray) -> float:
    return float(np.linalg.norm(grad_W))
