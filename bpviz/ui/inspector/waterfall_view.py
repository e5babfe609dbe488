"""A sum drawn as a waterfall beside a table of its terms: value × value = product, down to the whole."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.waterfall import Waterfall, WaterfallRow

_ROW = 18
_HEAD = 20
_BAR = 10
_GAP = 10
_LEAST_BAR = 1.5
_HEADING = "Largest terms"
_SHORTEST_SPAN = 40


class WaterfallView(QWidget):
    """Shows one `Waterfall`; its first line names the columns."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._content: Waterfall | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    @property
    def content(self) -> Waterfall | None:
        """What is shown."""
        return self._content

    def show_waterfall(self, content: Waterfall) -> None:
        """Show another sum."""
        self._content = content
        rows = (f"{row.label} {row.left} {row.right} {row.value}" for row in content.rows)
        self.setAccessibleName("; ".join(" ".join(row.split()) for row in rows))
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        n_rows = 0 if self._content is None else len(self._content.rows)
        return QSize(self._source.px(200), self._source.px(_HEAD) + n_rows * self._source.px(_ROW) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._content is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = _Columns(self._content, self._source, self.width())
        _Painting(painter, self._source, self._content, columns).paint(self.width())

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()


class _Columns:
    """Where the columns end: right edges of the two factors and of the value, and the span of the bars."""

    def __init__(self, content: Waterfall, source: ThemeSource, width: float) -> None:
        body = QFontMetricsF(source.font(FontRole.BODY))
        strong = QFontMetricsF(source.font(FontRole.VALUE))
        gap = source.px(_GAP)

        def widest(texts: list[str], metrics: QFontMetricsF) -> float:
            return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)

        label = max(widest([row.label for row in content.rows], body), strong.horizontalAdvance(_HEADING))
        left = widest([row.left for row in content.rows], body)
        right = widest([row.right for row in content.rows], body)
        if left:
            left = max(left, body.horizontalAdvance(content.left_name))
            right = max(right, body.horizontalAdvance(content.right_name))
        value = widest([row.value for row in content.rows], strong)
        self.left = label + gap + left
        self.right = self.left + (gap + right if left else 0.0)
        self.bar_start = self.right + gap
        self.bar_end = max(self.bar_start + source.px(_SHORTEST_SPAN), width - value - gap)

    def at(self, value: float, content: Waterfall) -> float:
        """Return the x of a value of the sum."""
        span = content.high - content.low
        # Divided by 1 where all is 0, so that a NaN stays one and gets no bar.
        share = (value - content.low) / (span or 1.0)
        return self.bar_start + share * (self.bar_end - self.bar_start)


class _Painting:
    """One repaint: fonts and colours made once."""

    def __init__(self, painter: QPainter, source: ThemeSource, content: Waterfall, columns: _Columns) -> None:
        self._painter = painter
        self._source = source
        self._content = content
        self._columns = columns
        theme = source.theme
        is_weight = content.stem == "weight"
        self._up = theme.weight_positive if is_weight else theme.gradient_positive
        self._down = theme.weight_negative if is_weight else theme.gradient_negative
        self._body, self._strong = source.font(FontRole.BODY), source.font(FontRole.VALUE)

    def paint(self, width: float) -> None:
        """Draw the head line, all rows and the thin lines that tie one bar to the next."""
        source, columns, content = self._source, self._columns, self._content
        self._paint_head(width)
        top, row_height = float(source.px(_HEAD)), float(source.px(_ROW))
        bottom = top + row_height * len(content.rows)
        zero = columns.at(0.0, content)
        self._painter.setPen(QPen(source.theme.strong_line, 1.0))
        self._painter.drawLine(QLineF(zero, top, zero, bottom))
        for place, row in enumerate(content.rows):
            y = top + place * row_height
            if row.is_total:
                y += 4.0
                self._painter.setPen(QPen(source.theme.strong_line, 1.0))
                self._painter.drawLine(QLineF(0.0, y - 1.5, width, y - 1.5))
            elif not content.rows[place + 1].is_total:
                self._tie(row, y)
            self._paint_row(row, QRectF(0.0, y, width, row_height))

    def _paint_head(self, width: float) -> None:
        source, content = self._source, self._content
        height = source.px(_HEAD) - 2.0
        self._text(_HEADING, QRectF(0.0, 0.0, width, height), self._strong, source.theme.text)
        quiet = source.theme.secondary
        if any(row.left for row in content.rows):
            for name, end in (
                (content.left_name, self._columns.left),
                (content.right_name, self._columns.right),
            ):
                self._text(name, QRectF(0.0, 0.0, end, height), self._body, quiet, at_right=True)
            self._text("product", QRectF(0.0, 0.0, width, height), self._body, quiet, at_right=True)

    def _paint_row(self, row: WaterfallRow, place: QRectF) -> None:
        theme, columns = self._source.theme, self._columns
        self._text(
            row.label,
            place,
            self._strong if row.is_total else self._body,
            theme.text if row.is_total else theme.secondary,
        )
        for text, end in ((row.left, columns.left), (row.right, columns.right)):
            self._text(
                text, QRectF(0.0, place.top(), end, place.height()), self._body, theme.text, at_right=True
            )
        self._text(row.value, place, self._strong, theme.text, at_right=True)
        start, end = columns.at(row.start, self._content), columns.at(row.end, self._content)
        # A sum that is not a number has no place; NaN is unequal to itself.
        if start != start or end != end:
            return
        color = theme.ink if row.is_total else self._up if row.end >= row.start else self._down
        bar = self._source.px(_BAR)
        left, width = min(start, end), max(abs(end - start), _LEAST_BAR)
        rect = QRectF(left, place.center().y() - bar / 2, width, bar)
        self._painter.fillRect(rect, color)

    def _tie(self, row: WaterfallRow, y: float) -> None:
        x = self._columns.at(row.end, self._content)
        if x != x:
            return
        height, bar = self._source.px(_ROW), self._source.px(_BAR)
        self._painter.setPen(QPen(self._source.theme.tertiary, 1.0))
        middle = y + height / 2
        self._painter.drawLine(QPointF(x, middle), QPointF(x, middle + height - bar / 2))

    def _text(self, text: str, place: QRectF, font: QFont, color: QColor, *, at_right: bool = False) -> None:
        if not text:
            return
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        self._painter.setFont(font)
        self._painter.setPen(color)
        self._painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
