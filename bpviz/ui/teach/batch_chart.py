"""Losses batch by batch over the epochs, one line for each batch size tried."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.ui.plain_view import PlainView
from bpviz.ui.segment_path import segments_path
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.batch_course import BatchCourse, BatchCurves
from bpviz.viewmodel.run.ticks import ValueAxis, linear_axis, spread_apart
from bpviz.viewmodel.words.number_format import fixed

_TITLE_MIDDLE = 14
_TOP, _BOTTOM = 40, 36
_SCALE_WIDTH, _NAMES_WIDTH = 44, 158
_MOST_LINES = 5
_MOST_TICKS = 6
_WIDTH, _EARLIER_WIDTH, _CROWDED_WIDTH = 2.2, 1.8, 1.1
_CROWDED = 50
"""Losses an epoch from which on a wide line would be a solid block."""
_EARLIER_SHARE, _CROWDED_SHARE = 0.9, 0.4


class BatchChart(PlainView):
    """Shows `BatchCurves` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._curves: BatchCurves | None = None
        self._grid = QGraphicsPathItem()
        self._lines = [QGraphicsPathItem() for _ in range(_MOST_LINES)]
        for item in (self._grid, *self._lines):
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source, 1.0)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def curves(self) -> BatchCurves | None:
        """What is shown."""
        return self._curves

    def show_curves(self, curves: BatchCurves) -> None:
        """Show other curves."""
        self._curves = curves
        self._draw()

    def _draw(self) -> None:
        curves = self._curves
        if curves is None or self.room_width < 2.0:
            return
        px = self._source.px
        plot = QRectF(px(_SCALE_WIDTH), px(_TOP), 1.0, 1.0)
        plot.setRight(max(plot.left() + 1.0, self.room_width - px(_NAMES_WIDTH)))
        plot.setBottom(max(plot.top() + 1.0, self.room_height - px(_BOTTOM)))
        axis = linear_axis(0.0, curves.highest, _MOST_TICKS)
        shown = curves.courses[-_MOST_LINES:]
        self._texts.begin()
        self._draw_axes(axis, curves.epochs, plot)
        for place, item in enumerate(self._lines):
            item.setVisible(place < len(shown))
            if place < len(shown):
                is_current = place == len(shown) - 1
                self._draw_line(item, shown[place], (axis, curves.epochs), plot, is_current)
        self._write_names(shown, axis, plot)
        self._texts.end()
        told = ", ".join(f"batch size {course.batch_size}" for course in shown)
        self.setAccessibleName(f"Loss of each batch over the epochs: {told}")

    def _draw_axes(self, axis: ValueAxis, epochs: int, plot: QRectF) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        grid = QPainterPath()
        for tick in axis.ticks:
            y = self._height(axis, np.array([tick.value]), plot)[0]
            grid.moveTo(plot.left(), round(y) + 0.5)
            grid.lineTo(plot.right(), round(y) + 0.5)
            texts.write_to(tick.text, FontRole.BODY, theme.secondary, plot.left() - px(8), y)
        self._grid.setPath(grid)
        self._grid.setPen(QPen(theme.line, 1.0))
        foot = plot.bottom() + px(_BOTTOM) / 2
        step = 1 if epochs <= 5 else max(2, round(epochs / 5))
        for epoch in range(0, epochs + 1, step):
            x = plot.left() + plot.width() * epoch / epochs
            texts.write_around(str(epoch), FontRole.BODY, theme.secondary, x, foot)
        texts.write_at("epochs", FontRole.BODY, theme.secondary, plot.right() + px(26), foot)
        texts.write_at("Loss of each batch", FontRole.TITLE, theme.text, 0.0, px(_TITLE_MIDDLE))

    def _draw_line(
        self,
        item: QGraphicsPathItem,
        course: BatchCourse,
        axes: tuple[ValueAxis, int],
        plot: QRectF,
        is_current: bool,
    ) -> None:
        axis, epochs = axes
        x = plot.left() + plot.width() * np.minimum(course.epochs / epochs, 1.0)
        y = self._height(axis, course.losses, plot)
        ends = np.stack((x[:-1], x[1:]), axis=1), np.stack((y[:-1], y[1:]), axis=1)
        item.setPath(segments_path(*ends) if len(x) > 1 else QPainterPath())
        item.setPen(self._pen(course, is_current))
        # Calm lines over restless ones, which would hide them.
        item.setZValue(-course.iterations_per_epoch)

    def _pen(self, course: BatchCourse, is_current: bool) -> QPen:
        theme, is_crowded = self._source.theme, course.iterations_per_epoch >= _CROWDED
        share = _CROWDED_SHARE if is_crowded else _EARLIER_SHARE
        color = theme.error if is_current else blend(theme.secondary, theme.stage, share)
        width = _CROWDED_WIDTH if is_crowded else _WIDTH if is_current else _EARLIER_WIDTH
        pen = QPen(color, width * self._source.factor)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen

    def _write_names(self, shown: tuple[BatchCourse, ...], axis: ValueAxis, plot: QRectF) -> None:
        """Write each run's batch size and what its loss came to, none over another."""
        px, theme = self._source.px, self._source.theme
        named = [(place, course) for place, course in enumerate(shown) if len(course.losses)]
        ends = [_end(course) for _, course in named]
        heights = self._height(axis, np.array(ends), plot)
        middles = spread_apart(heights, px(42), plot.top(), plot.bottom() - px(12))
        x = plot.right() + px(14)
        for (place, course), end, middle in zip(named, ends, middles.tolist(), strict=True):
            age = len(shown) - 1 - place
            color = theme.error_text if age == 0 else theme.secondary
            name = f"batch {course.batch_size}"
            self._texts.write_at(name, FontRole.BODY, color, x, middle - px(10))
            self._texts.write_at(fixed(end, 2), FontRole.NUMBER, color, x, middle + px(9))

    def _height(self, axis: ValueAxis, values: FloatArray, plot: QRectF) -> FloatArray:
        return np.asarray(plot.bottom() - plot.height() * np.nan_to_num(axis.fraction(values)))


def _end(course: BatchCourse) -> float:
    """Return the loss over all samples where it is known, else that of the newest batch."""
    return course.final_loss if np.isfinite(course.final_loss) else float(course.losses[-1])
