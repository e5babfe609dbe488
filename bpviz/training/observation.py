"""Takes snapshots: runs an iteration as always, with copies taken before and after."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Dataset, Samples
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import ForwardPass, Network
from bpviz.nn.targets import answered_classes, class_targets
from bpviz.training.buffers import Buffers
from bpviz.training.snapshot import BatchPass, OptimizerView, SamplePass, Snapshot
from bpviz.training.targets import targets_of
from bpviz.training.trainer import Trainer

ArrayT = TypeVar("ArrayT", bound=npt.NDArray[Any])


@dataclass(frozen=True, slots=True)
class _View:
    """Who looks, and at what."""

    run_id: int
    watch: int | None = None
    branch_id: int = 0
    with_optimizer: bool = False


def observe_iteration(
    trainer: Trainer, run_id: int, watch: int | None, branch_id: int = 0, with_optimizer: bool = False
) -> Snapshot:
    """Train one iteration and return it whole.

    Parameters
    ----------
    watch
        The training row to show; None for the one of the batch with the largest loss.
    with_optimizer
        Whether to copy the optimiser's state too, which for Adam is four times the parameters.

    Raises
    ------
    DivergedError
        As `Trainer.train_iteration`.
    """
    view = _View(run_id, watch, branch_id, with_optimizer)
    before = _frozen(trainer.network.parameters)
    state_before = _copied_state(trainer) if with_optimizer else None
    buffers = trainer.train_iteration()
    indices = trainer.order.indices(trainer.iteration)
    batch = _batch_pass(trainer, before, buffers, indices)
    return _snapshot(trainer, view, before, batch, _optimizer_view(trainer, state_before))


def observe_untrained(
    trainer: Trainer, run_id: int, watch: int | None, branch_id: int = 0, with_optimizer: bool = False
) -> Snapshot:
    """Return the network as it stands, with the batch its next iteration will use; trains nothing."""
    view = _View(run_id, watch, branch_id, with_optimizer)
    parameters = _frozen(trainer.network.parameters)
    indices = trainer.order.indices(trainer.iteration + 1)
    network = trainer.network.with_parameters(parameters)
    samples = trainer.dataset.train.at(indices)
    forward = network.forward(samples.scaled(slice(None)))
    Y = targets_of(samples, network.architecture.layers[-1])
    delta = network.backward(forward, Y).delta
    losses = network.loss_function.per_sample(forward.z[-1], forward.output, Y)
    batch = BatchPass(
        indices, samples.labels, _answers(forward, samples), losses, forward, delta, Y, samples.values is None
    )
    optimizer = _optimizer_view(trainer, _copied_state(trainer) if with_optimizer else None)
    return replace(_snapshot(trainer, view, parameters, batch, optimizer), is_standing=True)


def pass_sample(
    network: Network,
    x: FloatArray,
    label: int | None = None,
    index: int | None = None,
    target: FloatArray | None = None,
) -> SamplePass:
    """Return one sample's forward pass and, if it has a label or target, its own loss and deltas.

    Parameters
    ----------
    x
        The input, shape (n_in,).
    target
        What the outputs should be, shape (n_out,); needed where there is no label to tell it.
    """
    forward = network.forward(np.asarray(x)[None, :])
    z, a = tuple(z[0] for z in forward.z), tuple(a[0] for a in forward.a)
    if target is None and label is not None:
        target = class_targets(np.array([label]), len(z[-1]), network.parameters.dtype.type)[0]
    if target is None:
        return SamplePass(x, z, a, index=index)
    delta = tuple(d[0] for d in network.backward(forward, target[None]).delta)
    return SamplePass(x, z, a, label, network.loss(forward, target[None]), delta, index, target)


def pass_row(network: Network, samples: Samples, index: int) -> SamplePass:
    """Return the pass of one row of a part of a dataset, with its own loss and deltas."""
    row = samples.at(np.array([index]))
    label = int(row.labels[0]) if row.values is None else None
    target = targets_of(row, network.architecture.layers[-1], network.parameters.dtype.type)[0]
    return pass_sample(network, row.scaled(slice(None))[0], label, index, target)


def with_sample_of_batch(snapshot: Snapshot, dataset: Dataset) -> Snapshot:
    """Return the same iteration showing a sample of its batch: the one it shows, or the largest loss."""
    batch = snapshot.batch
    if snapshot.sample.index in batch.indices:
        return snapshot
    return with_sample(snapshot, dataset, int(batch.indices[np.nan_to_num(batch.losses).argmax()]))


def with_sample(snapshot: Snapshot, dataset: Dataset, index: int) -> Snapshot:
    """Return the same iteration with another training row as its watched sample."""
    return replace(snapshot, sample=pass_row(snapshot.network(), dataset.train, index))


def _snapshot(
    trainer: Trainer, view: _View, before: FloatArray, batch: BatchPass, optimizer: OptimizerView | None
) -> Snapshot:
    network = trainer.network.with_parameters(before)
    index = int(batch.indices[batch.losses.argmax()]) if view.watch is None else view.watch
    sample = pass_row(network, trainer.dataset.train, index)
    iteration, schedule = trainer.iteration, trainer.order.schedule
    epoch = schedule.epoch_of(max(iteration, 1))
    return Snapshot(
        run_id=view.run_id,
        architecture=network.architecture,
        iteration=iteration,
        epoch=epoch,
        iteration_in_epoch=schedule.place_of(iteration) if iteration else 0,
        iterations_per_epoch=schedule.iterations_in(epoch),
        parameters=before,
        parameters_after=_frozen(trainer.network.parameters),
        batch=batch,
        sample=sample,
        learning_rate=trainer.learning_rate,
        branch_id=view.branch_id,
        optimizer=optimizer,
        l1=trainer.config.l1,
        l2=trainer.config.l2,
        switched_off=network.switched_off,
    )


def _copied_state(trainer: Trainer) -> dict[str, FloatArray]:
    return {name: _frozen(array) for name, array in trainer.optimizer.state.items()}


def _optimizer_view(trainer: Trainer, state_before: dict[str, FloatArray] | None) -> OptimizerView | None:
    if state_before is None:
        return None
    return OptimizerView(
        name=trainer.config.optimizer,
        momentum=trainer.config.momentum,
        learning_rate=trainer.learning_rate,
        state_before=state_before,
        state_after=_copied_state(trainer),
        updates=trainer.optimizer.updates,
    )


def _batch_pass(trainer: Trainer, before: FloatArray, buffers: Buffers, indices: IndexArray) -> BatchPass:
    x = _frozen(trainer.dataset.train.scaled(indices))
    forward = ForwardPass(x, _all_frozen(buffers.forward.z), _all_frozen(buffers.forward.a))
    losses = trainer.network.loss_function.per_sample(forward.z[-1], forward.output, buffers.Y)
    return BatchPass(
        indices=indices,
        labels=_frozen(buffers.labels),
        predicted=_answers(forward, trainer.dataset.train),
        losses=losses,
        forward=forward,
        delta=_all_frozen(buffers.gradients.delta),
        targets=_frozen(buffers.Y),
        has_classes=trainer.dataset.train.values is None,
    )


def _answers(forward: ForwardPass, samples: Samples) -> IndexArray:
    if samples.values is not None:
        return np.zeros(len(forward.output), np.intp)
    return answered_classes(forward.output)


def _frozen(array: ArrayT) -> ArrayT:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def _all_frozen(arrays: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
    return tuple(_frozen(array) for array in arrays)
