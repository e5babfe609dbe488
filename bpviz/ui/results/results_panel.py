"""How a network does: accuracy, confusion matrix and the digits it misreads, for one part of the data."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from bpviz.nn.arrays import IndexArray
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.results.confusion_view import ConfusionView
from bpviz.ui.results.mistake_gallery import MistakeGallery
from bpviz.ui.results.sample_card import SampleCard
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.text_metrics import text_metrics
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.batch_strip import N_PIXELS, tile_images
from bpviz.viewmodel.run.confusion import Cell
from bpviz.viewmodel.run.mistakes import gallery_title, mistake_tiles, ranked_rows
from bpviz.viewmodel.run.results import DataPart, Results, about_text, accuracy_text, tried_text

_PADDING, _GAP = 16, 6
_TIPS = {
    DataPart.TEST: "Samples the network is never trained on",
    DataPart.TRAINING: "The first 10,000 samples it is trained on",
    DataPart.CLASS: "The digits your class has drawn",
}
_WAITING = "The network has not been tried yet."
_BUTTON = 24


class ResultsPanel(Panel):
    """Shows one `Results` at a time. GUI thread only.

    Parameters
    ----------
    parts
        What the user may choose from; with a single one there is nothing to choose. The class's digits are
        only offered once `set_class_offered` says that there are some.

    Signals
    -------
    part_chosen
        The user wants another `DataPart`; answer with `show_results`.
    watch_requested
        A row of the training set is to be watched in the network.
    canvas_requested
        A 28 × 28 picture, grey levels 0 to 255, is to be put on the canvas.
    export_requested
        The `Confusion` shown is to be saved.
    """

    part_chosen = Signal(object)
    watch_requested = Signal(int)
    canvas_requested = Signal(object)
    export_requested = Signal(object)

    def __init__(
        self,
        source: ThemeSource,
        parts: Sequence[DataPart] = tuple(DataPart),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("panel", parent)
        self._source = source
        self._parts = tuple(parts)
        self._results: Results | None = None
        self._cell: Cell | None = None
        self._rows: IndexArray = np.empty(0, np.intp)
        self._first = 0
        self._create()
        self._lay_out()
        self._connect()
        self.set_class_offered(False)
        self.show_nothing(_WAITING)
        self._on_look_changed()

    @property
    def part(self) -> DataPart:
        """The part of the data the user has chosen."""
        return self._parts[self.choice.index]

    @property
    def results(self) -> Results | None:
        """What is shown."""
        return self._results

    def show_results(self, results: Results) -> None:
        """Show results of the part chosen; others come too late and are ignored.

        What the user looks at stays: the cell, the page of the gallery, the sample.
        """
        if results.part is not self.part:
            return
        if not len(results.samples):
            self.show_nothing(f"There are no {results.part.value.lower()} samples.")
            return
        self._results = results
        self.hint.hide()
        self._body.show()
        self.accuracy.setText(accuracy_text(results))
        self.tried.setText(tried_text(results))
        self._show_about()
        self.matrix.show_confusion(results.confusion)
        self._show_gallery()
        self._show_card()

    def show_nothing(self, hint: str) -> None:
        """Show only a sentence, and forget what was looked at."""
        self._results = None
        self._cell, self._first = None, 0
        self.matrix.set_chosen(None)
        self._close_card()
        self.hint.setText(hint)
        self.hint.show()
        self._body.hide()

    def set_class_offered(self, is_offered: bool) -> None:
        """Offer the class's own digits, beside others, or stop doing so."""
        if DataPart.CLASS in self._parts and len(self._parts) > 1:
            place = self._parts.index(DataPart.CLASS)
            self.choice.button(place).setVisible(is_offered)
            if not is_offered and self.choice.index == place:
                self.choice.set_index(0)
                self._on_part_changed(0)

    def choose_cell(self, cell: Cell | None) -> None:
        """Let the gallery show the samples of a cell; None for all mistakes."""
        self._cell, self._first = cell, 0
        self.matrix.set_chosen(cell)
        self._show_gallery()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.outcome.fit_width(self._room)
        self._show_about()

    def _create(self) -> None:
        source = self._source
        self.choice = SegmentedControl(source, [Segment(part.value, tip=_TIPS[part]) for part in self._parts])
        self.export = Button(source, icon="save", kind=ButtonKind.QUIET, tip="Save the matrix as CSV …")
        self.accuracy = TextLabel(source, "", FontRole.NUMBER)
        self.tried = TextLabel(source, "", FontRole.BODY, "secondary")
        self.about = TextLabel(source, "", FontRole.CAPTION, "secondary")
        self.matrix = ConfusionView(source)
        self.card = SampleCard(source)
        self.card.watch.setVisible(DataPart.TRAINING in self._parts)
        self.gallery_title = TextLabel(source, "", FontRole.VALUE)
        self.page = TextLabel(source, "", FontRole.CAPTION, "secondary")
        quiet = ButtonKind.QUIET
        self.all_mistakes = Button(source, icon="close", kind=quiet, tip="Show all mistakes again")
        self.previous = Button(source, icon="chevron-left", kind=quiet, tip="Larger losses")
        self.next = Button(source, icon="chevron-right", kind=quiet, tip="Smaller losses")
        self.gallery = MistakeGallery(source)
        self.hint = TextLabel(source, "", FontRole.BODY, "secondary")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        self._choice_row = QHBoxLayout()
        self._choice_row.addWidget(self.choice)
        self._choice_row.addStretch(1)
        if len(self._parts) > 1:
            self._choice_row.addWidget(self.export)
        self.choice.setVisible(len(self._parts) > 1)
        self._body = QWidget()
        self._lay_out_body()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._choice_row)
        self._column.addWidget(self.hint, 1)
        self._column.addWidget(self._body, 1)

    def _lay_out_body(self) -> None:
        summary = QHBoxLayout()
        summary.setSpacing(_GAP)
        for label in (self.accuracy, self.tried):
            summary.addWidget(label, 0, Qt.AlignmentFlag.AlignBottom)
        summary.addStretch(1)
        if len(self._parts) == 1:
            # With nothing to choose there is no row above to stand in.
            summary.addWidget(self.export)
        self._top = QStackedWidget()
        self._top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._top.addWidget(self.matrix)
        self._top.addWidget(self.card)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.gallery_title)
        head.addWidget(self.all_mistakes)
        head.addStretch(1)
        for widget in (self.page, self.previous, self.next):
            head.addWidget(widget)
        self._body_column = QVBoxLayout(self._body)
        self._body_column.setContentsMargins(0, 0, 0, 0)
        self._body_column.addLayout(summary)
        self._body_column.addWidget(self.about)
        self._body_column.addWidget(self._top)
        self._body_column.addWidget(Separator())
        self._body_column.addLayout(head)
        self._body_column.addWidget(self.gallery, 1)

    def _connect(self) -> None:
        self.choice.index_changed.connect(self._on_part_changed)
        self.export.clicked.connect(self._on_export_clicked)
        self.matrix.cell_chosen.connect(self.choose_cell)
        self.all_mistakes.clicked.connect(lambda: self.choose_cell(None))
        self.previous.clicked.connect(lambda: self._turn_page(-1))
        self.next.clicked.connect(lambda: self._turn_page(1))
        self.gallery.page_turned.connect(self._turn_page)
        self.gallery.sample_chosen.connect(self._on_sample_chosen)
        self.gallery.resized.connect(self._show_gallery)
        self.card.closed.connect(self._close_card)
        self.card.watch_requested.connect(self.watch_requested)
        self.card.canvas_requested.connect(self.canvas_requested)
        self._source.changed.connect(self._on_look_changed)

    @property
    def _room(self) -> int:
        return self.width() - 2 * self._source.px(_PADDING)

    def _show_about(self) -> None:
        if self._results is None:
            return
        text = about_text(self._results)
        elided = text_metrics(FontRole.CAPTION, self._source.factor).elided(text, self._room)
        self.about.setText(elided)
        self.about.setToolTip("" if elided == text else text)

    def _show_gallery(self) -> None:
        results = self._results
        if results is None:
            return
        self._rows = ranked_rows(results.predictions, self._cell)
        capacity, count = self.gallery.capacity, len(self._rows)
        # The page shown may be gone, since the network learns.
        self._first = min(self._first, max(0, (count - 1) // capacity * capacity))
        rows = self._rows[self._first : self._first + capacity]
        has_images = results.samples.inputs.shape[1] == N_PIXELS
        images = tile_images(results.samples, rows) if has_images else None
        self.gallery.show_tiles(mistake_tiles(results, rows), images)
        self._show_gallery_head(results, len(rows), count)

    def _show_gallery_head(self, results: Results, n_shown: int, count: int) -> None:
        self.gallery_title.setText(gallery_title(results.confusion, self._cell, count))
        self.all_mistakes.setVisible(self._cell is not None)
        is_paged = n_shown < count
        for widget in (self.page, self.previous, self.next):
            widget.setVisible(is_paged)
        self.page.setText(f"{self._first + 1}–{self._first + n_shown}")
        self.previous.setEnabled(self._first > 0)
        self.next.setEnabled(self._first + n_shown < count)

    def _turn_page(self, step: int) -> None:
        # A first page that became larger may begin in the midst of one.
        first = max(0, self._first + step * self.gallery.capacity)
        if first != self._first and first < len(self._rows):
            self._first = first
            self._show_gallery()

    def _on_sample_chosen(self, row: int) -> None:
        if self._results is not None:
            self.card.show_sample(self._results, row)
            self._top.setCurrentWidget(self.card)

    def _show_card(self) -> None:
        row, results = self.card.row, self._results
        if self._top.currentWidget() is not self.card or row is None or results is None:
            return
        if row < len(results.samples):
            self.card.show_sample(results, row)
        else:
            self._close_card()

    def _close_card(self) -> None:
        self._top.setCurrentWidget(self.matrix)
        self.gallery.set_chosen(None)

    def _on_part_changed(self, index: int) -> None:
        self.show_nothing("One moment …")
        self.part_chosen.emit(self._parts[index])

    def _on_export_clicked(self) -> None:
        if self._results is not None:
            self.export_requested.emit(self._results.confusion)

    def _on_look_changed(self) -> None:
        px = self._source.px
        padding = px(_PADDING)
        self._column.setContentsMargins(padding, px(10), padding, px(8))
        self._column.setSpacing(px(_GAP))
        self._body_column.setSpacing(px(4))
        for button in (self.all_mistakes, self.previous, self.next):
            button.setFixedSize(px(_BUTTON), px(_BUTTON))
        self._show_about()
