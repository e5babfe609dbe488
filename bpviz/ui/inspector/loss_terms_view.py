"""Every output's part in the loss: what it is, what it should be, and what the difference costs."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.inspection_loss import OutputTerm
from bpviz.viewmodel.inspection.number_columns import column, decimals_for
from bpviz.viewmodel.words.number_format import fixed

_ROW = 20
_BAR = 10
_COLUMNS = (22, 92, 140, 196)
"""Left of the bar of a, and right edges of a, y and left of the term's bar, at scale 1.0."""
_VALUE = 58


class LossTermsView(QWidget):
    """One row an output, under the names of the columns."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._terms: tuple[OutputTerm, ...] = ()
        self._letter = "a"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def show_terms(self, terms: tuple[OutputTerm, ...], letter: str) -> None:
        """Show other outputs; `letter` stands for them in formulas."""
        self._terms, self._letter = terms, letter
        self.setAccessibleName("; ".join(f"output {t.index}: {t.a:.4g}, target {t.target:g}" for t in terms))
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(200), (len(self._terms) + 1) * self._source.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._terms:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        decimals = decimals_for(term.term for term in self._terms)
        sizes = [term.term for term in self._terms if term.term == term.term]
        largest = max(sizes, default=0.0)
        for place, term in enumerate(self._terms):
            self._paint_row(painter, term, place + 1, decimals, largest)

    def _paint_head(self, painter: QPainter) -> None:
        theme, body = self._source.theme, self._source.font(FontRole.BODY)
        _, a, y, _ = self._edges()
        for text, right in ((self._letter, a), ("y", y), ("term", self.width())):
            self._text(painter, text, self._cell(0, 0.0, right), body, theme.secondary)

    def _paint_row(
        self, painter: QPainter, term: OutputTerm, place: int, decimals: int, largest: float
    ) -> None:
        theme, source = self._source.theme, self._source
        body, strong = source.font(FontRole.BODY), source.font(FontRole.VALUE)
        left, a, y, bar_left = self._edges()
        is_target = term.target > 0
        self._text(painter, str(term.index), self._cell(place, 0.0, source.px(14)), strong, theme.text)
        room = QRectF(left, 0.0, a - left - source.px(44), source.px(_BAR))
        room.moveCenter(self._cell(place, room.left(), room.right()).center())
        if term.a == term.a:
            fill_rounded(painter, room, 2.0, theme.control if theme.is_dark else theme.inset)
            share = QRectF(room)
            share.setWidth(room.width() * min(1.0, max(0.0, term.a)))
            painter.fillRect(share, theme.activation)
        self._text(painter, fixed(term.a, 3), self._cell(place, 0.0, a), body, theme.text)
        tone = theme.text if is_target else theme.secondary
        self._text(
            painter, f"{term.target:g}", self._cell(place, 0.0, y), strong if is_target else body, tone
        )
        self._paint_cost(painter, term, place, largest, bar_left)
        self._text(
            painter, column(term.term, decimals), self._cell(place, 0.0, self.width()), strong, theme.text
        )

    def _paint_cost(
        self, painter: QPainter, term: OutputTerm, place: int, largest: float, left: float
    ) -> None:
        if not (term.term == term.term and largest > 0):
            return
        room = self.width() - self._source.px(_VALUE) - left
        bar = QRectF(left, 0.0, max(0.0, room * term.term / largest), self._source.px(_BAR))
        bar.moveCenter(self._cell(place, bar.left(), bar.right()).center())
        painter.fillRect(bar, self._source.theme.error)

    def _edges(self) -> tuple[float, ...]:
        return tuple(float(self._source.px(edge)) for edge in _COLUMNS)

    def _cell(self, place: int, left: float, right: float) -> QRectF:
        height = self._source.px(_ROW)
        return QRectF(left, place * height, right - left, height)

    def _text(self, painter: QPainter, text: str, place: QRectF, font: QFont, color: QColor) -> None:
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _on_look_changed(self) -> None:
        self.setFixedHeight(max(1, self.sizeHint().height()))
        self.update()
