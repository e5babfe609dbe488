"""The samples of the batch under the network, largest loss first; one can be chosen to be watched."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QSizePolicy,
    QWidget,
)

from bpviz.data.samples import Samples
from bpviz.nn.arrays import ByteArray
from bpviz.training.snapshot import BatchPass
from bpviz.ui.digit_tiles import digit_tiles
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.batch_strip import N_PIXELS, BatchStrip, BatchTile, batch_strip, tile_images

REFRESH_INTERVAL_S = 0.25
"""Four times a second while training runs: digits that change at every frame cannot be looked at."""
HEIGHT = 86

_TILE, _PITCH = 36, 44
_TILE_TOP = 25
_RADIUS = 4
_BAR_GAP, _BAR = 4, 3
_CAPTION_MIDDLE = 77
_TITLE_MIDDLE = 9
_TITLE_GAP = 12
_FRAME_GAP, _FRAME = 3, 2.0
_KEY_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class BatchStripView(PlainView):
    """Shows the batch of the newest snapshot and hides itself if its samples are no 28×28 images.

    Signals
    -------
    sample_selected
        A sample was chosen: its row in the training set.
    """

    sample_selected = Signal(int)

    def __init__(
        self,
        source: ThemeSource,
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._clock = clock
        self._drawn_at: float | None = None
        self._is_running = False
        self._has_images = True
        self._waiting: tuple[BatchPass, Samples] | None = None
        self._latest: tuple[BatchPass, Samples] | None = None
        self._strip: BatchStrip | None = None
        self._selected: int | None = None
        self._reserved = 0
        self._create_items()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Samples of this batch")
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self._draw_latest)
        self._on_theme_changed()

    def _create_items(self) -> None:
        self._tiles = QGraphicsPixmapItem()
        self._borders, self._frame = QGraphicsPathItem(), QGraphicsPathItem()
        self._grounds, self._bars = QGraphicsPathItem(), QGraphicsPathItem()
        stack: tuple[QGraphicsItem, ...] = (
            self._tiles,
            self._borders,
            self._grounds,
            self._bars,
            self._frame,
        )
        for item in stack:
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), self._source)

    @property
    def strip(self) -> BatchStrip | None:
        """What is drawn now."""
        return self._strip

    @property
    def has_images(self) -> bool:
        """Whether the samples are pictures; without them the strip is hidden."""
        return self._has_images

    def show_batch(self, batch: BatchPass, train: Samples) -> None:
        """Show a batch: at once while paused, at most four times a second while training runs."""
        if self._latest is not None and self._latest[0] is batch and self._latest[1] is train:
            self._waiting = None
            return
        self._waiting = (batch, train)
        is_due = self._drawn_at is None or self._clock() - self._drawn_at >= REFRESH_INTERVAL_S
        if is_due or not self._is_running:
            self._draw_waiting()

    def set_running(self, is_running: bool) -> None:
        """Say whether training runs; when it stops, the newest batch is shown at once."""
        if is_running == self._is_running:
            return
        self._is_running = is_running
        if not is_running:
            self._draw_waiting()
            self._show_frame()

    def set_selected(self, row: int | None) -> None:
        """Frame the sample with this row in the training set wherever it appears; None frames none.

        While training runs the frame moves together with the digits, not by itself at every snapshot.
        """
        if row != self._selected:
            self._selected = row
            if not self._is_running:
                self._show_frame()

    def reserve(self, width_px: int) -> None:
        """Keep so many pixels at the right of the title free."""
        self._reserved = width_px
        self._draw_latest()

    def select_neighbour(self, step: int) -> None:
        """Choose the sample `step` places further on among those shown, as the arrow keys do."""
        tiles = self._strip.tiles if self._strip else ()
        if not tiles:
            return
        rows = [tile.row for tile in tiles]
        start = rows.index(self._selected) if self._selected in rows else -1 if step > 0 else 1
        self._select(tiles[min(max(start + step, 0), len(tiles) - 1)])

    def tile_rect(self, index: int) -> QRectF:
        """Return where a tile's image stands, in viewport coordinates."""
        px = self._source.px
        return QRectF(index * px(_PITCH) + px(_FRAME_GAP), px(_TILE_TOP), px(_TILE), px(_TILE))

    def _draw_waiting(self) -> None:
        if self._waiting is None:
            return
        self._latest, self._waiting = self._waiting, None
        self._drawn_at = self._clock()
        self._show_or_hide(self._latest[1].inputs.shape[1] == N_PIXELS)
        self._draw_latest()

    def _show_or_hide(self, has_images: bool) -> None:
        if has_images == self._has_images:
            return
        self._has_images = has_images
        self.setVisible(has_images)

    def _draw_latest(self) -> None:
        if self._latest is None or not self._has_images:
            return
        batch, train = self._latest
        px = self._source.px
        room = round(self.room_width) - px(_FRAME_GAP) - px(_TILE) - px(_FRAME_GAP)
        strip = batch_strip(batch, room // px(_PITCH) + 1 if room >= 0 else 0)
        self._strip = strip
        self._show_tiles(tile_images(train, strip.rows), len(strip.tiles))
        self._show_bars(strip)
        self._texts.begin()
        self._show_title(strip)
        for index, tile in enumerate(strip.tiles):
            self._show_caption(index, tile)
        self._texts.end()
        self._show_frame()

    def _on_theme_changed(self) -> None:
        theme = self._source.theme
        self.setFixedHeight(self._source.px(HEIGHT))
        for item, color in ((self._grounds, theme.line), (self._bars, theme.error)):
            pen = QPen(color, self._source.px(_BAR))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)
        # The black tiles stand out on a light ground by themselves; a pale rim would fray their corners.
        self._borders.setPen(QPen(theme.strong_line, 1.0) if theme.is_dark else QPen(Qt.PenStyle.NoPen))
        self._frame.setPen(QPen(theme.ink, _FRAME))
        self._draw_latest()

    def _show_tiles(self, images: ByteArray, n_tiles: int) -> None:
        rects = [self.tile_rect(index) for index in range(n_tiles)]
        size = QSizeF(self.tile_rect(n_tiles).left(), self.tile_rect(0).bottom())
        radius = self._source.px(_RADIUS)
        self._tiles.setPixmap(digit_tiles(images, rects, size, radius, self.devicePixelRatioF()))
        borders = QPainterPath()
        for rect in rects:
            borders.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._borders.setPath(borders)

    def _show_bars(self, strip: BatchStrip) -> None:
        grounds, bars = QPainterPath(), QPainterPath()
        px = self._source.px
        for index, tile in enumerate(strip.tiles):
            rect = self.tile_rect(index)
            y = rect.bottom() + px(_BAR_GAP) + px(_BAR) / 2
            for path, share in ((grounds, 1.0), (bars, tile.loss_share)):
                path.moveTo(rect.left(), y)
                path.lineTo(rect.left() + share * rect.width(), y)
        self._grounds.setPath(grounds)
        self._bars.setPath(bars)

    def _show_title(self, strip: BatchStrip) -> None:
        theme, px, texts = self._source.theme, self._source.px, self._texts
        middle, gap = px(_TITLE_MIDDLE), px(_TITLE_GAP)
        left = self.tile_rect(0).left()
        left = gap + texts.write_at("This batch", FontRole.VALUE, theme.text, left, middle)
        left = gap + texts.write_at(strip.sentence, FontRole.BODY, theme.secondary, left, middle)
        right = self.room_width - px(_FRAME_GAP) - self._reserved
        if left + texts.metrics(FontRole.BODY).width(strip.scale_note) <= right:
            texts.write_to(strip.scale_note, FontRole.BODY, theme.tertiary, right, middle)

    def _show_caption(self, index: int, tile: BatchTile) -> None:
        theme = self._source.theme
        role = FontRole.VALUE if tile.is_wrong else FontRole.BODY
        color = theme.error_text if tile.is_wrong else theme.secondary
        center, middle = self.tile_rect(index).center().x(), self._source.px(_CAPTION_MIDDLE)
        self._texts.write_around(tile.caption, role, color, center, middle)

    def _show_frame(self) -> None:
        path = QPainterPath()
        gap, radius = self._source.px(_FRAME_GAP) - _FRAME / 2, self._source.px(_RADIUS + _FRAME_GAP)
        for index, tile in enumerate(self._strip.tiles if self._strip else ()):
            if tile.row == self._selected:
                path.addRoundedRect(self.tile_rect(index).adjusted(-gap, -gap, gap, gap), radius, radius)
        self._frame.setPath(path)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tile = self._tile_at(event.position())
        if tile is not None and event.button() is Qt.MouseButton.LeftButton:
            self._select(tile)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        tile = self._tile_at(event.position())
        shape = Qt.CursorShape.ArrowCursor if tile is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip("" if tile is None else tile.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEY_STEPS and self._strip is not None and self._strip.tiles:
            self.select_neighbour(_KEY_STEPS[Qt.Key(event.key())])
        else:
            event.ignore()

    def _select(self, tile: BatchTile) -> None:
        self._selected = tile.row
        self._show_frame()
        self.sample_selected.emit(tile.row)

    def _tile_at(self, at: QPointF) -> BatchTile | None:
        for index, tile in enumerate(self._strip.tiles if self._strip else ()):
            # The caption belongs to its tile.
            if self.tile_rect(index).adjusted(0, 0, 0, self._source.px(HEIGHT)).contains(at):
                return tile
        return None
