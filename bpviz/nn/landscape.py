"""The loss away from where a network stands: along one parameter, and over a plane through its parameters.

Both use that the first layer's z is linear in its parameters, so that the large product with the inputs is
made once and not for every place.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpviz.errors import ShapeError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.network import Network
from bpviz.nn.parameter_index import parameter_place
from bpviz.nn.switched_off import neurons_by_layer


@dataclass(frozen=True, slots=True)
class PathPlane:
    """The plane in which a path through the parameters is seen best: its first two principal directions.

    Attributes
    ----------
    origin
        A point of the plane, shape (n_parameters,): the path's end.
    first, second
        Directions of length 1, at right angles, shape (n_parameters,).
    coordinates
        The path's points projected onto the plane, shape (n, 2).
    variance_share
        Share of the path's variance that lies in the plane, 0 to 1.
    """

    origin: FloatArray
    first: FloatArray
    second: FloatArray
    coordinates: FloatArray
    variance_share: float


def loss_along(network: Network, X: FloatArray, Y: FloatArray, index: int, values: FloatArray) -> FloatArray:
    """Return the mean loss with one parameter at each of these values, all others as they are.

    Parameters
    ----------
    X, Y
        The samples, shapes (B, n_in) and (B, n_out).
    index
        Place in the flat parameters.
    values
        Shape (k,).

    Returns
    -------
    Shape (k,), float64.
    """
    layer, source, target = parameter_place(index, network.architecture.layers)
    passed = network.forward(X)
    a_prev = passed.input_of(layer)
    with_input = np.ones(len(X), X.dtype) if source is None else a_prev[:, source]
    here = network.parameters[index]
    losses = np.empty(len(values))
    z = passed.z[layer].copy()
    for place, value in enumerate(values):
        z[:, target] = passed.z[layer][:, target] + (value - here) * with_input
        losses[place] = _loss_from(network, z, layer, Y)
    return losses


def loss_on_plane(
    network: Network,
    X: FloatArray,
    Y: FloatArray,
    directions: tuple[FloatArray, FloatArray],
    steps: tuple[FloatArray, FloatArray],
    on_row: Callable[[int], None] | None = None,
) -> FloatArray:
    """Return the mean loss at parameters + α first + β second, shape (len(betas), len(alphas)), float64.

    Parameters
    ----------
    directions
        Shapes (n_parameters,).
    steps
        The alphas along the first direction and the betas along the second.
    on_row
        Called with the number of each row before it is computed; what it raises ends the work.

    Raises
    ------
    ShapeError
        If a direction does not fit the parameters.
    """
    for direction in directions:
        if direction.shape != network.parameters.shape:
            raise ShapeError(
                f"a direction has shape {direction.shape}; the parameters have {network.parameters.shape}"
            )
    dtype = network.parameters.dtype
    ways = [network.with_parameters(direction.astype(dtype)) for direction in directions]
    base = X @ network.W[0] + network.b[0]
    first, second = (X @ way.W[0] + way.b[0] for way in ways)
    alphas, betas = (values.astype(dtype) for values in steps)
    losses = np.empty((len(betas), len(alphas)))
    moved = network.with_parameters(network.parameters.copy())
    for row, beta in enumerate(betas):
        if on_row is not None:
            on_row(row)
        row_z = base + beta * second
        for column, alpha in enumerate(alphas):
            np.add(network.parameters, alpha * directions[0], out=moved.parameters, casting="same_kind")
            np.add(moved.parameters, beta * directions[1], out=moved.parameters, casting="same_kind")
            losses[row, column] = _loss_from(moved, row_z + alpha * first, 0, Y)
    return losses


def path_plane(path: FloatArray) -> PathPlane:
    """Return the plane that shows most of a path through the parameters.

    Parameters
    ----------
    path
        Parameters along the way, shape (n, n_parameters), n >= 3.

    References
    ----------
    Li et al. 2018, *Visualizing the loss landscape of neural nets*, section 7.
    """
    if path.ndim != 2 or len(path) < 3:
        raise ShapeError(f"the path has shape {path.shape}; at least 3 points of parameters are needed")
    points = path.astype(np.float64)
    centered = points - points.mean(axis=0)
    # The small side: as many rows as points, not as parameters.
    values, vectors = np.linalg.eigh(centered @ centered.T)
    order = np.argsort(values)[::-1][:2]
    axes = [_unit(centered.T @ vectors[:, place], fallback=number) for number, place in enumerate(order)]
    total = float(np.clip(values, 0.0, None).sum())
    share = float(np.clip(values[order], 0.0, None).sum()) / total if total > 0.0 else 1.0
    origin = points[-1]
    coordinates = (points - origin) @ np.stack(axes, axis=1)
    return PathPlane(origin, axes[0], axes[1], coordinates, share)


def _unit(direction: FloatArray, fallback: int) -> FloatArray:
    length = float(np.linalg.norm(direction))
    if length > 0.0:
        return direction / length
    # A path on a line has no second direction: any axis shows that nothing moves along it.
    axis = np.zeros_like(direction)
    axis[fallback] = 1.0
    return axis


def _loss_from(network: Network, z: FloatArray, layer: int, Y: FloatArray) -> float:
    """Return the mean loss of a batch whose z at `layer` is known."""
    off = neurons_by_layer(network.switched_off, network.architecture.layers)
    for number in range(layer, network.architecture.depth - 1):
        a = network.activations[number].apply(z)
        if number in off:
            a[:, off[number]] = 0.0
        z = a @ network.W[number + 1] + network.b[number + 1]
    return network.loss_function.mean(z, network.activations[-1].apply(z), Y)
