"""Made-up tasks small enough to be seen whole: points of two classes in the plane, and a noisy curve.

All lie between -1 and 1 but for their noise, and are the same for the same options.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bpviz.data.point_options import DEFAULT_OPTIONS, PointOptions
from bpviz.data.samples import Dataset, Samples
from bpviz.errors import DataError

NOISE_UNIT = 0.3
"""Standard deviation of what noise 1 adds to a coordinate."""

Points = npt.NDArray[np.float64]
Rng = np.random.Generator
Cloud = tuple[Points, npt.NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class PlaneTask:
    """Two classes in the plane: how n points without noise are drawn, and the noise they usually have."""

    title: str
    draw: Callable[[int, Rng], Cloud]
    noise: float = 0.1


def curve_value(x: Points) -> Points:
    """Return the curve that the points of `curve` scatter about."""
    return np.asarray(0.65 * np.sin(4.0 * x) + 0.25 * x)


def load_points(name: str, options: PointOptions = DEFAULT_OPTIONS) -> Dataset:
    """Return the made-up dataset called `name`.

    Raises
    ------
    DataError
        If there is none of this name.
    """
    if name not in POINT_DATASETS:
        raise DataError(f"there are no points called {name!r}; known are {', '.join(POINT_DATASETS)}")
    options, rng = replace(options, noise=noise_of(name, options)), np.random.default_rng(options.seed)
    if name == CURVE_NAME:
        return _curve(options, rng)
    task = PLANE_TASKS[name]
    points, labels = task.draw(options.n_points, rng)
    points = points + rng.normal(0.0, _spread(options), points.shape)
    return _plane(name, task.title, points, labels, options)


def noise_of(name: str, options: PointOptions) -> float:
    """Return the noise a task has with these options."""
    if options.noise is not None:
        return options.noise
    return _CURVE_NOISE if name == CURVE_NAME else PLANE_TASKS[name].noise


def _spread(options: PointOptions) -> float:
    return NOISE_UNIT * (options.noise or 0.0)


def _plane(
    name: str, title: str, points: Points, labels: npt.NDArray[np.uint8], options: PointOptions
) -> Dataset:
    train, test = (plane_samples(points[rows], labels[rows]) for rows in _parts(len(points), options))
    return Dataset(name, title, train, test, n_classes=2, made_with=options)


def plane_samples(points: Points, labels: npt.NDArray[np.uint8]) -> Samples:
    """Return points of two classes, shape (n, 2)."""
    return Samples(np.asarray(points, np.float32), labels.copy(), 1.0)


def curve_samples(x: Points, y: Points) -> Samples:
    """Return points of a curve: numbers to reach, `y`, for one input, `x`."""
    labels = np.zeros(len(x), np.uint8)
    return Samples(np.asarray(x[:, None], np.float32), labels, 1.0, np.asarray(y[:, None], np.float32))


def _parts(n: int, options: PointOptions) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows of the training and of the test part; at least one row trains."""
    order = np.random.default_rng((options.seed, n)).permutation(n)
    n_test = min(round(options.test_share * n), n - 1)
    return order[n_test:], order[:n_test]


def _curve(options: PointOptions, rng: Rng) -> Dataset:
    x = rng.uniform(-1.0, 1.0, options.n_points)
    y = curve_value(x) + rng.normal(0.0, _spread(options), len(x))
    train, test = (curve_samples(x[rows], y[rows]) for rows in _parts(len(x), options))
    return Dataset(CURVE_NAME, "Curve", train, test, n_classes=0, made_with=options)


def _halves(n: int) -> npt.NDArray[np.uint8]:
    return (np.arange(n) % 2).astype(np.uint8)


def _gaussians(n: int, rng: Rng) -> Cloud:
    labels = _halves(n)
    centers = np.where(labels[:, None] == 1, 0.45, -0.45)
    return centers + rng.normal(0.0, 0.18, (n, 2)), labels


def _xor(n: int, rng: Rng) -> Cloud:
    points = rng.uniform(-1.0, 1.0, (n, 2))
    # A lane along both axes: with points on the border itself nobody could be right.
    points = np.where(points >= 0.0, 0.08, -0.08) + 0.92 * points
    return points, (points[:, 0] * points[:, 1] < 0.0).astype(np.uint8)


def _circle(n: int, rng: Rng) -> Cloud:
    labels, angle, share = _halves(n), rng.uniform(0.0, 2.0 * np.pi, n), np.sqrt(rng.uniform(0.0, 1.0, n))
    radius = np.where(labels == 1, 0.5 * share, 0.7 + 0.3 * share)
    return _polar(radius, angle), labels


def _moons(n: int, rng: Rng) -> Cloud:
    labels, angle = _halves(n), rng.uniform(0.0, np.pi, n)
    side = np.where(labels == 1, -1.0, 1.0)
    x = side * (0.6 * np.cos(angle) - 0.3)
    y = side * (0.85 * np.sin(angle) - 0.25)
    return np.column_stack((x, y)), labels


def _spiral(n: int, rng: Rng) -> Cloud:
    labels, way = _halves(n), rng.uniform(0.08, 1.0, n)
    return _polar(0.95 * way, 3.0 * np.pi * way + np.pi * labels), labels


def _polar(radius: Points, angle: Points) -> Points:
    return np.column_stack((radius * np.sin(angle), radius * np.cos(angle)))


PLANE_TASKS = {
    "gaussians": PlaneTask("Gaussians", _gaussians),
    "xor": PlaneTask("XOR", _xor),
    "circle": PlaneTask("Circle", _circle),
    "moons": PlaneTask("Moons", _moons),
    "spiral": PlaneTask("Spiral", _spiral),
}
"""The tasks in the plane, easy ones first."""
CURVE_NAME = "curve"
_CURVE_NOISE = 0.3
POINT_DATASETS = (*PLANE_TASKS, CURVE_NAME)
"""Names `load_points` knows."""
