"""The network's answer, readable from the back row."""

from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bpviz.data.drawing_check import Doubt
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.text_metrics import text_metrics
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.answer import SURE_FROM, Answer
from bpviz.viewmodel.drawing.doubt_words import doubt_headline, doubt_second
from bpviz.viewmodel.drawing.reading import Reading
from bpviz.viewmodel.words.number_format import percent


class AnswerView(QWidget):
    """Shows an answer, its probability and the second thought, or honestly that there is none."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._second_role = FontRole.NUMBER
        self._digit = TextLabel(source, "", FontRole.ANSWER)
        self._share = TextLabel(source, "", FontRole.ANSWER_SHARE)
        self._second = TextLabel(source, "", FontRole.NUMBER, "secondary")
        self._lay_out()
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_nothing_drawn()

    @property
    def digit_text(self) -> str:
        """The answer as it stands there."""
        return self._digit.text()

    @property
    def share_text(self) -> str:
        """The probability, or what is said instead of one."""
        return self._share.text()

    @property
    def second_text(self) -> str:
        """The second thought."""
        return self._second.text()

    @property
    def second_font(self) -> QFont:
        """The type it is set in."""
        return self._second.font()

    def show_reading(self, reading: Reading) -> None:
        """Show what is read, or why nothing is."""
        if reading.prepared.is_empty:
            self.show_nothing_drawn(reading.answer)
        elif reading.answer is None:
            self.show_diverged()
        elif reading.doubt is not None:
            self.show_doubt(reading.doubt, reading.answer)
        else:
            self.show_answer(reading.answer)

    def show_answer(self, answer: Answer) -> None:
        """Show what the network reads; an answer it is not sure of stands back."""
        what = "probability" if answer.is_probability else "output"
        tip = f"The network counts as sure from {what} {percent(SURE_FROM, 0)} on."
        if not answer.is_probability:
            tip = f"The largest output. The network counts as sure from {SURE_FROM} on."
        self._second_role = FontRole.NUMBER
        self._set(str(answer.digit), answer.share_text, answer.runner_up_text, tip)
        self._digit.set_tone("text" if answer.is_sure else "tertiary")
        self._share.set_role(FontRole.ANSWER_SHARE)

    def show_doubt(self, doubt: Doubt, answer: Answer) -> None:
        """Say that this is probably no single digit, and what the network would call it."""
        tip = "The outputs are the network's own: it knows nothing but digits and names one for any ink."
        self._show_no_answer(doubt_headline(doubt), doubt_second(answer), tip)

    def show_nothing_drawn(self, to_black: Answer | None = None) -> None:
        """Say that the canvas is empty, and what the outputs beside it then mean.

        Parameters
        ----------
        to_black
            What the network says to a black picture: its biases' answer.
        """
        words = "The network reads along as you draw."
        if to_black is not None:
            words = f"To an empty picture it says {to_black.digit}."
        self._show_no_answer("Nothing drawn yet", words)

    def show_diverged(self) -> None:
        """Say that the network's outputs are not numbers."""
        self._show_no_answer("No answer", "No numbers: training diverged.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_no_answer(self, headline: str, explanation: str, tip: str = "") -> None:
        self._second_role = FontRole.SUBTITLE
        self._set("?", headline, explanation, tip)
        self._digit.set_tone("tertiary")
        self._share.set_role(FontRole.BIG_NUMBER)

    def _set(self, digit: str, share: str, second: str, tip: str) -> None:
        for label, text in ((self._digit, digit), (self._share, share), (self._second, second)):
            label.setText(text)
        self._share.setToolTip(tip)
        self.setAccessibleName(f"Answer: {digit}, {share}, {second}")
        self._fit()

    def _fit(self) -> None:
        """Set a second thought too long for its place in smaller type, rather than cut it."""
        room, text, factor = self._second.width(), self._second.text(), self._source.factor
        roles = (self._second_role, FontRole.SUBTITLE, FontRole.VALUE)
        fitting = (role for role in roles if text_metrics(role, factor).width(text) <= room)
        self._second.set_role(next(fitting, roles[-1]))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._share)
        words.addWidget(self._second)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._digit)
        self._row.addLayout(words, 1)
        # The words' width changes with every point; nothing beside them may move.
        for label in (self._share, self._second):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(16))
        self._digit.setFixedWidth(px(60))
        self.setFixedHeight(px(112))
        self._fit()
