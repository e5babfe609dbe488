"""The Lab: settings at the left, the network in the middle, charts at the right, the run at the foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.data.samples import Dataset
from bpviz.training.config import TrainingConfig
from bpviz.training.snapshot import Snapshot
from bpviz.ui.batch_strip_view import BatchStripView
from bpviz.ui.charts import ChartPanel
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.network_view import NetworkView
from bpviz.ui.phase_bar import PhaseBar
from bpviz.ui.recording_strip import RecordingStrip
from bpviz.ui.sentence_line import SentenceLine
from bpviz.ui.settings_panel import SettingsPanel
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.curves import RunCurves
from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.phases import Phase
from bpviz.viewmodel.sentence import sentence_for

_SETTINGS_AT_1280, _SETTINGS_AT_1920 = 250, 294
_CHARTS_AT_1280, _CHARTS_AT_1920 = 268, 380
_SENTENCE_EVERY = 8
"""While running fast the sentence changes at every eighth frame; numbers that flicker are not read."""


class LabPage(QWidget):
    """Layout and the phase chosen; everything shown comes in through `show_…`.

    Signals
    -------
    sample_selected
        The training row the user wants to watch.
    """

    sample_selected = Signal(int)

    def __init__(
        self, source: ThemeSource, config: TrainingConfig, dataset: Dataset, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._dataset = dataset
        self._phase = Phase.FORWARD
        self._snapshot: Snapshot | None = None
        self._frames = 0
        self._create(config)
        self._lay_out()
        self._connect()
        self._on_look_changed()

    @property
    def phase(self) -> Phase:
        """What the network view draws."""
        return self._phase

    def set_phase(self, phase: Phase) -> None:
        """Draw this phase of the iteration shown."""
        self._phase = phase
        self.phases.set_phase(phase)
        if self._snapshot is not None:
            self._show_state(self._snapshot, is_running=False)

    def begin_run(self, config: TrainingConfig, dataset: Dataset, iterations_per_epoch: int) -> None:
        """Forget the old run and show the settings of the new one."""
        self._dataset = dataset
        self._snapshot = None
        self.settings.show_config(config)
        self.settings.data.show_dataset(dataset)
        self.charts.begin_run(iterations_per_epoch, depth=len(config.layers) - 1)
        self.recording.begin_run()

    def show_snapshot(self, snapshot: Snapshot, is_running: bool) -> None:
        """Show one iteration; call once a frame."""
        self._snapshot = snapshot
        self._show_state(snapshot, is_running)
        self.batch.set_running(is_running)
        self.batch.set_selected(snapshot.sample.index)
        self.batch.show_batch(snapshot.batch, self._dataset.train)

    def _show_state(self, snapshot: Snapshot, is_running: bool) -> None:
        state = NetworkState(
            snapshot.network(), snapshot.sample, self._phase, snapshot.batch, snapshot.parameters_after
        )
        self.network.show_state(state)
        self._frames += 1
        if not is_running or self._frames % _SENTENCE_EVERY == 0:
            self.sentence.show_sentence(sentence_for(state))

    def _create(self, config: TrainingConfig) -> None:
        source = self._source
        self.curves = RunCurves()
        self.settings = SettingsPanel(source, config, self._dataset)
        self.stage = Panel("stage")
        self.phases = PhaseBar(source)
        self.sentence = SentenceLine(source)
        self.network = NetworkView(source)
        self.batch = BatchStripView(source)
        self.charts = ChartPanel(source, self.curves)
        self.recording = RecordingStrip(source, self.curves)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self.stage)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._above.addWidget(self.phases)
        self._above.addWidget(self.sentence)
        self._below.addWidget(Separator(Qt.Orientation.Horizontal))
        self._below.addWidget(self.batch)
        self._column.addLayout(self._above)
        self._column.addWidget(self.network, 1)
        self._column.addLayout(self._below)
        self._row = QHBoxLayout()
        self._row.addWidget(self.settings)
        self._row.addWidget(self.stage, 1)
        self._row.addWidget(self.charts)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.addLayout(self._row, 1)
        self._page.addWidget(self.recording)

    def _connect(self) -> None:
        view = self.settings.view
        view.edge_budget_changed.connect(self.network.set_edge_budget)
        view.weight_images_toggled.connect(self.network.set_weight_images_visible)
        view.bias_nodes_toggled.connect(self.network.set_bias_nodes_visible)
        view.sign_as_dashes_toggled.connect(self.network.set_sign_as_dashes)
        self.phases.phase_chosen.connect(self.set_phase)
        self.batch.sample_selected.connect(self.sample_selected)
        self._source.changed.connect(self._on_look_changed)

    def fit_width(self, width_px: int) -> None:
        """Give the side panels the width that suits a window of this width."""
        share = min(max((width_px - 1280) / (1920 - 1280), 0.0), 1.0)
        self.settings.setFixedWidth(
            round(_SETTINGS_AT_1280 + share * (_SETTINGS_AT_1920 - _SETTINGS_AT_1280))
        )
        self.charts.setFixedWidth(round(_CHARTS_AT_1280 + share * (_CHARTS_AT_1920 - _CHARTS_AT_1280)))

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(6))
        self._row.setContentsMargins(px(6), 0, px(6), px(6))
        # The network keeps its own margins, of the same width.
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._above.setContentsMargins(px(24), 0, px(24), 0)
        self._below.setContentsMargins(px(24), 0, px(24), 0)
        for column in (self._column, self._above, self._below):
            column.setSpacing(px(6))
        self.fit_width(self.window().width())
