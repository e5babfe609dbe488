"""The sigmoid of one output with a dot for every image of its digit: on the slope, or on the flat."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from bpviz.nn.arrays import FloatArray
from bpviz.ui.charts.chart_curves import dashed_path
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.lessons.lesson_bars import power_text
from bpviz.viewmodel.lessons.lesson_slope import SlopeContent

_EDGE = 14
_TITLE_MIDDLE, _NUMBER_MIDDLE = 12, 42
_TOP, _BOTTOM = 74, 34
_SCALE_WIDTH = 44
_DOT = 3.5
_FAINT = 0.45


class SlopeView(PlainView):
    """Shows a `SlopeContent` with plain items; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: SlopeContent | None = None
        self._grid, self._curve, self._dots = (QGraphicsPathItem() for _ in range(3))
        for item in (self._grid, self._curve, self._dots):
            self.scene().addItem(item)
        self._dots.setOpacity(_FAINT)
        self._texts = TextPool(self.scene(), source)
        source.changed.connect(self._draw)
        self.resized.connect(self._draw)

    @property
    def content(self) -> SlopeContent | None:
        """What is shown."""
        return self._content

    def show_content(self, content: SlopeContent) -> None:
        """Show other images."""
        self._content = content
        self._draw()

    def _plot(self) -> QRectF:
        px = self._source.px
        left = px(_EDGE) + px(_SCALE_WIDTH)
        width = max(1.0, self.room_width - left - px(_EDGE))
        return QRectF(left, px(_TOP), width, max(1.0, self.room_height - px(_TOP) - px(_BOTTOM)))

    def _draw(self) -> None:
        content = self._content
        if content is None:
            return
        theme, plot, factor = self._source.theme, self._plot(), self._source.factor
        self._grid.setPath(_grid(content, plot))
        self._grid.setPen(QPen(theme.line, 1.0))
        x, y = _places(plot, content.curve_x, content.curve_y)
        self._curve.setPath(dashed_path(x, y, np.array((1e6, 1.0))))
        self._curve.setPen(QPen(theme.secondary, 2.4 * factor))
        dots, radius = QPainterPath(), _DOT * factor
        # Dots of one place cover each other without growing darker: how many there are, the heap tells.
        dots.setFillRule(Qt.FillRule.WindingFill)
        for at_x, at_y in zip(*_places(plot, content.dots_x, content.dots_y), strict=True):
            dots.addEllipse(float(at_x) - radius, float(at_y) - radius, 2 * radius, 2 * radius)
        self._dots.setPath(dots)
        self._dots.setPen(Qt.PenStyle.NoPen)
        self._dots.setBrush(theme.activation)
        self._write(content, plot)

    def _write(self, content: SlopeContent, plot: QRectF) -> None:
        px, theme, texts = self._source.px, self._source.theme, self._texts
        texts.begin()
        texts.write_at(content.title, FontRole.TITLE, theme.text, px(_EDGE), px(_TITLE_MIDDLE))
        x = texts.write_at("slope on average", FontRole.BODY, theme.secondary, px(_EDGE), px(_NUMBER_MIDDLE))
        slope = power_text(content.mean_slope)
        x = texts.write_at(slope, FontRole.BIG_NUMBER, theme.text, x + px(8), px(_NUMBER_MIDDLE))
        texts.write_at("of at most 0.25", FontRole.BODY, theme.secondary, x + px(8), px(_NUMBER_MIDDLE))
        for share, text in ((0.0, "0"), (1.0, "1")):
            y = plot.bottom() - share * plot.height()
            texts.write_to(text, FontRole.BODY, theme.secondary, plot.left() - px(8), y)
        foot = plot.bottom() + px(_BOTTOM) / 2
        for tick in content.ticks:
            at = plot.left() + tick.value * plot.width()
            texts.write_around(tick.text, FontRole.BODY, theme.secondary, at, foot)
        texts.write_to("sum", FontRole.BODY, theme.secondary, plot.left() - px(20), foot)
        texts.end()
        self.setAccessibleName(f"{content.title}: slope {slope} on average")


def _places(plot: QRectF, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    return plot.left() + x * plot.width(), plot.bottom() - y * plot.height()


def _grid(content: SlopeContent, plot: QRectF) -> QPainterPath:
    path = QPainterPath()
    for share in (0.0, 1.0):
        y = round(plot.bottom() - share * plot.height()) + 0.5
        path.moveTo(plot.left(), y)
        path.lineTo(plot.right(), y)
    for tick in content.ticks:
        x = round(plot.left() + tick.value * plot.width()) + 0.5
        path.moveTo(x, plot.top())
        path.lineTo(x, plot.bottom())
    return path
