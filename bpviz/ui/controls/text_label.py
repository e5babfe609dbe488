"""Text in one of the few styles there are, following theme and scale."""

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

Tone = Literal[
    "text",
    "secondary",
    "tertiary",
    "on_ink",
    "activation_text",
    "weight_positive_text",
    "weight_negative_text",
    "gradient_positive_text",
    "gradient_negative_text",
    "error_text",
]
"""Name of the theme colour a text is shown in."""


class TextLabel(QLabel):
    """A label in a text role and tone; painted by Qt alone, so it may change every frame."""

    def __init__(
        self,
        source: ThemeSource,
        text: str = "",
        role: FontRole = FontRole.BODY,
        tone: Tone = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._source = source
        self._role = role
        self._tone = tone
        # Text may hold names of files and data sets: "<b>" in one is shown, not obeyed.
        self.setTextFormat(Qt.TextFormat.PlainText)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_tone(self, tone: Tone) -> None:
        """Show the text in another colour."""
        if tone != self._tone:
            self._tone = tone
            self._on_look_changed()

    def set_role(self, role: FontRole) -> None:
        """Show the text in another style."""
        if role is not self._role:
            self._role = role
            self._on_look_changed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A new style sheet of the application drops fonts and palettes set by hand.
        if event.type() == QEvent.Type.StyleChange:
            self._on_look_changed()

    def _on_look_changed(self) -> None:
        theme = self._source.theme
        color: QColor = getattr(theme, self._tone)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, color)
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, theme.disabled)
        self.setPalette(palette)
        self.setFont(self._source.font(self._role))
