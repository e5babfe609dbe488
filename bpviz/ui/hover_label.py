"""The small label beside the pointer that says what is under it."""

from html import escape

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_AWAY_PX = 16
_MARGIN_PX = 4


class HoverLabel(QLabel):
    """Shows lines of text near a point of its parent, always wholly inside it."""

    def __init__(self, source: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = source
        self._room = parent
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_lines(self, lines: tuple[str, ...], near: QPoint) -> None:
        """Show lines of plain text, the first in bold, beside `near`; hide if there are none."""
        if not lines:
            self.hide()
            return
        first, *rest = (escape(line).replace(" ", "&nbsp;") for line in lines)
        self.setText("<br>".join((f"<b>{first}</b>", *rest)))
        self.adjustSize()
        self.move(self._place(near))
        self.show()
        self.raise_()

    def _place(self, near: QPoint) -> QPoint:
        """Return a place beside the pointer, on its other side where the first does not fit."""
        room = self._room.size()
        x, y = near.x() + _AWAY_PX, near.y() + _AWAY_PX
        if x + self.width() > room.width() - _MARGIN_PX:
            x = near.x() - _AWAY_PX - self.width()
        if y + self.height() > room.height() - _MARGIN_PX:
            y = near.y() - _AWAY_PX - self.height()
        return QPoint(max(_MARGIN_PX, x), max(_MARGIN_PX, y))

    def _on_theme_changed(self) -> None:
        theme, px = self._source.theme, self._source.px
        self.setFont(self._source.font(FontRole.BODY))
        self.setStyleSheet(
            f"background: {theme.panel.name()}; color: {theme.text.name()};"
            f"border: 1px solid {theme.tertiary.name()}; border-radius: {px(6)}px;"
            f"padding: {px(6)}px {px(9)}px;"
        )
