"""The loss along one weight of a network, and over the plane of its path."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.data.sources import load_dataset
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.nn.parameter_index import weight_index
from bpviz.training.config import TrainingConfig
from bpviz.training.targets import targets_of
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.inspection.loss_curve import N_POINTS, loss_curve, reach_around
from bpviz.viewmodel.inspection.loss_surface import N_LEVELS, SIDE, loss_surface

STROKES = load_dataset("strokes")
CONFIG = TrainingConfig(layers=(784, 6, 10), learning_rate=0.5, seed=4)
INDEX = weight_index(CONFIG.layers, 1, 2, 5)


def samples(n: int) -> tuple[FloatArray, FloatArray]:
    first = STROKES.train.first(n)
    return first.scaled(slice(None)), targets_of(first, 10)


def path_of(n_points: int, iterations: int) -> tuple[Network, list[FloatArray]]:
    trainer = Trainer(CONFIG, replace(STROKES, train=STROKES.train.first(400)))
    path = [trainer.network.parameters.copy()]
    for _ in range(n_points - 1):
        for _ in range(iterations):
            trainer.train_iteration()
        path.append(trainer.network.parameters.copy())
    return trainer.network, path


def test_the_curve_runs_through_the_weight_with_its_own_gradient() -> None:
    network, _ = path_of(2, 10)
    X, Y = samples(50)
    at = float(network.parameters[INDEX])
    curve = loss_curve(network, (X, Y), INDEX, (-4.0, 4.0), 10)
    assert len(curve.values) == len(curve.losses) == N_POINTS
    assert curve.at == at
    assert curve.loss == pytest.approx(float(np.interp(at, curve.values, curve.losses)), abs=1e-3)
    h = curve.values[1] - curve.values[0]
    numeric = np.interp(at, curve.values, np.gradient(curve.losses, h))
    assert curve.slope == pytest.approx(float(numeric), abs=2e-3)
    assert curve.losses.min() == curve.lowest[1]


def test_the_stretch_holds_the_weight_and_rests_while_it_moves_a_little() -> None:
    assert reach_around(0.1) == reach_around(-1.0) == (-4.0, 4.0)
    for at in (3.0, -7.5, 100.0):
        low, high = reach_around(at)
        assert low < at < high


def test_the_surface_holds_the_path_and_the_losses_at_its_end() -> None:
    network, path = path_of(8, 5)
    X, Y = samples(60)
    rows: list[int] = []
    surface = loss_surface(network, (X, Y), path, rows.append)
    assert rows == list(range(SIDE))
    assert surface.losses.shape == (SIDE, SIDE)
    assert surface.across[0] < surface.path[:, 0].min() <= surface.path[:, 0].max() < surface.across[-1]
    assert surface.up[0] < surface.path[:, 1].min() <= surface.path[:, 1].max() < surface.up[-1]
    assert 0.5 < surface.share <= 1.0
    end = network.with_parameters(path[-1])
    assert surface.path_losses[1] == pytest.approx(end.loss(end.forward(X), Y))
    place = int(np.argmin(np.abs(surface.up))), int(np.argmin(np.abs(surface.across)))
    assert surface.losses[place] == pytest.approx(surface.path_losses[1], abs=0.1)


def test_contour_lines_stand_between_the_lowest_and_the_highest_place() -> None:
    network, path = path_of(4, 5)
    surface = loss_surface(network, samples(30), path)
    assert len(surface.levels) == N_LEVELS
    assert surface.losses.min() < surface.levels[0] < surface.levels[-1] < surface.losses.max()
    heights = surface.heights()
    assert heights.min() == 0.0
    assert heights.max() == 1.0
