"""Columns of neurons between the input and the outputs, and the weight images of the first one."""

from dataclasses import dataclass, replace

import numpy as np

from bpviz.viewmodel.network.graph_geometry import Column, Gap, LayoutRequest, OutputBlock, Rect, Tiles
from bpviz.viewmodel.network.shown_neurons import edge_count

_SMALLEST_PITCH_PX = 13.5
_WIDE_LAYER_PITCH_PX = 17.0
_WIDE_LAYER_SLOTS = 28
"""More neurons of an abbreviated layer would only make each of them smaller."""
_LARGEST_PITCH_PX = 60.0
_LARGEST_RADIUS_PX = 14.0
_SMALLEST_EDGE_PX = 40.0
_GOOD_EDGE_PX = 76.0
_SMALLER_TILES_PX = (36.0, 30.0, 26.0)
_STAGGERED_GAP_PX = 5.0
_LEAD_PX = 14.0
_SINGLE_TILE_FROM_PX = 40.0
DISC_SHARE = 0.46
"""Radius of a disc in a full column, as a share of the distance between rows."""


@dataclass(frozen=True, slots=True)
class HiddenPlan:
    """Hidden columns, left to right, with the tiles of weight layer 0 or of all hidden layers."""

    columns: tuple[Column, ...]
    tiles: Tiles | None
    heat: tuple[Tiles, ...] = ()


@dataclass(frozen=True, slots=True)
class _TileSize:
    side: float
    n_columns: int

    @property
    def width(self) -> float:
        return self.n_columns * self.side + (self.n_columns - 1) * _STAGGERED_GAP_PX


def row_pitch(height: float, n: int, slots: int, largest: float) -> float:
    """Return the distance between rows; an abbreviated column has two more for its gaps."""
    rows = slots if slots == n else slots + 2
    return min(largest, height / rows)


def neuron_column(x: float, area: Rect, n: int, slots: int, pitch: float) -> Column:
    """Return a column of `slots` places centred in `area`, abbreviated if the layer has more neurons."""
    is_whole = slots == n
    rows = slots if is_whole else slots + 2
    y = area.center_y + (np.arange(rows) - (rows - 1) / 2) * pitch
    ends = edge_count(slots)
    gap_rows: tuple[int, ...] = () if is_whole else (ends, rows - 1 - ends)
    gaps = tuple(Gap(float(y[row]), is_counted=row == gap_rows[0]) for row in gap_rows)
    kept = np.delete(y, gap_rows) if gap_rows else y
    return Column(x, kept, DISC_SHARE * pitch, gaps, n, ends, pitch)


def ranked_column(x: float, area: Rect, n: int, slots: int, pitch: float) -> Column:
    """Return a column whose neurons stand by activation: those it leaves out come after the last."""
    if slots == n:
        return replace(neuron_column(x, area, n, slots, pitch), n_ends=0)
    y = area.center_y + (np.arange(slots + 1) - slots / 2) * pitch
    return Column(x, y[:-1], DISC_SHARE * pitch, (Gap(float(y[-1]), is_counted=True),), n, 0, pitch)


def plan_hidden(request: LayoutRequest, net: Rect, left: float, outputs: OutputBlock) -> HiddenPlan:
    """Return the hidden columns between `left` and the outputs, with tiles where they fit.

    All stretches in which edges run are equally long; tiles are left out before edges get too short.
    """
    span = outputs.disc_x - outputs.radius - left
    tile = _fitting_tile(request, net, span, _tile_size(request, net, outputs))
    stretch, lead = _stretch(request, net, span, tile), _lead(request, tile)
    columns = _hidden_columns(request, net, left + stretch + lead, stretch)
    if tile is None:
        return HiddenPlan(columns, None)
    first = columns[0] if columns else _direct_column(request, net, outputs)
    edge = first.x - (first.radius if columns else outputs.radius)
    return HiddenPlan(columns, _tiles(tile, first, edge - lead))


