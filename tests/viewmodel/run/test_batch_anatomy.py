"""A batch's gradient taken apart: every picture and share agrees with passes of one sample at a time."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.data.samples import Dataset
from bpviz.nn.network import Gradients, one_hot
from bpviz.training.observation import observe_iteration
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.run.batch_anatomy import BatchAnatomy, batch_anatomy, epoch_counter, gradient_shares
from tests.training.small_runs import config_for, sparse_digits

N_TRAIN = 105


def snapshot_with(batch_size: int, iteration: int = 1, layers: tuple[int, ...] = (784, 12, 10)) -> Snapshot:
    dataset = Dataset("small", "Small", sparse_digits(N_TRAIN), sparse_digits(10, seed=1))
    trainer = Trainer(config_for(layers=layers, batch_size=batch_size), dataset)
    for _ in range(iteration - 1):
        trainer.train_iteration()
    return observe_iteration(trainer, run_id=1, watch=None)


def alone(snapshot: Snapshot, place: int) -> Gradients:
    """Return the gradients of one sample of the batch, passed by itself in float64."""
    network = snapshot.network()
    network = type(network)(network.architecture, network.parameters.astype(np.float64))
    x = snapshot.batch.forward.x[place : place + 1].astype(np.float64)
    return network.backward(network.forward(x), one_hot(snapshot.batch.labels[place : place + 1], 10))


def anatomy_of(
    snapshot: Snapshot, batch_size: int, neuron: int | None = None, selected: int | None = None
) -> BatchAnatomy:
    found = batch_anatomy(snapshot, N_TRAIN, batch_size, neuron, selected)
    assert found is not None
    return found


@pytest.mark.parametrize("layers", [(784, 12, 10), (784, 10), (784, 8, 8, 10)])
def test_each_picture_is_the_samples_own_gradient(layers: tuple[int, ...]) -> None:
    snapshot = snapshot_with(7, layers=layers)
    places = {int(row): place for place, row in enumerate(snapshot.batch.indices)}
    shown = anatomy_of(snapshot, 7, neuron=3)
    assert len(shown.samples) == 7
    for sample in shown.samples:
        expected = alone(snapshot, places[sample.row]).grad_W[0][:, 3].reshape(28, 28)
        assert np.allclose(sample.values, expected, rtol=1e-3, atol=1e-7)


def test_the_average_is_the_mean_of_all_pictures_and_the_batchs_gradient() -> None:
    snapshot = snapshot_with(8)
    shown = anatomy_of(snapshot, 8, neuron=5)
    assert np.allclose(shown.mean, np.mean([s.values for s in shown.samples], axis=0), atol=1e-7)
    assert np.allclose(shown.mean.ravel(), snapshot.batch.grad_W(0)[:, 5], atol=1e-8)


@pytest.mark.parametrize("layers", [(784, 12, 10), (784, 10), (784, 8, 8, 10)])
def test_shares_are_lengths_of_whole_gradients(layers: tuple[int, ...]) -> None:
    snapshot = snapshot_with(9, layers=layers)
    lengths = [float(np.linalg.norm(alone(snapshot, place).flat)) for place in range(9)]
    assert np.allclose(gradient_shares(snapshot.batch), np.array(lengths) / sum(lengths), rtol=1e-4)


def test_at_most_ten_are_shown_the_largest_losses_first_and_the_rest_counted() -> None:
    snapshot = snapshot_with(32)
    shown = anatomy_of(snapshot, 32)
    losses = {int(row): loss for row, loss in zip(snapshot.batch.indices, snapshot.batch.losses, strict=True)}
    assert (len(shown.samples), shown.n_more, shown.n_in_batch) == (10, 22, 32)
    assert [losses[s.row] for s in shown.samples] == sorted(losses.values(), reverse=True)[:10]


def test_the_selected_sample_is_always_among_them() -> None:
    snapshot = snapshot_with(32)
    easiest = int(snapshot.batch.indices[snapshot.batch.losses.argmin()])
    assert easiest not in [s.row for s in anatomy_of(snapshot, 32).samples]
    assert anatomy_of(snapshot, 32, selected=easiest).samples[-1].row == easiest
    stranger = next(row for row in range(N_TRAIN) if row not in snapshot.batch.indices)
    assert anatomy_of(snapshot, 32, selected=stranger) is not None


def test_without_a_choice_the_neuron_is_taken_that_most_samples_want_changed() -> None:
    snapshot = snapshot_with(8)
    lengths = [np.linalg.norm(alone(snapshot, place).grad_W[0], axis=0) for place in range(8)]
    shown = anatomy_of(snapshot, 8)
    assert shown.neuron == np.sqrt(lengths).sum(axis=0).argmax()
    assert shown.title == f"Gradient of hidden neuron {shown.neuron}"


def test_one_scale_holds_all_pictures_but_for_outliers() -> None:
    shown = anatomy_of(snapshot_with(10), 10)
    values = np.abs(np.concatenate([*(s.values.ravel() for s in shown.samples), shown.mean.ravel()]))
    values = values[values > 0]
    assert 0.985 <= np.mean(values <= shown.limit) <= 1.0
    assert shown.limit <= 2 * np.percentile(values, 99)
    assert shown.scale.startswith("±")


@pytest.mark.parametrize(
    ("n_train", "batch_size", "words"),
    [
        (100, 10, "100 samples ÷ 10 = 10 iterations = 1 epoch"),
        (105, 10, "105 samples ÷ 10 = 11 iterations (the last of 5 samples) = 1 epoch"),
        (101, 10, "101 samples ÷ 10 = 11 iterations (the last of 1 sample) = 1 epoch"),
        (7, 10, "7 samples ÷ 10 = 1 iteration (the last of 7 samples) = 1 epoch"),
        (3, 1, "3 samples ÷ 1 = 3 iterations = 1 epoch"),
    ],
)
def test_counter_is_true_for_the_data_at_hand(n_train: int, batch_size: int, words: str) -> None:
    assert epoch_counter(n_train, batch_size) == words


def test_the_last_batch_of_a_ragged_epoch_is_averaged_over_its_own_size() -> None:
    snapshot = snapshot_with(10, iteration=11)
    shown = anatomy_of(snapshot, 10, neuron=2)
    assert shown.n_in_batch == 5
    assert np.allclose(shown.mean, np.mean([s.values for s in shown.samples], axis=0), atol=1e-7)
    assert "11 iterations (the last of 5 samples)" in shown.counter


def test_a_batch_of_one_is_its_own_average() -> None:
    shown = anatomy_of(snapshot_with(1), 1)
    assert np.allclose(shown.mean, shown.samples[0].values, atol=1e-7)
    assert shown.samples[0].share_text == "100\N{NO-BREAK SPACE}%"


def test_input_that_is_no_picture_has_no_anatomy() -> None:
    dataset = Dataset("flat", "Flat", sparse_digits(20, n_in=30), sparse_digits(5, n_in=30))
    trainer = Trainer(config_for(layers=(30, 6, 10), batch_size=5), dataset)
    assert batch_anatomy(observe_iteration(trainer, 1, None), 20, 5) is None


def test_gradients_that_are_no_numbers_are_said_to_be_unknown() -> None:
    snapshot = snapshot_with(4)
    broken = tuple(np.full_like(delta, np.nan) for delta in snapshot.batch.delta)
    shown = anatomy_of(replace(snapshot, batch=replace(snapshot.batch, delta=broken)), 4)
    assert {s.share_text for s in shown.samples} == {"–"}
    assert np.isfinite(shown.limit)
