"""A weight's value over the run as a small curve with its ends named."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory
from bpviz.viewmodel.words.number_format import grouped, significant

_HEIGHT = 40
_FOOT = 16
_LABEL = 52


class WeightHistoryView(QWidget):
    """Shows one `WeightHistory`, lowest and highest value at the right, iterations at the foot."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._history: WeightHistory | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_history(self, history: WeightHistory) -> None:
        """Show another weight's history."""
        self._history = history
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(100), self._source.px(_HEIGHT + _FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        history = self._history
        if history is None:
            return
        is_known = np.isfinite(history.values)
        x, y = history.iterations[is_known], history.values[is_known]
        if not len(x):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0.0, 4.0, self.width() - self._source.px(_LABEL), self._source.px(_HEIGHT) - 8.0)
        low, high = float(y.min()), float(y.max())
        first, last = int(x[0]), int(x[-1])
        across = (x - first) / max(1, last - first) * area.width()
        up = area.bottom() - (y - low) / (high - low or 1.0) * area.height()
        points = [QPointF(a, b) for a, b in zip(across.tolist(), up.tolist(), strict=True)]
        painter.setPen(QPen(self._source.theme.weight_positive_text, 1.75 * self._source.factor))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._source.theme.ink)
        painter.drawEllipse(points[-1], 3.0, 3.0)
        self._paint_words(painter, area, (low, high), (first, last))

    def _paint_words(
        self, painter: QPainter, area: QRectF, values: tuple[float, float], ends: tuple[int, int]
    ) -> None:
        painter.setFont(self._source.font(FontRole.CAPTION))
        painter.setPen(self._source.theme.secondary)
        side = QRectF(area.right(), 0.0, self.width() - area.right(), area.bottom() + 4.0)
        right, foot = Qt.AlignmentFlag.AlignRight, area.adjusted(0.0, area.height() + 4.0, 0.0, 0.0)
        foot.setHeight(self._source.px(_FOOT))
        low, high = values
        if low == high:
            painter.drawText(side, right | Qt.AlignmentFlag.AlignVCenter, significant(high, 3))
        else:
            painter.drawText(side, right | Qt.AlignmentFlag.AlignTop, significant(high, 3))
            painter.drawText(side, right | Qt.AlignmentFlag.AlignBottom, significant(low, 3))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, f"iteration {grouped(ends[0])}")
        painter.drawText(foot, right, grouped(ends[1]))

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()
