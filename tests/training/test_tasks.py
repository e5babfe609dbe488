"""Training, observing and evaluating tasks other than many classes."""

import math

import numpy as np
import pytest

from bpviz.data.samples import Dataset, Samples, Task
from bpviz.errors import ConfigError, ShapeError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import evaluate
from bpviz.training.metrics import MetricsLog
from bpviz.training.observation import observe_iteration, observe_untrained, pass_row, with_sample
from bpviz.training.targets import check_fit
from bpviz.training.trainer import Trainer


def halves(n: int, seed: int = 0) -> Samples:
    """Points of the plane, of the second class right of the middle."""
    X = np.random.default_rng(seed).uniform(-1.0, 1.0, (n, 2)).astype(np.float32)
    return Samples(X, (X[:, 0] > 0).astype(np.uint8), 1.0)


def line(n: int, seed: int = 0) -> Samples:
    """Points of a straight line."""
    x = np.random.default_rng(seed).uniform(-1.0, 1.0, (n, 1)).astype(np.float32)
    return Samples(x, np.zeros(n, np.uint8), 1.0, np.asarray(0.5 * x + 0.25, np.float32))


TWO = Dataset("halves", "Halves", halves(60), halves(30, seed=1), n_classes=2)
NUMBERS = Dataset("line", "Line", line(60), line(30, seed=1), n_classes=0)
TWO_CONFIG = TrainingConfig((2, 4, 1), "tanh", loss="log", learning_rate=1.0)
NUMBER_CONFIG = TrainingConfig((1, 4, 1), "tanh", "identity", "squared", learning_rate=0.2)


def trained(config: TrainingConfig, dataset: Dataset, epochs: int = 30) -> Trainer:
    trainer = Trainer(config, dataset, metrics=MetricsLog())
    for _ in range(epochs):
        trainer.train_epoch()
    return trainer


def test_a_dataset_knows_its_task() -> None:
    assert (TWO.task, NUMBERS.task) == (Task.TWO_CLASSES, Task.REGRESSION)
    assert Dataset("many", "Many", halves(3), halves(3)).task is Task.MANY_CLASSES
    assert (TWO.output_counts, NUMBERS.output_counts) == ((1, 2), (1,))


def test_one_sigmoid_output_learns_two_classes() -> None:
    trainer = trained(TWO_CONFIG, TWO)
    result = evaluate(trainer.network, TWO.test)
    assert result.accuracy > 0.9
    assert result.confusion.shape == (2, 2)
    assert result.confusion.trace() == round(result.accuracy * 30)
    assert trainer.epoch_totals.accuracy > 0.9


def test_two_softmax_outputs_learn_two_classes() -> None:
    config = TrainingConfig((2, 4, 2), "tanh", learning_rate=1.0)
    assert evaluate(trained(config, TWO).network, TWO.test).accuracy > 0.9


def test_a_regression_has_a_loss_and_r_squared_but_no_accuracy() -> None:
    trainer = trained(NUMBER_CONFIG, NUMBERS)
    result = evaluate(trainer.network, NUMBERS.test, chunk_size=7)
    answers = trainer.network.forward(NUMBERS.test.scaled(slice(None))).output
    expected = NUMBERS.test.values
    assert expected is not None
    squares = np.square(answers - expected).sum()
    assert result.loss == pytest.approx(squares / 2 / 30, rel=1e-4)
    assert result.r_squared == pytest.approx(1 - squares / np.square(expected - expected.mean()).sum(), 1e-4)
    assert result.r_squared > 0.95
    assert math.isnan(result.accuracy)
    assert math.isnan(trainer.epoch_totals.accuracy)
    assert result.n_samples == 30


def test_the_log_of_a_regression_has_losses_and_no_accuracies() -> None:
    trainer = trained(NUMBER_CONFIG, NUMBERS, epochs=1)
    assert trainer.metrics is not None
    rows = trainer.metrics.drain()
    assert np.isfinite(rows.loss).all()
    assert np.isnan(rows.accuracy).all()


