"""Collecting a class's own digits: what to draw next, how many there are, and all of them to look at."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.data.class_digits import N_CLASSES, ClassDigit
from bpviz.ui.class_digits.chosen_digit_bar import ChosenDigitBar
from bpviz.ui.class_digits.class_actions import ClassActions
from bpviz.ui.class_digits.digit_counts_view import DigitCountsView
from bpviz.ui.class_digits.digit_grid import DigitGrid
from bpviz.ui.class_digits.prompt_settings import PromptSettings
from bpviz.ui.class_digits.prompt_view import PromptView
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.class_prompt import PromptSequence
from bpviz.viewmodel.words.number_format import grouped

_SMALL_BELOW_PX = 620
"""In a page lower than this the prompt makes room for the grid."""
_BY_DIGIT, _RESULTS = 1, 2
_LOW_RESULTS_PX, _RESULTS_PX, _WIDE_RESULTS_PX = 250, 296, 420
_WIDE_FROM_PX = 1000


class ClassPage(Panel):
    """Prompts, counts and shows; what is drawn comes through `wait` and `hold`. GUI thread only.

    Parameters
    ----------
    rng
        Draws which digit is asked for next.

    Signals
    -------
    asked_changed
        Another digit may be asked for now.
    digit_finished
        The pen has rested long enough: the drawing is a whole digit, to be kept with `prompt.digit`.
    last_undo_requested
        The digit kept last is to be drawn again.
    relabel_requested, removal_requested
        A `ClassDigit` is to get another label; a `ClassDigit` is to be taken away.
    results_shown
        Whether the results are shown now in place of prompt and counts; nothing is collected then.
    """

    asked_changed = Signal()
    digit_finished = Signal()
    last_undo_requested = Signal()
    relabel_requested = Signal(object, int)
    removal_requested = Signal(object)
    results_shown = Signal(bool)

    def __init__(self, source: ThemeSource, rng: np.random.Generator, parent: QWidget | None = None) -> None:
        super().__init__("stage", parent)
        self._source = source
        self.sequence = PromptSequence(rng)
        self._digits: tuple[ClassDigit, ...] = ()
        self._summary = ""
        self._results: QWidget | None = None
        self._create()
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self.show_digits(())

    @property
    def asked(self) -> int:
        """The digit asked for."""
        return self.sequence.digit

    @property
    def is_waiting(self) -> bool:
        """Whether the pen rests and the drawing will be kept when the pause is over."""
        return self._pause.isActive()

    def wait(self) -> None:
        """Keep the drawing when the pause is over: the pen was lifted."""
        self._pause.start(self.settings.pause_ms)
        self.prompt.start_pause(self.settings.pause_ms)

    def hold(self) -> None:
        """Do not keep the drawing yet: it changes again."""
        self._pause.stop()
        self.prompt.stop_pause()

    def show_digits(self, digits: Sequence[ClassDigit]) -> None:
        """Show the whole collection, in the order drawn."""
        self._digits = tuple(digits)
        self._show_order()
        self._show_asked()
        self._show_title()
        self.foot.set_has_digits(bool(digits))

    def show_readings(self, readings: Mapping[str, int], summary: str) -> None:
        """Show what the canvas's network reads each digit as, by its key, and a sentence about all."""
        self._summary = summary
        self.grid.show_readings(readings)
        self._show_title()

    def ask_next(self) -> None:
        """Ask for the next digit: the last one is kept."""
        self.sequence.advance(self.counts)
        self._show_asked()

    def ask_for(self, digit: int) -> None:
        """Ask for this digit."""
        self.sequence.choose(digit)
        self._show_asked()

    @property
    def shows_results(self) -> bool:
        """Whether the results are shown in place of prompt and counts."""
        return self.order_choice.index == _RESULTS

    def add_results(self, results: QWidget) -> None:
        """Offer to see beside the digits how the network does on them; call once."""
        self._results = results
        results.hide()
        self._views.insertWidget(0, results)
        self.order_choice.button(_RESULTS).show()
        self._on_theme_changed()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many there are of each digit."""
        labels = np.array([digit.label for digit in self._digits], np.intp)
        return tuple(np.bincount(labels, minlength=N_CLASSES).tolist())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.prompt.set_small(self.height() < self._source.px(_SMALL_BELOW_PX))
        self._fit_results()

    def _create(self) -> None:
        source = self._source
        self.prompt = PromptView(source)
        self.settings = PromptSettings(source, self.sequence.order)
        self.bars = DigitCountsView(source)
        self.grid = DigitGrid(source)
        self.chosen_bar = ChosenDigitBar(source)
        self.chosen_bar.hide()
        self.foot = ClassActions(source)
        self._title = TextLabel(source, "", FontRole.HEADING)
        self._about = TextLabel(source, "", FontRole.BODY, "secondary")
        self.order_choice = SegmentedControl(
            source,
            [
                Segment("Newest first"),
                Segment("By digit"),
                Segment("Results", tip="How the canvas's network does on them"),
            ],
        )
        self.order_choice.button(_RESULTS).hide()
        self._collecting = (self.prompt, self.settings, self.bars)
        # A child of the page: it ends with the page, and a pause that is not over with it.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.prompt, 1)
        self._head.addWidget(self.settings)
        self._titles = QHBoxLayout()
        for label in (self._title, self._about):
            self._titles.addWidget(label)
        self._titles.addStretch(1)
        self._titles.addWidget(self.chosen_bar)
        self._titles.addWidget(self.order_choice)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.bars)
        self._line = Separator()
        self._column.addWidget(self._line)
        self._column.addLayout(self._titles)
        self._views = QHBoxLayout()
        self._views.addWidget(self.grid, 1)
        self._column.addLayout(self._views, 1)
        self._column.addWidget(Separator())
        self._column.addWidget(self.foot)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._on_pause_over)
        self.settings.order_chosen.connect(self._on_order_chosen)
        self.settings.skip.clicked.connect(self._on_skip)
        self.settings.undo.clicked.connect(self.last_undo_requested)
        self.bars.digit_clicked.connect(self.ask_for)
        self.grid.digit_chosen.connect(self._on_digit_chosen)
        self.grid.label_typed.connect(self._on_label_chosen)
        self.grid.removal_requested.connect(self._on_removal)
        self.chosen_bar.label_chosen.connect(self._on_label_chosen)
        self.chosen_bar.removal_requested.connect(self._on_removal)
        self.order_choice.index_changed.connect(self._on_view_chosen)
        self._source.changed.connect(self._on_theme_changed)

    def _show_order(self) -> None:
        newest_first = tuple(reversed(self._digits))
        if self.order_choice.index == _BY_DIGIT:
            newest_first = tuple(sorted(newest_first, key=lambda digit: digit.label))
        self.grid.show_digits(newest_first)

    def _show_asked(self) -> None:
        self.prompt.show_digit(self.asked)
        self.bars.show_counts(self.counts, self.asked)
        self.settings.undo.setEnabled(bool(self._digits))
        self.asked_changed.emit()

    def _show_title(self) -> None:
        count = len(self._digits)
        self._title.setText(
            "1 digit" if count == 1 else f"{grouped(count)} digits" if count else "No digits yet"
        )
        self._about.setText(self._summary if count else "Every one is saved as it is drawn.")

    def _on_pause_over(self) -> None:
        self.prompt.stop_pause()
        self.digit_finished.emit()

    def _on_skip(self) -> None:
        self.sequence.skip(self.counts)
        self._show_asked()

    def _on_order_chosen(self) -> None:
        self.sequence.order = self.settings.order

    def _on_digit_chosen(self, digit: ClassDigit | None) -> None:
        # There is room for one of them; what goes is hidden first, or the window would have to grow.
        if digit is None:
            self.chosen_bar.hide()
        for widget in (self._about, self.order_choice):
            widget.setVisible(digit is None)
        self.chosen_bar.setVisible(digit is not None)
        if digit is not None:
            self.chosen_bar.show_digit(digit)

    def _on_label_chosen(self, label: int) -> None:
        digit = self.grid.chosen
        if digit is not None and digit.label != label:
            self.relabel_requested.emit(digit, label)

    def _on_removal(self) -> None:
        if self.grid.chosen is not None:
            self.removal_requested.emit(self.grid.chosen)

    def _on_view_chosen(self) -> None:
        self._show_order()
        if self._results is not None and self._results.isHidden() == self.shows_results:
            self.hold()
            for widget in (*self._collecting, self._line):
                widget.setVisible(not self.shows_results)
            self._results.setVisible(self.shows_results)
            self.results_shown.emit(self.shows_results)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        self._column.setContentsMargins(px(24), px(14), px(24), px(16))
        self._column.setSpacing(px(10))
        self._head.setSpacing(px(20))
        self._titles.setSpacing(px(10))
        self._views.setSpacing(px(20))
        self._fit_results()

    def _fit_results(self) -> None:
        if self._results is None:
            return
        width = _WIDE_RESULTS_PX if self.width() >= self._source.px(_WIDE_FROM_PX) else _RESULTS_PX
        # The matrix is as high as it is wide.
        is_low = self.height() < self._source.px(_SMALL_BELOW_PX)
        self._results.setFixedWidth(self._source.px(_LOW_RESULTS_PX if is_low else width))
