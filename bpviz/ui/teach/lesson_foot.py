"""Under the stage: what is said or asked, the answers to choose from, and what the keys do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.panel import Panel
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.choice_button import ChoiceButton, ChoiceLook
from bpviz.ui.teach.key_button import KeyButton
from bpviz.ui.teach.lesson_line import LessonLine
from bpviz.viewmodel.lessons.lesson_text import Span

LETTERS = "ABCDE"
_EDGE, _GAP = 22, 10


@dataclass(frozen=True, slots=True)
class ChoiceContent:
    """One answer as it is shown."""

    text: str
    look: ChoiceLook
    hands: int | None = None


@dataclass(frozen=True, slots=True)
class FootContent:
    """What the foot shows.

    Attributes
    ----------
    space
        What Space does now; empty while it does nothing.
    score
        Predictions so far, in words; empty before the first.
    """

    text: tuple[Span, ...]
    choices: tuple[ChoiceContent, ...] = ()
    hint: tuple[Span, ...] = ()
    space: str = ""
    can_go_back: bool = True
    can_count_hands: bool = False
    score: str = ""


class LessonFoot(Panel):
    """Keeps its height from step to step, so that the stage never moves.

    Signals
    -------
    chosen, hands_changed
        The choice clicked; the hands wanted for a choice.
    space_clicked, back_clicked, hands_clicked, worksheet_clicked, leave_clicked
        Clicks on the keys shown.
    """

    chosen = Signal(int)
    hands_changed = Signal(int, int)
    space_clicked = Signal()
    back_clicked = Signal()
    hands_clicked = Signal()
    worksheet_clicked = Signal()
    leave_clicked = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent)
        self._source = source
        self.line = LessonLine(source)
        self.hint = TextLabel(source, "", FontRole.SUBTITLE, "secondary")
        self.choices = [ChoiceButton(source, letter) for letter in LETTERS]
        self._middle = QWidget()
        self._create_keys()
        self._lay_out()
        self._connect()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_content(self, content: FootContent) -> None:
        """Show this; cheap where it is what is shown already."""
        self.line.show_spans(content.text)
        self.hint.setText("".join(span.text for span in content.hint))
        self.hint.setVisible(bool(content.hint) and not content.choices)
        self._show_choices(content.choices)
        self.space.show_words(content.space)
        self.space.setVisible(bool(content.space))
        self.back.setEnabled(content.can_go_back)
        self.hands.setVisible(content.can_count_hands)
        self.letters.show_key(" ".join(LETTERS[: len(content.choices)]))
        self.letters.setVisible(any(c.look in (ChoiceLook.OPEN, ChoiceLook.CHOSEN) for c in content.choices))
        self.score.setText(content.score)

    def _show_choices(self, choices: Sequence[ChoiceContent]) -> None:
        for place, button in enumerate(self.choices):
            button.setVisible(place < len(choices))
            if place < len(choices):
                shown = choices[place]
                button.show_choice(shown.text, shown.look, shown.hands)

    def _create_keys(self) -> None:
        source = self._source
        self.space = KeyButton(source, "Space")
        self.back = KeyButton(source, "←", "back")
        self.letters = KeyButton(source, "A B C", "predict")
        self.hands = KeyButton(source, "H", "show of hands")
        self.worksheet = KeyButton(source, "P", "worksheet")
        self.leave = KeyButton(source, "Esc", "leaves")
        self.score = TextLabel(source, "", FontRole.BODY, "secondary")

    def _lay_out(self) -> None:
        self._choices_row = QHBoxLayout(self._middle)
        self._choices_row.setContentsMargins(0, 0, 0, 0)
        for button in self.choices:
            self._choices_row.addWidget(button, 1)
        self._choices_row.addWidget(self.hint, 1)
        self._keys = QHBoxLayout()
        for key in (self.space, self.letters, self.back, self.hands):
            self._keys.addWidget(key)
        self._keys.addStretch(1)
        for widget in (self.score, self.worksheet, self.leave):
            self._keys.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.line)
        self._column.addWidget(self._middle)
        self._column.addLayout(self._keys)

    def _connect(self) -> None:
        for place, button in enumerate(self.choices):
            button.clicked.connect(partial(self._on_clicked, place))
            button.hands_changed.connect(partial(self.hands_changed.emit, place))
        self.space.clicked.connect(self.space_clicked)
        self.back.clicked.connect(self.back_clicked)
        self.hands.clicked.connect(self.hands_clicked)
        self.worksheet.clicked.connect(self.worksheet_clicked)
        self.leave.clicked.connect(self.leave_clicked)

    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(place)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._column.setContentsMargins(px(_EDGE), px(12), px(_EDGE), px(14))
        self._column.setSpacing(px(_GAP))
        self._choices_row.setSpacing(px(9))
        self._keys.setSpacing(px(16))
        self._middle.setFixedHeight(self.choices[0].sizeHint().height())
