"""One chart: a title, a note that can be clicked, a legend and a plot that can be read by pointing."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsSimpleTextItem,
    QWidget,
)

from bpviz.ui.chart_legend import ChartLegend
from bpviz.ui.chart_plot import ChartPlot
from bpviz.ui.chart_style import AXIS_WIDTH, PADDING
from bpviz.ui.controls.painting import shows_focus
from bpviz.ui.fonts import FontRole
from bpviz.ui.plain_view import PlainView
from bpviz.ui.text_pool import set_text
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.chart_content import ChartContent
from bpviz.viewmodel.chart_reading import ChartReading

_TITLE_MIDDLE = 20
_LEGEND_TOP = 33
_PLOT_GAP = 10
_BELOW_PLOT = 30
_TICK_PITCH = 26
"""Least distance of the numbers on the vertical axis."""
_LEAST_HEIGHT = 150


class ChartView(PlainView):
    """Shows a `ChartContent`. Built of C++ items only, so painting it leaves training alone.

    Signals
    -------
    iteration_hovered
        The iteration under the pointer, None once it left the plot.
    note_clicked
        The note, which says how the axis is drawn, was chosen by pointer or key.
    resized
        `n_columns` or `most_ticks` may be others: the content no longer fits.
    """

    iteration_hovered = Signal(object)
    note_clicked = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: ChartContent | None = None
        self._reading: ChartReading | None = None
        self._is_over_note = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        scene = self.scene()
        self._title = QGraphicsSimpleTextItem()
        self._note = QGraphicsSimpleTextItem()
        self._note_ring = QGraphicsPathItem()
        for item in (self._title, self._note, self._note_ring):
            scene.addItem(item)
        self._legend = ChartLegend(scene, source)
        self._plot = ChartPlot(scene, source)

    @property
    def n_columns(self) -> int:
        """Width of the plot in pixels."""
        px = self._source.px
        return max(10, self.viewport().width() - px(2 * PADDING) - px(AXIS_WIDTH))

    @property
    def most_ticks(self) -> int:
        """Numbers that fit on the vertical axis."""
        height = self._plot_rect(self._legend_height()).height()
        return max(2, int(height / self._source.px(_TICK_PITCH)) + 1)

    @property
    def plot_rect(self) -> QRectF:
        """Where the curves are, in viewport coordinates."""
        return self._plot.rect

    @property
    def note_rect(self) -> QRectF:
        """Where the note is, in viewport coordinates, with a little room around it."""
        return self._note.sceneBoundingRect().adjusted(-4, -3, 4, 3)

    def show_content(self, content: ChartContent) -> None:
        """Draw the content; a reading being shown stays."""
        self._content = content
        self.setAccessibleName(content.quantity.value)
        self.viewport().setToolTip("")
        self._plot.show(content, self._plot_rect(self._legend_height()))
        self._show_head()

    def show_reading(self, reading: ChartReading | None) -> None:
        """Draw the crosshair and the values at one iteration; None goes back to the newest values."""
        self._reading = reading
        self._plot.show_reading(reading)
        self._show_head()

    def _show_head(self) -> None:
        content, reading, px = self._content, self._reading, self._source.px
        if content is None:
            return
        values = tuple(curve.value_text for curve in content.curves)
        if reading is not None and len(reading.value_texts) == len(values):
            values = reading.value_texts
        curves = () if content.empty_text else content.curves
        place = QRectF(px(PADDING), px(_LEGEND_TOP), self._inner_width(), self._legend_height())
        self._legend.show(curves, values[: len(curves)], place)
        self._show_title(content, content.note if reading is None else reading.note)

    def _show_title(self, content: ChartContent, note: str) -> None:
        source, theme = self._source, self._source.theme
        middle, left = source.px(_TITLE_MIDDLE), source.px(PADDING)
        title_font, note_font = source.font(FontRole.TITLE), source.font(FontRole.BODY)
        set_text(self._title, content.quantity.value, title_font, theme.text)
        set_text(self._note, note, note_font, theme.text if self._is_over_note else theme.secondary)
        baseline = middle + QFontMetricsF(title_font).capHeight() / 2
        for item, font in ((self._title, title_font), (self._note, note_font)):
            width = item.boundingRect().width()
            x = left if item is self._title else left + self._inner_width() - width
            item.setPos(round(x), round(baseline - QFontMetricsF(font).ascent()))
        self._show_ring()

    def _show_ring(self) -> None:
        path = QPainterPath()
        if shows_focus(self):
            path.addRoundedRect(self.note_rect, self._source.px(4), self._source.px(4))
        self._note_ring.setPath(path)
        self._note_ring.setPen(QPen(self._source.theme.ink, 2.0))

    def _inner_width(self) -> float:
        return self.viewport().width() - 2.0 * self._source.px(PADDING)

    def _legend_height(self) -> float:
        if self._content is None or self._content.empty_text:
            return 0.0
        return self._legend.height(self._content.curves, self._inner_width())

    def _plot_rect(self, legend_height: float) -> QRectF:
        px = self._source.px
        top = round(px(_LEGEND_TOP) + legend_height + px(_PLOT_GAP))
        height = max(20, self.viewport().height() - top - px(_BELOW_PLOT))
        return QRectF(px(PADDING) + px(AXIS_WIDTH), top, self.n_columns, height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_over_note(self.note_rect.contains(event.position()))
        self.iteration_hovered.emit(self._hovered_iteration(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.note_rect.contains(event.position()):
            self.note_clicked.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_over_note(False)
        self.iteration_hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.note_clicked.emit()
        else:
            # Not the view's own keys: arrows would scroll what has nowhere to scroll to.
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring()

    def _hovered_iteration(self, at: QPointF) -> float | None:
        rect = self._plot.rect
        return self._plot.iteration_at(at.x()) if rect.top() - 4 <= at.y() <= rect.bottom() + 4 else None

    def _set_over_note(self, is_over: bool) -> None:
        if is_over == self._is_over_note or self._content is None:
            return
        self._is_over_note = is_over
        shape = Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip(self._content.note_tip if is_over else "")
        self._show_head()
