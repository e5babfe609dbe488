"""A typeset formula with its numbers under its symbols, to be read and copied."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from bpviz.ui.controls.painting import focus_ring, shows_focus
from bpviz.ui.inspector.formula_layout import Box, set_formula
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.formula_model import Formula

_NOTE_GAP = 12
_RING_RADIUS = 4.0
_NOTE_BASELINE = 17


class FormulaView(QWidget):
    """Shows one formula, as wide as it is given, and what it is about at the right.

    A click with the right button (or the menu key) offers it as LaTeX and as text.
    """

    def __init__(self, source: ThemeSource, size_px: float = 22.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._size_px = size_px
        self._formula: Formula | None = None
        self._note = ""
        self._box = Box()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        source.changed.connect(self._on_look_changed)

    @property
    def formula(self) -> Formula | None:
        """What is shown."""
        return self._formula

    def show_formula(self, formula: Formula | None, note: str = "") -> None:
        """Show a formula and a few quiet words at its right; None shows nothing."""
        if formula == self._formula and note == self._note:
            return
        self._formula, self._note = formula, note
        self.setAccessibleName("" if formula is None else formula.text)
        self._set()

    def copy_latex(self) -> None:
        """Put the formula on the clipboard as LaTeX."""
        if self._formula is not None:
            QGuiApplication.clipboard().setText(self._formula.latex)

    def copy_text(self) -> None:
        """Put the formula on the clipboard as lines of text."""
        if self._formula is not None:
            QGuiApplication.clipboard().setText(self._formula.text)

    def sizeHint(self) -> QSize:
        return QSize(round(self._box.width), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._formula is None:
            return
        menu = self.copy_menu()
        menu.popup(event.globalPos())
        menu.aboutToHide.connect(menu.deleteLater)

    def copy_menu(self) -> QMenu:
        """Return the menu that offers the formula; the caller shows it."""
        menu = QMenu(self)
        menu.addAction("Copy as LaTeX", self.copy_latex)
        menu.addAction("Copy as text", self.copy_text)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._box.paint(painter, QPointF(0.0, 0.0), self._source.theme)
        if shows_focus(self):
            focus_ring(painter, self.rect(), _RING_RADIUS, self._source.theme.ink)
        if self._note:
            painter.setFont(self._source.font(FontRole.BODY))
            painter.setPen(self._source.theme.secondary)
            x = self.width() - self._note_width()
            painter.drawText(QPointF(x, self._note_baseline()), self._note)

    def _set(self) -> None:
        height = 0.0
        self._box = Box()
        if self._formula is not None:
            width = self.width() if self.width() > 1 else 10_000
            self._box = set_formula(self._formula, self._source, width, self._size_px)
            height = self._box.descent
            if self._note and not self._note_fits_beside():
                height += self._source.px(_NOTE_BASELINE)
        self.setFixedHeight(max(1, round(height + 0.49)))
        self.updateGeometry()
        self.update()

    def _note_width(self) -> float:
        return QFontMetricsF(self._source.font(FontRole.BODY)).horizontalAdvance(self._note)

    def _note_fits_beside(self) -> bool:
        return self._box.width + self._source.px(_NOTE_GAP) + self._note_width() <= self.width()

    def _note_baseline(self) -> float:
        if self._note_fits_beside():
            return min(self.height() - 4.0, self._size_px * 0.7 * self._source.factor)
        return self.height() - 4.0

    def _on_look_changed(self) -> None:
        self._set()
