"""One phase of an iteration as an arrow that points to the next."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from bpviz.ui.controls.painting import HAIRLINE_PX, RING_PX, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import Theme, blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.phases import Phase

_HEIGHT = 36
_POINT = 13
_GAP = 4
_MARGIN = 4
_RADIUS = 4.0
_MARK_WIDTH = 3
_MARK_HEIGHT = 14
_MARK_GAP = 8
_FORMULA_GAP = 10
_CHOSEN_LINE = 1.5
_DIM = 0.35


@dataclass(frozen=True, slots=True)
class _Words:
    name: str
    formula: str
    """Letters of the formula are mathematical italics; signs and brackets stand upright."""
    tip: str


_WORDS = {
    Phase.FORWARD: _Words("Forward", "𝑎 = 𝑓(𝑧)", "Show activations, and each edge by weight × activation"),
    Phase.LOSS: _Words("Loss", "𝐿", "Show how far the outputs are from their targets"),
    Phase.BACKWARD: _Words("Backward", "∂𝐿/∂𝑤", "Show δ as rings, and each edge by this sample's ∂L/∂w"),
    Phase.UPDATE: _Words("Update", "𝑤 + Δ𝑤", "Show each edge by how much this iteration changes its weight"),
}


class PhaseArrow(QAbstractButton):
    """A phase that can be chosen; painted only when hovered, pressed, chosen, resized or stepped through.

    The first arrow begins and the last one ends straight.
    """

    def __init__(self, source: ThemeSource, phase: Phase) -> None:
        super().__init__()
        self._source = source
        self._phase = phase
        self._words = _WORDS[phase]
        self._shows_mark = self._shows_formula = True
        self._share = 1.0
        self.setText(self._words.name)
        self.setToolTip(self._words.tip)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(has_mark=True, has_formula=True), self._source.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width_for(has_mark=False, has_formula=False), self._source.px(_HEIGHT))

    @property
    def shows_formula(self) -> bool:
        """Whether the formula stands behind the name."""
        return self._shows_formula

    @property
    def share(self) -> float:
        """How much of the phase is shown as done, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Show how much of the phase is done: filled so far, and dim while nothing is."""
        if share != self._share:
            self._share = share
            self.update()

    def width_for(self, *, has_mark: bool, has_formula: bool) -> int:
        """Return the width the words need with these parts."""
        px = self._source.px
        width = 2 * px(_POINT + _MARGIN) + self._advance(self._words.name, FontRole.TITLE)
        if has_mark:
            width += px(_MARK_WIDTH + _MARK_GAP)
        if has_formula:
            width += px(_FORMULA_GAP) + self._advance(self._words.formula, FontRole.FORMULA_SMALL)
        return round(width)

    def show_parts(self, *, has_mark: bool, has_formula: bool) -> None:
        """Show the mark in the phase's colour, and the formula, or leave them out."""
        self._shows_mark, self._shows_formula = has_mark, has_formula
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self._source.theme
        hue, _ = _hues(theme, self._phase)
        line, width = self._line(theme, hue)
        shape = rounded_polygon(self._corners(width / 2), _RADIUS)
        painter.fillPath(shape, self._fill(theme, hue))
        if 0.0 < self._share < 1.0:
            done = QPainterPath()
            done.addRect(0, 0, self.width() * self._share, self.height())
            painter.fillPath(shape.intersected(done), _lit(theme, hue))
        if line is not None:
            painter.strokePath(shape, QPen(line, width))
        self._paint_words(painter, theme)
        painter.end()

    def _fill(self, theme: Theme, hue: QColor) -> QColor:
        if self.isChecked() and self._share >= 1.0:
            return _lit(theme, hue)
        if self.isDown():
            return theme.strong_line
        if self.underMouse():
            return theme.control_hover
        return theme.panel if theme.is_dark else blend(theme.inset, theme.panel, 0.35)

    def _line(self, theme: Theme, hue: QColor) -> tuple[QColor | None, float]:
        # High contrast draws an outline around everything, and one in text colour around what is chosen.
        is_outlined = theme.line == theme.control_line
        if shows_focus(self):
            return theme.ink, RING_PX
        if self.isChecked():
            return _hues(theme, self._phase)[1] if is_outlined else hue, _CHOSEN_LINE
        return theme.control_line if is_outlined else None, HAIRLINE_PX

    def _corners(self, inset: float) -> list[QPointF]:
        """Return the corners, clockwise from the top left, moved inwards by `inset` px."""
        point, middle = float(self._source.px(_POINT)), self.height() / 2
        slope = point / middle
        # A slanted edge moved inwards by `inset` moves sideways by more.
        slant = inset * math.hypot(1.0, slope)
        top, bottom = inset, self.height() - inset
        is_first, is_last = self._phase is Phase.FORWARD, self._phase is Phase.UPDATE
        left = inset if is_first else slant + slope * inset
        tip = self.width() - (0 if is_last else self._source.px(_GAP))
        right = tip - inset if is_last else tip - point - slant + slope * inset
        corners = [QPointF(left, top), QPointF(right, top), QPointF(right, bottom), QPointF(left, bottom)]
        if not is_last:
            corners.insert(2, QPointF(tip - slant, middle))
        if not is_first:
            corners.append(QPointF(point + slant, middle))
        return corners

    def _paint_words(self, painter: QPainter, theme: Theme) -> None:
        px = self._source.px
        hue, ink = self._inks(theme)
        words = self.width_for(has_mark=self._shows_mark, has_formula=self._shows_formula)
        x = (self.width() - words) / 2 + px(_POINT + _MARGIN)
        if self._shows_mark:
            height = px(_MARK_HEIGHT)
            painter.fillRect(QRectF(round(x), (self.height() - height) // 2, px(_MARK_WIDTH), height), hue)
            x += px(_MARK_WIDTH + _MARK_GAP)
        font = self._source.font(FontRole.TITLE)
        baseline = round((self.height() + QFontMetricsF(font).capHeight()) / 2)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QPointF(x, baseline), self._words.name)
        if self._shows_formula:
            x += self._advance(self._words.name, FontRole.TITLE) + px(_FORMULA_GAP)
            painter.setFont(self._source.font(FontRole.FORMULA_SMALL))
            painter.setPen(ink if ink != theme.text else theme.secondary)
            painter.drawText(QPointF(x, baseline), self._words.formula)

    def _inks(self, theme: Theme) -> tuple[QColor, QColor]:
        """Return the colours of the mark and of the name."""
        hue, text = _hues(theme, self._phase)
        if self.isChecked():
            return hue, text
        if self._share <= 0.0:
            return blend(hue, theme.panel, _DIM), theme.tertiary
        return hue, theme.text

    def _advance(self, text: str, role: FontRole) -> float:
        return QFontMetricsF(self._source.font(role)).horizontalAdvance(text)

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def rounded_polygon(corners: Sequence[QPointF], radius: float) -> QPainterPath:
    """Return the closed outline through these corners, each cut `radius` px before it and bent round."""
    path = QPainterPath()
    for before, corner, after in zip(
        (corners[-1], *corners[:-1]), corners, (*corners[1:], corners[0]), strict=True
    ):
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        path.lineTo(start) if path.elementCount() else path.moveTo(start)
        path.quadTo(corner, end)
    path.closeSubpath()
    return path


def _towards(start: QPointF, end: QPointF, distance: float) -> QPointF:
    line = QLineF(start, end)
    line.setLength(min(distance, line.length() / 2))
    return line.p2()


def _lit(theme: Theme, hue: QColor) -> QColor:
    return blend(hue, theme.stage, 0.26 if theme.is_dark else 0.2)


def _hues(theme: Theme, phase: Phase) -> tuple[QColor, QColor]:
    """Return the colour of what a phase produces, for areas and for text."""
    return {
        Phase.FORWARD: (theme.activation, theme.activation_text),
        Phase.LOSS: (theme.error, theme.error_text),
        Phase.BACKWARD: (theme.gradient_positive, theme.gradient_positive_text),
        Phase.UPDATE: (theme.weight_positive, theme.weight_positive_text),
    }[phase]
