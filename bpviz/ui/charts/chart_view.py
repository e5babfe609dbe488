"""One chart: a title, a note that can be clicked, a legend and a plot that can be read by pointing."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from bpviz.ui.charts.chart_legend import ChartLegend
from bpviz.ui.charts.chart_plot import ChartPlot
from bpviz.ui.charts.chart_style import AXIS_WIDTH, PADDING, ChartInk
from bpviz.ui.controls.painting import shows_focus
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.chart_content import ChartContent
from bpviz.viewmodel.run.chart_reading import ChartReading

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
    iteration_clicked
        The iteration at which the plot was clicked.
    note_clicked
        The note, which says how the axis is drawn, was chosen by pointer or key.
    resized
        `n_columns` or `most_ticks` may be others: the content no longer fits.
    """

    iteration_hovered = Signal(object)
    iteration_clicked = Signal(float)
    note_clicked = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: ChartContent | None = None
        self._reading: ChartReading | None = None
        self._is_over_note = False
        self._legend_height = 0.0
        self._note_rect = QRectF()
        self._has_ring = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        scene, ink = self.scene(), ChartInk(source)
        self._head = TextPool(scene, source)
        self._note_ring = QGraphicsPathItem()
        scene.addItem(self._note_ring)
        self._legend = ChartLegend(scene, source, ink)
        self._plot = ChartPlot(scene, source, ink)

    @property
    def n_columns(self) -> int:
        """Width of the plot in pixels."""
        px = self._source.px
        return max(10, round(self.room_width) - px(2 * PADDING) - px(AXIS_WIDTH))

    @property
    def most_ticks(self) -> int:
        """Numbers that fit on the vertical axis."""
        height = self._plot_rect().height()
        return max(2, int(height / self._source.px(_TICK_PITCH)) + 1)

    @property
    def plot_rect(self) -> QRectF:
        """Where the curves are, in viewport coordinates."""
        return self._plot.rect

    @property
    def note_rect(self) -> QRectF:
        """Where the note is, in viewport coordinates, with a little room around it."""
        return QRectF(self._note_rect)

    @property
    def legend_height(self) -> int:
        """Height of the rows of the legend."""
        return round(self._legend_height)

    def show_content(self, content: ChartContent) -> None:
        """Draw the content; a reading being shown stays."""
        if self._content is None or self._content.quantity is not content.quantity:
            self.setAccessibleName(content.quantity.value)
        self._content = content
        curves = () if content.empty_text else content.curves
        self._legend_height = self._legend.height(curves, self._inner_width())
        self._plot.show(content, self._plot_rect())
        self._show_head()

    def show_reading(self, reading: ChartReading | None) -> None:
        """Draw the crosshair and the values at one iteration; None goes back to the newest values."""
        if reading is None and self._reading is None:
            return
        self._reading = reading
        self._plot.show_reading(reading)
        self._show_head()

    def show_position(self, iteration: int | None) -> None:
        """Mark the iteration the network is shown at; None where that is the newest."""
        self._plot.show_position(iteration)

    def _show_head(self) -> None:
        content, reading, px = self._content, self._reading, self._source.px
        if content is None:
            return
        values = tuple(curve.value_text for curve in content.curves)
        if reading is not None and len(reading.value_texts) == len(values):
            values = reading.value_texts
        curves = () if content.empty_text else content.curves
        place = QRectF(px(PADDING), px(_LEGEND_TOP), self._inner_width(), self._legend_height)
        self._legend.show(curves, values[: len(curves)], place)
        self._show_title(content, content.note if reading is None else reading.note)

    def _show_title(self, content: ChartContent, note: str) -> None:
        theme, px, head = self._source.theme, self._source.px, self._head
        titles, notes = head.metrics(FontRole.TITLE), head.metrics(FontRole.BODY)
        baseline = px(_TITLE_MIDDLE) + titles.cap_height / 2
        color = theme.text if self._is_over_note else theme.secondary
        left, top = px(PADDING) + self._inner_width() - notes.width(note), baseline - notes.ascent
        head.begin()
        head.write(content.quantity.value, FontRole.TITLE, theme.text, px(PADDING), baseline - titles.ascent)
        right = head.write(note, FontRole.BODY, color, left, top)
        head.end()
        self._note_rect = QRectF(round(left), round(top), right - round(left), notes.height)
        self._note_rect.adjust(-4, -3, 4, 3)
        self._show_ring()

    def _show_ring(self) -> None:
        is_shown = shows_focus(self)
        if not is_shown and not self._has_ring:
            return
        self._has_ring = is_shown
        path = QPainterPath()
        if is_shown:
            path.addRoundedRect(self._note_rect, self._source.px(4), self._source.px(4))
        self._note_ring.setPath(path)
        self._note_ring.setPen(QPen(self._source.theme.ink, 2.0))

    @property
    def _is_empty(self) -> bool:
        return self._content is None or bool(self._content.empty_text)

    def _inner_width(self) -> float:
        return self.room_width - 2.0 * self._source.px(PADDING)

    def _plot_rect(self) -> QRectF:
        px = self._source.px
        top = round(px(_LEGEND_TOP) + self._legend_height + px(_PLOT_GAP))
        height = max(20, round(self.room_height) - top - px(_BELOW_PLOT))
        return QRectF(px(PADDING) + px(AXIS_WIDTH), top, self.n_columns, height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        iteration = self._hovered_iteration(event.position())
        self._set_over_note(self._note_rect.contains(event.position()))
        can_click = self._is_over_note or (iteration is not None and not self._is_empty)
        shape = Qt.CursorShape.PointingHandCursor if can_click else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.iteration_hovered.emit(iteration)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        iteration = self._hovered_iteration(event.position())
        if self._note_rect.contains(event.position()):
            self.note_clicked.emit()
        elif iteration is not None and not self._is_empty:
            self.iteration_clicked.emit(iteration)

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
        self.viewport().setToolTip(self._content.note_tip if is_over else "")
        self._show_head()
