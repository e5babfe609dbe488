"""Draw mode: a drawing on the left, what the network makes of it on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from bpviz.data.digit_image import PreparedDigit
from bpviz.data.drawing_check import doubt_about
from bpviz.data.pen_strokes import PenStroke
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.ui.draw.answer_view import AnswerView
from bpviz.ui.draw.detail_timer import DetailTimer
from bpviz.ui.draw.draw_panel import DrawPanel
from bpviz.ui.draw.draw_stage import DrawStage
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.drawing import Drawing
from bpviz.viewmodel.drawing.ink_saliency import InkSaliency
from bpviz.viewmodel.drawing.reading import Reading, read_drawing
from bpviz.viewmodel.drawing.what_counts import what_counts
from bpviz.viewmodel.words.sentence_text import Sentence

_STEPS_S = 1 / 8
"""The strip is not looked at while one draws, and painting it takes as long as reading the drawing."""


class DrawPage(QWidget):
    """Draws, classifies and shows at every stroke point; lives in the GUI thread.

    The answer and the network follow each point at once; the tint of the ink and the sentence thirty times
    a second, the preparation strip eight times. Whether it is a single digit at all is looked at whenever the
    pen is lifted.

    Signals
    -------
    follow_training_changed
        Whether `show_network` is to be given the network in training, as it learns.
    page_changed
        Whether the class page is shown now instead of the answer.
    drawing_changed, stroke_finished
        The ink is another now; the pen was lifted.
    teach_requested
        One step on the drawing is wanted: the digit it should be and the learning rate.
    undo_teaching_requested
        The last such step is to be taken back.
    """

    follow_training_changed = Signal(bool)
    page_changed = Signal(bool)
    drawing_changed = Signal()
    stroke_finished = Signal()
    teach_requested = Signal(int, float)
    undo_teaching_requested = Signal()

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._drawing = Drawing()
        self._prepared = self._drawing.prepared()
        self._shown = self._prepared
        self._reading: Reading | None = None
        self._network: Network | None = None
        self._asked: int | None = None
        self._create()
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def answer(self) -> AnswerView:
        """The answer in large type."""
        return self.stage.answer

    @property
    def network_view(self) -> NetworkView:
        """The network the drawing goes through."""
        return self.stage.network_view

    @property
    def reading(self) -> Reading | None:
        """What the drawing is read as; None before there is a network."""
        return self._reading

    @property
    def sample(self) -> SamplePass | None:
        """The drawing's way through the network, as shown; None before there is a network."""
        return None if self._reading is None else self._reading.sample

    @property
    def strokes(self) -> tuple[PenStroke, ...]:
        """The strokes of the drawing."""
        return self._drawing.strokes

    @property
    def prepared(self) -> PreparedDigit:
        """The drawing as the network is given it."""
        return self._prepared

    @property
    def network_caption(self) -> str:
        """The name of the network that reads."""
        return self.stage.ask.reader.text

    @property
    def asked(self) -> int | None:
        """The digit the user asked about; None if nobody did."""
        return self._asked

    @property
    def shows_class_page(self) -> bool:
        """Whether the class page is shown instead of the answer."""
        return self._sides.currentIndex() > 0

    def add_class_page(self, page: QWidget) -> None:
        """Offer a page beside the same canvas, for collecting a class's digits; call once."""
        self._sides.addWidget(page)
        self.panel.offer_pages()

    def show_class_page(self, is_shown: bool) -> None:
        """Show the class page, or the answer again."""
        self.panel.set_page(int(is_shown))
        self._on_page_chosen(int(is_shown))

    def show_network(self, network: Network, caption: str) -> None:
        """Read the drawing with this network from now on, named by `caption`.

        Raises
        ------
        ShapeError
            If the network does not take 28 x 28 pixels; what was shown before stays.
        """
        doubt = None if self._reading is None else self._reading.doubt
        reading = read_drawing(network, self._prepared, doubt)
        self._network = network
        self.stage.ask.reader.show_network(caption)
        self._show(reading)

    def set_following(self, is_following: bool) -> None:
        """Put the switch to follow training on or off, which is told as if the user had done it."""
        self.stage.ask.reader.set_following(is_following)

    def show_lesson(self, note: Sentence | None, n_lessons: int) -> None:
        """Say what a lesson did, until the drawing or the question changes; `n_lessons` can be undone."""
        self.stage.show_lesson(note, n_lessons)
        self._details.request()

    def draw_strokes(self, strokes: Sequence[PenStroke]) -> None:
        """Put a drawing on the canvas in place of the present one, which can be undone."""
        self._drawing.replace(tuple(strokes))
        self.panel.canvas.refresh()

    def clear(self) -> None:
        """Clear the canvas, which can be undone."""
        self.panel.canvas.clear()

    def ask_about(self, digit: int | None) -> None:
        """Ask why, or why not, this digit; None asks nothing and the ink tells of the answer again."""
        n_askable = 0 if self._reading is None else self._reading.n_askable
        self._asked = digit if digit is not None and digit < n_askable else None
        self.stage.set_note(None)
        self._back.setEnabled(self._asked is not None)
        self.stage.show_asked(self._asked)
        self._details.request()

    def ask_by_key(self, key: int) -> bool:
        """Do what a digit's key does: the same as a click on it. Return whether the key is one."""
        digit = key - Qt.Key.Key_0
        if self.shows_class_page or not 0 <= digit <= 9:
            return False
        self._on_digit_clicked(digit)
        return True

    def finish_updates(self) -> None:
        """Show now what waits for the next turn of the event loop, for example before taking a picture."""
        self._details.finish()
        self._steps.finish()
        self.network_view.finish_updates()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The canvas' keys work at once, without a click on it.
        self.panel.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.panel.canvas.undo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.panel.canvas.paste()
        elif event.isAutoRepeat() or not self.ask_by_key(event.key()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()

    def _create(self) -> None:
        self.panel = DrawPanel(self._source, self._drawing)
        self.stage = DrawStage(self._source)
        self._sides = QStackedWidget()
        self._sides.addWidget(self.stage)
        self._details = DetailTimer(self._show_details, self)
        self._steps = DetailTimer(lambda: self.panel.strip.show_prepared(self._prepared), self, _STEPS_S)
        # A shortcut and not a key event: the canvas would clear itself on Escape.
        self._back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._back.setEnabled(False)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.panel)
        self._row.addWidget(self._sides, 1)

    def _connect(self) -> None:
        ask = self.stage.ask
        self.panel.drawing_changed.connect(self._on_drawing_changed)
        self.panel.canvas.stroke_finished.connect(self._on_stroke_finished)
        self.panel.saliency_wanted_changed.connect(self._details.request)
        self.panel.steps_changed.connect(lambda _: self._read_anew())
        self.panel.page_chosen.connect(self._on_page_chosen)
        ask.digit_clicked.connect(self._on_digit_clicked)
        ask.reader.follow_training_changed.connect(self.follow_training_changed)
        ask.digit_actions.teach_requested.connect(self._on_teach_clicked)
        ask.undo_teaching_requested.connect(self.undo_teaching_requested)
        self._back.activated.connect(self._on_back)
        self._source.changed.connect(self._on_theme_changed)

    def _on_drawing_changed(self) -> None:
        self._read_anew()
        self.drawing_changed.emit()

    def _on_stroke_finished(self) -> None:
        self._read_anew()
        self._steps.do_now()
        self.panel.strip.play()
        self.stroke_finished.emit()

    def _read_anew(self) -> None:
        self._prepared = self._drawing.prepared(self.panel.strip.steps)
        self.stage.set_note(None)
        self.stage.leave_error()
        if self._network is None:
            self._details.request()
            return
        # What is being drawn may still become a digit.
        is_whole = not self._drawing.is_stroke_open
        doubt = doubt_about(self._prepared, self._drawing.pen_way) if is_whole else None
        self._show(read_drawing(self._network, self._prepared, doubt))
        if is_whole:
            self.network_view.sort_neurons()

    def _show(self, reading: Reading) -> None:
        self._reading = reading
        if self._asked is not None and reading.digit is None:
            self.ask_about(None)
        if not self.shows_class_page:
            self.stage.show_reading(reading)
        self._details.request()

    def _on_digit_clicked(self, digit: int) -> None:
        self.ask_about(None if digit == self._asked else digit)

    def _on_back(self) -> None:
        if self.stage.blame.is_active:
            self.stage.leave_error()
        else:
            self.ask_about(None)

    def _on_teach_clicked(self, rate: float) -> None:
        if self._asked is not None:
            self.teach_requested.emit(self._asked, rate)

    def _on_page_chosen(self, index: int) -> None:
        self._sides.setCurrentIndex(min(index, self._sides.count() - 1))
        if not self.shows_class_page and self._reading is not None:
            self.stage.show_reading(self._reading)
        self._details.request()
        self.page_changed.emit(self.shows_class_page)

    def _show_details(self) -> None:
        if self._prepared is not self._shown:
            self._shown = self._prepared
            self.panel.show_box(self._prepared)
            self._steps.request()
        self.panel.show_saliency(self._saliency(), self._prepared)
        self.stage.show_sentence(is_tinted=self.panel.is_saliency_wanted)

    def _saliency(self) -> InkSaliency | None:
        if self._reading is None or not self.panel.is_saliency_wanted:
            return None
        return what_counts(self._reading, self._asked, self.panel.legend.method)

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._source.px(6))
        self._fit_panel()

    def _fit_panel(self) -> None:
        self.panel.fit_page(self.width(), self.height())