@pytest.mark.parametrize(("config", "dataset"), [(TWO_CONFIG, TWO), (NUMBER_CONFIG, NUMBERS)])
def test_a_snapshot_has_the_targets_of_its_task(config: TrainingConfig, dataset: Dataset) -> None:
    shot = observe_iteration(Trainer(config, dataset), run_id=1, watch=3)
    rows = shot.batch.indices
    assert shot.batch.targets[:, 0].tolist() == wanted(dataset.train)[rows].tolist()
    assert shot.sample.target is not None
    assert shot.sample.target[0] == wanted(dataset.train)[3]
    assert shot.sample.label == (None if dataset is NUMBERS else dataset.train.labels[3])
    assert shot.batch.has_classes is (dataset is TWO)


@pytest.mark.parametrize(("config", "dataset"), [(TWO_CONFIG, TWO), (NUMBER_CONFIG, NUMBERS)])
def test_the_untrained_network_is_shown_with_its_batch(config: TrainingConfig, dataset: Dataset) -> None:
    shot = observe_untrained(Trainer(config, dataset), run_id=1, watch=None)
    assert shot.batch.targets[:, 0].tolist() == wanted(dataset.train)[shot.batch.indices].tolist()
    assert shot.batch.delta[-1].shape == (10, 1)


def test_the_watched_sample_has_its_own_loss_and_delta() -> None:
    trainer = Trainer(NUMBER_CONFIG, NUMBERS)
    shot = with_sample(observe_untrained(trainer, run_id=1, watch=None), NUMBERS, 5)
    answer, target = float(shot.sample.output[0]), float(wanted(NUMBERS.train)[5])
    assert shot.sample.loss == pytest.approx(0.5 * (answer - target) ** 2)
    assert shot.sample.delta is not None
    assert shot.sample.delta[-1][0] == pytest.approx(answer - target)


def test_a_sample_of_two_classes_is_answered_by_one_half() -> None:
    network = trained(TWO_CONFIG, TWO).network
    passed = pass_row(network, TWO.train, 0)
    assert passed.predicted == int(passed.output[0] > 0.5)
    assert passed.label == TWO.train.labels[0]


@pytest.mark.parametrize(
    ("architecture", "dataset", "complaint"),
    [
        (Architecture((2, 4, 3)), TWO, "needs 2 inputs and 1 or 2 outputs"),
        (Architecture((2, 4, 1)), TWO, "softmax of a single output is always 1"),
        (
            Architecture((1, 4, 1), loss="log", output_activation="sigmoid"),
            NUMBERS,
            "needs the loss 'squared'",
        ),
        (Architecture((2, 4, 1), loss="squared", output_activation="identity"), NUMBERS, "needs 1 input and"),
    ],
)
def test_a_network_that_cannot_learn_the_task_is_refused(
    architecture: Architecture, dataset: Dataset, complaint: str
) -> None:
    with pytest.raises(ConfigError, match=complaint):
        check_fit(architecture, dataset)


def test_a_loss_the_task_cannot_have_is_refused_under_way() -> None:
    trainer = Trainer(TWO_CONFIG, TWO)
    with pytest.raises(ConfigError, match="softmax of a single output"):
        trainer.set_loss("cross-entropy")
    assert trainer.config.loss == "log"


def test_values_of_another_width_cannot_be_evaluated() -> None:
    network = Trainer(TrainingConfig((1, 2, 2), loss="log"), one_input_classes()).network
    with pytest.raises(ShapeError, match="1 values to reach; the network has 2 outputs"):
        evaluate(network, NUMBERS.test)


def one_input_classes() -> Dataset:
    part = line(4)
    plain = Samples(part.inputs, np.array([0, 1, 0, 1], np.uint8), 1.0)
    return Dataset("two", "Two", plain, plain, n_classes=2)


def wanted(samples: Samples) -> FloatArray:
    return samples.labels.astype(np.float32) if samples.values is None else samples.values[:, 0]
