"""Takes snapshots: runs an iteration as always, with copies taken before and after."""

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Dataset
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import ForwardPass, Network, one_hot
from bpviz.training.buffers import Buffers
from bpviz.training.snapshot import BatchPass, SamplePass, Snapshot
from bpviz.training.trainer import Trainer

ArrayT = TypeVar("ArrayT", bound=npt.NDArray[Any])


def observe_iteration(trainer: Trainer, run_id: int, watch: int | None) -> Snapshot:
    """Train one iteration and return it whole; `watch` is the training row to show, None for the worst.

    Raises
    ------
    DivergedError
        As `Trainer.train_iteration`.
    """
    before = _frozen(trainer.network.parameters)
    learning_rate = trainer.learning_rate
    buffers = trainer.train_iteration()
    indices = trainer.order.indices(trainer.iteration)
    batch = _batch_pass(trainer, before, buffers, indices)
    return _snapshot(trainer, run_id, before, batch, watch, learning_rate)


def observe_untrained(trainer: Trainer, run_id: int, watch: int | None) -> Snapshot:
    """Return the network as it stands, with the batch its next iteration will use; trains nothing."""
    parameters = _frozen(trainer.network.parameters)
    indices = trainer.order.indices(trainer.iteration + 1)
    network = Network(trainer.network.architecture, parameters)
    labels = trainer.dataset.train.labels[indices]
    forward = network.forward(trainer.dataset.train.scaled(indices))
    Y = one_hot(labels, trainer.dataset.n_classes)
    delta = network.backward(forward, Y).delta
    losses = network.loss_function.per_sample(forward.z[-1], forward.output, Y)
    batch = BatchPass(indices, labels, forward.output.argmax(axis=1), losses, forward, delta)
    return _snapshot(trainer, run_id, parameters, batch, watch, trainer.learning_rate)


def pass_sample(
    network: Network, x: FloatArray, label: int | None = None, index: int | None = None
) -> SamplePass:
    """Return one sample's forward pass and, if it has a label, its own loss and deltas.

    Parameters
    ----------
    x
        The input, shape (n_in,).
    """
    forward = network.forward(np.asarray(x)[None, :])
    z, a = tuple(z[0] for z in forward.z), tuple(a[0] for a in forward.a)
    if label is None:
        return SamplePass(x, z, a, index=index)
    Y = one_hot(np.array([label]), network.architecture.layers[-1], network.parameters.dtype.type)
    delta = tuple(d[0] for d in network.backward(forward, Y).delta)
    return SamplePass(x, z, a, label, network.loss(forward, Y), delta, index)


def with_sample(snapshot: Snapshot, dataset: Dataset, index: int) -> Snapshot:
    """Return the same iteration with another training row as its watched sample."""
    x, label = dataset.train.scaled(np.array([index]))[0], int(dataset.train.labels[index])
    return replace(snapshot, sample=pass_sample(snapshot.network(), x, label, index))


def _snapshot(
    trainer: Trainer,
    run_id: int,
    before: FloatArray,
    batch: BatchPass,
    watch: int | None,
    learning_rate: float,
) -> Snapshot:
    network = Network(trainer.network.architecture, before)
    train = trainer.dataset.train
    index = int(batch.indices[batch.losses.argmax()]) if watch is None else watch
    sample = pass_sample(network, train.scaled(np.array([index]))[0], int(train.labels[index]), index)
    iteration = trainer.iteration
    return Snapshot(
        run_id=run_id,
        architecture=network.architecture,
        iteration=iteration,
        epoch=trainer.order.epoch_of(max(iteration, 1)),
        iteration_in_epoch=trainer.order.place_of(iteration) if iteration else 0,
        iterations_per_epoch=trainer.iterations_per_epoch,
        parameters=before,
        parameters_after=_frozen(trainer.network.parameters),
        batch=batch,
        sample=sample,
        learning_rate=learning_rate,
    )


def _batch_pass(trainer: Trainer, before: FloatArray, buffers: Buffers, indices: IndexArray) -> BatchPass:
    x = _frozen(trainer.dataset.train.scaled(indices))
    forward = ForwardPass(x, _all_frozen(buffers.forward.z), _all_frozen(buffers.forward.a))
    losses = trainer.network.loss_function.per_sample(forward.z[-1], forward.output, buffers.Y)
    return BatchPass(
        indices=indices,
        labels=_frozen(buffers.labels),
        predicted=forward.output.argmax(axis=1),
        losses=losses,
        forward=forward,
        delta=_all_frozen(buffers.gradients.delta),
    )


def _frozen(array: ArrayT) -> ArrayT:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def _all_frozen(arrays: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
    return tuple(_frozen(array) for array in arrays)
