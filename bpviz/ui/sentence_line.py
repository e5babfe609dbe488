"""The one sentence above the network: what is seen, in true numbers."""

import math

from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import SERIF, FontRole, make_font
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.words.sentence import Sentence

_SIZES_PX = (19, 17, 15)
_GAP = 6
_HEIGHT = 28


class SentenceLine(QWidget):
    """Shows a statement, and more quietly what follows from it.

    A sentence too long for the line is set smaller, then shortened at its end; the whole of it stays
    in the tool tip. The line keeps its height, so that nothing below it moves.
    """

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._sentence = Sentence("")
        self._statement = TextLabel(source, "", FontRole.SENTENCE)
        self._verdict = TextLabel(source, "", FontRole.SENTENCE, "secondary")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._statement)
        self._row.addWidget(self._verdict, 1)
        # A long sentence must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def text(self) -> str:
        """What is shown, shortened if it must be."""
        return f"{self._statement.text()} {self._verdict.text()}".rstrip()

    def show_sentence(self, sentence: Sentence) -> None:
        """Show this sentence; cheap if it is the one already shown."""
        if sentence != self._sentence:
            self._sentence = sentence
            self.setToolTip(sentence.text)
            self.setAccessibleName(sentence.text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        font = self._largest_fitting_font()
        metrics, room = QFontMetricsF(font), self.width() - self._source.px(_GAP)
        statement = shortened(self._sentence.statement, metrics, room)
        room -= math.ceil(metrics.horizontalAdvance(statement))
        verdict = shortened(self._sentence.verdict, metrics, room)
        for label, text in ((self._statement, statement), (self._verdict, verdict)):
            if font.pixelSize() != label.font().pixelSize():
                label.setFont(font)
            if text != label.text():
                # Never hidden when empty: showing it again would lay this line out, and fit it, in here.
                label.setText(text)

    def _largest_fitting_font(self) -> QFont:
        fonts = [make_font(SERIF, self._source.px(size)) for size in _SIZES_PX]
        return next((font for font in fonts if self._width_in(font) < self.width()), fonts[-1])

    def _width_in(self, font: QFont) -> float:
        metrics = QFontMetricsF(font)
        parts = (self._sentence.statement, self._sentence.verdict)
        return sum(metrics.horizontalAdvance(part) for part in parts) + self._source.px(_GAP) + 2

    def _on_look_changed(self) -> None:
        self.setFixedHeight(self._source.px(_HEIGHT))
        self._row.setSpacing(self._source.px(_GAP))
        self._fit()


def shortened(text: str, metrics: QFontMetricsF, room: float) -> str:
    """Return as many whole words as there is room for, then "…": a number cut in two is another number."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    words = text.split(" ")
    shorter = (" ".join(words[:count]).rstrip(",:;") + "…" for count in range(len(words) - 1, 0, -1))
    return next((short for short in shorter if metrics.horizontalAdvance(short) <= room), "")
