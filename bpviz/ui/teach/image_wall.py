"""All images a network learns from side by side, so that a class sees how few, or how many, they are."""

import math

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QWidget

from bpviz.data.samples import Inputs
from bpviz.ui.gray_picture import gray_image
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.words.number_format import grouped

_SIDE = 28
_EDGE, _TOP = 14, 34
_TITLE_MIDDLE = 12
_MOST = 10_000


class ImageWall(PlainView):
    """Shows images of 28 × 28 as one picture, as large as fits; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._images: Inputs | None = None
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._picture)
        self._texts = TextPool(self.scene(), source)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def wall_rect(self) -> QRectF:
        """Where the images are, in viewport coordinates."""
        return self._picture.sceneBoundingRect()

    def show_images(self, images: Inputs) -> None:
        """Show these grey images, shape (n, 784)."""
        if images is not self._images:
            self._images = images
            self._draw()

    def _draw(self) -> None:
        images, px = self._images, self._source.px
        if images is None or not len(images) or self.room_width < 2 * px(_EDGE) + 1:
            return
        room = QRectF(px(_EDGE), px(_TOP), self.room_width - 2 * px(_EDGE), self.room_height - px(_TOP))
        columns = columns_for(len(images), room.width(), max(1.0, room.height()))
        wall = gray_image(tiled(images[:_MOST], columns))
        scale = min(room.width() / wall.width(), max(1.0, room.height()) / wall.height())
        ratio = self.devicePixelRatioF()
        fitted = wall.scaledToWidth(
            max(1, round(wall.width() * scale * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(fitted)
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self._picture.setPos(round(room.left()), round(room.top()))
        self._write(f"{grouped(len(images))} images to learn from")

    def _write(self, title: str) -> None:
        px, theme = self._source.px, self._source.theme
        self._texts.begin()
        self._texts.write_at(title, FontRole.TITLE, theme.text, px(_EDGE), px(_TITLE_MIDDLE))
        self._texts.end()
        self.setAccessibleName(title)


def columns_for(count: int, width: float, height: float) -> int:
    """Return how many columns let squares be largest when `count` of them fill a rectangle."""
    guess = max(1, math.ceil(math.sqrt(count * width / height)))
    near = range(max(1, guess // 2), min(2 * guess, count) + 1)

    def side(columns: int) -> float:
        # Whole rows look like a wall; a last one with a single image does not.
        return min(width / columns, height / math.ceil(count / columns)) * (1.0 if count % columns else 1.2)

    return max(near, key=side)


def tiled(images: Inputs, columns: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return images of 28 × 28, shape (n, 784), side by side as one picture of so many columns."""
    rows = math.ceil(len(images) / columns)
    cells = np.zeros((rows * columns, _SIDE, _SIDE), np.uint8)
    cells[: len(images)] = images.reshape(-1, _SIDE, _SIDE)
    return cells.reshape(rows, columns, _SIDE, _SIDE).swapaxes(1, 2).reshape(rows * _SIDE, columns * _SIDE)
