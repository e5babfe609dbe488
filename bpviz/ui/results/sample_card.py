"""A sample chosen in the gallery: what the network says to it, and where it can be looked at further."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.nn.arrays import ByteArray
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.results.outcome_view import OutcomeView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.batch_strip import IMAGE_SIDE, N_PIXELS, tile_images
from bpviz.viewmodel.run.mistakes import sample_outcome
from bpviz.viewmodel.run.results import Results

_BUTTON = 28
_GAP = 6
_WATCH_TIP = "Watch in the network: this sample's own forward and backward pass"
_NO_WATCH_TIP = "The network can only be watched with training samples: these are what it learns from"
_CANVAS_TIP = "Put on the canvas of the Draw page: see which ink speaks for what, change it"


class SampleCard(QWidget):
    """Shows one row of `Results` until it is closed.

    Signals
    -------
    closed
        The user wants the matrix back.
    watch_requested
        A row of the training set is to be watched in the network.
    canvas_requested
        A 28 × 28 picture, grey levels 0 to 255, is to be put on the canvas.
    """

    closed = Signal()
    watch_requested = Signal(int)
    canvas_requested = Signal(object)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._results: Results | None = None
        self._row: int | None = None
        self.back = Button(source, icon="chevron-left", tip="Back to the confusion matrix")
        self.title = TextLabel(source, "", FontRole.VALUE)
        self.outcome = OutcomeView(source)
        self.watch = Button(source, "Watch it", tip=_WATCH_TIP)
        self.canvas = Button(source, "Put on canvas", tip=_CANVAS_TIP)
        self._lay_out()
        self.back.clicked.connect(self.closed)
        self.watch.clicked.connect(self._on_watch_clicked)
        self.canvas.clicked.connect(self._on_canvas_clicked)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def row(self) -> int | None:
        """The row shown; None before the first."""
        return self._row

    def show_sample(self, results: Results, row: int) -> None:
        """Show a row of these results."""
        self._results, self._row = results, row
        shown = sample_outcome(results, row)
        self.title.setText(shown.title)
        image = self._image()
        self.outcome.show_outcome(shown, image)
        self.watch.setEnabled(results.is_training_part)
        self.watch.set_tip(_WATCH_TIP if results.is_training_part else _NO_WATCH_TIP)
        self.canvas.setEnabled(image is not None)

    def _image(self) -> ByteArray | None:
        if self._results is None or self._row is None:
            return None
        samples = self._results.samples
        if samples.inputs.shape[1] != N_PIXELS:
            return None
        return tile_images(samples, np.array([self._row])).reshape(IMAGE_SIDE, IMAGE_SIDE)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self.outcome)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        for button in (self.watch, self.canvas):
            buttons.addWidget(button, 1)
        self._column.addLayout(buttons)
        self._column.addStretch(1)

    def _on_watch_clicked(self) -> None:
        if self._row is not None:
            self.watch_requested.emit(self._row)

    def _on_canvas_clicked(self) -> None:
        image = self._image()
        if image is not None:
            self.canvas_requested.emit(image)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._column.setSpacing(px(_GAP))
        self.back.setFixedSize(px(_BUTTON), px(_BUTTON))
