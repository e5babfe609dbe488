"""What of the drawn network lies under a point."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.network.graph_geometry import Column, GraphLayout, Rect, Tiles
from bpviz.viewmodel.network.network_picture import NetworkPicture
from bpviz.viewmodel.network.parts import (
    BiasPart,
    GapPart,
    InputPart,
    LegendPart,
    LossPart,
    NeuronPart,
    Part,
    WeightPart,
)

_EDGE_REACH_PX = 4.0
_DISC_REACH_PX = 2.0


@dataclass(frozen=True, slots=True)
class Target:
    """A point of the stage, and how many stage pixels a screen pixel is (less than 1 when zoomed in)."""

    x: float
    y: float
    pixel: float = 1.0


def part_at(target: Target, layout: GraphLayout, picture: NetworkPicture, values: FloatArray) -> Part | None:
    """Return what lies under the point, nearest to the eye first; None for the bare stage.

    Parameters
    ----------
    values
        What each edge of the picture stands for; among edges equally near the strongest wins.
    """
    for find in (_neuron, _tile, _bias, _loss, _output_row, _gap, _input, _legend):
        part = find(target, layout, picture)
        if part is not None:
            return part
    return _edge(target, picture, values)


def _neuron(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    reach = _DISC_REACH_PX * target.pixel
    for layer, column in enumerate(layout.columns):
        slot = _slot_at(target, column, reach)
        if slot is not None:
            return NeuronPart(layer, int(picture.shown[layer][slot]))
    inputs = layout.input.column
    slot = None if inputs is None else _slot_at(target, inputs, reach)
    return None if slot is None else InputPart(int(picture.inputs[slot]))


def _slot_at(target: Target, column: Column, reach: float) -> int | None:
    slot = int(np.abs(column.y - target.y).argmin())
    distance = np.hypot(column.x - target.x, column.y[slot] - target.y)
    return slot if distance <= column.radius + reach else None


def _tile(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    for layer in range(len(layout.columns)):
        slot = _tile_slot(target, layout.tiles_of(layer))
        if slot is not None:
            return NeuronPart(layer, int(picture.shown[layer][slot]))
    slot = _tile_slot(target, layout.input.heat)
    return None if slot is None else InputPart(int(picture.inputs[slot]))


def _tile_slot(target: Target, tiles: Tiles | None) -> int | None:
    if tiles is None:
        return None
    across = (tiles.x <= target.x) & (target.x <= tiles.x + tiles.size)
    inside = across & (tiles.y <= target.y) & (target.y <= tiles.y + tiles.size)
    return int(inside.argmax()) if inside.any() else None


def _bias(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    for layer, node in enumerate(layout.biases):
        if max(abs(node.x - target.x), abs(node.y - target.y)) <= node.size / 2:
            return BiasPart(layer)
    return None


def _loss(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    return LossPart() if layout.loss is not None and layout.loss.rect.contains(target.x, target.y) else None


def _output_row(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    outputs, rows = layout.outputs, np.array(layout.row_y)
    slot = int(np.abs(rows - target.y).argmin())
    height = 0.8 * outputs.pitch
    left = outputs.disc_x if outputs.row_y is None else outputs.bar_left
    row = Rect(left, float(rows[slot]) - height / 2, outputs.bus_x - left, height)
    last = len(layout.columns) - 1
    return NeuronPart(last, int(picture.shown[last][slot])) if row.contains(target.x, target.y) else None


def _gap(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    columns = ((-1, layout.input.column), *enumerate(layout.columns))
    for layer, column in columns:
        for gap in column.gaps if column is not None else ():
            assert column is not None
            if abs(column.x - target.x) <= 2 * column.radius and abs(gap.y - target.y) <= column.pitch / 2:
                return GapPart(layer)
    return None


def _input(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    block, side = layout.input, layout.request.image_side
    area = block.picture if block.column is None else block.thumbnail
    if not side or area is None or not area.contains(target.x, target.y):
        return None
    column = min(side - 1, int((target.x - area.x) * side / area.width))
    row = min(side - 1, int((target.y - area.y) * side / area.height))
    return InputPart(row * side + column)


def _legend(target: Target, layout: GraphLayout, picture: NetworkPicture) -> Part | None:
    block = layout.input
    if not block.legend.contains(target.x, target.y):
        return None
    row = int((target.y - block.legend.y) / block.legend_row)
    return LegendPart(row) if row < len(picture.legend) else None


def _edge(target: Target, picture: NetworkPicture, values: FloatArray) -> Part | None:
    """Return the weight whose line is nearest, if it is near enough."""
    edges = picture.edges
    if not len(edges):
        return None
    distance = _distances(target, picture.lines.x, picture.lines.y)
    reach = _EDGE_REACH_PX * target.pixel
    near = np.flatnonzero(distance <= reach)
    if not near.size:
        return None
    # Rounded to half a pixel: of lines that overlap, the strongest is on top and is the one meant.
    rank = np.lexsort((-np.abs(values[near]), np.round(2 * distance[near] / target.pixel)))
    edge = int(near[rank[0]])
    return WeightPart(int(edges.layer[edge]), int(edges.source[edge]), int(edges.target[edge]))


def _distances(target: Target, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the distance of the point from each line."""
    along_x, along_y = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]
    length = np.maximum(along_x**2 + along_y**2, 1e-12)
    share = ((target.x - x[:, 0]) * along_x + (target.y - y[:, 0]) * along_y) / length
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(np.hypot(x[:, 0] + share * along_x - target.x, y[:, 0] + share * along_y - target.y))
