"""Beside the answer: the ten digits to ask about, whose answer it is, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.draw.digit_actions import DigitActions
from bpviz.ui.draw.digit_choice import DigitChoice
from bpviz.ui.draw.phase_player_bar import PhasePlayerBar
from bpviz.ui.draw.reader_line import ReaderLine
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_ROW = 32


class AskPanel(QWidget):
    """Three rows that keep their places: a question or the phases, the digits, the reader or the actions.

    Signals
    -------
    digit_clicked
        The user clicked this digit.
    undo_teaching_requested
        The last lesson is to be taken back.
    """

    digit_clicked = Signal(int)
    undo_teaching_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._question = TextLabel(source, "Meant another digit?", FontRole.VALUE)
        self._hint = TextLabel(source, "", FontRole.BODY, "secondary")
        self.choice = DigitChoice(source)
        self.reader = ReaderLine(source)
        self.digit_actions = DigitActions(source)
        self.phases = PhasePlayerBar(source)
        self._lay_out()
        self.choice.digit_clicked.connect(self.digit_clicked)
        self.digit_actions.undo_requested.connect(self.undo_teaching_requested)
        self.reader.undo_requested.connect(self.undo_teaching_requested)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.show_asked(None)

    def show_asked(self, digit: int | None) -> None:
        """Offer what can be done about a digit; None: only say whose answer it is."""
        self._below.setCurrentWidget(self.reader if digit is None else self.digit_actions)
        self._hint.setText("Click it: why not?" if digit is None else "Esc: back")
        if digit is not None:
            self.digit_actions.show_asked(digit)

    def show_lessons(self, count: int) -> None:
        """Tell how many lessons can be taken back."""
        self.digit_actions.show_lessons(count)
        self.reader.show_lessons(count)

    def set_error_shown(self, is_shown: bool) -> None:
        """Show the phases of the backward pass in place of the question."""
        self._above.setCurrentWidget(self.phases if is_shown else self._title)
        self.digit_actions.set_error_shown(is_shown)

    def _lay_out(self) -> None:
        self._title = QWidget()
        title = QHBoxLayout(self._title)
        title.setContentsMargins(0, 0, 0, 0)
        title.addWidget(self._question)
        title.addWidget(self._hint, 1, Qt.AlignmentFlag.AlignRight)
        self._above, self._below = QStackedWidget(), QStackedWidget()
        for widget in (self._title, self.phases):
            self._above.addWidget(widget)
        for widget in (self.reader, self.digit_actions):
            self._below.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._above, self.choice, self._below):
            self._column.addWidget(widget)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._column.setSpacing(px(4))
        for row in (self._above, self._below):
            row.setFixedHeight(px(_ROW))
