"""Collects a class's digits: from the canvas into the store, and what the page shows of them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from bpviz.data.class_digits import ClassDigit, class_digit
from bpviz.data.class_store import ClassStore
from bpviz.data.digit_image import prepare_ink
from bpviz.data.pen_strokes import PenStroke
from bpviz.errors import BpvizError, DataError
from bpviz.ui.class_digits.class_page import ClassPage
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.viewmodel.drawing.why_not import with_article
from bpviz.viewmodel.words.number_format import grouped

Tell = Callable[[Notice, Callable[[], None] | None], None]


class Collecting(QObject):
    """Belongs to the GUI thread. Every digit is on disk before the next one is asked for.

    Signals
    -------
    digits_changed
        There are other digits now, or one has another label.
    """

    digits_changed = Signal()

    def __init__(
        self, page: ClassPage, draw: DrawPage, store: ClassStore, tell: Tell, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._draw = draw
        self._tell = tell
        self._last: tuple[ClassDigit, tuple[PenStroke, ...]] | None = None
        self.store = store
        self._connect()
        self.show()
        self._greet()

    def show(self) -> None:
        """Show what the store holds now."""
        self._page.show_digits(self.store.digits)
        self.digits_changed.emit()

    def say(self, sentence: str) -> None:
        """Say what happened last beside the prompt."""
        self._page.prompt.show_status(sentence)

    def inform(self, sentence: str) -> None:
        """Tell a sentence across the window."""
        self._tell(Notice("info", sentence), None)

    def warn(self, sentence: str) -> None:
        """Tell a sentence of warning across the window."""
        self._tell(Notice("warning", sentence), None)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may fail; tell why it did, and return whether it went well."""
        try:
            act()
        except BpvizError as error:
            self._tell(Notice("error", str(error)), None)
            return False
        return True

    def _connect(self) -> None:
        page, draw = self._page, self._draw
        draw.drawing_changed.connect(self._on_drawing_changed)
        draw.stroke_finished.connect(self._on_stroke_finished)
        draw.page_changed.connect(self._on_page_changed)
        page.results_shown.connect(self._on_results_shown)
        page.asked_changed.connect(self._show_hint)
        page.digit_finished.connect(self._on_digit_finished)
        page.last_undo_requested.connect(self._on_last_undo)
        page.relabel_requested.connect(self._on_relabel)
        page.removal_requested.connect(self._on_removal)

    def _greet(self) -> None:
        count, n_damaged = len(self.store), len(self.store.damaged)
        if count:
            self.say(f"{digits_text(count)} from last time.")
        if n_damaged:
            line = self.store.damaged[0]
            more = f" and {n_damaged - 1} more" if n_damaged > 1 else ""
            self._tell(
                Notice(
                    "warning",
                    f"{digits_text(count)} were found in {self.store.path.name}; line {line.number}{more} "
                    f"could not be read ({line.reason}).",
                ),
                None,
            )

    def _show_hint(self) -> None:
        """Say on the empty canvas what a drawing is for there."""
        hint: tuple[str, str] | None = None
        if self._draw.shows_class_page and self._page.shows_results:
            hint = ("Draw to try", "nothing is kept beside the results")
        elif self._draw.shows_class_page:
            hint = (f"Draw {with_article(self._page.asked)}", "and rest: it is kept by itself")
        self._draw.panel.canvas.set_hint(hint)

    def _on_page_changed(self, is_collecting: bool) -> None:
        self._show_hint()
        # What was drawn to be read is no answer to the prompt. Undo brings it back.
        if is_collecting:
            self._draw.clear()
        self._page.hold()

    def _on_results_shown(self, are_shown: bool) -> None:
        self._show_hint()
        if not are_shown:
            self._on_page_changed(True)

    def _on_drawing_changed(self) -> None:
        if not self._draw.shows_class_page:
            return
        self._page.hold()
        if self._last is not None and self._last[1] and self._last[1] is self._draw.strokes:
            # Undo brought the drawing back to the canvas: it goes on being drawn.
            self._take_back(self._last[0])

    def _on_stroke_finished(self) -> None:
        if self._draw.shows_class_page and not self._page.shows_results:
            self._page.wait()

    def _on_digit_finished(self) -> None:
        # All steps of the recipe, whatever the user has switched off to see what it does.
        prepared, strokes = prepare_ink(self._draw.prepared.ink), self._draw.strokes
        if prepared.is_empty:
            return
        label = self._page.asked
        try:
            digit = class_digit(label, strokes, prepared.image, self._page.settings.who.text())
        except DataError as error:
            self._tell(Notice("error", f"This drawing cannot be kept: {error}."), None)
            return
        if not self.attempt(lambda: self.store.add(digit)) and digit not in self.store.digits:
            return
        self._draw.clear()
        self._last = (digit, strokes)
        self.show()
        self._page.ask_next()
        self.say(f"Kept: digit {grouped(len(self.store))}, {with_article(label)}.")

    def _on_last_undo(self) -> None:
        if len(self.store):
            self._take_back(self.store.digits[-1])

    def _take_back(self, digit: ClassDigit) -> None:
        self._last = None
        self.attempt(lambda: self.store.remove(digit))
        self._page.ask_for(digit.label)
        self.show()
        self.say(f"Taken back: the {digit.label}.")

    def _on_relabel(self, digit: ClassDigit, label: int) -> None:
        if self.attempt(lambda: self.store.relabel(digit, label)):
            self.say(f"The {digit.label} is {with_article(label)} now.")
        self.show()

    def _on_removal(self, digit: ClassDigit) -> None:
        if self.attempt(lambda: self.store.remove(digit)):
            self.say(f"Removed: {with_article(digit.label)}.")
        self.show()


def digits_text(count: int) -> str:
    """Return how many digits there are, in words: ``"1 digit"``, ``"43 digits"``."""
    return "1 digit" if count == 1 else f"{grouped(count)} digits"
