"""One section of the inspector: a heading, a few quiet words, its content and a hairline below."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.panel import Separator
from bpviz.ui.controls.text_label import TextLabel, Tone
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

PADDING = 16
"""Left and right of every section, at scale 1.0."""
_TOP, _BOTTOM = 8, 9
_GAP = 4


class InspectorSection(QWidget):
    """A column of widgets under a heading; without heading and note there is no head line."""

    def __init__(self, source: ThemeSource, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._is_empty = False
        self._gap = float(_GAP)
        self._heading = TextLabel(source, heading, FontRole.VALUE)
        self._note = TextLabel(source, "", FontRole.BODY, "secondary")
        self._head = QHBoxLayout()
        self._body = QVBoxLayout()
        self._lay_out()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.set_note("")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show in it now."""
        return self._is_empty

    def set_empty(self, is_empty: bool) -> None:
        """Say whether there is nothing to show; a page then leaves the section out."""
        self._is_empty = is_empty

    @property
    def heading(self) -> str:
        """The words at the top."""
        return self._heading.text()

    def set_heading(self, text: str) -> None:
        """Show another heading."""
        self._heading.setText(text)
        self._heading.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """Show quiet words at the right of the heading."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_gap(self, size: float) -> None:
        """Set the space between the widgets of the content, at scale 1.0."""
        self._gap = size
        self._on_look_changed()

    def add(self, widget: QWidget) -> None:
        """Put a widget below what is there."""
        self._body.addWidget(widget)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget at the right end of the head line."""
        self._head.addWidget(widget)

    def _lay_out(self) -> None:
        self._heading.setVisible(bool(self._heading.text()))
        self._head.addWidget(self._heading)
        self._head.addStretch(1)
        self._head.addWidget(self._note)
        self._content = QVBoxLayout()
        self._content.addLayout(self._head)
        self._content.addLayout(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._content)
        column.addWidget(Separator())

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._content.setContentsMargins(px(PADDING), px(_TOP), px(PADDING), px(_BOTTOM))
        self._content.setSpacing(px(_GAP))
        self._body.setSpacing(px(self._gap))
        self._head.setSpacing(px(6))


class Words(TextLabel):
    """Words that may take several lines; nothing at all while empty."""

    def __init__(
        self,
        source: ThemeSource,
        role: FontRole = FontRole.CAPTION,
        tone: Tone = "secondary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(source, "", role, tone, parent)
        self.setWordWrap(True)
        self.hide()

    def say(self, *sentences: str) -> None:
        """Show sentences, one after another."""
        text = " ".join(filter(None, sentences))
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))
