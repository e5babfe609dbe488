"""The weight images of all neurons of the first layer side by side: what each of them looks for."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.ui.network.heat_tiles import color_places
from bpviz.ui.network.network_palette import Look, NetworkPalette
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import Theme
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.image_wall import columns_for
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.network.color_scale import nice_limit, percentile_of_size
from bpviz.viewmodel.network.edges import EdgeQuantity
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import short

_SIDE = 28
_BORDER_SHARE = 0.06
_EDGE, _TOP = 14, 38
_TITLE_MIDDLE = 12


class WeightWall(PlainView):
    """Shows up to some hundred neurons with 784 weights each, on one scale; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._weights: FloatArray | None = None
        self._palette: tuple[Theme, npt.NDArray[np.uint32]] | None = None
        self._picture = QGraphicsPixmapItem()
        self.scene().addItem(self._picture)
        self._texts = TextPool(self.scene(), source)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def picture(self) -> QPixmap:
        """All tiles, as they are shown."""
        return self._picture.pixmap()

    def show_weights(self, W: FloatArray) -> None:
        """Show the columns of W, shape (784, n), as images."""
        if W is not self._weights:
            self._weights = W
            self._draw()

    def _draw(self) -> None:
        W, px = self._weights, self._source.px
        room = QRectF(px(_EDGE), px(_TOP), self.room_width - 2 * px(_EDGE), self.room_height - px(_TOP))
        if W is None or room.width() < 1.0 or room.height() < 1.0:
            return
        count = W.shape[1]
        columns = columns_for(count, room.width(), room.height())
        rows = math.ceil(count / columns)
        ratio = self.devicePixelRatioF()
        # Whole pixels: images of equal weights must be equal, wherever they stand.
        cell = max(2, int(min(room.width() / columns, room.height() / rows) * ratio))
        limit = nice_limit(percentile_of_size(W[W != 0.0]))
        pixmap = self._painted(W, limit, QSize(columns, rows), cell)
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        left = room.left() + (room.width() - pixmap.width() / ratio) / 2
        top = room.top() + (room.height() - pixmap.height() / ratio) / 2
        self._picture.setPos(round(left), round(top))
        self._write(count, limit)

    def _painted(self, W: FloatArray, limit: float, grid: QSize, cell: int) -> QPixmap:
        side = cell - max(1, round(cell * _BORDER_SHARE))
        colors = self._colors()[color_places(W.T, -limit, limit)]
        pixmap = QPixmap(grid.width() * cell, grid.height() * cell)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        for place, tile in enumerate(colors):
            image = QImage(tile.tobytes(), _SIDE, _SIDE, 4 * _SIDE, QImage.Format.Format_RGB32)
            row, column = divmod(place, grid.width())
            painter.drawImage(QRect(column * cell, row * cell, side, side), image)
        painter.end()
        return pixmap

    def _colors(self) -> npt.NDArray[np.uint32]:
        theme = self._source.theme
        if self._palette is None or self._palette[0] is not theme:
            look = Look(Phase.FORWARD, EdgeQuantity.CONTRIBUTION, self._source.factor)
            self._palette = theme, NetworkPalette(theme, look).weight_colors()
        return self._palette[1]

    def _write(self, count: int, limit: float) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        title = f"The weights of {count} hidden neurons, as images"
        middle, right = px(_TITLE_MIDDLE), self.room_width - px(_EDGE)
        texts.begin()
        texts.write_at(title, FontRole.TITLE, theme.text, px(_EDGE), middle)
        left = texts.write_to(f"+{short(limit)}", FontRole.VALUE, theme.weight_positive_text, right, middle)
        left = texts.write_to("to", FontRole.BODY, theme.secondary, left - px(6), middle)
        texts.write_to(f"−{short(limit)}", FontRole.VALUE, theme.weight_negative_text, left - px(6), middle)
        texts.end()
        self.setAccessibleName(title)
