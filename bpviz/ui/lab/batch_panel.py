"""The batch below the network: its samples in a strip, or taken apart, as the toggle says."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.data.samples import Samples
from bpviz.training.snapshot import Snapshot
from bpviz.ui.lab.batch_anatomy_view import BatchAnatomyView
from bpviz.ui.lab.batch_strip_view import REFRESH_INTERVAL_S, BatchStripView
from bpviz.ui.small_toggle import SmallToggle
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.part_names import image_side
from bpviz.viewmodel.run.batch_anatomy import batch_anatomy

_GAP = 12
_TIP = "Show what the batch's gradient is made of, sample by sample"


class BatchPanel(QWidget):
    """Shows the batch of the newest snapshot; hides what the samples are no pictures for.

    Signals
    -------
    sample_selected
        A sample was chosen: its row in the training set.
    anatomy_toggled
        Whether the batch is taken apart now; the panel has another height then.
    """

    sample_selected = Signal(int)
    anatomy_toggled = Signal(bool)

    def __init__(
        self,
        source: ThemeSource,
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._clock = clock
        self._drawn_at: float | None = None
        self._is_running = False
        self._selected: int | None = None
        self._batch_size = 1
        self._neuron: int | None = None
        self._shown: tuple[Snapshot, Samples] | None = None
        self.strip = BatchStripView(source, clock)
        self.anatomy = BatchAnatomyView(source)
        self.toggle = SmallToggle(source, "Anatomy", _TIP, self)
        self._lay_out()
        self._connect()
        self._on_look_changed()

    def set_batch_size(self, batch_size: int) -> None:
        """Say how many samples a full batch has."""
        self._batch_size = batch_size
        self._show_anatomy()

    def set_neuron(self, neuron: int | None) -> None:
        """Look at this neuron of the first weight layer; None for the one most samples want changed."""
        if neuron != self._neuron:
            self._neuron = neuron
            self._show_anatomy()

    def set_running(self, is_running: bool) -> None:
        """Say whether training runs; when it stops, the newest batch is shown at once."""
        self.strip.set_running(is_running)
        if is_running != self._is_running:
            self._is_running = is_running
            self._show_anatomy()

    def set_selected(self, row: int | None) -> None:
        """Frame the sample with this row in the training set; None frames none."""
        self.strip.set_selected(row)
        if row != self._selected:
            self._selected = row
            if not self._is_running:
                self._show_anatomy()

    def show_snapshot(self, snapshot: Snapshot, train: Samples) -> None:
        """Show an iteration's batch: at once while paused, at most four times a second while running."""
        self.strip.show_batch(snapshot.batch, train)
        is_new = self._shown is None or self._shown[0].batch is not snapshot.batch
        self._shown = (snapshot, train)
        self.toggle.setVisible(image_side(snapshot.architecture) > 0)
        is_due = self._drawn_at is None or self._clock() - self._drawn_at >= REFRESH_INTERVAL_S
        if is_new and (is_due or not self._is_running):
            self._show_anatomy()

    def select_neighbour(self, step: int) -> None:
        """Choose the sample `step` places further on among those shown."""
        (self.anatomy if self.toggle.isChecked() else self.strip).select_neighbour(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_toggle()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.anatomy)
        self.anatomy.hide()
        self.toggle.raise_()

    def _connect(self) -> None:
        self.strip.sample_selected.connect(self._on_sample_selected)
        self.anatomy.sample_selected.connect(self._on_sample_selected)
        self.anatomy.resized.connect(self._show_anatomy)
        self.toggle.toggled.connect(self._on_toggled)
        self._source.changed.connect(self._on_look_changed)

    def _show_anatomy(self) -> None:
        if self._shown is None or not self.toggle.isChecked():
            return
        snapshot, train = self._shown
        found = batch_anatomy(
            snapshot, len(train), self._batch_size, self._neuron, self._selected, self.anatomy.most_samples
        )
        self._drawn_at = self._clock()
        if found is None:
            self.toggle.setChecked(False)
        else:
            self.anatomy.show_anatomy(found, self._selected)

    def _on_sample_selected(self, row: int) -> None:
        self._selected = row
        self.strip.set_selected(row)
        self.sample_selected.emit(row)

    def _on_toggled(self, is_apart: bool) -> None:
        self._show_anatomy()
        self.strip.setVisible(not is_apart and self.strip.has_images)
        self.anatomy.setVisible(is_apart)
        self.anatomy_toggled.emit(is_apart)

    def _place_toggle(self) -> None:
        size = self.toggle.sizeHint()
        self.toggle.resize(size)
        self.toggle.move(self.width() - size.width() - 1, 0)

    def _on_look_changed(self) -> None:
        reserved = self.toggle.sizeHint().width() + self._source.px(_GAP)
        self.strip.reserve(reserved)
        self.anatomy.reserve(reserved)
        self._place_toggle()
