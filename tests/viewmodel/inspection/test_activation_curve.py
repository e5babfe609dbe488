import math

import numpy as np
import pytest

from bpviz.viewmodel.inspection.activation_curve import activation_curve
from tests.viewmodel.plain_network import plain_f


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky-relu", "identity"])
def test_the_curve_is_the_function(name: str) -> None:
    curve = activation_curve(name, 0.5, 0.0, 0.0)
    assert curve.a.tolist() == pytest.approx(plain_f(name, curve.z.tolist()))
    assert (np.diff(curve.z) > 0).all()


def test_softmax_is_drawn_with_the_other_sums_held() -> None:
    others = [0.3, -1.2, 2.0]
    curve = activation_curve("softmax", 1.0, 0.2, 0.1, np.array(others))
    expected = [plain_f("softmax", [z, *others])[0] for z in curve.z.tolist()]
    assert curve.a.tolist() == pytest.approx(expected)


@pytest.mark.parametrize("at", [-40.0, 3.0, 1234.5])
@pytest.mark.parametrize("name", ["sigmoid", "relu", "softmax"])
def test_the_neurons_place_is_always_on_the_curve(name: str, at: float) -> None:
    curve = activation_curve(name, at, 0.0, 0.0, np.array([0.0, 1.0]))
    assert curve.z[0] <= at <= curve.z[-1]
    assert curve.has_point


def test_a_sum_that_is_not_a_number_has_no_point() -> None:
    curve = activation_curve("softmax", math.nan, math.nan, math.nan, np.array([math.nan]))
    assert not curve.has_point
    assert np.isfinite(curve.a).all()
