"""The network's answer, readable from the back row, and whose answer it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.fonts import FontRole
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.answer import SURE_FROM, Answer
from bpviz.viewmodel.number_format import percent


class AnswerView(QWidget):
    """Shows an answer, its probability, the second thought and the network they come from.

    Signals
    -------
    follow_training_changed
        Whether the drawing is to be read by the network in training, as it learns.
    """

    follow_training_changed = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._digit = TextLabel(source, "", FontRole.ANSWER)
        self._share = TextLabel(source, "", FontRole.ANSWER_SHARE)
        self._second = TextLabel(source, "", FontRole.NUMBER, "secondary")
        self._layers = TextLabel(source, "", FontRole.VALUE)
        self._origin = TextLabel(source, "", FontRole.BODY, "secondary")
        self._follow = Switch(source, "Follow the network in training", role=FontRole.LABEL)
        self._follow.setToolTip("Read the drawing with the network that is being trained, as it learns.")
        self._follow.toggled.connect(self.follow_training_changed)
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
    def network_text(self) -> str:
        """Whose answer it is."""
        return f"{self._layers.text()}, {self._origin.text()}"

    @property
    def second_text(self) -> str:
        """The second thought."""
        return self._second.text()

    def show_answer(self, answer: Answer) -> None:
        """Show what the network reads; an answer it is not sure of stands back."""
        what = "probability" if answer.is_probability else "output"
        tip = f"The network counts as sure from {what} {percent(SURE_FROM, 0)} on."
        if not answer.is_probability:
            tip = f"The largest output. The network counts as sure from {SURE_FROM} on."
        self._set(str(answer.digit), answer.share_text, answer.runner_up_text, tip)
        self._digit.set_tone("text" if answer.is_sure else "tertiary")
        self._share.set_role(FontRole.ANSWER_SHARE)
        self._second.set_role(FontRole.NUMBER)

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
        self._show_no_answer("No answer", "Its outputs are not numbers: training diverged.")

    def show_network(self, caption: str) -> None:
        """Name the network, for example ``"784–128–10, bundled, 98.1 % on MNIST test"``."""
        layers, _, origin = caption.partition(", ")
        self._layers.setText(layers)
        self._origin.setText(origin)

    def set_following(self, is_following: bool) -> None:
        """Put the switch on or off, which is told as if the user had done it."""
        self._follow.setChecked(is_following)

    def set_follow_available(self, is_available: bool) -> None:
        """Allow following only while there is a network in training."""
        self._follow.setEnabled(is_available)

    def _show_no_answer(self, headline: str, explanation: str) -> None:
        self._set("?", headline, explanation, "")
        self._digit.set_tone("tertiary")
        self._share.set_role(FontRole.BIG_NUMBER)
        self._second.set_role(FontRole.SUBTITLE)

    def _set(self, digit: str, share: str, second: str, tip: str) -> None:
        for label, text in ((self._digit, digit), (self._share, share), (self._second, second)):
            label.setText(text)
        self._share.setToolTip(tip)
        self.setAccessibleName(f"Answer: {digit}, {share}, {second}")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._share)
        words.addWidget(self._second)
        words.addStretch(1)
        right = Qt.AlignmentFlag.AlignRight
        network = QVBoxLayout()
        network.setSpacing(8)
        network.addStretch(1)
        self._caption = QHBoxLayout()
        self._caption.addStretch(1)
        self._caption.addWidget(self._layers)
        self._caption.addWidget(self._origin)
        network.addLayout(self._caption)
        network.addWidget(self._follow, alignment=right)
        network.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._digit)
        self._row.addLayout(words, 1)
        self._row.addLayout(network)
        # The words' width changes with every point; nothing beside them may move.
        for label in (self._share, self._second):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(16))
        self._caption.setSpacing(px(8))
        self._digit.setFixedWidth(px(60))
        self.setFixedHeight(px(112))
