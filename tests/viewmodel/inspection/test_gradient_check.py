from dataclasses import replace

import numpy as np
import pytest

from bpviz.training.observation import pass_sample
from bpviz.viewmodel.inspection.gradient_check import CheckRequest, GradientCheck, check_gradient, flat_index
from bpviz.viewmodel.network.parts import BIAS
from tests.viewmodel.inspected import snapshot_of
from tests.viewmodel.inspection.test_inspection_neuron import RUNS
from tests.viewmodel.plain_network import place_in, plain_derivative


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(("layer", "row", "column"), [(0, BIAS, 3), (1, 2, 5), (2, 6, 4), (2, BIAS, 4)])
def test_both_ways_agree_with_each_other_and_with_plain_mathematics(
    run: dict[str, str], layer: int, row: int, column: int
) -> None:
    shot = snapshot_of(**run)
    check = check_gradient(shot, shot.sample, CheckRequest(layer, row, column))
    assert check is not None
    assert check.agrees, check.verdict
    assert shot.sample.label is not None
    index = place_in(shot, layer, None if row == BIAS else row, column)
    exact = plain_derivative(shot, shot.sample.x, shot.sample.label, index)
    assert check.analytic == pytest.approx(exact, rel=1e-5, abs=1e-9)


def test_the_batch_is_checked_as_the_mean_of_its_samples() -> None:
    shot = snapshot_of()
    check = check_gradient(shot, shot.sample, CheckRequest(1, 2, 5, of_batch=True))
    assert check is not None
    index = place_in(shot, 1, 2, 5)
    pairs = zip(shot.batch.forward.x, shot.batch.labels, strict=True)
    exact = np.mean([plain_derivative(shot, x, int(label), index) for x, label in pairs])
    assert check.agrees
    assert check.numeric == pytest.approx(exact, rel=1e-5)


def test_looking_changes_nothing() -> None:
    shot = snapshot_of()
    before = shot.parameters.copy()
    check_gradient(shot, shot.sample, CheckRequest(1, 2, 5))
    np.testing.assert_array_equal(shot.parameters, before)


@pytest.mark.parametrize("place", [(0, 5, 3), (1, BIAS, 5), (2, 6, 4)])
def test_flat_places_are_those_of_the_parameter_vector(place: tuple[int, int, int]) -> None:
    shot = snapshot_of()
    layer, row, column = place
    expected = place_in(shot, layer, None if row == BIAS else row, column)
    assert flat_index(shot.architecture.layers, layer, row, column) == expected


def test_numbers_that_differ_are_called_so() -> None:
    check = GradientCheck(CheckRequest(0, 0, 0), 1.0, 1.01, 1e-5)
    assert not check.agrees
    assert check.relative_error == pytest.approx(0.01 / 2.01)
    assert check.verdict.startswith("Differ")


def test_two_zeros_agree() -> None:
    check = GradientCheck(CheckRequest(0, 0, 0), 0.0, 1e-13, 1e-5)
    assert (check.relative_error, check.agrees) == (0.0, True)


def test_a_relu_at_its_kink_is_blamed() -> None:
    shot = snapshot_of(activation="relu")
    parameters = shot.parameters.copy()
    row, column = int(shot.sample.x.argmax()), 3
    bias = place_in(shot, 0, None, column)
    # z of the neuron is now 0 up to float32, so the two passes fall on both sides of its kink.
    z = float((shot.sample.x.astype(np.float64) @ shot.network().W[0][:, column].astype(np.float64)).item())
    parameters[bias] = -z
    shot = replace(shot, parameters=parameters)
    check = check_gradient(shot, shot.sample, CheckRequest(0, row, column), epsilon=1e-3)
    assert check is not None
    assert check.crosses_kink
    assert not check.agrees
    assert "ReLU switches" in check.verdict


def test_what_is_not_a_number_confirms_nothing() -> None:
    shot = snapshot_of()
    shot = replace(shot, parameters=np.full_like(shot.parameters, np.nan))
    check = check_gradient(shot, shot.sample, CheckRequest(1, 2, 5))
    assert check is not None
    assert not check.agrees
    assert "Not a number" in check.verdict


def test_without_a_label_there_is_nothing_to_check() -> None:
    shot = snapshot_of()
    unlabelled = pass_sample(shot.network(), shot.sample.x)
    assert check_gradient(shot, unlabelled, CheckRequest(1, 2, 5)) is None
