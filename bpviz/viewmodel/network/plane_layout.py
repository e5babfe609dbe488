"""Places of a network of one or two inputs: a small picture at every neuron, and a large one at the output.

The pictures show what each neuron answers over all inputs; edges end at them, discs stand at their right.
"""

from dataclasses import dataclass, replace

import numpy as np

from bpviz.viewmodel.network.graph_geometry import Column, LayoutRequest, OutputBlock, Rect, Tiles
from bpviz.viewmodel.network.layer_columns import HiddenPlan, neuron_column, row_pitch

_SURFACE_SHARE = 0.44
_LARGEST_SURFACE_PX, _SMALLEST_SURFACE_PX = 560.0, 196.0
_LAYER_PX = 106.0
"""Width a hidden layer should have before the surface takes more."""
_AXIS_PX = 36.0
"""Room for the names and numbers beside and below the surface."""
_ROW_PX = 34.0
INPUT_PX = 168.0
_LARGEST_PITCH_PX, _SMALLEST_PITCH_PX = 74.0, 32.0
_TILE_SIDES_PX = (56.0, 48.0, 40.0, 34.0, 28.0, 22.0, 0.0)
"""Where even the smallest picture leaves edges too short, there are none."""
_TILE_GAP_PX = 6.0
_GOOD_EDGE_PX, _SHORTEST_EDGE_PX = 34.0, 14.0
_PORT_PX = 8.5
_LEAD_PX = 7.0


@dataclass(frozen=True, slots=True)
class PlaneOutputs:
    """The output's large picture, and the row below it."""

    surface: Rect
    block: OutputBlock


def plane_outputs(request: LayoutRequest, net: Rect) -> PlaneOutputs:
    """Return the surface at the right, its output discs left of it and their rows below it."""
    f = request.factor
    margin, n = 24.0 * f, request.layers[-1]
    room = (
        request.width - 2 * margin - (INPUT_PX + _LAYER_PX * (len(request.layers) - 2) + _AXIS_PX + 50.0) * f
    )
    side = min(_SURFACE_SHARE * request.width, room, net.height - (_AXIS_PX + _ROW_PX * n) * f)
    side = min(max(side, _SMALLEST_SURFACE_PX * f), _LARGEST_SURFACE_PX * f)
    left = request.width - margin - side
    spare = max(0.0, net.height - side - (_AXIS_PX + _ROW_PX * n) * f)
    surface = Rect(left, net.y + min(0.4 * spare, 40.0 * f), side, side)
    return PlaneOutputs(surface, _output_block(request, surface))


def output_rows(request: LayoutRequest, surface: Rect) -> tuple[float, ...]:
    """Return the y of each output's row below the surface."""
    first = surface.bottom + (_AXIS_PX + 0.5 * _ROW_PX) * request.factor
    return tuple(first + k * _ROW_PX * request.factor for k in range(request.layers[-1]))


def _output_block(request: LayoutRequest, surface: Rect) -> OutputBlock:
    f = request.factor
    bus_x = surface.right + 2.0 * f
    # What a number should be has more digits than what a class should.
    box, box_width = 22.0 * f, (44.0 if request.layers[0] == 1 else 22.0) * f
    box_x = bus_x - 8.0 * f - box_width / 2
    value_right = box_x - box_width / 2 - 11.0 * f
    has_targets = request.arrangement.value == "lab"
    value_width, label_width = 50.0 * f, 22.0 * f if request.layers[-1] > 1 else 0.0
    bar_left = surface.x + label_width
    radius = 11.0 * f
    return OutputBlock(
        disc_x=surface.x - (_AXIS_PX + 4.0) * f - radius,
        radius=radius,
        pitch=_ROW_PX * f,
        label_x=surface.x + label_width / 2,
        bar_left=bar_left,
        bar_right=max(bar_left + 20.0 * f, value_right - value_width),
        bar_height=10.0 * f,
        value_right=value_right,
        box_x=box_x,
        box_size=box,
        bus_x=bus_x,
        has_targets=has_targets,
        row_y=output_rows(request, surface),
        box_width=box_width,
    )


def plan_plane(request: LayoutRequest, net: Rect, left: float, outputs: OutputBlock) -> HiddenPlan:
    """Return the hidden columns with a picture left of each disc; smaller ones where edges get too short."""
    f, hidden = request.factor, request.layers[1:-1]
    span = outputs.disc_x - outputs.radius - left
    pitches = [_pitch(request, net, n) for n in hidden]
    port = 2 * _PORT_PX * f + _LEAD_PX * f
    for largest in _TILE_SIDES_PX:
        sides = [min(largest * f, pitch - _TILE_GAP_PX * f) for pitch in pitches]
        stretch = (span - sum(sides) - len(hidden) * port) / (len(hidden) + 1)
        is_smallest = largest == min(filter(None, _TILE_SIDES_PX))
        if stretch >= (_SHORTEST_EDGE_PX if is_smallest else _GOOD_EDGE_PX) * f:
            break
    columns, heat, x = [], [], left
    for n, pitch, side in zip(hidden, pitches, sides if hidden else [], strict=True):
        x += stretch
        place = neuron_column(x + side + (_LEAD_PX + _PORT_PX) * f, net, n, _slots(request, net, n), pitch)
        columns.append(replace(place, radius=min(_PORT_PX * f, 0.3 * pitch)))
        heat.append(_tiles_of(columns[-1], x, side))
        x += side + port
    return HiddenPlan(tuple(columns), None, tuple(heat) if largest else ())


def input_heat(request: LayoutRequest, column: Column) -> Tiles:
    """Return the pictures of the inputs, left of their discs."""
    side = min(40.0 * request.factor, column.pitch - _TILE_GAP_PX * request.factor)
    return _tiles_of(column, column.x - column.radius - _LEAD_PX * request.factor - side, side)


def _tiles_of(column: Column, left: float, side: float) -> Tiles:
    return Tiles(np.full(len(column.y), left), column.y - side / 2, side)


def _slots(request: LayoutRequest, net: Rect, n: int) -> int:
    most = max(3, int(net.height / (_SMALLEST_PITCH_PX * request.factor)))
    return n if n <= most else max(3, most - 2)


def _pitch(request: LayoutRequest, net: Rect, n: int) -> float:
    return row_pitch(net.height, n, _slots(request, net, n), _LARGEST_PITCH_PX * request.factor)
