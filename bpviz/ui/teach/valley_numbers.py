"""The numbers beside a loss curve, large, each in the colour of what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel, Tone
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_MOST = 6


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number under its name; `tone` is the token it wears."""

    name: str
    value: str
    tone: Tone = "text"


class ValleyNumbers(QWidget):
    """As many numbers as are shown, from top to bottom; small where there are many of them."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._lines: tuple[NumberLine, ...] = ()
        self._names = [TextLabel(source, "", FontRole.BODY, "secondary") for _ in range(_MOST)]
        self._values = [TextLabel(source, "", FontRole.BIG_NUMBER) for _ in range(_MOST)]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        for name, value in zip(self._names, self._values, strict=True):
            self._column.addWidget(name)
            self._column.addWidget(value)
        self._column.addStretch(1)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def lines(self) -> tuple[NumberLine, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: Sequence[NumberLine]) -> None:
        """Show these; cheap where they are shown already."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        for place, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            is_used = place < len(lines)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                name.setText(lines[place].name)
                value.setText(lines[place].value)
                value.set_tone(lines[place].tone)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._column.setSpacing(px(1))
        self.setFixedWidth(px(190))
