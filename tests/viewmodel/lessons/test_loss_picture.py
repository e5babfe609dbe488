"""What a loss says of one sample: the curve is the engine's loss, and the sample stands on it."""

import math

import numpy as np
import pytest

from bpviz.nn.network import Architecture, Network
from bpviz.training.observation import pass_sample
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.lessons.loss_picture import (
    LossPicture,
    WholeLoss,
    distance_of,
    log_loss,
    log_picture,
    right_share,
    squared_loss,
    squared_picture,
)

WHOLE = WholeLoss(0.184, 0.9, 210)


def network(layers: tuple[int, ...], output: str, loss: str) -> Network:
    architecture = Architecture(layers, "tanh", output, loss)
    return Network(architecture, np.linspace(-1.0, 1.0, architecture.n_parameters))


def off_by_some() -> SamplePass:
    return pass_sample(network((1, 3, 1), "identity", "squared"), np.array([0.4]), target=np.array([0.7]))


def of_class(label: int) -> SamplePass:
    return pass_sample(network((2, 3, 1), "sigmoid", "log"), np.array([0.4, -0.2]), label)


def of_digit(label: int) -> SamplePass:
    return pass_sample(network((2, 3, 4), "softmax", "cross-entropy"), np.array([0.4, -0.2]), label)


def height_at(picture: LossPicture, x: float) -> float:
    return float(np.interp(x, picture.curve_x, picture.curve_y))


def test_the_formulas_are_the_losses_of_the_engine() -> None:
    sample = off_by_some()
    assert squared_loss(distance_of(sample)) == pytest.approx(sample.loss)
    for sample in (of_class(0), of_class(1), of_digit(2)):
        assert log_loss(right_share(sample)) == pytest.approx(sample.loss)


def test_both_classes_share_one_probability() -> None:
    assert right_share(of_class(0)) + right_share(of_class(1)) == pytest.approx(1.0)


def test_the_sample_and_what_is_tried_stand_on_the_curve() -> None:
    sample = off_by_some()
    squared = squared_picture(sample, WHOLE, 0.5 * distance_of(sample))
    for picture in (squared, log_picture(of_class(1), WHOLE, 0.2), log_picture(of_digit(1), WHOLE, 0.9)):
        for point in (picture.point, picture.tried):
            assert point is not None
            assert point.y == pytest.approx(height_at(picture, point.x), abs=5e-3)


def test_what_lies_beyond_the_axis_stands_at_its_end_with_its_true_number() -> None:
    picture = log_picture(of_class(1), WHOLE, 1e-6)
    assert picture.tried is not None
    assert picture.tried.y == 1.0
    assert picture.tried.text == f"{-math.log(1e-6):.2f}"


def test_a_distance_beyond_the_usual_axis_lengthens_it() -> None:
    picture = squared_picture(off_by_some(), WHOLE, 3.0)
    assert picture.tried is not None
    assert picture.tried.x <= 1.0
    assert picture.tried.y == pytest.approx(picture.tried.x**2)


def test_right_answers_are_counted_where_there_are_classes() -> None:
    assert log_picture(of_class(1), WHOLE, None).share == "189 of them right"
    assert squared_picture(off_by_some(), WHOLE, None).share == ""


def test_nothing_given_to_the_right_class_costs_without_bound() -> None:
    assert log_loss(0.0) == math.inf
