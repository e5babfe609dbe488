"""The loss along a parameter and over a plane."""

import numpy as np
import pytest

from bpviz.errors import ShapeError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.landscape import loss_along, loss_on_plane, path_plane
from bpviz.nn.network import Architecture, Network
from bpviz.nn.switched_off import SwitchedOff

LAYERS = (6, 5, 4, 3)


def network_of(switched_off: SwitchedOff = ()) -> Network:
    architecture = Architecture(LAYERS, "tanh", "softmax", "cross-entropy")
    rng = np.random.default_rng(3)
    return Network(architecture, initial_parameters(architecture, "uniform", rng, np.float64), switched_off)


def batch() -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(4)
    return rng.uniform(0.0, 1.0, (20, LAYERS[0])), np.eye(LAYERS[-1])[rng.integers(0, LAYERS[-1], 20)]


def loss_at(network: Network, parameters: FloatArray) -> float:
    X, Y = batch()
    moved = network.with_parameters(parameters)
    return moved.loss(moved.forward(X), Y)


@pytest.mark.parametrize("index", range(0, 74, 3))
def test_loss_along_a_parameter_is_that_of_the_whole_network(index: int) -> None:
    network, (X, Y) = network_of(((0, 2), (1, 1))), batch()
    values = np.linspace(-3.0, 3.0, 7)
    losses = loss_along(network, X, Y, index, values)
    for value, loss in zip(values, losses, strict=True):
        parameters = network.parameters.copy()
        parameters[index] = value
        assert loss == pytest.approx(loss_at(network, parameters), rel=1e-12)


def test_loss_on_a_plane_is_that_of_the_whole_network() -> None:
    network, (X, Y) = network_of(), batch()
    rng = np.random.default_rng(5)
    first, second = rng.normal(size=(2, network.parameters.size))
    alphas, betas = np.linspace(-1.0, 1.0, 5), np.linspace(-0.5, 2.0, 4)
    rows: list[int] = []
    losses = loss_on_plane(network, X, Y, (first, second), (alphas, betas), rows.append)
    assert rows == [0, 1, 2, 3]
    for row, beta in enumerate(betas):
        for column, alpha in enumerate(alphas):
            expected = loss_at(network, network.parameters + alpha * first + beta * second)
            assert losses[row, column] == pytest.approx(expected, rel=1e-12)


def test_a_direction_of_another_network_is_refused() -> None:
    network, (X, Y) = network_of(), batch()
    here = np.zeros(1)
    with pytest.raises(ShapeError, match="direction"):
        loss_on_plane(network, X, Y, (np.zeros(3), np.zeros(3)), (here, here))


def test_a_path_in_a_plane_is_seen_whole() -> None:
    rng = np.random.default_rng(6)
    axes = np.linalg.qr(rng.normal(size=(50, 2)))[0].T
    walked = rng.normal(size=(30, 2)) * (3.0, 1.0)
    path = walked @ axes + rng.normal(size=50)
    plane = path_plane(path)
    assert plane.variance_share == pytest.approx(1.0)
    np.testing.assert_allclose(plane.origin, path[-1])
    rebuilt = plane.origin + plane.coordinates @ np.stack([plane.first, plane.second])
    np.testing.assert_allclose(rebuilt, path, atol=1e-9)
    assert plane.first @ plane.second == pytest.approx(0.0, abs=1e-9)


def test_the_share_of_a_cloud_is_that_of_its_two_longest_axes() -> None:
    path = np.diag([3.0, 2.0, 1.0, 0.5])
    path = np.concatenate([path, -path])
    assert path_plane(path).variance_share == pytest.approx((9 + 4) / (9 + 4 + 1 + 0.25))


def test_a_path_that_stands_still_has_a_plane_all_the_same() -> None:
    plane = path_plane(np.ones((4, 5)))
    assert plane.variance_share == 1.0
    assert np.linalg.norm(plane.first) == np.linalg.norm(plane.second) == 1.0
    assert plane.first @ plane.second == 0.0


def test_two_points_are_no_path() -> None:
    with pytest.raises(ShapeError, match="at least 3"):
        path_plane(np.ones((2, 5)))
