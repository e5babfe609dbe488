"""The trainer trains what the formulas say, the same bits watched or not, every sample once an epoch."""

import numpy as np
import pytest

from bpviz.data.samples import Dataset
from bpviz.errors import ConfigError
from bpviz.nn.network import Network, one_hot
from bpviz.nn.optimizers import OPTIMIZERS
from bpviz.training.metrics import MetricsLog
from bpviz.training.observation import observe_iteration
from bpviz.training.trainer import DivergedError, Trainer
from tests.training.small_runs import config_for, sparse_digits


@pytest.fixture
def dataset() -> Dataset:
    return Dataset("test", "Test", sparse_digits(105), sparse_digits(30, seed=1))


@pytest.mark.parametrize(("n_samples", "iterations"), [(100, 10), (105, 11)])
def test_every_sample_is_used_exactly_once_an_epoch(n_samples: int, iterations: int) -> None:
    data = Dataset("test", "Test", sparse_digits(n_samples), sparse_digits(5))
    trainer = Trainer(config_for(), data)
    assert trainer.iterations_per_epoch == iterations
    for epoch in range(2):
        used = [trainer.order.indices(epoch * iterations + i + 1) for i in range(iterations)]
        assert sorted(np.concatenate(used)) == list(range(n_samples))
        assert {len(batch) for batch in used[:-1]} == {10}
    assert len(used[-1]) == n_samples - 10 * (iterations - 1)


def test_epochs_are_shuffled_anew_and_can_be_named_out_of_order(dataset: Dataset) -> None:
    order = Trainer(config_for(), dataset).order
    later, first = order.indices(12).copy(), order.indices(1).copy()
    assert not np.array_equal(first, later)
    np.testing.assert_array_equal(order.indices(12), later)


@pytest.mark.parametrize("hidden", [8, 70], ids=["dense product", "zero inputs left out"])
@pytest.mark.parametrize("batch_size", [1, 10])
@pytest.mark.parametrize("penalty", [{}, {"l2": 0.01, "l1": 0.001}], ids=["no penalty", "penalties"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_iterations_agree_with_the_formulas_in_float64(
    dataset: Dataset, hidden: int, batch_size: int, penalty: dict[str, float], optimizer: str
) -> None:
    config = config_for(
        layers=(784, hidden, 10), batch_size=batch_size, optimizer=optimizer, learning_rate=0.01, **penalty
    )
    trainer = Trainer(config, dataset)
    exact = Network(config.architecture(), trainer.network.parameters.astype(np.float64))
    rule = OPTIMIZERS[optimizer](exact.parameters.size, exact.parameters.dtype)
    l1, l2 = config.l1, config.l2
    for iteration in range(1, 8):
        indices = trainer.order.indices(iteration)
        X = dataset.train.inputs[indices] / 255.0
        Y = one_hot(dataset.train.labels[indices], 10, np.float64)
        gradients = exact.backward(exact.forward(X), Y)
        for W, grad_W in zip(exact.W, gradients.grad_W, strict=True):
            grad_W += l2 * W + l1 * np.sign(W)
        rule.update(exact.parameters, gradients.flat, config.learning_rate)
        trainer.train_iteration()
    # RMSProp and Adam divide by the root of tiny squares, which magnifies float32's rounding.
    tolerance = 2e-3 if optimizer in ("rmsprop", "adam") else 2e-5
    np.testing.assert_allclose(trainer.network.parameters, exact.parameters, atol=tolerance)


@pytest.mark.parametrize("hidden", [8, 70])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_watching_changes_no_bit(dataset: Dataset, hidden: int, optimizer: str) -> None:
    config = config_for(layers=(784, hidden, 10), optimizer=optimizer, learning_rate=0.01)
    unwatched, watched = Trainer(config, dataset), Trainer(config, dataset)
    for iteration in range(30):
        unwatched.train_iteration()
        if iteration % 3:
            watched.train_iteration()
        else:
            observe_iteration(watched, run_id=1, watch=None)
    np.testing.assert_array_equal(watched.network.parameters, unwatched.network.parameters)


def test_seed_decides_every_bit(dataset: Dataset) -> None:
    runs = [Trainer(config_for(seed=seed), dataset) for seed in (7, 7, 8)]
    for trainer in runs:
        trainer.train_epoch()
    first, again, other = (trainer.network.parameters for trainer in runs)
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_training_learns_the_classes(dataset: Dataset) -> None:
    trainer = Trainer(config_for(), dataset)
    for _ in range(20):
        trainer.train_epoch()
    assert trainer.epoch == 20
    assert trainer.epoch_totals.accuracy > 0.95


def test_divergence_is_told_and_the_parameters_are_kept(dataset: Dataset) -> None:
    trainer = Trainer(config_for(loss="squared", output_activation="identity", learning_rate=1e3), dataset)
    with np.errstate(all="ignore"), pytest.raises(DivergedError, match="not a finite number") as caught:
        trainer.train_epoch()
    assert caught.value.iteration == trainer.iteration + 1 < trainer.iterations_per_epoch
    assert np.isfinite(trainer.network.parameters).all()


@pytest.mark.parametrize("hidden", [8, 70])
def test_logged_norms_are_those_of_the_true_gradient(dataset: Dataset, hidden: int) -> None:
    metrics = MetricsLog()
    config = config_for(layers=(784, hidden, 10), learning_rate=0.05)
    trainer = Trainer(config, dataset, metrics=metrics)
    network = Network(config.architecture(), trainer.network.parameters.astype(np.float64))
    indices = trainer.order.indices(1)
    X, labels = dataset.train.inputs[indices] / 255.0, dataset.train.labels[indices]
    gradients = network.backward(network.forward(X), one_hot(labels, 10, np.float64))
    for _ in range(10):
        trainer.train_iteration()
    rows = metrics.drain()
    np.testing.assert_array_equal(rows.norm_iteration, [1])
    expected = [np.linalg.norm(g) for g in gradients.grad_W]
    np.testing.assert_allclose(rows.gradient_norm[0], expected, rtol=1e-4)


def test_learning_rate_and_optimiser_change_under_way(dataset: Dataset) -> None:
    trainer = Trainer(config_for(), dataset)
    trainer.train_iteration()
    trainer.set_learning_rate(0.0)
    before = trainer.network.parameters.copy()
    trainer.train_iteration()
    np.testing.assert_array_equal(trainer.network.parameters, before)
    trainer.set_learning_rate(0.1)
    trainer.set_optimizer("momentum", 0.9)
    assert not trainer.optimizer.state["velocity"].any()
    trainer.train_iteration()
    assert trainer.optimizer.state["velocity"].any()


def test_layers_that_do_not_fit_the_data_are_refused(dataset: Dataset) -> None:
    with pytest.raises(
        ConfigError, match="layers are 100, 10; dataset 'test' needs 784 inputs and 10 outputs"
    ):
        Trainer(config_for(layers=(100, 10)), dataset)
