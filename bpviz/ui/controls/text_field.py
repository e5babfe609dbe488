"""A line of text to type into, in the look of the other fields."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_HEIGHT, _WIDTH = 26, 110
_LEAVING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class TextField(QLineEdit):
    """Qt's own line editor, styled; Enter and Escape give the keys back to the window.

    Parameters
    ----------
    label
        Names the field for screen readers.
    hint
        Stands in the empty field.
    """

    def __init__(
        self, source: ThemeSource, label: str, hint: str, max_length: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self.setAccessibleName(label)
        self.setPlaceholderText(hint)
        self.setMaxLength(max_length)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVING_KEYS:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _on_look_changed(self) -> None:
        theme, px = self._source.theme, self._source.px
        marked = blend(theme.ink, theme.control, 0.25)
        self.setFont(self._source.font(FontRole.VALUE))
        self.setMinimumWidth(px(_WIDTH * 0.6))
        self.setFixedHeight(px(_HEIGHT))
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme.control.name()}; color: {theme.text.name()};"
            f" border: 1px solid {theme.control_line.name()}; border-radius: {px(6)}px;"
            f" padding: 0 {px(7)}px; placeholder-text-color: {theme.tertiary.name()};"
            f" selection-background-color: {marked.name()}; selection-color: {theme.text.name()}; }}"
            f"QLineEdit:focus {{ border: 2px solid {theme.ink.name()}; }}"
        )