def _fitting_tile(
    request: LayoutRequest, net: Rect, span: float, largest: _TileSize | None
) -> _TileSize | None:
    """Return the largest tile that leaves edges a good length, else the smallest that leaves them any."""
    if largest is None:
        return None
    f = request.factor
    sides = [largest.side, *(side * f for side in _SMALLER_TILES_PX if side * f < largest.side)]
    tiles = [replace(largest, side=side) for side in sides]
    for tile in tiles:
        if _stretch(request, net, span, tile) >= _GOOD_EDGE_PX * f:
            return tile
    smallest = tiles[-1]
    return smallest if _stretch(request, net, span, smallest) >= _SMALLEST_EDGE_PX * f else None


def _lead(request: LayoutRequest, tile: _TileSize | None) -> float:
    """Return the room that tiles and the leads to their discs take."""
    return tile.width + _LEAD_PX * request.factor if tile else 0.0


def _stretch(request: LayoutRequest, net: Rect, span: float, tile: _TileSize | None) -> float:
    """Return the distance that edges run between two columns."""
    hidden = request.layers[1:-1]
    discs = sum(2 * _radius(request, net, n) for n in hidden)
    return (span - discs - _lead(request, tile)) / (len(hidden) + 1)


def _slots(request: LayoutRequest, net: Rect, n: int) -> int:
    f = request.factor
    if n <= int(net.height / (_SMALLEST_PITCH_PX * f)):
        return n
    return max(3, min(int(net.height / (_WIDE_LAYER_PITCH_PX * f)) - 2, _WIDE_LAYER_SLOTS))


def _pitch(request: LayoutRequest, net: Rect, n: int) -> float:
    return row_pitch(net.height, n, _slots(request, net, n), _LARGEST_PITCH_PX * request.factor)


def _radius(request: LayoutRequest, net: Rect, n: int) -> float:
    return min(_LARGEST_RADIUS_PX * request.factor, DISC_SHARE * _pitch(request, net, n))


def _hidden_columns(request: LayoutRequest, net: Rect, left: float, stretch: float) -> tuple[Column, ...]:
    columns = []
    for n in request.layers[1:-1]:
        radius = min(_radius(request, net, n), max(3.0, 0.4 * stretch))
        place = _radius(request, net, n)
        make = ranked_column if request.most_active_first else neuron_column
        column = make(left + place, net, n, _slots(request, net, n), _pitch(request, net, n))
        columns.append(replace(column, radius=radius))
        left += 2 * place + stretch
    return tuple(columns)


def _direct_column(request: LayoutRequest, net: Rect, outputs: OutputBlock) -> Column:
    n = request.layers[-1]
    return neuron_column(outputs.disc_x, net, n, n, outputs.pitch)


def _tile_size(request: LayoutRequest, net: Rect, outputs: OutputBlock) -> _TileSize | None:
    if not (request.with_tiles and request.image_side):
        return None
    f = request.factor
    is_direct = len(request.layers) == 2
    pitch = outputs.pitch if is_direct else _pitch(request, net, request.layers[1])
    if is_direct and pitch * request.layers[1] > net.height + 1:
        return None
    if pitch >= _SINGLE_TILE_FROM_PX * f:
        return _TileSize(min(pitch - 5.0 * f, 52.0 * f), 1)
    return _TileSize(min(2 * pitch - 4.0, 44.0 * f), 2)


def _tiles(tile: _TileSize, column: Column, left: float) -> Tiles:
    # By rows, not by slots: a gap row keeps its place, so tiles never overlap across it.
    rows = np.rint((column.y - column.y[0]) / column.pitch).astype(np.intp)
    side_by_side = rows % tile.n_columns
    x = left + side_by_side * (tile.side + _STAGGERED_GAP_PX)
    return Tiles(x, column.y - tile.side / 2, tile.side)
