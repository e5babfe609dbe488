"""A small name over a large number, for figures that change many times a second."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.words.number_format import grouped

_GAP = 5
_SPACE_BEHIND = 12


class ReadOut(QWidget):
    """A count and, less loudly, what it is out of.

    Its width is that of the largest count it can reach, so that nothing beside it ever moves.
    `width_changed` comes when the largest is another one: with a new run.
    """

    width_changed = Signal()

    def __init__(self, source: ThemeSource, name: str, largest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._largest = largest
        self._name = TextLabel(source, name, FontRole.BODY, "secondary")
        self._value = TextLabel(source, "0", FontRole.NUMBER)
        self._total = TextLabel(source, "", FontRole.BODY, "secondary")
        self._lay_out()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def text(self) -> str:
        """What is shown, as one text."""
        return f"{self._name.text()} {self._value.text()} {self._shown_total}".rstrip()

    @property
    def _shown_total(self) -> str:
        return "" if self._total.isHidden() else self._total.text()

    def show_count(self, count: int, total: int | None = None) -> None:
        """Show a count, and what it is out of; cheap enough for every frame."""
        value = grouped(count)
        if value != self._value.text():
            self._value.setText(value)
        # As wide as any count of so many digits: a growing one moves the bar only when it gets another.
        largest = max(10 ** len(str(count)) - 1, self._largest) if total is None else total
        if largest != self._largest:
            self._largest = largest
            self._total.setText("" if total is None else f"of {grouped(total)}")
            self._on_look_changed()
            self.width_changed.emit()

    def set_total_visible(self, is_visible: bool) -> None:
        """Show what the count is out of, or leave it out where room is short."""
        if is_visible == self._total.isHidden():
            self._total.setVisible(is_visible)
            self._on_look_changed()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(self._source.px(_GAP))
        line.addWidget(self._value)
        line.addWidget(self._total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._name)
        column.addLayout(line)
        column.addStretch(1)

    def _on_look_changed(self) -> None:
        widest = grouped(int("8" * len(str(self._largest))))
        width = self._width_of(widest, FontRole.NUMBER)
        if self._shown_total:
            width += self._source.px(_GAP) + self._width_of(self._shown_total, FontRole.BODY)
        width = max(width, self._width_of(self._name.text(), FontRole.BODY))
        self.setFixedWidth(round(width) + self._source.px(_SPACE_BEHIND))

    def _width_of(self, text: str, role: FontRole) -> float:
        return QFontMetricsF(self._source.font(role)).horizontalAdvance(text)
