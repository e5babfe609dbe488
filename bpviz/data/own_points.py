"""Points a user puts down: a task of two classes in the plane, or a curve."""

from dataclasses import dataclass, replace

import numpy as np

from bpviz.data.point_options import MOST_POINTS
from bpviz.data.points import curve_samples, plane_samples
from bpviz.data.samples import Dataset, Samples
from bpviz.errors import DataError

OWN_PLANE, OWN_CURVE = "own-points", "own-curve"


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """One point: its place in the plane and its class, or for a curve input and value (and class 0)."""

    x: float
    y: float
    label: int = 0
    is_test: bool = False


def points_of(dataset: Dataset) -> tuple[OwnPoint, ...]:
    """Return all points of a dataset that is shown in the plane, training points first."""
    test = (replace(point, is_test=True) for point in _part(dataset.test))
    return (*_part(dataset.train), *test)


def with_point(points: tuple[OwnPoint, ...], point: OwnPoint, test_share: float) -> tuple[OwnPoint, ...]:
    """Return the points with one more, which tests if that keeps no more than the share for testing."""
    n_test = 1 + sum(each.is_test for each in points)
    return (*points, replace(point, is_test=n_test <= test_share * (len(points) + 1)))


def own_dataset(points: tuple[OwnPoint, ...], is_curve: bool) -> Dataset:
    """Return the points put down as a dataset.

    Raises
    ------
    DataError
        If none trains, or there are too many.
    """
    train = [point for point in points if not point.is_test]
    if not train or len(points) > MOST_POINTS:
        found = f"{len(points)} points, {len(train)} to train on"
        raise DataError(f"there are {found}; 1 to {MOST_POINTS:,} are needed")
    parts = [_samples(part, is_curve) for part in (train, [point for point in points if point.is_test])]
    if is_curve:
        return Dataset(OWN_CURVE, "Your curve", parts[0], parts[1], n_classes=0)
    return Dataset(OWN_PLANE, "Your points", parts[0], parts[1], n_classes=2)


def _samples(points: list[OwnPoint], is_curve: bool) -> Samples:
    x, y = np.array([point.x for point in points]), np.array([point.y for point in points])
    if is_curve:
        return curve_samples(x, y)
    return plane_samples(np.column_stack((x, y)), np.array([point.label for point in points], np.uint8))


def _part(samples: Samples) -> list[OwnPoint]:
    inputs = samples.inputs.astype(np.float64) * samples.input_scale
    if samples.values is not None:
        return [OwnPoint(float(x), float(y)) for x, y in zip(inputs[:, 0], samples.values[:, 0], strict=True)]
    labels = samples.labels.tolist()
    return [
        OwnPoint(float(x), float(y), label) for (x, y), label in zip(inputs.tolist(), labels, strict=True)
    ]
