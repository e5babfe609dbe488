"""The track of the recording strip: the loss as a wave, epochs, forks and the playhead."""

import numpy as np
from pyqtgraph import arrayToQPath
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
)

from bpviz.nn.arrays import FloatArray
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.recording import Recording

HEAD = 6
"""Half the width of the playhead's head."""
LABEL_MIDDLE = 13

_HEAD_TOP = LABEL_MIDDLE - 7
_FORK = 3.5
_RAW_SHARE, _MEAN_SHARE = 0.36, 0.7
"""Muted: the strip is always in view and never the one thing to look at."""
_AHEAD_ALPHA = 165
"""What lies ahead of a rewound playhead is still there, and stands back."""


class RecordingWave:
    """Owns the items of the track; GUI thread only."""

    def __init__(self, scene: QGraphicsScene, source: ThemeSource) -> None:
        self._source = source
        self._track = QRectF(0, 0, 1, 1)
        # Kept as numbers too: asking a rectangle for them is a call into Qt.
        self._left, self._width, self._foot, self._height = 0.0, 1.0, 1.0, 1.0
        self._end = 1.0
        self._ground, self._ahead = QGraphicsRectItem(), QGraphicsRectItem()
        self._raw, self._mean = QGraphicsPathItem(), QGraphicsPathItem()
        self._starts, self._forks = QGraphicsPathItem(), QGraphicsPathItem()
        self._line, self._head = QGraphicsLineItem(), QGraphicsPathItem()
        stack: tuple[QGraphicsItem, ...] = (
            *(self._ground, self._raw, self._mean, self._ahead, self._starts),
            *(self._forks, self._line, self._head),
        )
        for item in stack:
            scene.addItem(item)
        for item in (self._line, self._head):
            item.setZValue(0.7)
        for box in (self._ground, self._ahead, self._head):
            box.setPen(Qt.PenStyle.NoPen)
        self._head.setPath(self._head_shape())

    @property
    def track(self) -> QRectF:
        """Where the wave is, in scene coordinates."""
        return QRectF(self._track)

    def x(self, iteration: float) -> float:
        """Return the scene x of an iteration."""
        return self._left + iteration * self._width / self._end

    def iteration_at(self, x: float) -> float:
        """Return the iteration at a scene x, also outside the track."""
        return (x - self._left) / self._width * self._end

    def dress(self) -> None:
        """Take the colours and sizes of the present theme and scale."""
        theme = self._source.theme
        self._ground.setBrush(theme.inset)
        ahead = QColor(theme.inset)
        ahead.setAlpha(_AHEAD_ALPHA)
        self._ahead.setBrush(ahead)
        self._head.setBrush(theme.ink)
        self._head.setPath(self._head_shape())
        self._line.setPen(QPen(theme.ink, 2.0))
        self._starts.setPen(QPen(theme.strong_line, 1.0))
        self._forks.setPen(QPen(theme.ink, 1.5))
        self._forks.setBrush(theme.inset)

    def show(self, shown: Recording, track: QRectF) -> None:
        """Draw a run into the track."""
        self._end = shown.end
        if track != self._track:
            self._track = track
            self._left, self._width = track.left(), track.width()
            self._foot, self._height = track.bottom(), track.height()
            self._ground.setRect(track)
        self._show_strokes(self._raw, shown, shown.raw.iteration, shown.raw.high)
        self._show_strokes(self._mean, shown, shown.smoothed.iteration, shown.smoothed.value)
        pitch = self._width / max(1, len(shown.raw.iteration)) * shown.iteration / shown.end
        theme = self._source.theme
        for item, share in ((self._raw, _RAW_SHARE), (self._mean, _MEAN_SHARE)):
            # A pixel wider than its column: edges that only touch would let the ground shine through.
            pen = QPen(blend(theme.error, theme.inset, share), pitch + 1.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)
        self._show_starts(shown)
        self._show_forks(shown)

    def show_playhead(self, iteration: float, newest: int) -> None:
        """Put the playhead at an iteration and dim what lies between it and the newest one."""
        x = round(self.x(iteration)) + 0.5
        px = self._source.px
        self._line.setLine(x, px(_HEAD_TOP), x, self._foot)
        self._head.setPos(x, px(_HEAD_TOP))
        # As far as the last stroke, which is wider than its iteration.
        width = self.x(newest) - x + 2.0 if newest > iteration else 0.0
        self._ahead.setRect(x, self._foot - self._height, width, self._height)

    def _show_strokes(
        self, item: QGraphicsPathItem, shown: Recording, iteration: FloatArray, value: FloatArray
    ) -> None:
        """Fill from the foot to each value, one upright stroke a column."""
        if not len(value):
            item.setPath(QPainterPath())
            return
        share = np.clip(shown.heights.fraction(value), 0.0, 1.0)
        is_known = ~np.isnan(share)
        x = self._left + iteration[is_known] * (self._width / self._end)
        y = self._foot - share[is_known] * self._height
        ends = np.stack((np.full(len(y), self._foot), y), axis=1).ravel()
        item.setPath(arrayToQPath(np.repeat(x, 2), ends, connect="pairs"))

    def _show_starts(self, shown: Recording) -> None:
        x = np.array([round(self.x(epoch.value)) + 0.5 for epoch in shown.epochs])
        y = np.tile([float(self._source.px(_HEAD_TOP)), self._foot], len(x))
        self._starts.setPath(arrayToQPath(np.repeat(x, 2), y, connect="pairs"))

    def _show_forks(self, shown: Recording) -> None:
        path = QPainterPath()
        size = _FORK * self._source.factor
        for fork in shown.forks:
            # A diamond on the wave's upper edge: its line goes down through what both branches share.
            x, y = round(self.x(fork.iteration)) + 0.5, self._foot - self._height
            corners = ((0, -size), (size, 0), (0, size), (-size, 0))
            path.addPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
            path.closeSubpath()
            path.moveTo(x, y + size)
            path.lineTo(x, self._foot)
        self._forks.setPath(path)

    def _head_shape(self) -> QPainterPath:
        half = self._source.px(HEAD)
        corners = ((-half, 0), (half, 0), (half, 1.1 * half), (0, 2 * half), (-half, 1.1 * half))
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
        return path
