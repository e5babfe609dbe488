"""Weight images of the first weight layer, painted into one pixmap a few times a second."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.ui.network_items import Layer
from bpviz.ui.network_palette import N_RAMP_COLORS
from bpviz.ui.theme import Theme
from bpviz.viewmodel.graph_geometry import Tiles

_SHARPEST = 4.0
"""Largest resolution tiles are painted at; closer looks are magnified from it."""

_CORNER_PX = 3.0


class WeightTiles:
    """One pixmap item over the area of all tiles; a frame repaints it as a single copy."""

    def __init__(self, parent: QGraphicsItem, tiles: Tiles, side: int, theme: Theme) -> None:
        self._tiles = tiles
        self._side = side
        self._theme = theme
        self._left, self._top = float(tiles.x.min()) - 1.0, float(tiles.y.min()) - 1.0
        self._width = float(tiles.x.max()) + tiles.size + 1.0 - self._left
        self._height = float(tiles.y.max()) + tiles.size + 1.0 - self._top
        self._item = QGraphicsPixmapItem(parent)
        self._item.setPos(self._left, self._top)
        self._item.setZValue(Layer.TILES.value)

    def set_share(self, share: float) -> None:
        """Show the tiles at this strength, 1 for full."""
        self._item.setOpacity(share)

    def paint(
        self, W: FloatArray, shown: IndexArray, limit: float, colors: npt.NDArray[np.uint32], scale: float
    ) -> None:
        """Paint the weights into each shown neuron.

        Parameters
        ----------
        W
            First layer's weights, shape (n_in, n_out).
        shown
            Neuron of each slot.
        limit
            The weight drawn in full colour.
        colors
            256 colours from most negative to most positive.
        scale
            Device pixels per stage pixel.
        """
        scale = min(_SHARPEST, max(1.0, scale))
        pixmap = QPixmap(round(self._width * scale), round(self._height * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        images = weight_images(W[:, shown], self._side, limit, colors)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.strong_line, 1.0))
        painter.translate(-self._left, -self._top)
        for image, x, y in zip(images, self._tiles.x.tolist(), self._tiles.y.tolist(), strict=True):
            self._paint_tile(painter, image, QPointF(x, y), scale)
        painter.end()
        self._item.setPixmap(pixmap)

    def _paint_tile(self, painter: QPainter, image: QImage, corner: QPointF, scale: float) -> None:
        """Paint a tile as a rounded box filled with its image: clipping to one is far slower."""
        size = self._tiles.size
        side = max(1, round(size * scale))
        ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        brush = QBrush(image.scaled(side, side, ignore, smooth))
        brush.setTransform(QTransform(size / side, 0.0, 0.0, size / side, corner.x(), corner.y()))
        painter.setBrush(brush)
        painter.drawRoundedRect(QRectF(corner.x(), corner.y(), size, size), _CORNER_PX, _CORNER_PX)


def weight_images(W: FloatArray, side: int, limit: float, colors: npt.NDArray[np.uint32]) -> Sequence[QImage]:
    """Return one image of side × side pixels for each column of `W`, shape (side², n)."""
    middle = (N_RAMP_COLORS - 1) / 2
    level = np.clip(W.T * (middle / limit) + middle, 0, N_RAMP_COLORS - 1)
    pixels = colors[np.nan_to_num(level, nan=middle).astype(np.intp)]
    # Copied: a QImage borrows the memory it is made from.
    return [QImage(row.tobytes(), side, side, 4 * side, QImage.Format.Format_RGB32).copy() for row in pixels]
