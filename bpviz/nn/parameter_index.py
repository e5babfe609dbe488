"""Where one weight or bias stands in the flat parameter vector, laid out W[0], b[0], W[1], b[1], ..."""

from collections.abc import Sequence
from itertools import pairwise

from bpviz.errors import ShapeError


def weight_index(layers: Sequence[int], layer: int, row: int, column: int) -> int:
    """Return the place of W[layer][row, column]; all count from 0.

    Parameters
    ----------
    layers
        Neurons from input to output.

    Raises
    ------
    ShapeError
        If the network has no such weight.
    """
    start = _start_of(layers, layer)
    n_in, n_out = layers[layer], layers[layer + 1]
    if not (0 <= row < n_in and 0 <= column < n_out):
        raise ShapeError(f"w[{layer + 1}][{row},{column}] does not exist; w[{layer + 1}] is {n_in} × {n_out}")
    return start + row * n_out + column


def bias_index(layers: Sequence[int], layer: int, neuron: int) -> int:
    """Return the place of b[layer][neuron]; both count from 0.

    Raises
    ------
    ShapeError
        If the network has no such bias.
    """
    start = _start_of(layers, layer)
    n_in, n_out = layers[layer], layers[layer + 1]
    if not 0 <= neuron < n_out:
        raise ShapeError(f"b[{layer + 1}][{neuron}] does not exist; b[{layer + 1}] has {n_out} values")
    return start + n_in * n_out + neuron


def parameter_place(index: int, layers: Sequence[int]) -> tuple[int, int | None, int]:
    """Return the layer, source and target of the parameter at a place; a bias has the source None.

    Raises
    ------
    ShapeError
        If the flat parameters have no such place.
    """
    start = 0
    for layer, (n_in, n_out) in enumerate(pairwise(layers)):
        place = index - start
        if 0 <= place < (n_in + 1) * n_out:
            row, column = divmod(place, n_out)
            return layer, row if row < n_in else None, column
        start += (n_in + 1) * n_out
    raise ShapeError(f"there is no parameter {index}; there are {start}")


def _start_of(layers: Sequence[int], layer: int) -> int:
    depth = len(layers) - 1
    if not 0 <= layer < depth:
        raise ShapeError(f"there is no weight layer {layer + 1}; the network has layers 1 to {depth}")
    return sum((layers[i] + 1) * layers[i + 1] for i in range(layer))
