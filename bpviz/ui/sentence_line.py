"""The one sentence above the network: what is seen, in true numbers."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.fonts import FontRole
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.sentence import Sentence


class SentenceLine(QWidget):
    """Shows a statement, and more quietly what follows from it; cut at the right if there is no room."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statement = TextLabel(source, "", FontRole.SENTENCE)
        self._verdict = TextLabel(source, "", FontRole.SENTENCE, "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._statement)
        row.addWidget(self._verdict, 1)
        # A long sentence must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_sentence(self, sentence: Sentence) -> None:
        """Show this sentence; cheap if it is the one already shown."""
        for label, text in ((self._statement, sentence.statement), (self._verdict, sentence.verdict)):
            if text != label.text():
                label.setText(text)
