"""The right side of the Draw page: answer, digits to ask about, one sentence, and the network."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.draw.answer_view import AnswerView
from bpviz.ui.draw.ask_panel import AskPanel
from bpviz.ui.draw.blame_player import BlamePlayer
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.sentence_line import SentenceLine
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.blame import BlameStage, blamed
from bpviz.viewmodel.drawing.reading import Reading
from bpviz.viewmodel.drawing.why_not import DOUBTED, NO_NUMBERS, NOTHING_DRAWN, why_sentence
from bpviz.viewmodel.network.graph_geometry import Arrangement
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.sentence import sentence_for
from bpviz.viewmodel.words.sentence_text import Sentence

_ASK_PX = 424
_ASK_SHARE = 0.55
"""Width of the digits to ask about, and their largest share of a narrow stage."""


class DrawStage(Panel):
    """Shows one reading of the drawing, and on request its error; lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("stage", parent)
        self._source = source
        self._reading: Reading | None = None
        self._asked: int | None = None
        self._note: Sentence | None = None
        self._is_tinted = True
        self.answer = AnswerView(source)
        self.ask = AskPanel(source)
        self.sentence = SentenceLine(source)
        self.network_view = NetworkView(source)
        self.network_view.set_arrangement(Arrangement.DRAW)
        self.network_view.sort_neurons()
        self.blame = BlamePlayer(self.network_view, parent=self)
        self._lay_out()
        self._connect()
        self._on_look_changed()

    def show_reading(self, reading: Reading) -> None:
        """Show what the drawing is read as: answer and network at once, the sentence when asked for it."""
        self._reading = reading
        self.answer.show_reading(reading)
        self.ask.choice.show_digits(reading.sure_digit, self._asked, reading.n_askable)
        if self.blame.is_active and self._asked is not None:
            self.blame.take(reading.network, blamed(reading.network, reading.sample, self._asked))
        else:
            state = NetworkState(reading.network, reading.sample, Phase.FORWARD)
            self.network_view.show_state(state)

    def show_asked(self, digit: int | None) -> None:
        """Mark the digit asked about; the error shown for another one is left."""
        self.network_view.select(None)
        if digit != self._asked:
            self.leave_error()
        self._asked = digit
        self.ask.show_asked(digit)
        if self._reading is not None:
            self.ask.choice.show_digits(self._reading.sure_digit, digit, self._reading.n_askable)

    def leave_error(self) -> None:
        """Show the drawing's forward pass again."""
        if self.blame.is_active:
            self.blame.stop()
            self.network_view.set_arrangement(Arrangement.DRAW)
            self.ask.set_error_shown(False)
            if self._reading is not None:
                self.show_reading(self._reading)
            self._say()

    def show_error(self) -> None:
        """Play the drawing's own pass, labelled with the digit asked about, forward and backward."""
        reading = self._reading
        if reading is None or self._asked is None:
            return
        self.network_view.set_arrangement(Arrangement.ERROR)
        self.ask.set_error_shown(True)
        self.blame.begin(reading.network, blamed(reading.network, reading.sample, self._asked))
        self._cut_motion()

    def show_lesson(self, note: Sentence | None, n_lessons: int) -> None:
        """Say what a lesson did, and how many can be taken back."""
        self.ask.show_lessons(n_lessons)
        self.set_note(note)

    def set_note(self, note: Sentence | None) -> None:
        """Say this in place of what is seen, until something else is looked at.

        None forgets it and says nothing: that follows with `show_sentence`, not with every point of the pen.
        """
        self._note = note
        if note is not None:
            self.network_view.select(None)
            self._say()

    def show_sentence(self, *, is_tinted: bool) -> None:
        """Say the note, else what is seen: the part selected, the error shown, or why it is read so."""
        self._is_tinted = is_tinted
        self._say()

    def _say(self) -> None:
        self.sentence.show_sentence(self._sentence())

    def _sentence(self) -> Sentence:
        selected, state = self.network_view.selected, self.network_view.renderer.state
        if selected is not None and state is not None:
            return sentence_for(state, selected)
        if self._note is not None:
            return self._note
        return self.blame.sentence if self.blame.is_active else self._why()

    def _why(self) -> Sentence:
        reading = self._reading
        if reading is None or reading.prepared.is_empty:
            return NOTHING_DRAWN
        if reading.answer is None:
            return NO_NUMBERS
        if reading.doubt is not None and self._asked is None:
            return DOUBTED
        return why_sentence(reading.answer, reading.sample, self._asked, is_tinted=self._is_tinted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_ask()

    def _lay_out(self) -> None:
        # The network view brings its own margins; all above it gets the same.
        self._top = QHBoxLayout()
        self._top.addWidget(self.answer, 1)
        self._top.addWidget(self.ask)
        self._head = QVBoxLayout()
        self._head.addLayout(self._top)
        self._head.addWidget(Separator())
        self._head.addWidget(self.sentence)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.network_view, 1)

    def _connect(self) -> None:
        self.ask.digit_actions.error_toggled.connect(self._on_error_toggled)
        self.ask.phases.stage_chosen.connect(self._on_stage_chosen)
        self.ask.phases.replay_requested.connect(self._on_replay_requested)
        self.blame.place_changed.connect(self._on_place_changed)
        self.network_view.selection_changed.connect(lambda _: self._say())
        self._source.changed.connect(self._on_look_changed)

    def _on_stage_chosen(self, stage: BlameStage) -> None:
        self._note = None
        self.blame.go_to(stage)

    def _on_replay_requested(self) -> None:
        self._note = None
        self.blame.replay()
        self._cut_motion()

    def _cut_motion(self) -> None:
        """Show at once where the pass ends, if motion is reduced; its parts can still be chosen."""
        if self._source.is_motion_reduced:
            self.blame.go_to(BlameStage.PIXELS)

    def _on_error_toggled(self, is_wanted: bool) -> None:
        self._note = None
        if is_wanted:
            self.show_error()
        else:
            self.leave_error()

    def _on_place_changed(self) -> None:
        self.ask.phases.show_stage(self.blame.place.stage)
        self._say()

    def _fit_ask(self) -> None:
        px = self._source.px
        self.ask.setFixedWidth(round(min(px(_ASK_PX), _ASK_SHARE * (self.width() - 2 * px(24)))))

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._top.setSpacing(px(16))
        self._head.setContentsMargins(px(24), 0, px(24), 0)
        self._head.setSpacing(px(4))
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._column.setSpacing(px(4))
        self._fit_ask()
