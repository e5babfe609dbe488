"""What every neuron answers over all inputs of a network with one or two, and the samples among them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Dataset, Samples, Task
from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.nn.network import Network
from bpviz.nn.targets import HALF, answered_classes
from bpviz.viewmodel.network.color_scale import nice_limit

GRID = 48
"""Places on a side of the plane at which the network is asked."""
CURVE_GRID = 160
_LEAST_REACH = 1.1


@dataclass(frozen=True, eq=False)
class Plane:
    """The stretch of inputs that is shown, with the samples of a dataset.

    Attributes
    ----------
    is_curve
        One input and a number to reach: inputs run right, answers run up. Else both inputs span the plane.
    reach
        Inputs from -reach to reach are shown.
    height
        Answers from -height to height are shown, for a curve; else `reach`.
    """

    train: Samples
    test: Samples
    is_curve: bool
    reach: float
    height: float

    @cached_property
    def train_places(self) -> FloatArray:
        """Where the training points lie, shape (n, 2)."""
        return places_of(self.train)

    @cached_property
    def test_places(self) -> FloatArray:
        """Where the test points lie, shape (n, 2)."""
        return places_of(self.test)

    def fits(self, layers: tuple[int, ...]) -> bool:
        """Tell whether a network of these layers takes what is shown here, and answers it."""
        return layers[0] == (1 if self.is_curve else 2) and layers[-1] <= (1 if self.is_curve else 2)

    @property
    def grid(self) -> npt.NDArray[np.float32]:
        """Inputs of the places asked, shape (n, n_in): for the plane by rows, the upper one first."""
        return _grid(self.is_curve, self.reach)


def plane_of(dataset: Dataset) -> Plane | None:
    """Return the plane a dataset is shown in; None if it has other inputs or more than a number to reach."""
    n_in = dataset.train.inputs.shape[1]
    if dataset.task is Task.MANY_CLASSES or n_in != (1 if dataset.task is Task.REGRESSION else 2):
        return None
    if dataset.task is Task.REGRESSION and dataset.output_counts != (1,):
        return None
    places = np.vstack((places_of(dataset.train), places_of(dataset.test)))
    is_curve = dataset.task is Task.REGRESSION
    across, up = _reach(places[:, 0]), _reach(places[:, 1])
    reach = across if is_curve else max(across, up)
    return Plane(dataset.train, dataset.test, is_curve, reach, up if is_curve else reach)


def places_of(samples: Samples) -> FloatArray:
    """Return where samples lie: by both inputs, or by input and value; shape (n, 2)."""
    inputs = samples.inputs.astype(np.float64) * samples.input_scale
    return inputs if samples.values is None else np.column_stack((inputs[:, 0], samples.values[:, 0]))


def answers_over(network: Network, plane: Plane) -> tuple[FloatArray, ...]:
    """Return what each layer answers at the places of `plane.grid`, shapes (places, n_out of that layer)."""
    with np.errstate(all="ignore"):
        return network.forward(plane.grid).a


def second_class_share(output: FloatArray) -> FloatArray:
    """Return how much outputs speak for the second of two classes, shape (n,)."""
    return np.asarray(output[:, -1])


def wrong_points(network: Network, samples: Samples) -> IndexArray:
    """Return the rows of samples that are answered as the other class; none in a regression."""
    if samples.values is not None or not len(samples):
        return np.empty(0, np.intp)
    with np.errstate(all="ignore"):
        output = network.forward(samples.scaled(slice(None))).output
    return np.flatnonzero(answered_classes(output) != samples.labels)


@dataclass(frozen=True, slots=True)
class Segments:
    """Pieces of lines, by both ends: x and y, shape (n, 2)."""

    x: FloatArray
    y: FloatArray


def border(share: FloatArray, level: float = HALF) -> Segments:
    """Return the line where a field crosses `level`, in cells of the field: (0, 0) is its first place.

    Parameters
    ----------
    share
        The field, shape (rows, columns).

    References
    ----------
    Lorensen and Cline, "Marching Cubes" (1987), in two dimensions with linear interpolation.
    """
    field = np.nan_to_num(np.asarray(share, np.float64) - level, posinf=1.0, neginf=-1.0)
    corners = (field[:-1, :-1], field[:-1, 1:], field[1:, 1:], field[1:, :-1])
    is_above = [corner > 0.0 for corner in corners]
    sides = [first != second for first, second in zip(is_above, (*is_above[1:], is_above[0]), strict=True)]
    crossed = sides[0] | sides[1] | sides[2] | sides[3]
    rows, columns = np.nonzero(crossed)
    if not len(rows):
        return Segments(np.empty((0, 2)), np.empty((0, 2)))
    values = np.stack([corner[rows, columns] for corner in corners])
    cut = np.stack([side[rows, columns] for side in sides])
    x, y = _crossings(values, rows, columns)
    return _joined(x, y, cut)


def _crossings(values: FloatArray, rows: IndexArray, columns: IndexArray) -> tuple[FloatArray, FloatArray]:
    """Return where the level is crossed on each side of each cell, shape (4, cells)."""
    after = np.roll(values, -1, axis=0)
    difference = values - after
    share = np.divide(values, difference, out=np.full_like(values, 0.5), where=difference != 0.0)
    share = np.clip(share, 0.0, 1.0)
    x = columns + np.stack((share[0], np.ones(len(rows)), 1.0 - share[2], np.zeros(len(rows))))
    y = rows + np.stack((np.zeros(len(rows)), share[1], np.ones(len(rows)), 1.0 - share[3]))
    return x, y


def _joined(x: FloatArray, y: FloatArray, cut: npt.NDArray[np.bool_]) -> Segments:
    """Join the crossings of each cell: two make one piece, four make two."""
    order = np.argsort(~cut, axis=0, kind="stable")
    x, y = np.take_along_axis(x, order, axis=0), np.take_along_axis(y, order, axis=0)
    is_saddle = cut.sum(axis=0) == 4
    x = np.concatenate((x[:2], x[2:, is_saddle]), axis=1)
    y = np.concatenate((y[:2], y[2:, is_saddle]), axis=1)
    return Segments(x.T.copy(), y.T.copy())


@lru_cache(maxsize=16)
def _grid(is_curve: bool, reach: float) -> npt.NDArray[np.float32]:
    if is_curve:
        grid = np.linspace(-reach, reach, CURVE_GRID)[:, None].astype(np.float32)
    else:
        # Centres of equal squares: magnified, each colour stands where it belongs.
        steps = ((np.arange(GRID) + 0.5) * (2.0 / GRID) - 1.0) * reach
        across, up = np.meshgrid(steps, steps[::-1])
        grid = np.column_stack((across.ravel(), up.ravel())).astype(np.float32)
    grid.flags.writeable = False
    return grid


def _reach(values: FloatArray) -> float:
    """Return how far a scale must reach: a little further than every point, at least 1.1."""
    furthest = 1.06 * float(np.abs(values).max(initial=0.0))
    return _LEAST_REACH if furthest <= _LEAST_REACH else nice_limit(furthest)
