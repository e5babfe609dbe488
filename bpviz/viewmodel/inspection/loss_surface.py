"""The loss over the plane that shows most of a network's way through its parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.nn.landscape import loss_on_plane, path_plane
from bpviz.nn.network import Network

SIDE = 41
N_LEVELS = 9
_FEWEST_SAMPLES, _MOST_SAMPLES = 50, 1000
_MOST_PRODUCTS = 1.5e10
"""Multiplications a whole surface may take: a few seconds."""
_MARGIN = 0.3
"""Room around the path, as a share of its length."""


@dataclass(frozen=True, slots=True, eq=False)
class LossSurface:
    """The loss at places of a plane, and a path projected onto it.

    Attributes
    ----------
    across, up
        Distances along both directions, shapes (SIDE,); the path's end is at (0, 0).
    losses
        Shape (SIDE, SIDE), a row for each `up`.
    path
        The path's points in the plane, shape (n, 2).
    path_losses
        The true losses at the path's first and last point.
    share
        Share of the path's variance that lies in the plane, 0 to 1.
    n_samples
        The loss is the mean of so many.
    """

    across: FloatArray
    up: FloatArray
    losses: FloatArray
    path: FloatArray
    path_losses: tuple[float, float]
    share: float
    n_samples: int

    @property
    def levels(self) -> FloatArray:
        """Losses at which contour lines stand: equal ratios apart, as the valley's walls are steep."""
        low, high = float(np.nanmin(self.losses)), float(np.nanmax(self.losses))
        return np.geomspace(max(low, 1e-9), max(high, 1e-8), N_LEVELS + 2)[1:-1]

    def heights(self) -> FloatArray:
        """Return how high each place lies from the lowest, 0, to the highest, 1, by ratios of the loss."""
        logs = np.log(np.maximum(self.losses, 1e-9))
        low, high = float(np.nanmin(logs)), float(np.nanmax(logs))
        return np.nan_to_num((logs - low) / max(high - low, 1e-12), nan=1.0)


def loss_surface(
    network: Network,
    samples: tuple[FloatArray, FloatArray],
    path: Sequence[FloatArray],
    on_row: Callable[[int], None] | None = None,
) -> LossSurface:
    """Return the loss around a path, over the plane of its two main directions.

    Parameters
    ----------
    network
        Any of that shape; its parameters are not used.
    samples
        Inputs and targets, shapes (B, n_in) and (B, n_out).
    path
        Parameters along the way, at least three.
    on_row
        Called with the number of each of the `SIDE` rows before it is computed.
    """
    X, Y = samples
    plane = path_plane(np.stack(path))
    across, up = _steps(plane.coordinates)
    end = network.with_parameters(path[-1])
    with np.errstate(all="ignore"):
        losses = loss_on_plane(end, X, Y, (plane.first, plane.second), (across, up), on_row)
        first, last = (place.loss(place.forward(X), Y) for place in (network.with_parameters(path[0]), end))
    return LossSurface(across, up, losses, plane.coordinates, (first, last), plane.variance_share, len(X))


def samples_for_surface(layers: Sequence[int]) -> int:
    """Return how many samples a surface of such a network may take: fewer for a large one, at least 50."""
    products = sum(n_in * n_out for n_in, n_out in pairwise(layers[1:])) + layers[0]
    return max(_FEWEST_SAMPLES, min(_MOST_SAMPLES, round(_MOST_PRODUCTS / (products * SIDE * SIDE))))


def _steps(coordinates: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return distances that hold the path with room around, equally long both ways: no shape is stretched."""
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    half = max(float((high - low).max()) * (0.5 + _MARGIN), 1e-6)
    middle = (low + high) / 2
    return tuple(np.linspace(m - half, m + half, SIDE) for m in middle.tolist())  # type: ignore[return-value]
