"""Small pictures of digits with round corners, drawn together into one pixmap."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap, QTransform

from bpviz.nn.arrays import ByteArray
from bpviz.viewmodel.run.batch_strip import IMAGE_SIDE


def digit_tiles(
    images: ByteArray, rects: Sequence[QRectF], size: QSizeF, radius: float, device_ratio: float
) -> QPixmap:
    """Return a clear pixmap with one digit in each rectangle.

    Parameters
    ----------
    images
        Grey images side by side, shape (28, 28 × n), one for each of `rects`.
    size
        Of the pixmap, in logical pixels.
    """
    pixmap = QPixmap(max(1, round(size.width() * device_ratio)), max(1, round(size.height() * device_ratio)))
    pixmap.setDevicePixelRatio(device_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if not rects:
        return pixmap
    height, width = images.shape
    atlas = QImage(images.data, width, height, width, QImage.Format.Format_Grayscale8)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    for index, rect in enumerate(rects):
        brush = QBrush(atlas.copy(index * IMAGE_SIDE, 0, IMAGE_SIDE, IMAGE_SIDE))
        place = QTransform.fromTranslate(rect.left(), rect.top())
        brush.setTransform(place.scale(rect.width() / IMAGE_SIDE, rect.height() / IMAGE_SIDE))
        painter.setBrush(brush)
        painter.drawRoundedRect(rect, radius, radius)
    painter.end()
    return pixmap
