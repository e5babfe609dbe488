"""The ten digits in a row: the one that is read is filled, the one asked about is outlined."""

from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from bpviz.ui.controls.painting import (
    control_box,
    field_fill,
    fill_rounded,
    focus_ring,
    outline_rounded,
    shows_focus,
    smooth,
)
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

N_DIGITS = 10
_SIDE = 34
_GAP = 4
_RADIUS = 7
_RING = 2.0


class DigitChoice(QWidget):
    """Lets the user take one digit; belongs to the GUI thread.

    Signals
    -------
    digit_clicked
        The digit, whether it was asked about before or not.
    """

    digit_clicked = Signal(int)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._buttons = tuple(_DigitButton(source, digit) for digit in range(N_DIGITS))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for digit, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, digit=digit: self.digit_clicked.emit(digit))
            self._row.addWidget(button)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def button(self, digit: int) -> QAbstractButton:
        """Return the button of a digit."""
        return self._buttons[digit]

    def show_digits(self, read: int | None, asked: int | None, n_askable: int = N_DIGITS) -> None:
        """Fill the digit that is read and outline the one asked about; cheap if nothing changed.

        Parameters
        ----------
        read
            None for none.
        n_askable
            Digits from this one on cannot be asked about.
        """
        for digit, button in enumerate(self._buttons):
            button.show_as(_look(digit, read, asked))
            button.setEnabled(digit < n_askable)

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(_GAP))
        self.setFixedHeight(self._source.px(_SIDE))


class _Look(Enum):
    PLAIN = "plain"
    READ = "read"
    ASKED = "asked"
    BOTH = "both"


def _look(digit: int, read: int | None, asked: int | None) -> _Look:
    if digit == read:
        return _Look.BOTH if digit == asked else _Look.READ
    return _Look.ASKED if digit == asked else _Look.PLAIN


class _DigitButton(QAbstractButton):
    def __init__(self, source: ThemeSource, digit: int) -> None:
        super().__init__()
        self._source = source
        self._look = _Look.PLAIN
        self.setText(str(digit))
        self.setToolTip(f"Why, or why not {digit}? (key {digit})")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        source.changed.connect(self.update)

    def show_as(self, look: _Look) -> None:
        if look is not self._look:
            self._look = look
            said = {_Look.READ: ", read", _Look.ASKED: ", asked about", _Look.BOTH: ", read and asked about"}
            self.setAccessibleName(f"{self.text()}{said.get(look, '')}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._source.px(_SIDE), self._source.px(_SIDE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._source.px(24), self._source.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, radius = self._source.theme, self._source.px(_RADIUS)
        is_read = self._look in (_Look.READ, _Look.BOTH)
        if is_read and self.isEnabled():
            fill_rounded(painter, self.rect(), radius, theme.ink)
        else:
            fill = field_fill(theme, is_enabled=self.isEnabled(), is_hovered=self.underMouse())
            control_box(painter, self.rect(), radius, fill, theme.control_line)
        self._paint_ring(painter, radius)
        live = theme.on_ink if is_read else theme.text
        painter.setPen(live if self.isEnabled() else theme.disabled)
        painter.setFont(self._source.font(FontRole.NUMBER))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _paint_ring(self, painter: QPainter, radius: float) -> None:
        theme, rect = self._source.theme, self.rect()
        if self._look is _Look.ASKED:
            outline_rounded(painter, rect, radius, theme.ink, _RING)
        elif self._look is _Look.BOTH:
            outline_rounded(painter, rect.adjusted(2, 2, -2, -2), radius - 2, theme.on_ink, _RING)
        if shows_focus(self):
            focus_ring(painter, rect.adjusted(3, 3, -3, -3), radius - 3, theme.secondary)
