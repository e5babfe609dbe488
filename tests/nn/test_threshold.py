"""The step that no gradient comes through."""

import numpy as np

from bpviz.nn.activations import ACTIVATIONS
from bpviz.nn.threshold import Step

Z = np.array([-2.0, -1e-9, 0.0, 1e-9, 3.0])


def test_a_step_is_one_above_zero_and_else_nothing() -> None:
    assert Step().apply(Z).tolist() == [0.0, 0.0, 0.0, 1.0, 1.0]


def test_its_slope_is_nothing_everywhere() -> None:
    step = Step()
    assert step.derivative(Z, step.apply(Z)).tolist() == [0.0] * 5


def test_it_writes_into_buffers() -> None:
    out = np.full(5, 9.0)
    assert Step().apply(Z, out=out) is out
    assert out.tolist() == [0.0, 0.0, 0.0, 1.0, 1.0]


def test_networks_are_not_offered_what_they_cannot_learn_with() -> None:
    assert Step.name not in ACTIVATIONS
