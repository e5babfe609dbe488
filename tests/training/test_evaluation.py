import numpy as np
import pytest

from bpviz.data.samples import Samples
from bpviz.errors import ShapeError
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, Network, one_hot
from bpviz.training.evaluation import evaluate

ARCHITECTURE = Architecture((6, 5, 4), loss="log", output_activation="sigmoid")


def _network(dtype: type[np.floating] = np.float32) -> Network:
    return Network(ARCHITECTURE, initial_parameters(ARCHITECTURE, "uniform", np.random.default_rng(3), dtype))


def _samples(count: int) -> Samples:
    rng = np.random.default_rng(4)
    return Samples(rng.integers(0, 256, (count, 6), np.uint8), rng.integers(0, 4, count).astype(np.uint8))


def test_figures_are_those_of_one_pass_over_everything() -> None:
    samples, network = _samples(23), _network()
    passed = network.forward(samples.scaled(slice(None)))
    result = evaluate(network, samples, chunk_size=23)
    assert result.loss == pytest.approx(network.loss(passed, one_hot(samples.labels, 4)), rel=1e-6)
    assert result.accuracy == np.mean(passed.output.argmax(axis=1) == samples.labels)
    assert result.n_samples == 23


@pytest.mark.parametrize("chunk_size", [1, 7, 10, 1000])
def test_the_chunk_size_changes_nothing_but_rounding(chunk_size: int) -> None:
    whole = evaluate(_network(), _samples(23), chunk_size=23)
    chunked = evaluate(_network(), _samples(23), chunk_size=chunk_size)
    np.testing.assert_array_equal(chunked.confusion, whole.confusion)
    assert chunked.loss == pytest.approx(whole.loss, rel=1e-6)


def test_confusion_has_true_labels_in_rows_and_answers_in_columns() -> None:
    architecture = Architecture((2, 2), loss="squared", output_activation="identity")
    # Always answers 1: both inputs are ignored and the second bias is larger.
    network = Network(architecture, np.array([0, 0, 0, 0, 0, 1], np.float32))
    samples = Samples(np.zeros((3, 2), np.uint8), np.array([0, 0, 1], np.uint8))
    result = evaluate(network, samples)
    np.testing.assert_array_equal(result.confusion, [[0, 2], [0, 1]])
    assert result.accuracy == pytest.approx(1 / 3)


def test_a_float64_network_is_measured_in_float64() -> None:
    samples, network = _samples(9), _network(np.float64)
    passed = network.forward(samples.scaled(slice(None)).astype(np.float64))
    expected = network.loss(passed, one_hot(samples.labels, 4, np.float64))
    assert evaluate(network, samples).loss == pytest.approx(expected, rel=1e-14)


def test_what_the_hook_raises_ends_the_evaluation_between_chunks() -> None:
    calls: list[None] = []

    def stop_at_third() -> None:
        calls.append(None)
        if len(calls) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        evaluate(_network(), _samples(50), chunk_size=10, before_chunk=stop_at_third)
    assert len(calls) == 3


def test_samples_that_do_not_fit_are_refused_in_a_sentence() -> None:
    network = _network()
    with pytest.raises(ShapeError, match="6"):
        evaluate(network, Samples(np.zeros((2, 5), np.uint8), np.zeros(2, np.uint8)))
    with pytest.raises(ShapeError, match="label 4"):
        evaluate(network, Samples(np.zeros((1, 6), np.uint8), np.array([4], np.uint8)))
    with pytest.raises(ShapeError, match="no samples"):
        evaluate(network, _samples(0))
