"""The ink of a picture laid on the canvas: white, or tinted inside a white outline as strokes are."""

import numpy as np
from PIL import Image, ImageFilter
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from bpviz.data.rasterize import Ink

_OUTLINE = 3
"""Width of the square whose darkest pixel is taken: the tint ends one ink pixel inside the ink."""


class InkPicture:
    """Keeps a picture's ink in a scene measured in ink pixels; belongs to the GUI thread."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._inner: QPixmap | None = None
        self._tint: QBrush | None = None
        self._white, self._tinted = QGraphicsPixmapItem(), QGraphicsPixmapItem()
        self._tinted.setZValue(1.0)
        for item in (self._white, self._tinted):
            item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
            item.setVisible(False)
            scene.addItem(item)

    def show(self, ink: Ink | None) -> None:
        """Show this ink, uint8, white on black, or none."""
        self._white.setVisible(ink is not None)
        self._inner = None
        if ink is not None:
            self._white.setPixmap(_white_where(ink))
            inner = Image.fromarray(ink).filter(ImageFilter.MinFilter(_OUTLINE))
            self._inner = _white_where(np.asarray(inner))
        self.set_tint(self._tint)

    def set_tint(self, tint: QBrush | None) -> None:
        """Colour the ink with a brush in ink pixels, or leave it white."""
        self._tint = tint
        self._tinted.setVisible(tint is not None and self._inner is not None)
        if tint is None or self._inner is None:
            return
        picture = QPixmap(self._inner)
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(picture.rect(), tint)
        painter.end()
        self._tinted.setPixmap(picture)


def _white_where(ink: Ink) -> QPixmap:
    """Return white, as opaque as there is ink; premultiplied, so all four channels are the ink."""
    levels = np.repeat(ink[:, :, np.newaxis], 4, axis=2).tobytes()
    height, width = ink.shape
    image = QImage(levels, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied)
    # A copy: the image above only looks at bytes that are gone when this returns.
    return QPixmap.fromImage(image.copy())
