"""The confusion matrix: how often each digit was read as each; a click chooses a cell."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QSizePolicy, QWidget

from bpviz.ui.plain_view import PlainView
from bpviz.ui.results.confusion_paint import ConfusionPaint, Grid
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.text_pool import TextPool
from bpviz.viewmodel.run.confusion import (
    Cell,
    CellTexts,
    Confusion,
    cell_texts,
    cell_words,
    mistake_limit,
)
from bpviz.viewmodel.words.number_format import percent

_LABELS, _LEGEND, _LINE = 18, 40, 17
_LARGEST_CELL = 56
_LEGEND_BAR_WIDTH, _LEGEND_BAR = 34, 8
_GAP = 6
_FRAME = 2.0
_TEXT_MARGIN_PX = 3.0
_SMALLEST_TEXT_CELL = 13
_USUAL_CLASSES = 10
_AXES = "Rows: true digit. Columns: read as."
_KEY_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionView(PlainView):
    """Shows a `Confusion` as large as its width allows; its height follows.

    All cells are one pixmap, painted anew when the numbers change, so that a frame costs nothing.

    Signals
    -------
    cell_chosen
        A `Cell` was clicked, or None when the chosen one was clicked again.
    """

    cell_chosen = Signal(object)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._confusion: Confusion | None = None
        self._texts: CellTexts | None = None
        self._limit: float | None = None
        self._chosen: Cell | None = None
        self._cells, self._frame = QGraphicsPixmapItem(), QGraphicsPathItem()
        for item in (self._cells, self._frame):
            self.scene().addItem(item)
        self._words = TextPool(self.scene(), source)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Confusion matrix: rows the true digit, columns the digit read")
        source.changed.connect(self._on_theme_changed)
        self.resized.connect(self._draw)
        self._on_theme_changed()

    @property
    def chosen(self) -> Cell | None:
        """The cell that is framed."""
        return self._chosen

    @property
    def texts(self) -> CellTexts | None:
        """What is written in the cells."""
        return self._texts

    @property
    def limit(self) -> float | None:
        """The share of a row at which the colour of mistakes is full."""
        return self._limit

    def sizeHint(self) -> QSize:
        # A stack of pages asks for this, whatever height is fixed.
        return QSize(self._source.px(_LABELS), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_confusion(self, confusion: Confusion) -> None:
        """Show other numbers; the colour scale stays while it fits."""
        is_other_size = self._confusion is not None and self._confusion.n_classes != confusion.n_classes
        if is_other_size:
            self._limit = self._chosen = None
        self._confusion = confusion
        self._limit = mistake_limit(confusion, self._limit)
        self._draw()

    def set_chosen(self, cell: Cell | None) -> None:
        """Frame a cell, or none; emits nothing."""
        self._chosen = cell
        self._show_frame()

    def cell_rect(self, cell: Cell) -> QRectF:
        """Return where a cell is drawn, in viewport coordinates."""
        return self._grid().cell_rect(cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._grid().cell_at(event.position())
        if cell is not None and self._confusion is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(None if cell == self._chosen else cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = None if self._confusion is None else self._grid().cell_at(event.position())
        shape = Qt.CursorShape.ArrowCursor if cell is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip(self._tip(cell, event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._confusion is None:
            event.ignore()
        elif event.key() in _KEY_STEPS:
            last = self._confusion.n_classes - 1
            row, column = self._chosen or (0, 0)
            down, right = _KEY_STEPS[Qt.Key(event.key())] if self._chosen else (0, 0)
            self._choose((min(max(row + down, 0), last), min(max(column + right, 0), last)))
        elif event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self._choose(None)
        else:
            event.ignore()

    def _choose(self, cell: Cell | None) -> None:
        self.set_chosen(cell)
        self.cell_chosen.emit(cell)

    def _tip(self, cell: Cell | None, at: QPointF) -> str:
        if self._confusion is None:
            return ""
        if cell is not None:
            return cell_words(self._confusion, cell)
        if at.y() >= self._grid().bottom and self._limit is not None:
            return (
                f"Colour of a mistake: its share of the true digit's samples, from above 0 to "
                f"{percent(self._limit, 0)}. Grey diagonal: read rightly."
            )
        return "Rows: the true digit. Columns: the digit the network read."

    def _grid(self) -> Grid:
        px = self._source.px
        n = _USUAL_CLASSES if self._confusion is None else self._confusion.n_classes
        labels = px(_LABELS)
        side = min(max(1.0, (self.room_width - labels) // n), px(_LARGEST_CELL))
        return Grid(n, float(labels), float(side))

    def _draw(self) -> None:
        grid = self._grid()
        height = round(grid.bottom) + self._source.px(_LEGEND)
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()
        if self._confusion is None or self.room_width <= 1:
            return
        self._texts = cell_texts(self._confusion, self._most_digits(grid))
        self._cells.setPixmap(self._painted(self._confusion, self._texts, grid))
        self._words.begin()
        self._write_labels(self._confusion, grid)
        self._write_legend(grid)
        self._words.end()
        self._show_frame()

    def _most_digits(self, grid: Grid) -> int:
        metrics = self._words.metrics(FontRole.CAPTION)
        room = grid.side - _TEXT_MARGIN_PX
        return next((n for n in range(6, 0, -1) if metrics.width("0" * n) <= room), 0)

    def _painted(self, confusion: Confusion, texts: CellTexts, grid: Grid) -> QPixmap:
        px, ratio = self._source.px, self.devicePixelRatioF()
        size = QSizeF(max(grid.bottom, self.room_width), grid.bottom + px(_LEGEND))
        pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint = self._paint
        limit = self._limit or 1.0
        has_texts = grid.side >= px(_SMALLEST_TEXT_CELL)
        paint.cells(painter, confusion, limit, grid, texts if has_texts else None)
        paint.legend(painter, self._legend_rect(grid))
        painter.end()
        return pixmap

    def _legend_rect(self, grid: Grid) -> QRectF:
        px = self._source.px
        left = grid.labels + self._words.metrics(FontRole.CAPTION).width("0") + px(_GAP)
        middle = grid.bottom + px(_GAP) + px(_LINE) / 2
        height = px(_LEGEND_BAR)
        return QRectF(round(left), round(middle - height / 2), px(_LEGEND_BAR_WIDTH), height)

    def _write_labels(self, confusion: Confusion, grid: Grid) -> None:
        if grid.side < self._words.metrics(FontRole.LABEL).height * 0.7:
            return
        theme, words = self._source.theme, self._words
        occurs = confusion.counts.sum(axis=1)
        middle = (grid.labels - 1) / 2
        for index, name in enumerate(confusion.names):
            center = grid.labels + (index + 0.5) * grid.side
            words.write_around(name, FontRole.LABEL, theme.secondary, center, middle)
            color = theme.text if occurs[index] else theme.disabled
            words.write_around(name, FontRole.VALUE, color, middle, center)

    def _write_legend(self, grid: Grid) -> None:
        if self._limit is None or self._texts is None:
            return
        theme, words, bar = self._source.theme, self._words, self._legend_rect(grid)
        gap, middle = self._source.px(_GAP), bar.center().y()
        words.write_to("0", FontRole.CAPTION, theme.secondary, bar.left() - gap, middle)
        limit = f"{percent(self._limit, 0)} of row"
        right = words.write_at(limit, FontRole.CAPTION, theme.secondary, bar.right() + gap, middle)
        note = self._texts.unit.value
        edge = max(grid.labels + grid.n * grid.side, self.room_width)
        if right + 2 * gap + words.metrics(FontRole.CAPTION).width(note) <= edge:
            words.write_to(note, FontRole.CAPTION, theme.secondary, edge, middle)
        line = words.metrics(FontRole.CAPTION).elided(_AXES, self.room_width)
        words.write_at(line, FontRole.CAPTION, theme.tertiary, 0.0, middle + self._source.px(_LINE))

    def _show_frame(self) -> None:
        path = QPainterPath()
        if self._chosen is not None and self._confusion is not None:
            path.addRoundedRect(self.cell_rect(self._chosen).adjusted(-1, -1, 1, 1), 3, 3)
        self._frame.setPath(path)

    def _on_theme_changed(self) -> None:
        self._paint = ConfusionPaint(self._source)
        self._frame.setPen(QPen(self._source.theme.ink, _FRAME))
        self._draw()
