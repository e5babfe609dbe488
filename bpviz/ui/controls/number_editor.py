"""The line a number is typed into, laid over its field while typing."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource

_TAKES_TEXT_OF_KEY = {Qt.Key.Key_Return: True, Qt.Key.Key_Enter: True, Qt.Key.Key_Escape: False}


class NumberEditor(QLineEdit):
    """Hidden until it is opened.

    `typing_ended(bool)` tells whether the text counts: on Enter and when the focus goes elsewhere,
    not on Escape. Whoever hears it calls `close_quietly`.
    """

    typing_ended = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = source
        self.setFrame(False)
        self.hide()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def open_with(self, text: str, *, is_selected: bool) -> None:
        """Show this text and take the keys."""
        self.setText(text)
        if is_selected:
            self.selectAll()
        self.show()
        self.setFocus()

    def show_text(self, text: str) -> None:
        """Replace what was typed, selected."""
        self.setText(text)
        self.selectAll()

    def close_quietly(self, heir: QWidget | None) -> None:
        """Hide, and leave the keys to `heir`, or to the window for None; `typing_ended` stays silent."""
        # Hiding what has the focus would hand it to the next field: it is given away before.
        with QSignalBlocker(self):
            if self.hasFocus() and heir is not None:
                heir.setFocus()
            elif self.hasFocus():
                self.clearFocus()
            self.hide()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that end typing from the window's shortcuts."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
            return super().event(event)
        if Qt.Key(event.key()) not in _TAKES_TEXT_OF_KEY:
            return super().event(event)
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        takes_text = _TAKES_TEXT_OF_KEY.get(Qt.Key(event.key()))
        if takes_text is None:
            super().keyPressEvent(event)
        else:
            self.typing_ended.emit(takes_text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu of the editor itself is not somewhere else.
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.typing_ended.emit(True)

    def _on_look_changed(self) -> None:
        theme = self._source.theme
        marked = blend(theme.ink, theme.control, 0.25)
        self.setFont(self._source.font(FontRole.VALUE))
        self.setStyleSheet(
            f"background: transparent; border: none; padding: 0; color: {theme.text.name()};"
            f"selection-background-color: {marked.name()}; selection-color: {theme.text.name()};"
        )
