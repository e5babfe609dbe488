"""Points a user puts down: a task of two classes in the plane, or a curve."""

from dataclasses import dataclass

import numpy as np

from bpviz.data.points import MOST_POINTS, PointOptions, curve_dataset, plane_dataset
from bpviz.data.samples import Dataset, Samples
from bpviz.errors import DataError

OWN_PLANE, OWN_CURVE = "own-points", "own-curve"
OWN_DATASETS = (OWN_PLANE, OWN_CURVE)


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """One point: its place in the plane and its class, or for a curve input and value (and class 0)."""

    x: float
    y: float
    label: int = 0


def points_of(dataset: Dataset) -> tuple[OwnPoint, ...]:
    """Return all points of a dataset that is shown in the plane, training points first."""
    return tuple(point for part in (dataset.train, dataset.test) for point in _part(part))


def own_dataset(points: tuple[OwnPoint, ...], is_curve: bool, options: PointOptions) -> Dataset:
    """Return the points put down as a dataset; of `options` the share of test points and the seed count.

    Raises
    ------
    DataError
        If there is no point, or too many.
    """
    if not 1 <= len(points) <= MOST_POINTS:
        raise DataError(f"there are {len(points)} points; 1 to {MOST_POINTS:,} are needed")
    x, y = np.array([point.x for point in points]), np.array([point.y for point in points])
    if is_curve:
        return curve_dataset(OWN_CURVE, "Your curve", x, y, options)
    labels = np.array([point.label for point in points], np.uint8)
    return plane_dataset(OWN_PLANE, "Your points", np.column_stack((x, y)), labels, options)


def _part(samples: Samples) -> list[OwnPoint]:
    inputs = samples.inputs.astype(np.float64) * samples.input_scale
    if samples.values is not None:
        return [OwnPoint(float(x), float(y)) for x, y in zip(inputs[:, 0], samples.values[:, 0], strict=True)]
    labels = samples.labels.tolist()
    return [
        OwnPoint(float(x), float(y), label) for (x, y), label in zip(inputs.tolist(), labels, strict=True)
    ]
