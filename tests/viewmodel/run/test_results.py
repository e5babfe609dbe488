"""Results of a network on a part of the data, measured and put into words."""

import numpy as np

from bpviz.nn.network import Architecture, Network
from bpviz.viewmodel.run.results import DataPart, about_text, accuracy_text, measure_results, tried_text
from tests.training.small_runs import sparse_digits
from tests.viewmodel.result_samples import results_of


def network() -> Network:
    architecture = Architecture((784, 10))
    parameters = np.random.default_rng(0).normal(0.0, 0.1, architecture.n_parameters)
    return Network(architecture, parameters.astype(np.float32))


def test_only_the_first_samples_of_a_large_part_are_tried() -> None:
    samples = sparse_digits(50)
    results = measure_results(network(), DataPart.TRAINING, samples, "iteration 7", most=20)
    assert len(results.samples) == results.confusion.n_samples == 20
    assert np.shares_memory(results.samples.inputs, samples.inputs)
    assert about_text(results).startswith("Iteration 7, mean loss ")
    assert about_text(results).endswith(", first 20 of 50")


def test_a_small_part_is_tried_whole() -> None:
    results = measure_results(network(), DataPart.CLASS, sparse_digits(5))
    assert results.confusion.n_samples == 5
    assert "first" not in about_text(results)


def test_what_is_right_and_wrong_in_words() -> None:
    results = results_of([(1, 1), (2, 2), (3, 3), (4, 9)])
    assert accuracy_text(results) == "75.0\N{NO-BREAK SPACE}%"
    assert tried_text(results) == "right of 4"


def test_a_network_that_diverged_is_told() -> None:
    broken = network()
    broken.b[0][:] = np.nan
    assert "no numbers" in about_text(measure_results(broken, DataPart.TEST, sparse_digits(5)))
