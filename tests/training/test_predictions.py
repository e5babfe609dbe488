"""Per-sample predictions: the figures of the evaluation, whatever the chunks and the number of classes."""

import numpy as np
import pytest

from bpviz.data.samples import Samples
from bpviz.errors import ShapeError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Architecture, Network
from bpviz.training.evaluation import evaluate
from bpviz.training.predictions import predict
from tests.training.small_runs import sparse_digits


def network_of(*layers: int, output: str = "softmax", loss: str = "cross-entropy") -> Network:
    architecture = Architecture(layers, output_activation=output, loss=loss)
    rng = np.random.default_rng(3)
    return Network(architecture, rng.normal(0.0, 0.3, architecture.n_parameters).astype(np.float32))


@pytest.mark.parametrize("chunk_size", [1, 7, 23, 100])
def test_every_sample_is_answered_as_alone_whatever_the_chunks(chunk_size: int) -> None:
    network, samples = network_of(784, 20, 10), sparse_digits(23)
    predictions = predict(network, samples, chunk_size)
    for row in range(23):
        passed = network.forward(samples.scaled(slice(row, row + 1)))
        np.testing.assert_allclose(predictions.outputs[row], passed.output[0], rtol=1e-5)
        assert predictions.predicted[row] == passed.output[0].argmax()
        own_loss = -np.log(float(passed.output[0, samples.labels[row]]))
        assert predictions.losses[row] == pytest.approx(own_loss, rel=1e-4)


def test_they_add_up_to_the_evaluation() -> None:
    network, samples = network_of(784, 20, 10), sparse_digits(60)
    predictions, whole = predict(network, samples, 16), evaluate(network, samples)
    assert float(predictions.losses.mean()) == pytest.approx(whole.loss, rel=1e-5)
    assert float((predictions.predicted == predictions.labels).mean()) == whole.accuracy


def test_no_samples_give_no_predictions() -> None:
    none = Samples(np.zeros((0, 784), np.uint8), np.zeros(0, np.uint8))
    predictions = predict(network_of(784, 10), none)
    assert len(predictions) == 0
    assert predictions.outputs.shape == (0, 10)


def test_a_single_output_tells_two_classes_apart() -> None:
    inputs: FloatArray = np.array([[3.0], [-3.0]], np.float32)
    samples = Samples(inputs, np.array([1, 1], np.uint8), input_scale=1.0)
    network = network_of(1, 1, output="sigmoid", loss="log")
    network.W[0][:], network.b[0][:] = 2.0, 0.0
    predictions = predict(network, samples)
    assert predictions.n_classes == 2
    assert predictions.predicted.tolist() == [1, 0]
    np.testing.assert_allclose(predictions.losses, [np.log1p(np.exp(-6)), np.log1p(np.exp(6))], rtol=1e-4)


def test_the_answers_cannot_be_changed() -> None:
    predictions = predict(network_of(784, 10), sparse_digits(3))
    with pytest.raises(ValueError, match="read-only"):
        predictions.losses[0] = 0.0


def test_outputs_that_are_no_numbers_are_told() -> None:
    network = network_of(784, 10)
    assert predict(network, sparse_digits(3)).is_finite
    network.b[0][0] = np.nan
    assert not predict(network, sparse_digits(3)).is_finite


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        (sparse_digits(3, n_in=100), "100 values each; the network's input layer needs 784"),
        (
            Samples(np.zeros((1, 784), np.uint8), np.array([5], np.uint8)),
            "label 5; the network has 4 outputs",
        ),
        (
            Samples(np.zeros((1, 784), np.uint8), np.zeros(1, np.uint8), values=np.zeros((1, 4), np.float32)),
            "numbers to reach, not classes",
        ),
    ],
)
def test_samples_that_do_not_fit_are_refused(samples: Samples, told: str) -> None:
    with pytest.raises(ShapeError, match=told):
        predict(network_of(784, 4), samples)


def test_what_is_raised_before_a_chunk_ends_the_work() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        predict(network_of(784, 10), sparse_digits(3), before_chunk=stop)
