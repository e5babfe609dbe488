"""Where a task of one or two inputs is drawn for a class: pictures of neurons at the left, answers large."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.network.graph_geometry import Rect, Tiles

_TOP_PX, _BOTTOM_PX = 26.0, 30.0
_AXIS_PX, _RIGHT_PX = 40.0, 12.0
_LEFT_PX = 30.0
_OUTPUT_PX = 14.0
_LARGEST_TILE_PX, _LARGEST_PITCH_PX, _TILE_GAP_PX = 58.0, 84.0, 7.0
_COLUMN_SHARE = 0.5
_SURFACE_SHARE = 0.62


@dataclass(frozen=True, slots=True, eq=False)
class TaskLayout:
    """Places in pixels.

    Attributes
    ----------
    columns
        The pictures of the inputs and of each hidden layer.
    port_x, port_y, n_outputs
        Where the outputs stand, one or two in the same place.
    """

    surface: Rect
    columns: tuple[Tiles, ...]
    port_x: float
    port_y: float
    n_outputs: int

    def right_ports(self, layer: int) -> tuple[FloatArray, FloatArray]:
        """Return where edges leave the neurons of a column."""
        column = self.columns[layer]
        return column.x + column.size, column.y + column.size / 2

    def left_ports(self, layer: int) -> tuple[FloatArray, FloatArray]:
        """Return where edges reach the neurons of a column, or the output after the last."""
        if layer == len(self.columns):
            return np.full(self.n_outputs, self.port_x), np.full(self.n_outputs, self.port_y)
        column = self.columns[layer]
        return column.x, column.y + column.size / 2


def task_layout(layers: tuple[int, ...], width: float, height: float, factor: float) -> TaskLayout:
    """Return the places for a network of these layers in a room of this size."""
    top, bottom = _TOP_PX * factor, _BOTTOM_PX * factor
    side = max(40.0, min(height - top - bottom, _SURFACE_SHARE * width))
    surface = Rect(width - side - _RIGHT_PX * factor, top + (height - top - bottom - side) / 2, side, side)
    port_x = surface.x - (_AXIS_PX + _OUTPUT_PX) * factor
    middle = surface.y + side / 2
    left = _LEFT_PX * factor
    step = max(1.0, (port_x - left) / (len(layers) - 1))
    columns = tuple(
        _column(n, left + k * step, middle, (side, step), factor) for k, n in enumerate(layers[:-1])
    )
    return TaskLayout(surface, columns, port_x, middle, layers[-1])


def _column(n: int, left: float, middle: float, room: tuple[float, float], factor: float) -> Tiles:
    height, step = room
    pitch = min(_LARGEST_PITCH_PX * factor, height / n)
    size = min(_LARGEST_TILE_PX * factor, pitch - _TILE_GAP_PX * factor, _COLUMN_SHARE * step)
    centers = middle + (np.arange(n) - (n - 1) / 2) * pitch
    return Tiles(np.full(n, left), centers - size / 2, size)
