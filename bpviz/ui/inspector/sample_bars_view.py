"""One bar for every sample of the batch, sorted; the watched one marked, a click watches another."""

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.sample_gradients import SortedSamples
from bpviz.viewmodel.words.number_format import grouped, signed_significant

_HEIGHT = 40
_FOOT = 16
_WIDEST = 14
_MARK = "this sample"


class SampleBarsView(QWidget):
    """Shows `SortedSamples` from the smallest to the largest.

    `sample_selected(int)` carries the training row of a bar that was clicked.
    """

    sample_selected = Signal(int)

    def __init__(self, source: ThemeSource, *, is_loss: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._is_loss = is_loss
        self._samples: SortedSamples | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_samples(self, samples: SortedSamples) -> None:
        """Show another batch."""
        self._samples = samples
        self.update()

    def place_at(self, x: float) -> int | None:
        """Return which sample, counted from the smallest, is drawn at this x."""
        if self._samples is None or not len(self._samples.values) or self.width() <= 0:
            return None
        count = len(self._samples.values)
        return min(count - 1, max(0, int(x / self.width() * count)))

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(100), self._source.px(_HEIGHT + _FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and place is not None and self._samples is not None:
            self.sample_selected.emit(int(self._samples.rows[place]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x())
        if place is None or self._samples is None:
            return
        row, value = int(self._samples.rows[place]), float(self._samples.values[place])
        self.setToolTip(f"Sample {grouped(row)}: {signed_significant(value, 4)}")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.setToolTip("")

    def paintEvent(self, event: QPaintEvent) -> None:
        samples = self._samples
        if samples is None or not len(samples.values):
            return
        painter = QPainter(self)
        area = QRectF(0.0, 2.0, self.width(), self._source.px(_HEIGHT) - 4.0)
        finite = samples.values[np.isfinite(samples.values)]
        high = max(0.0, float(finite.max())) if finite.size else 0.0
        low = min(0.0, float(finite.min())) if finite.size else 0.0
        span = high - low or 1.0
        zero = area.top() + high / span * area.height()
        self._paint_bars(painter, samples.values, zero, area.height() / span)
        painter.setPen(QPen(self._source.theme.strong_line, 1.0))
        painter.drawLine(QLineF(0.0, zero, self.width(), zero))
        self._paint_mark(painter, samples, area)

    def _paint_bars(self, painter: QPainter, values: FloatArray, zero: float, scale: float) -> None:
        count = len(values)
        # More samples than pixels: one bar a pixel, the smallest and the largest sample among them.
        shown = min(count, self.width())
        width = self.width() / shown
        gap = 1.0 if width >= 3.0 else 0.0
        for place in range(shown):
            value = float(values[place * (count - 1) // max(1, shown - 1)])
            if not np.isfinite(value) or value == 0.0:
                continue
            height = max(1.0, abs(value) * scale)
            top = zero - height if value > 0 else zero
            bar = min(self._source.px(_WIDEST), max(1.0, width - gap))
            left = place * width + (width - gap - bar) / 2
            painter.fillRect(QRectF(left, top, bar, height), self._color(value))

    def _color(self, value: float) -> QColor:
        theme = self._source.theme
        if self._is_loss:
            return theme.error
        return theme.gradient_positive if value > 0 else theme.gradient_negative

    def _paint_mark(self, painter: QPainter, samples: SortedSamples, area: QRectF) -> None:
        theme = self._source.theme
        foot = QRectF(0.0, area.bottom() + 2.0, self.width(), self._source.px(_FOOT))
        painter.setFont(self._source.font(FontRole.CAPTION))
        if samples.marked is None:
            painter.setPen(theme.secondary)
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight, "this sample is not in the batch")
            return
        x = (samples.marked + 0.5) / len(samples.values) * self.width()
        x = min(max(x, 1.0), self.width() - 1.0)
        painter.setPen(QPen(theme.ink, 2.0))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, area.bottom() + 4.0))
        width = painter.fontMetrics().horizontalAdvance(_MARK)
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.setPen(theme.text)
        painter.drawText(QPointF(left, foot.bottom() - 3.0), _MARK)

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()
