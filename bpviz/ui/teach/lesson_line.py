"""What a lesson says, in the large serif type, with numbers in the colours of what they are."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.lessons.lesson_text import Span

_LINES = 2


class LessonLine(QLabel):
    """Shows a text of at most two lines; it keeps their height, so that nothing below it moves."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._spans: tuple[Span, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def plain(self) -> str:
        """The text without its looks."""
        return "".join(span.text for span in self._spans)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Show this text; cheap if it is the one already shown."""
        if tuple(spans) != self._spans:
            self._spans = tuple(spans)
            self.setText(self._rich())
            self.setAccessibleName(self.plain)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A new style sheet of the application drops fonts set by hand.
        if event.type() == QEvent.Type.StyleChange:
            self._on_look_changed()

    def _rich(self) -> str:
        return "".join(self._rich_span(span) for span in self._spans)

    def _rich_span(self, span: Span) -> str:
        theme = self._source.theme
        color = getattr(theme, span.tone or "text").name()
        weight = 600 if span.is_strong else 400
        words = html.escape(span.text).replace("\n", "<br>")
        return f'<span style="color:{color}; font-weight:{weight}">{words}</span>'

    def _on_look_changed(self) -> None:
        font = self._source.font(FontRole.LESSON)
        self.setFont(font)
        self.setFixedHeight(round(_LINES * QFontMetricsF(font).lineSpacing()) + self._source.px(4))
        self.setText(self._rich())
