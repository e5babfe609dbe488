"""What the gradient of a batch is made of: up to ten samples' own pictures, and their average."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QSizePolicy, QWidget

from bpviz.ui.network.gradient_tiles import GradientTiles
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.batch_anatomy import MOST_SAMPLES, BatchAnatomy, SampleGradient

HEIGHT = 118

_TITLE_MIDDLE, _TITLE_GAP = 9, 12
_TILE_TOP, _TILE, _SIGN = 27, 44, 14
_MEAN = 50
_BAR_GAP, _BAR = 4, 3
_SHARE_MIDDLE = 86
_COUNTER_MIDDLE = 108
_EDGE, _FRAME, _RADIUS = 3, 2.0, 4
_BELOW = 20
_NARROWEST_SIGN = 3
_WIDEST_SUM = "+ 888 more ÷ 888 ="
_SIGNS = "purple +, green −"
_NOTES = ("Bars: share of the gradient; red: read wrongly", "Bars: share of the gradient")
_KEY_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class BatchAnatomyView(PlainView):
    """Shows a `BatchAnatomy`; built of C++ items only.

    Signals
    -------
    sample_selected
        A sample was chosen: its row in the training set.
    """

    sample_selected = Signal(int)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._anatomy: BatchAnatomy | None = None
        self._selected: int | None = None
        self._reserved = 0
        self._create_items()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Gradients of the batch's samples and their average")
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self._draw)
        self._on_theme_changed()

    def _create_items(self) -> None:
        scene = self.scene()
        self._tiles = GradientTiles(scene, self._source)
        self._grounds, self._bars = QGraphicsPathItem(), QGraphicsPathItem()
        self._frame = QGraphicsPathItem()
        items: tuple[QGraphicsItem, ...] = (self._grounds, self._bars, self._frame)
        for item in items:
            scene.addItem(item)
        self._texts = TextPool(scene, self._source)

    @property
    def anatomy(self) -> BatchAnatomy | None:
        """What is shown."""
        return self._anatomy

    @property
    def most_samples(self) -> int:
        """Pictures that fit beside the average, at most ten."""
        px = self._source.px
        words = self._texts.metrics(FontRole.VALUE).width(_WIDEST_SUM) + 2 * px(_TITLE_GAP)
        room = self.room_width - 2 * px(_EDGE) - px(_MEAN) - words
        return max(1, min(MOST_SAMPLES, int((room + px(_NARROWEST_SIGN)) // px(_TILE + _NARROWEST_SIGN))))

    def show_anatomy(self, anatomy: BatchAnatomy, selected: int | None) -> None:
        """Show a batch; the sample with row `selected` is framed."""
        self._anatomy, self._selected = anatomy, selected
        self._draw()

    def reserve(self, width_px: int) -> None:
        """Keep so many pixels at the right of the title free."""
        self._reserved = width_px
        self._draw()

    def select_neighbour(self, step: int) -> None:
        """Choose the sample `step` places further on, as the arrow keys do."""
        samples = self._anatomy.samples if self._anatomy else ()
        if not samples:
            return
        rows = [sample.row for sample in samples]
        start = rows.index(self._selected) if self._selected in rows else -1 if step > 0 else 1
        self._select(samples[min(max(start + step, 0), len(samples) - 1)])

    def tile_rect(self, index: int) -> QRectF:
        """Return where a sample's picture stands, in viewport coordinates."""
        px = self._source.px
        return QRectF(index * self._pitch() + px(_EDGE), px(_TILE_TOP), px(_TILE), px(_TILE))

    @property
    def mean_rect(self) -> QRectF:
        """Where the average stands, in viewport coordinates."""
        px, anatomy = self._source.px, self._anatomy
        if anatomy is None:
            return QRectF()
        left = self.tile_rect(len(anatomy.samples) - 1).right() + self._sum_width(anatomy)
        return QRectF(left, px(_TILE_TOP), px(_MEAN), px(_MEAN))

    def _pitch(self) -> float:
        """Return the distance of the pictures: the signs between them give way in a narrow view."""
        px, anatomy = self._source.px, self._anatomy
        if anatomy is None or len(anatomy.samples) < 2:
            return px(_TILE) + px(_SIGN)
        n = len(anatomy.samples)
        room = self.room_width - 2 * px(_EDGE) - n * px(_TILE) - self._sum_width(anatomy) - px(_MEAN)
        return px(_TILE) + min(px(_SIGN), max(px(_NARROWEST_SIGN), room / (n - 1)))

    def _sum_words(self, anatomy: BatchAnatomy) -> str:
        more = f"+ {anatomy.n_more} more " if anatomy.n_more else ""
        return f"{more}÷ {anatomy.n_in_batch} ="

    def _sum_width(self, anatomy: BatchAnatomy) -> float:
        words = self._texts.metrics(FontRole.VALUE).width(self._sum_words(anatomy))
        return words + 2 * self._source.px(_TITLE_GAP)

    def _draw(self) -> None:
        anatomy = self._anatomy
        if anatomy is None:
            return
        places = [self.tile_rect(index) for index in range(len(anatomy.samples))]
        images = [sample.values for sample in anatomy.samples]
        all_places = (*places, self.mean_rect)
        self._tiles.show((*images, anatomy.mean), all_places, anatomy.limit, self.devicePixelRatioF())
        self._show_bars(anatomy, places)
        self._texts.begin()
        self._show_title(anatomy)
        self._show_sum(anatomy, places)
        for sample, place in zip(anatomy.samples, places, strict=True):
            theme = self._source.theme
            role = FontRole.VALUE if sample.is_wrong else FontRole.BODY
            color = theme.error_text if sample.is_wrong else theme.secondary
            center, middle = place.center().x(), self._source.px(_SHARE_MIDDLE)
            self._texts.write_around(sample.share_text, role, color, center, middle)
        self._texts.end()
        self._show_frame()

    def _show_title(self, anatomy: BatchAnatomy) -> None:
        theme, px, texts = self._source.theme, self._source.px, self._texts
        left = px(_TITLE_GAP) + texts.write_at(
            anatomy.title, FontRole.VALUE, theme.text, px(_EDGE), px(_TITLE_MIDDLE)
        )
        room = self.room_width - px(_EDGE) - self._reserved - left
        scale = self._fitting(
            (f"∂L/∂w: {_SIGNS}, full colour {anatomy.scale}", f"{_SIGNS}, {anatomy.scale}"), room
        )
        texts.write_at(scale, FontRole.BODY, theme.secondary, left, px(_TITLE_MIDDLE))
        below = px(_COUNTER_MIDDLE)
        left = texts.write_at(anatomy.counter, FontRole.BODY, theme.text, px(_EDGE), below)
        end = self.room_width - px(_EDGE)
        note = self._fitting(_NOTES, end - left - px(_TITLE_GAP))
        texts.write_to(note, FontRole.BODY, theme.tertiary, end, below)

    def _fitting(self, texts: tuple[str, ...], room: float) -> str:
        """Return the first of the texts that fits, nothing if none does."""
        metrics = self._texts.metrics(FontRole.BODY)
        return next((text for text in texts if metrics.width(text) <= room), "")

    def _show_sum(self, anatomy: BatchAnatomy, places: list[QRectF]) -> None:
        theme, px, texts = self._source.theme, self._source.px, self._texts
        middle = places[0].center().y()
        if self._pitch() - px(_TILE) >= px(_SIGN) - px(_EDGE):
            for place, after in pairwise(places):
                center = (place.right() + after.left()) / 2
                texts.write_around("+", FontRole.VALUE, theme.tertiary, center, middle)
        left = places[-1].right() + px(_TITLE_GAP)
        texts.write_at(self._sum_words(anatomy), FontRole.VALUE, theme.text, left, middle)
        mean = self.mean_rect
        below = px(_SHARE_MIDDLE)
        texts.write_around("average", FontRole.BODY, theme.secondary, mean.center().x(), below)

    def _show_bars(self, anatomy: BatchAnatomy, places: list[QRectF]) -> None:
        grounds, bars = QPainterPath(), QPainterPath()
        px = self._source.px
        largest = max((sample.share for sample in anatomy.samples if sample.share > 0.0), default=1.0)
        for sample, place in zip(anatomy.samples, places, strict=True):
            y = place.bottom() + px(_BAR_GAP) + px(_BAR) / 2
            share = sample.share / largest if sample.share > 0.0 else 0.0
            for path, part in ((grounds, 1.0), (bars, share)):
                path.moveTo(place.left(), y)
                path.lineTo(place.left() + part * place.width(), y)
        self._grounds.setPath(grounds)
        self._bars.setPath(bars)

    def _show_frame(self) -> None:
        path, px = QPainterPath(), self._source.px
        gap, radius = px(_EDGE) - _FRAME / 2, px(_RADIUS + _EDGE)
        for index, sample in enumerate(self._anatomy.samples if self._anatomy else ()):
            if sample.row == self._selected:
                path.addRoundedRect(self.tile_rect(index).adjusted(-gap, -gap, gap, gap), radius, radius)
        self._frame.setPath(path)

    def _on_theme_changed(self) -> None:
        theme, px = self._source.theme, self._source.px
        self.setFixedHeight(px(HEIGHT))
        for item, color in ((self._grounds, theme.line), (self._bars, theme.gradient_positive)):
            pen = QPen(color, px(_BAR))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)
        self._frame.setPen(QPen(theme.ink, _FRAME))
        self._tiles.dress()
        self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sample = self._sample_at(event.position())
        if sample is not None and event.button() is Qt.MouseButton.LeftButton:
            self._select(sample)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        sample = self._sample_at(event.position())
        shape = Qt.CursorShape.ArrowCursor if sample is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip("" if sample is None else sample.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEY_STEPS and self._anatomy is not None:
            self.select_neighbour(_KEY_STEPS[Qt.Key(event.key())])
        else:
            event.ignore()

    def _select(self, sample: SampleGradient) -> None:
        self._selected = sample.row
        self._show_frame()
        self.sample_selected.emit(sample.row)

    def _sample_at(self, at: QPointF) -> SampleGradient | None:
        for index, sample in enumerate(self._anatomy.samples if self._anatomy else ()):
            # Its bar and share belong to it.
            if self.tile_rect(index).adjusted(0, 0, 0, self._source.px(_BELOW)).contains(at):
                return sample
        return None
