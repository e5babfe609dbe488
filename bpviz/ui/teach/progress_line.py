"""How far a lesson has come: a dash for each step, and the same in words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.painting import fill_rounded, smooth
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_DASH_WIDTH, _DASH_HEIGHT, _DASH_GAP = 13.0, 3.0, 5.0
_LONGEST = 170.0


class ProgressLine(QWidget):
    """Shows the step of a lesson; repainted when the step changes."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._words = TextLabel(source, "", FontRole.BODY, "secondary")
        self._dashes = _Dashes(source)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._words)
        self._row.addWidget(self._dashes)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def text(self) -> str:
        """The words: ``"4 of 9"``."""
        return self._words.text()

    def show_step(self, index: int, count: int) -> None:
        """Show that this step, from 0, of so many is on screen."""
        self._words.setText(f"{index + 1} of {count}")
        self._dashes.show_step(index, count)

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(10))


class _Dashes(QWidget):
    def __init__(self, source: ThemeSource) -> None:
        super().__init__()
        self._source = source
        self._index, self._count = 0, 1
        source.changed.connect(self.updateGeometry)

    def show_step(self, index: int, count: int) -> None:
        self._index, self._count = index, count
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._pitch() * self._count), self._source.px(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, pitch, height = self._source.theme, self._pitch(), self._source.px(_DASH_HEIGHT)
        top = (self.height() - height) / 2
        for place in range(self._count):
            done = place <= self._index
            rect = QRectF(place * pitch, top, pitch - self._source.px(_DASH_GAP), height)
            fill_rounded(painter, rect, height / 2, theme.ink if done else theme.strong_line)
        painter.end()

    def _pitch(self) -> float:
        """Return the length of a dash with its gap; many steps get shorter dashes."""
        longest = min(_DASH_WIDTH + _DASH_GAP, _LONGEST / max(self._count, 1))
        return max(longest, _DASH_GAP + 3.0) * self._source.factor
