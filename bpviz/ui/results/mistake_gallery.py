"""Thumbnails of misread digits, as many as there is room for; one can be chosen, the rest paged through."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QSizePolicy, QWidget

from bpviz.nn.arrays import ByteArray
from bpviz.ui.digit_tiles import digit_tiles
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.mistakes import MistakeTile

_TILE, _LEAST_GAP = 41, 6
_CAPTION, _SHARE, _BOTTOM = 15, 14, 6
_FRAME_GAP, _FRAME = 3, 2.0
_RADIUS = 4
_WHEEL_NOTCH = 120
_KEY_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MistakeGallery(PlainView):
    """Shows the tiles of one page; the owner asks `capacity` how many fit.

    Signals
    -------
    sample_chosen
        A tile was clicked: its row among the samples.
    page_turned
        The user wants to see the next page (+1) or the one before (-1).
    """

    sample_chosen = Signal(int)
    page_turned = Signal(int)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._tiles: tuple[MistakeTile, ...] = ()
        self._images: ByteArray | None = None
        self._chosen: int | None = None
        self._wheel = 0
        self._pictures = QGraphicsPixmapItem()
        self._borders, self._frame = QGraphicsPathItem(), QGraphicsPathItem()
        for item in (self._pictures, self._borders, self._frame):
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Misread digits, largest loss first")
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def tiles(self) -> tuple[MistakeTile, ...]:
        """What is shown."""
        return self._tiles

    @property
    def capacity(self) -> int:
        """How many tiles there is room for, at least one."""
        rows = int((self.room_height + self._source.px(_BOTTOM)) // self._row_height)
        return max(1, self._n_columns * rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._row_height)

    def show_tiles(self, tiles: Sequence[MistakeTile], images: ByteArray | None) -> None:
        """Show digits; `images` as `tile_images` makes them, None if there are no tiles."""
        self._tiles, self._images = tuple(tiles), images
        self._draw()

    def set_chosen(self, row: int | None) -> None:
        """Frame the sample of this row wherever it is shown; emits nothing."""
        self._chosen = row
        self._show_frame()

    def tile_rect(self, index: int) -> QRectF:
        """Return where a tile's image stands, in viewport coordinates."""
        px = self._source.px
        row, column = divmod(index, self._n_columns)
        pitch = (self.room_width - px(_TILE) - 2 * px(_FRAME_GAP)) / max(1, self._n_columns - 1)
        left = px(_FRAME_GAP) + column * pitch
        return QRectF(round(left), px(_FRAME_GAP) + row * self._row_height, px(_TILE), px(_TILE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tile = self._tile_at(event.position())
        if tile is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(tile)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        tile = self._tile_at(event.position())
        shape = Qt.CursorShape.ArrowCursor if tile is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip("" if tile is None else tile.words)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Touch pads send many small turns; a page is a whole notch.
        self._wheel += event.angleDelta().y()
        while abs(self._wheel) >= _WHEEL_NOTCH:
            step = -1 if self._wheel > 0 else 1
            self._wheel += step * _WHEEL_NOTCH
            self.page_turned.emit(step)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._n_columns,
            Qt.Key.Key_Down: self._n_columns,
        }
        if event.key() in _KEY_PAGES:
            self.page_turned.emit(_KEY_PAGES[Qt.Key(event.key())])
        elif event.key() in steps and self._tiles:
            self._choose_neighbor(steps[Qt.Key(event.key())])
        else:
            event.ignore()

    @property
    def _n_columns(self) -> int:
        px = self._source.px
        room = self.room_width - 2 * px(_FRAME_GAP) + px(_LEAST_GAP)
        return max(1, int(room // px(_TILE + _LEAST_GAP)))

    @property
    def _row_height(self) -> int:
        return self._source.px(_TILE + _FRAME_GAP + _CAPTION + _SHARE + _BOTTOM)

    def _choose_neighbor(self, step: int) -> None:
        rows = [tile.row for tile in self._tiles]
        place = rows.index(self._chosen) + step if self._chosen in rows else 0
        self._choose(self._tiles[min(max(place, 0), len(rows) - 1)])

    def _choose(self, tile: MistakeTile) -> None:
        self.set_chosen(tile.row)
        self.sample_chosen.emit(tile.row)

    def _draw(self) -> None:
        rects = [self.tile_rect(index) for index in range(len(self._tiles))]
        radius = self._source.px(_RADIUS)
        borders = QPainterPath()
        for rect in rects:
            borders.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._borders.setPath(borders)
        self._pictures.setVisible(bool(rects) and self._images is not None)
        if rects and self._images is not None:
            size = QSizeF(self.room_width, rects[-1].bottom() + 1.0)
            pixmap = digit_tiles(self._images, rects, size, radius, self.devicePixelRatioF())
            self._pictures.setPixmap(pixmap)
        self._texts.begin()
        for tile, rect in zip(self._tiles, rects, strict=True):
            self._write(tile, rect)
        self._texts.end()
        self._show_frame()

    def _write(self, tile: MistakeTile, rect: QRectF) -> None:
        theme, px = self._source.theme, self._source.px
        role = FontRole.VALUE if tile.is_wrong else FontRole.BODY
        color = theme.error_text if tile.is_wrong else theme.secondary
        middle = rect.bottom() + px(_FRAME_GAP) + px(_CAPTION) / 2
        self._texts.write_around(tile.caption, role, color, rect.center().x(), middle)
        middle += px(_CAPTION) / 2 + px(_SHARE) / 2
        self._texts.write_around(tile.share, FontRole.CAPTION, theme.secondary, rect.center().x(), middle)

    def _show_frame(self) -> None:
        path = QPainterPath()
        gap, radius = self._source.px(_FRAME_GAP) - _FRAME / 2, self._source.px(_RADIUS + _FRAME_GAP)
        for index, tile in enumerate(self._tiles):
            if tile.row == self._chosen:
                path.addRoundedRect(self.tile_rect(index).adjusted(-gap, -gap, gap, gap), radius, radius)
        self._frame.setPath(path)

    def _tile_at(self, at: QPointF) -> MistakeTile | None:
        for index, tile in enumerate(self._tiles):
            # The caption belongs to its tile.
            foot = self._row_height - self._source.px(_TILE)
            if self.tile_rect(index).adjusted(0, 0, 0, foot).contains(at):
                return tile
        return None

    def _on_theme_changed(self) -> None:
        theme = self._source.theme
        # The black tiles stand out on a light ground by themselves; a pale rim would fray their corners.
        self._borders.setPen(QPen(theme.strong_line, 1.0) if theme.is_dark else QPen(Qt.PenStyle.NoPen))
        self._frame.setPen(QPen(theme.ink, _FRAME))
        self.updateGeometry()
        self._draw()
