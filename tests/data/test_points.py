from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bpviz.data.own_points import OwnPoint, own_dataset, points_of, with_point
from bpviz.data.point_options import PointOptions
from bpviz.data.points import (
    NOISE_UNIT,
    PLANE_TASKS,
    POINT_DATASETS,
    curve_value,
    load_points,
    noise_of,
)
from bpviz.data.samples import Dataset, Task
from bpviz.errors import DataError

MANY = PointOptions(n_points=4000, noise=0.0)


def positions(dataset: Dataset) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([(point.x, point.y) for point in points_of(dataset)])


@pytest.mark.parametrize("name", POINT_DATASETS)
def test_every_task_gives_the_number_and_share_asked_for(name: str) -> None:
    dataset = load_points(name, PointOptions(n_points=200, test_share=0.25))
    assert (len(dataset.train), len(dataset.test)) == (150, 50)
    assert dataset.name == name


@pytest.mark.parametrize("name", PLANE_TASKS)
def test_points_of_the_plane_are_of_two_classes_of_equal_size(name: str) -> None:
    dataset = load_points(name, MANY)
    assert dataset.task is Task.TWO_CLASSES
    labels = np.concatenate((dataset.train.labels, dataset.test.labels))
    assert abs(float(labels.mean()) - 0.5) < 0.05
    assert np.abs(positions(dataset)).max() < 1.3
    assert np.abs(positions(dataset)).max() > 0.6


@pytest.mark.parametrize("name", POINT_DATASETS)
def test_the_same_options_give_the_same_points_and_another_seed_others(name: str) -> None:
    first, again = load_points(name, PointOptions(seed=3)), load_points(name, PointOptions(seed=3))
    assert np.array_equal(first.train.inputs, again.train.inputs)
    assert not np.array_equal(first.train.inputs, load_points(name, PointOptions(seed=4)).train.inputs)


@pytest.mark.parametrize("name", POINT_DATASETS)
def test_noise_moves_points_by_as_much_as_is_said(name: str) -> None:
    clean = load_points(name, PointOptions(n_points=4000, noise=0.0))
    noisy = load_points(name, PointOptions(n_points=4000, noise=0.5))
    moved = positions(noisy) - positions(clean)
    spread = moved[:, 1] if name == "curve" else moved
    assert float(spread.std()) == pytest.approx(0.5 * NOISE_UNIT, rel=0.05)


def test_without_noise_a_curve_is_exact() -> None:
    train = load_points("curve", MANY).train
    assert train.values is not None
    assert np.allclose(train.values[:, 0], curve_value(train.inputs[:, 0].astype(np.float64)), atol=1e-6)


def test_without_noise_xor_is_decided_by_the_signs() -> None:
    dataset = load_points("xor", MANY)
    product = dataset.train.inputs.prod(axis=1)
    assert np.array_equal(dataset.train.labels, (product < 0).astype(np.uint8))


def test_a_task_has_its_own_noise_unless_told() -> None:
    assert noise_of("xor", PointOptions()) == 0.1
    assert noise_of("curve", PointOptions()) == 0.3
    assert noise_of("xor", PointOptions(noise=0.0)) == 0.0


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"n_points": 1}, "there are 1 points"),
        ({"n_points": 10**9}, "4 to 10,000"),
        ({"noise": 2.0}, "noise is 2.0"),
        ({"noise": float("nan")}, "noise is nan"),
        ({"test_share": 1.0}, "share of test points is 1.0"),
    ],
)
def test_impossible_options_are_refused(options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        PointOptions(**options)


def test_an_unknown_task_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="no points called 'rings'"):
        load_points("rings")


def test_own_points_become_a_dataset_of_two_classes() -> None:
    points = tuple(OwnPoint(0.1 * i, -0.1 * i, i % 2, is_test=i > 7) for i in range(10))
    dataset = own_dataset(points, is_curve=False)
    assert (dataset.task, len(dataset.train), len(dataset.test)) == (Task.TWO_CLASSES, 8, 2)
    assert [rounded(point) for point in points_of(dataset)] == [rounded(point) for point in points]


def rounded(point: OwnPoint) -> OwnPoint:
    return replace(point, x=round(point.x, 5), y=round(point.y, 5))


def test_own_points_of_a_curve_are_numbers_to_reach() -> None:
    dataset = own_dataset((OwnPoint(0.5, 0.25), OwnPoint(-0.5, 0.75)), is_curve=True)
    assert dataset.task is Task.REGRESSION
    assert sorted((p.x, p.y) for p in points_of(dataset)) == [(-0.5, 0.75), (0.5, 0.25)]


def test_points_put_down_test_as_often_as_asked_and_keep_their_part() -> None:
    points: tuple[OwnPoint, ...] = ()
    for _ in range(10):
        before = points
        points = with_point(points, OwnPoint(0.0, 0.0), 0.3)
        assert points[:-1] == before
    assert not points[0].is_test
    assert sum(point.is_test for point in points) == 3


def test_points_drawn_on_keep_the_points_that_were_there() -> None:
    made = load_points("moons")
    kept = own_dataset(with_point(points_of(made), OwnPoint(0.0, 0.5, 1), 0.3), is_curve=False)
    assert len(kept.train) + len(kept.test) == 301
    assert np.allclose(kept.train.inputs[:210], made.train.inputs)


def test_no_points_are_no_dataset() -> None:
    with pytest.raises(DataError, match="there are 0 points"):
        own_dataset((), is_curve=False)
