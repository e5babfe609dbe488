"""Small square images of gradients side by side, composed with NumPy into one picture."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QGraphicsScene

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.network_palette import Look, NetworkPalette
from bpviz.ui.network.weight_tiles import rounded_mask, smoothing_matrix, weight_colors
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.edges import EdgeQuantity
from bpviz.viewmodel.run.phases import Phase

_RADIUS = 4
_LIFT = 0.7
"""Where samples disagree their average is a small part of each: the middle of the ramp is left faster."""


class GradientTiles:
    """Owns the picture of all tiles and their borders; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._source = source
        self._item = QGraphicsPixmapItem()
        self._borders = QGraphicsPathItem()
        for item in (self._item, self._borders):
            scene.addItem(item)
        self._colors = np.zeros(0, np.uint32)

    def dress(self) -> None:
        """Take the colours of the present theme."""
        theme, factor = self._source.theme, self._source.factor
        palette = NetworkPalette(theme, Look(Phase.BACKWARD, EdgeQuantity.GRADIENT, factor))
        colors = palette.gradient_colors()
        t = np.linspace(-1.0, 1.0, len(colors))
        steeper = np.sign(t) * np.abs(t) ** _LIFT
        self._colors = colors[np.rint((steeper + 1.0) / 2.0 * (len(colors) - 1)).astype(np.intp)]
        # The two middle colours hold zero, which must have no tint at all.
        middle = len(colors) // 2
        self._colors[middle - 1 : middle + 1] = theme.weight_zero.rgb()
        self._borders.setPen(QPen(theme.strong_line, 1.0))

    def show(
        self, images: Sequence[FloatArray], places: Sequence[QRectF], limit: float, ratio: float
    ) -> None:
        """Show square images in square places; `limit` is drawn in full colour, `ratio` is the screen's."""
        path, radius = QPainterPath(), self._source.px(_RADIUS)
        right = max((place.right() for place in places), default=1.0)
        bottom = max((place.bottom() for place in places), default=1.0)
        picture = np.zeros((round(bottom * ratio), round(right * ratio)), np.uint32)
        for image, place in zip(images, places, strict=True):
            tile = self._tile(image, round(place.width() * ratio), limit, radius * ratio)
            top, left = round(place.top() * ratio), round(place.left() * ratio)
            height, width = picture[top : top + len(tile), left : left + len(tile)].shape
            picture[top : top + height, left : left + width] = tile[:height, :width]
            path.addRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        height, width = picture.shape
        form = QImage.Format.Format_ARGB32_Premultiplied
        shown = QImage(picture.tobytes(), width, height, 4 * width, form)
        shown.setDevicePixelRatio(ratio)
        self._item.setPixmap(QPixmap.fromImage(shown))
        self._borders.setPath(path)

    def _tile(self, image: FloatArray, px: int, limit: float, radius: float) -> npt.NDArray[np.uint32]:
        side = len(image)
        smooth = smoothing_matrix(side, px)
        tiles = weight_colors(image.reshape(-1, 1), side, limit, self._colors, smooth)
        tile = np.array(tiles[0])
        tile[~rounded_mask(px, round(radius))] = 0
        return tile
