"""Curves of a run on what it learns from and on what it has never seen, with the gap marked at their ends."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from bpviz.ui.charts.chart_curves import dashed_path
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.lesson_course import CourseContent, CourseLine
from bpviz.viewmodel.run.ticks import spread_apart

_EDGE = 14
_TITLE_MIDDLE = 12
_TOP, _BOTTOM = 34, 34
_SCALE_WIDTH = 46
_ENDS_WIDTH = 236
_BRACKET = 10
_LINE_WIDTH = 2.4
_COMPARED_WIDTH = 1.6
_DASHES = (7.0, 4.0)
_MOST_LINES = 3
_DOT, _SMALL_DOT = 4.0, 2.5
_FEW_TRIALS = 12


class GapChart(PlainView):
    """Shows a `CourseContent` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: CourseContent | None = None
        self._grid, self._bracket = QGraphicsPathItem(), QGraphicsPathItem()
        self._lines = [QGraphicsPathItem() for _ in range(_MOST_LINES)]
        self._dots = [QGraphicsPathItem() for _ in range(_MOST_LINES)]
        for item in (self._grid, *reversed(self._lines), *self._dots, self._bracket):
            self.scene().addItem(item)
        self._texts = TextPool(self.scene(), source)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> CourseContent | None:
        """What is shown."""
        return self._content

    def show_content(self, content: CourseContent) -> None:
        """Show other curves."""
        self._content = content
        self._draw()

    @property
    def gap_rect(self) -> QRectF:
        """Where the gap is marked, in viewport coordinates; empty where there is none."""
        return self._bracket.path().boundingRect()

    def _plot(self) -> QRectF:
        px = self._source.px
        left = px(_EDGE) + px(_SCALE_WIDTH)
        width = max(1.0, self.room_width - left - px(_ENDS_WIDTH))
        return QRectF(left, px(_TOP), width, max(1.0, self.room_height - px(_TOP) - px(_BOTTOM)))

    def _draw(self) -> None:
        content = self._content
        if content is None:
            return
        plot = self._plot()
        for place, item in enumerate(self._lines):
            line = content.lines[place] if place < len(content.lines) else None
            self._draw_line(item, self._dots[place], line, plot)
        self._draw_grid(content, plot)
        self._draw_bracket(content, plot)
        self._texts.begin()
        self._write_axes(content, plot)
        self._write_ends(content, plot)
        self._texts.end()
        told = ", ".join(f"{line.name}: {line.text}" for line in content.lines)
        self.setAccessibleName(f"{content.title}: {told}")

    def _draw_line(
        self, item: QGraphicsPathItem, dot: QGraphicsPathItem, line: CourseLine | None, plot: QRectF
    ) -> None:
        path, end = QPainterPath(), QPainterPath()
        if line is not None and len(line.x):
            factor, color = self._source.factor, getattr(self._source.theme, line.tone)
            is_compared = line.tone == "tertiary"
            pen = QPen(color, (_COMPARED_WIDTH if is_compared else _LINE_WIDTH) * factor)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(pen)
            x, y = plot.left() + line.x * plot.width(), plot.bottom() - line.y * plot.height()
            dashes = np.array(_DASHES if line.is_dashed else (1e6, 1.0)) * factor
            path = dashed_path(x, y, dashes)
            # Few trials far apart: dots tell what was measured from what only joins it.
            first = 0 if len(x) <= _FEW_TRIALS else len(x) - 1
            radius = (_SMALL_DOT if is_compared else _DOT) * factor
            for at_x, at_y in zip(x[first:].tolist(), y[first:].tolist(), strict=True):
                if np.isfinite(at_y):
                    end.addEllipse(at_x - radius, at_y - radius, 2 * radius, 2 * radius)
            dot.setPen(Qt.PenStyle.NoPen)
            dot.setBrush(color)
        item.setPath(path)
        dot.setPath(end)

    def _draw_grid(self, content: CourseContent, plot: QRectF) -> None:
        path = QPainterPath()
        for tick in content.y_ticks:
            y = round(plot.bottom() - tick.value * plot.height()) + 0.5
            path.moveTo(plot.left(), y)
            path.lineTo(plot.right(), y)
        self._grid.setPath(path)
        self._grid.setPen(QPen(self._source.theme.line, 1.0))

    def _draw_bracket(self, content: CourseContent, plot: QRectF) -> None:
        """Draw the gap beside the newest values, which may lie within the plot."""
        path = QPainterPath()
        newest = content.lines[0].x
        if content.gap is not None and len(newest):
            low, high = (plot.bottom() - share * plot.height() for share in content.gap)
            arm = self._source.px(_BRACKET)
            x = plot.left() + float(newest[-1]) * plot.width() + arm
            path.moveTo(x, low)
            path.lineTo(x + arm, low)
            path.lineTo(x + arm, high)
            path.lineTo(x, high)
        self._bracket.setPath(path)
        self._bracket.setPen(QPen(self._source.theme.ink, 2.0 * self._source.factor))

    def _write_axes(self, content: CourseContent, plot: QRectF) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        texts.write_at(content.title, FontRole.TITLE, theme.text, px(_EDGE), px(_TITLE_MIDDLE))
        for tick in content.y_ticks:
            y = plot.bottom() - tick.value * plot.height()
            texts.write_to(tick.text, FontRole.BODY, theme.secondary, plot.left() - px(8), y)
        foot = plot.bottom() + px(_BOTTOM) / 2
        for tick in content.x_ticks:
            x = plot.left() + tick.value * plot.width()
            texts.write_around(tick.text, FontRole.BODY, theme.secondary, x, foot)
        texts.write_at("iterations", FontRole.BODY, theme.secondary, plot.right() + px(30), foot)

    def _write_ends(self, content: CourseContent, plot: QRectF) -> None:
        """Write name and value of each line, and the gap, right of the newest values, none over another."""
        px, theme = self._source.px, self._source.theme
        entries: list[tuple[float, str, str, str]] = []
        for line in content.lines:
            if len(line.y) and np.isfinite(line.y[-1]):
                entries.append((float(line.y[-1]), line.text, line.name, line.tone))
        x = plot.left() + px(3 * _BRACKET)
        if len(content.lines[0].x):
            x += float(content.lines[0].x[-1]) * plot.width()
        if content.gap is not None:
            entries.append((sum(content.gap) / 2, content.gap_text, "gap", "ink"))
        heights = np.array([plot.bottom() - share * plot.height() for share, *_ in entries])
        middles = spread_apart(heights, px(40), plot.top(), plot.bottom() - px(16))
        for middle, (_, text, name, tone) in zip(middles.tolist(), entries, strict=True):
            role = FontRole.BIG_NUMBER if tone == "ink" else FontRole.NUMBER
            color = theme.error_text if tone == "error" else getattr(theme, tone)
            right = self._texts.write_at(text, role, color, x, middle)
            self._texts.write_at(name, FontRole.BODY, color, right + px(6), middle)
