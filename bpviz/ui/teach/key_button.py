"""A key and what it does, which can be clicked as well."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpviz.ui.controls.painting import fill_rounded, focus_ring, outline_rounded, shows_focus, smooth
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT, _PADDING, _GAP, _RADIUS = 20.0, 7.0, 7.0, 4.0


class KeyButton(QAbstractButton):
    """Shows a key as it looks on a keyboard with the word for what it does; `clicked` does the same."""

    def __init__(self, source: ThemeSource, key: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._key = key
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self.show_words(words)

    def show_words(self, words: str) -> None:
        """Say that the key does something else now."""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(f"{words} ({self._key})")
            self._on_look_changed()

    def show_key(self, key: str) -> None:
        """Show another key."""
        if key != self._key:
            self._key = key
            self.setAccessibleName(f"{self.text()} ({key})")
            self._on_look_changed()

    def sizeHint(self) -> QSize:
        words = self._metrics(FontRole.BODY).horizontalAdvance(self.text())
        gap = self._source.px(_GAP) if self.text() else 0
        return QSize(round(self._key_width() + gap + words) + 2, self._source.px(_HEIGHT) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, px = self._source.theme, self._source.px
        cap = QRectF(1, 1, self._key_width(), px(_HEIGHT))
        lit = self.underMouse() and self.isEnabled()
        fill_rounded(painter, cap, px(_RADIUS), theme.control_hover if lit else theme.inset)
        outline_rounded(painter, cap, px(_RADIUS), theme.strong_line)
        painter.setPen(theme.text if self.isEnabled() else theme.disabled)
        painter.setFont(self._source.font(FontRole.VALUE))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.setPen((theme.text if lit else theme.secondary) if self.isEnabled() else theme.disabled)
        painter.setFont(self._source.font(FontRole.BODY))
        left = cap.right() + px(_GAP)
        rest = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if shows_focus(self):
            focus_ring(painter, self.rect(), px(_RADIUS), theme.ink)
        painter.end()

    def _metrics(self, role: FontRole) -> QFontMetricsF:
        return QFontMetricsF(self._source.font(role))

    def _key_width(self) -> float:
        width = self._metrics(FontRole.VALUE).horizontalAdvance(self._key)
        return max(width + 2 * self._source.px(_PADDING), self._source.px(_HEIGHT))

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
