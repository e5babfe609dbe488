"""Weight images of the first weight layer, composed into one picture a few times a second.

NumPy does the composing: thirty tiles painted one by one were hundreds of calls into Qt, each of which
lets go of the interpreter lock and waits for the trainer to give it back.
"""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.network_items import Layer
from bpviz.ui.network.network_palette import N_RAMP_COLORS
from bpviz.ui.style.theme import Theme
from bpviz.viewmodel.network.graph_geometry import Tiles

_SHARPEST = 4.0
"""Largest resolution tiles are painted at; closer looks are magnified from it."""

_CORNER_PX = 3.0


class WeightTiles:
    """One pixmap over the area of all tiles, with their borders as one path that never changes."""

    def __init__(self, parent: QGraphicsItem, tiles: Tiles, side: int, theme: Theme) -> None:
        self._tiles = tiles
        self._side = side
        self._left, self._top = float(tiles.x.min()) - 1.0, float(tiles.y.min()) - 1.0
        self._width = float(tiles.x.max()) + tiles.size + 1.0 - self._left
        self._height = float(tiles.y.max()) + tiles.size + 1.0 - self._top
        self._item = QGraphicsPixmapItem(parent)
        self._item.setPos(self._left, self._top)
        self._item.setZValue(Layer.TILES.value)
        self._borders = QGraphicsPathItem(_rounded_boxes(tiles), parent)
        self._borders.setPen(QPen(theme.strong_line, 1.0))
        self._borders.setZValue(Layer.TILES.value)
        self._grid: _Grid | None = None
        self._share = 1.0

    def set_share(self, share: float) -> None:
        """Show the tiles at this strength, 1 for full."""
        if share == self._share:
            return
        self._share = share
        self._item.setOpacity(share)
        self._borders.setOpacity(share)

    def paint(self, values: FloatArray, limit: float, colors: npt.NDArray[np.uint32], scale: float) -> None:
        """Show one image in each slot.

        Parameters
        ----------
        values
            One column of pixels for each slot, shape (n_in, slots).
        limit
            The value drawn in full colour.
        colors
            256 colours from most negative to most positive.
        scale
            Device pixels per stage pixel.
        """
        scale = min(_SHARPEST, max(1.0, scale))
        if self._grid is None or self._grid.scale != scale:
            self._grid = self._grid_at(scale)
        pixels = self._grid.compose(weight_colors(values, self._side, limit, colors, self._grid.smooth))
        height, width = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        self._item.setPixmap(QPixmap.fromImage(image))

    def _grid_at(self, scale: float) -> "_Grid":
        tile_px = max(1, round(self._tiles.size * scale))
        rows = np.round((self._tiles.y - self._top) * scale).astype(np.intp)
        columns = np.round((self._tiles.x - self._left) * scale).astype(np.intp)
        shape = (
            max(round(self._height * scale), int(rows.max()) + tile_px),
            max(round(self._width * scale), int(columns.max()) + tile_px),
        )
        return _Grid(
            scale, shape, list(zip(rows.tolist(), columns.tolist(), strict=True)), tile_px, self._side
        )


class _Grid:
    """Places square tiles in a picture of a given resolution."""

    def __init__(
        self,
        scale: float,
        shape: tuple[int, int],
        corners: list[tuple[int, int]],
        tile_px: int,
        side: int,
    ) -> None:
        self.scale = scale
        self.smooth = smoothing_matrix(side, tile_px)
        self._shape = shape
        self._corners = corners
        self._tile_px = tile_px
        self._outside = ~rounded_mask(tile_px, round(_CORNER_PX * scale))

    def compose(self, tiles: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        """Return the picture with these tiles, shape (n, tile, tile); transparent between them."""
        tiles[:, self._outside] = 0
        picture = np.zeros(self._shape, np.uint32)
        for tile, (row, column) in zip(tiles, self._corners, strict=True):
            picture[row : row + self._tile_px, column : column + self._tile_px] = tile
        return picture


def weight_colors(
    W: FloatArray, side: int, limit: float, colors: npt.NDArray[np.uint32], smooth: FloatArray
) -> npt.NDArray[np.uint32]:
    """Return one square of colours for each column of `W`, shape (side², n), magnified by `smooth`."""
    images = np.nan_to_num(W.T.reshape(-1, side, side), posinf=limit, neginf=-limit)
    middle = (N_RAMP_COLORS - 1) / 2
    level = (smooth @ images @ smooth.T) * (middle / limit) + middle
    return colors[np.clip(level, 0, N_RAMP_COLORS - 1).astype(np.intp)]


def smoothing_matrix(side: int, target: int) -> FloatArray:
    """Return the matrix, shape (target, side), that stretches or shrinks a row of pixels smoothly.

    Rows sum to 1: linear interpolation when stretching, a triangle over the pixels merged when shrinking.
    """
    centers = (np.arange(target) + 0.5) * side / target - 0.5
    reach = max(1.0, side / target)
    weights = np.clip(1.0 - np.abs(centers[:, None] - np.arange(side)[None, :]) / reach, 0.0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def rounded_mask(side: int, radius: int) -> npt.NDArray[np.bool_]:
    """Return which pixels of a square lie inside it when its corners are rounded, shape (side, side)."""
    radius = min(radius, side // 2)
    distance = np.maximum(0.0, np.abs(np.arange(side) - (side - 1) / 2) - ((side - 1) / 2 - radius))
    return np.asarray(np.hypot(distance[:, None], distance[None, :]) <= radius + 0.25)


def _rounded_boxes(tiles: Tiles) -> QPainterPath:
    path = QPainterPath()
    for x, y in zip(tiles.x.tolist(), tiles.y.tolist(), strict=True):
        path.addRoundedRect(QRectF(x, y, tiles.size, tiles.size), _CORNER_PX, _CORNER_PX)
    return path
