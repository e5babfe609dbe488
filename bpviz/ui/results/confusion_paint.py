"""Paints the cells of a confusion matrix and the bar of its colour scale."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.text_metrics import text_metrics
from bpviz.ui.style.theme import blend, contrast, rgb
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.color_scale import ramp
from bpviz.viewmodel.run.confusion import Cell, CellTexts, Confusion

N_LEVELS = 64
_FAINTEST = 0.16
"""Share of colour in the rarest mistake: it must still be told from none."""
_DIAGONAL = 0.75
_ABSENT = 0.4
_SMALL_TEXT = 0.84


@dataclass(frozen=True, slots=True)
class Grid:
    """Where `n` by `n` square cells stand, right of and below a strip of labels; pixels."""

    n: int
    labels: float
    side: float

    @property
    def bottom(self) -> float:
        """Lower end of the last row."""
        return self.labels + self.n * self.side

    def cell_rect(self, cell: Cell) -> QRectF:
        """Return a cell without the gap to the next."""
        row, column = cell
        left, top = self.labels + column * self.side, self.labels + row * self.side
        return QRectF(left, top, self.side - 1.0, self.side - 1.0)

    def cell_at(self, at: QPointF) -> Cell | None:
        """Return the cell at a place; None beside the cells."""
        column, row = (at.x() - self.labels) // self.side, (at.y() - self.labels) // self.side
        is_inside = 0 <= row < self.n and 0 <= column < self.n
        return (int(row), int(column)) if is_inside else None


class ConfusionPaint:
    """Colours and fonts for one theme and scale."""

    def __init__(self, source: ThemeSource) -> None:
        theme = source.theme
        self._none = theme.inset
        self._absent = blend(theme.inset, theme.panel, _ABSENT)
        self._diagonal = blend(theme.strong_line, theme.panel, _DIAGONAL)
        self._diagonal_ink = theme.secondary
        faintest = blend(theme.error, theme.inset, _FAINTEST)
        colors = ramp(rgb(faintest), rgb(theme.error)).table(N_LEVELS).tolist()
        self._levels = [QColor(*color) for color in colors]
        inks = (theme.text, theme.stage)
        self._inks = [max(inks, key=lambda ink: contrast(ink, fill)) for fill in self._levels]
        self._metrics = text_metrics(FontRole.CAPTION, source.factor)
        self._factor = source.factor

    def cells(
        self, painter: QPainter, confusion: Confusion, limit: float, grid: Grid, texts: CellTexts | None
    ) -> None:
        """Paint every cell: mistakes by their share of the row, the diagonal in quiet grey.

        Parameters
        ----------
        limit
            The share of a row at which the colour is full.
        texts
            None where cells are too small to be written in.
        """
        levels = np.minimum(confusion.shares / limit, 1.0) * (N_LEVELS - 1)
        occurs = confusion.counts.sum(axis=1) > 0
        counts, rounded = confusion.counts.tolist(), np.rint(levels).astype(int).tolist()
        for row in range(grid.n):
            for column in range(grid.n):
                rect, level = grid.cell_rect((row, column)), rounded[row][column]
                fill, ink = self._colors(row == column, bool(occurs[row]), counts[row][column], level)
                painter.fillRect(rect, fill)
                if texts is not None and texts.rows[row][column]:
                    self._write(painter, texts.rows[row][column], rect, ink)

    def legend(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the colours of mistakes from the rarest to the most frequent."""
        width = rect.width() / N_LEVELS
        for level, color in enumerate(self._levels):
            # One pixel of overlap: edges between pixels would show as lines.
            left = rect.left() + level * width
            painter.fillRect(
                QRectF(left, rect.top(), min(width + 1, rect.right() - left), rect.height()), color
            )

    def _colors(self, is_diagonal: bool, occurs: bool, count: int, level: int) -> tuple[QColor, QColor]:
        if not occurs:
            return self._absent, self._diagonal_ink
        if is_diagonal:
            return self._diagonal, self._diagonal_ink
        return (self._levels[level], self._inks[level]) if count else (self._none, self._diagonal_ink)

    def _write(self, painter: QPainter, text: str, rect: QRectF, ink: QColor) -> None:
        font = self._metrics.font
        if self._metrics.width(text) > rect.width():
            font = type(font)(font)
            font.setPixelSize(max(1, round(font.pixelSize() * _SMALL_TEXT)))
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
