"""The strip at the window's foot: the loss of the whole run as a wave, its epochs and a playhead."""

from collections.abc import Callable
from time import monotonic

import numpy as np
from pyqtgraph import arrayToQPath
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QSizePolicy,
    QWidget,
)

from bpviz.nn.arrays import FloatArray
from bpviz.ui.fonts import FontRole
from bpviz.ui.icons import icon_pixmap
from bpviz.ui.plain_view import PlainView
from bpviz.ui.text_pool import TextPool
from bpviz.ui.theme import blend
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.curves import RunCurves
from bpviz.viewmodel.number_format import grouped, significant
from bpviz.viewmodel.recording import Recording, recording, recording_reading

REFRESH_INTERVAL_S = 1 / 3
HEIGHT = 52

_PADDING = 16
_ICON = 18
_CAPTION_LEFT = 44
_TRACK_LEFT = 168
_WAVE_TOP, _WAVE_FOOT = 24, 46
_LABEL_MIDDLE = 13
_LABEL_GAP = 8
_LABEL_PITCH = 84
_HEAD = 6
_RAW_SHARE, _MEAN_SHARE = 0.36, 0.7
"""Muted: the strip is always in view and never the one thing to look at."""


class RecordingStrip(PlainView):
    """Shows the curves of a run that another view adds to. GUI thread only.

    Parameters
    ----------
    curves
        The run's curves; only read here.
    clock
        Seconds that never go back.
    """

    def __init__(
        self,
        source: ThemeSource,
        curves: RunCurves,
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._curves = curves
        self._clock = clock
        self._drawn_at = clock()
        self._drawn: Recording | None = None
        self._hovered: float | None = None
        self._create_items()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Loss of the whole run")
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self.draw_now)
        self._on_theme_changed()

    def _create_items(self) -> None:
        self._icon = QGraphicsPixmapItem()
        self._ground = QGraphicsRectItem()
        self._raw, self._mean = QGraphicsPathItem(), QGraphicsPathItem()
        self._starts = QGraphicsPathItem()
        self._playhead, self._head = QGraphicsLineItem(), QGraphicsPathItem()
        self._hover_line, self._hover_ground = QGraphicsLineItem(), QGraphicsRectItem()
        stack: tuple[QGraphicsItem, ...] = (
            *(self._icon, self._ground, self._raw, self._mean, self._starts),
            *(self._playhead, self._head, self._hover_line, self._hover_ground),
        )
        for item in stack:
            self.scene().addItem(item)
        for box in (self._ground, self._hover_ground, self._head):
            box.setPen(Qt.PenStyle.NoPen)
        self._hover_ground.setZValue(0.5)
        for item in (self._hover_line, self._playhead, self._head):
            item.setZValue(0.7)
        self._texts = TextPool(self.scene())
        self._hover_text = TextPool(self.scene(), z=1.0)

    def begin_run(self) -> None:
        """Show an empty strip: the curves were begun anew."""
        self._hovered = None
        self.draw_now()

    def refresh(self) -> None:
        """Draw what is new, at most three times a second; call once a frame."""
        is_new = self._drawn is None or self._drawn.iteration != self._curves.iteration
        if is_new and self.isVisible() and self._clock() - self._drawn_at >= REFRESH_INTERVAL_S:
            self.draw_now()

    def draw_now(self) -> None:
        """Draw the run as it stands."""
        track = self._track()
        px = self._source.px
        shown = recording(
            self._curves, max(10, round(track.width())), max(1, int(track.width() / px(_LABEL_PITCH)))
        )
        self._drawn, self._drawn_at = shown, self._clock()
        self._show_wave(shown, track)
        self._texts.begin()
        self._show_caption(shown)
        self._show_epochs(shown, track)
        self._texts.end()
        self._show_playhead(shown, track)
        self._show_hover()

    def _on_theme_changed(self) -> None:
        source, theme = self._source, self._source.theme
        self.setFixedHeight(source.px(HEIGHT))
        self.setBackgroundBrush(theme.panel)
        self._icon.setPixmap(self._clock_icon())
        self._ground.setBrush(theme.inset)
        self._head.setBrush(theme.ink)
        self._hover_ground.setBrush(theme.panel)
        self._playhead.setPen(QPen(theme.ink, 2.0))
        self._hover_line.setPen(QPen(theme.tertiary, 1.0))
        self._starts.setPen(QPen(theme.strong_line, 1.0))
        self.draw_now()

    def _clock_icon(self) -> QPixmap:
        return icon_pixmap(
            "clock", self._source.theme.secondary, self._source.px(_ICON), self.devicePixelRatioF()
        )

    def _track(self) -> QRectF:
        px = self._source.px
        left, top = px(_TRACK_LEFT), px(_WAVE_TOP)
        width = max(20, self.viewport().width() - left - px(_PADDING))
        return QRectF(left, top, width, px(_WAVE_FOOT) - top)

    def _show_wave(self, shown: Recording, track: QRectF) -> None:
        theme = self._source.theme
        self._ground.setRect(track)
        self._show_strokes(self._raw, shown.raw.iteration, shown.raw.high)
        self._show_strokes(self._mean, shown.smoothed.iteration, shown.smoothed.value)
        pitch = track.width() / max(1, len(shown.raw.iteration)) * shown.iteration / shown.end
        for item, share in ((self._raw, _RAW_SHARE), (self._mean, _MEAN_SHARE)):
            # A pixel wider than its column: edges that only touch would let the ground shine through.
            pen = QPen(blend(theme.error, theme.inset, share), pitch + 1.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)
        low, high = significant(shown.heights.low, 2), significant(shown.heights.high, 2)
        self.setToolTip(
            f"Loss of every batch (faint) and its mean (strong), logarithmic from {low} to {high}"
        )

    def _show_strokes(self, item: QGraphicsPathItem, iteration: FloatArray, value: FloatArray) -> None:
        """Fill from the foot to each value, one upright stroke a column."""
        if self._drawn is None or not len(value):
            item.setPath(QPainterPath())
            return
        track = self._track()
        share = np.clip(self._drawn.heights.fraction(value), 0.0, 1.0)
        is_known = ~np.isnan(share)
        x = self._x(iteration[is_known])
        y = track.bottom() - share[is_known] * track.height()
        ends = np.stack((np.full(len(y), track.bottom()), y), axis=1).ravel()
        item.setPath(arrayToQPath(np.repeat(x, 2), ends, connect="pairs"))

    def _x(self, iteration: FloatArray) -> FloatArray:
        track = self._track()
        end = 1.0 if self._drawn is None else self._drawn.end
        return track.left() + iteration * (track.width() / end)

    def _show_caption(self, shown: Recording) -> None:
        source, theme = self._source, self._source.theme
        size = self._icon.pixmap().deviceIndependentSize()
        middle = self.viewport().height() / 2
        self._icon.setPos(source.px(_PADDING), round(middle - size.height() / 2))
        title = self._texts.put("This run", source.font(FontRole.VALUE), theme.text)
        count = "not begun" if shown.iteration == 0 else f"iteration {grouped(shown.iteration)}"
        below = self._texts.put(count, source.font(FontRole.BODY), theme.secondary)
        left = source.px(_CAPTION_LEFT)
        title.setPos(left, round(middle - title.boundingRect().height()))
        below.setPos(left, round(middle))

    def _show_epochs(self, shown: Recording, track: QRectF) -> None:
        source, theme = self._source, self._source.theme
        path = QPainterPath()
        *xs, head = self._x(np.array([*(epoch.value for epoch in shown.epochs), shown.iteration])).tolist()
        half = source.px(_HEAD)
        for index, (epoch, x) in enumerate(zip(shown.epochs, xs, strict=True)):
            path.moveTo(round(x) + 0.5, source.px(_LABEL_MIDDLE) - source.px(7))
            path.lineTo(round(x) + 0.5, track.bottom())
            is_current = index == shown.current
            font = source.font(FontRole.VALUE if is_current else FontRole.BODY)
            item = self._texts.put(epoch.text, font, theme.text if is_current else theme.secondary)
            size = item.boundingRect()
            left = x + source.px(_LABEL_GAP)
            if left - half < head < left + size.width() + half:
                left = head + half + source.px(_LABEL_GAP) / 2
            item.setPos(round(left), round(source.px(_LABEL_MIDDLE) - size.height() / 2))
            item.setVisible(left + size.width() < self.viewport().width())
        self._starts.setPath(path)

    def _show_playhead(self, shown: Recording, track: QRectF) -> None:
        x = round(float(self._x(np.array([float(shown.iteration)]))[0])) + 0.5
        half, top = self._source.px(_HEAD), self._source.px(_LABEL_MIDDLE - 7)
        self._playhead.setLine(QLineF(x, top, x, track.bottom()))
        corners = ((-half, 0), (half, 0), (half, 1.1 * half), (0, 2 * half), (-half, 1.1 * half))
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in corners]))
        path.closeSubpath()
        self._head.setPath(path)

    def _show_hover(self) -> None:
        text = None if self._hovered is None else recording_reading(self._curves, self._hovered)
        for item in (self._hover_line, self._hover_ground):
            item.setVisible(text is not None)
        self._hover_text.begin()
        if text is not None and self._hovered is not None:
            self._show_reading(text, min(self._hovered, self._curves.iteration))
        self._hover_text.end()

    def _show_reading(self, text: str, iteration: float) -> None:
        source, track = self._source, self._track()
        x = round(float(self._x(np.array([iteration]))[0])) + 0.5
        self._hover_line.setLine(QLineF(x, source.px(_LABEL_MIDDLE) - source.px(7), x, track.bottom()))
        item = self._hover_text.put(text, source.font(FontRole.LABEL), source.theme.text)
        size = item.boundingRect()
        gap = source.px(_LABEL_GAP)
        left = x + gap if x + gap + size.width() < track.right() else x - gap - size.width()
        item.setPos(round(left), round(source.px(_LABEL_MIDDLE) - size.height() / 2))
        # The whole row: half an epoch's name looking out beside the text would be misread.
        row = item.sceneBoundingRect()
        self._hover_ground.setRect(
            track.left() + 1, row.top(), self.viewport().width() - track.left(), row.height()
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        track = self._track()
        share = (event.position().x() - track.left()) / track.width()
        end = 0.0 if self._drawn is None else self._drawn.end
        self._hovered = share * end if 0.0 <= share <= 1.0 else None
        self._show_hover()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self._show_hover()
