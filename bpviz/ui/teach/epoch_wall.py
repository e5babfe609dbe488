"""All samples of an epoch side by side: which were used, which are in the batch, which are still to come."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QWidget

from bpviz.data.samples import Inputs
from bpviz.ui.gray_picture import gray_image
from bpviz.ui.network.network_items import NO_PEN
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.image_wall import columns_for, tiled
from bpviz.ui.text_pool import TextPool

_TOP = 66
_TITLE_MIDDLE, _STATE_MIDDLE = 14, 42
_GAP_SHARE = 0.06
_VEIL = 0.74


@dataclass(frozen=True, slots=True)
class EpochPlace:
    """Where a run stands in its epoch.

    Attributes
    ----------
    epoch
        From 1; 0 before the first iteration.
    used
        Samples used before the batch, by their places.
    batch
        Samples of the batch.
    """

    epoch: int
    iteration_in_epoch: int
    iterations_per_epoch: int
    used: tuple[int, ...]
    batch: tuple[int, ...]


class EpochWall(PlainView):
    """Shows images of 28 × 28 and how far the epoch is; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._images: Inputs | None = None
        self._place: EpochPlace | None = None
        self._cells: list[QRectF] = []
        self._picture = QGraphicsPixmapItem()
        self._veil, self._frame = QGraphicsPathItem(), QGraphicsPathItem()
        self._veil.setPen(NO_PEN)
        self._frame.setBrush(QBrush())
        for item in (self._picture, self._veil, self._frame):
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def place(self) -> EpochPlace | None:
        """Where in the epoch it stands."""
        return self._place

    def show_images(self, images: Inputs) -> None:
        """Show these images, shape (n, 784)."""
        if images is not self._images:
            self._images = images
            self._draw()

    def show_place(self, place: EpochPlace) -> None:
        """Show which images were used and which are in the batch."""
        if place != self._place:
            self._place = place
            self._mark()

    def _draw(self) -> None:
        images, top = self._images, self._source.px(_TOP)
        width, height = self.room_width, self.room_height - top
        if images is None or not len(images) or width < 10.0 or height < 10.0:
            return
        columns = columns_for(len(images), width, height)
        rows = -(-len(images) // columns)
        side = float(np.floor(min(width / columns, height / rows)))
        ratio = self.devicePixelRatioF()
        wall = gray_image(tiled(images, columns))
        pixmap = QPixmap.fromImage(
            wall.scaledToWidth(
                max(1, round(side * columns * ratio)), Qt.TransformationMode.SmoothTransformation
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self._picture.setPos(0.0, top)
        self._cells = [
            QRectF((n % columns) * side, top + (n // columns) * side, side, side) for n in range(len(images))
        ]
        self._mark()

    def _mark(self) -> None:
        place, theme = self._place, self._source.theme
        if place is None or not self._cells:
            return
        veil, frame = QPainterPath(), QPainterPath()
        for sample in place.used:
            veil.addRect(self._cells[sample])
        inset = self._cells[0].width() * _GAP_SHARE
        for sample in place.batch:
            frame.addRect(self._cells[sample].adjusted(inset, inset, -inset, -inset))
        color = QColor(theme.stage)
        color.setAlphaF(_VEIL)
        self._veil.setPath(veil)
        self._veil.setBrush(QBrush(color))
        self._frame.setPath(frame)
        pen = QPen(theme.activation, 3.0 * self._source.factor)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._frame.setPen(pen)
        self._write(place)

    def _write(self, place: EpochPlace) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        count, done = len(self._cells), len(place.used) + len(place.batch)
        title = f"{count} images"
        state = "none used yet"
        if place.epoch:
            title = f"Epoch {place.epoch}"
            state = f"iteration {place.iteration_in_epoch} of {place.iterations_per_epoch}"
        texts.begin()
        texts.write_at(title, FontRole.NUMBER, theme.text, 0.0, px(_TITLE_MIDDLE))
        right = texts.write_at(state, FontRole.SUBTITLE, theme.text, 0.0, px(_STATE_MIDDLE))
        if place.epoch:
            used = f"{done} of {count} used"
            texts.write_at(used, FontRole.SUBTITLE, theme.secondary, right + px(16), px(_STATE_MIDDLE))
        texts.end()
        self.setAccessibleName(f"{title}, {state}")
