"""The stage: phases, the sentence, the network, and the batch below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.data.samples import Dataset
from bpviz.training.snapshot import Snapshot
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.controls.segmented import Segment, SegmentedControl
from bpviz.ui.lab.batch_panel import BatchPanel
from bpviz.ui.lab.phase_bar import PhaseBar
from bpviz.ui.network.network_view import NetworkView
from bpviz.ui.sentence_line import SentenceLine
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.parts import NeuronPart, WeightPart
from bpviz.viewmodel.network.plane import plane_of
from bpviz.viewmodel.network.reveal import Reveal
from bpviz.viewmodel.network.tile_content import TileContent
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.sentence import sentence_for

_SENTENCE_EVERY = 8
"""While running fast the sentence changes at every eighth frame; numbers that flicker are not read."""


class StagePanel(Panel):
    """Shows one iteration, or as much of it as is revealed.

    Signals
    -------
    batch_mean_toggled
        Whether Backward is to show the mean gradient of the batch instead of the sample's own.
    """

    batch_mean_toggled = Signal(bool)

    def __init__(self, source: ThemeSource, dataset: Dataset, parent: QWidget | None = None) -> None:
        super().__init__("stage", parent)
        self._source = source
        self._dataset = dataset
        self._state: NetworkState | None = None
        self._frames = 0
        self.phases = PhaseBar(source)
        self.sentence = SentenceLine(source)
        self.whose = SegmentedControl(source, (Segment("Sample"), Segment("Batch mean")))
        self.network = NetworkView(source)
        self.network.renderer.set_plane(plane_of(dataset))
        self.batch = BatchPanel(source)
        self._lay_out()
        self.network.selection_changed.connect(self._on_selection_changed)
        self.whose.index_changed.connect(lambda index: self.batch_mean_toggled.emit(bool(index)))
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @property
    def shows_batch_mean(self) -> bool:
        """Whether Backward shows the batch's mean gradient."""
        return bool(self.whose.index)

    @property
    def state(self) -> NetworkState | None:
        """What the network view shows."""
        return self._state

    def set_tile_content(self, content: TileContent | None) -> None:
        """Show this in the small images of the first layer; None for no images."""
        self.network.set_weight_images_visible(content is not None)
        if content is not None:
            self.network.set_tile_content(content)

    def begin_run(self, dataset: Dataset) -> None:
        """Forget the old run."""
        self._dataset = dataset
        self._state = None
        self.network.renderer.set_plane(plane_of(dataset))

    def show_snapshot(
        self, snapshot: Snapshot, is_running: bool, phase: Phase, reveal: Reveal | None
    ) -> None:
        """Show an iteration in this phase, up to what `reveal` tells is known; None for all of it."""
        state = NetworkState(
            network=snapshot.network(),
            sample=snapshot.sample,
            phase=phase,
            batch=snapshot.batch,
            parameters_after=snapshot.parameters_after,
            reveal=reveal,
            shows_batch_mean=self.shows_batch_mean,
            optimizer=snapshot.optimizer,
        )
        self._state = state
        self.network.show_state(state)
        self.phases.set_phase(phase)
        self.phases.show_place(None if reveal is None else reveal.position, snapshot.architecture)
        self.whose.setVisible(phase is Phase.BACKWARD)
        self._frames += 1
        if not is_running or self._frames % _SENTENCE_EVERY == 0:
            self.sentence.show_sentence(sentence_for(state, self.network.selected))
        self.batch.set_running(is_running)
        self.batch.set_selected(snapshot.sample.index)
        self.batch.show_snapshot(snapshot, self._dataset.train)

    def _on_selection_changed(self, part: object) -> None:
        match part:
            case NeuronPart(layer=0, index=neuron) | WeightPart(layer=0, target=neuron):
                self.batch.set_neuron(neuron)
            case _:
                self.batch.set_neuron(None)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        line = QHBoxLayout()
        line.addWidget(self.sentence, 1)
        line.addWidget(self.whose)
        self._above.addWidget(self.phases)
        self._above.addLayout(line)
        self._below.addWidget(Separator(Qt.Orientation.Horizontal))
        self._below.addWidget(self.batch)
        self._column.addLayout(self._above)
        self._column.addWidget(self.network, 1)
        self._column.addLayout(self._below)

    def _on_look_changed(self) -> None:
        px = self._source.px
        # The network keeps its own margins, of the same width.
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._above.setContentsMargins(px(24), 0, px(24), 0)
        self._below.setContentsMargins(px(21), 0, px(24), 0)
        # As high with the switch beside it as without: the network must not move when the phase changes.
        self.sentence.setFixedHeight(self.whose.sizeHint().height())
        for column in (self._column, self._above, self._below):
            column.setSpacing(px(6))
