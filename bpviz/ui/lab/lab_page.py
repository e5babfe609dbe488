"""The Lab: settings left, the network in the middle, what is known of it right, the run below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.data.samples import Dataset, Task
from bpviz.training.config import TrainingConfig
from bpviz.training.snapshot import Snapshot
from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.inspector.inspector import InspectorPanel
from bpviz.ui.lab.run_foot import RunFoot
from bpviz.ui.lab.side_panel import SidePanel
from bpviz.ui.lab.stage_panel import StagePanel
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.ui.settings.settings_panel import SettingsPanel
from bpviz.ui.settings.settings_rail import SettingsRail
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.reveal import Reveal
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.phases import Phase

_SETTINGS_AT_1280, _SETTINGS_AT_1920 = 250, 294
_ROOM_FOR_ALL_PX = 1600
"""Narrower windows fold the settings away while the inspector is open."""


class LabPage(QWidget):
    """Layout only; everything shown comes in through `show_…`."""

    sample_selected = Signal(int)
    """The training row the user wants to watch."""

    def __init__(
        self, source: ThemeSource, config: TrainingConfig, dataset: Dataset, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._dataset = dataset
        self._window_width = 0
        self._is_unfolded = False
        self._create(config)
        self._lay_out()
        self._connect()
        self._on_look_changed()

    def begin_run(self, config: TrainingConfig, dataset: Dataset, iterations_per_epoch: int) -> None:
        """Forget the old run and show the settings of the new one."""
        self._dataset = dataset
        self.settings.show_config(config)
        self.settings.data.show_dataset(dataset)
        self.settings.training.show_dataset(dataset, config.layers[-1])
        self.settings.view.show_pictures(config.layers[0] > 2)
        self.charts.begin_run(
            iterations_per_epoch,
            depth=len(config.layers) - 1,
            has_accuracy=dataset.task is not Task.REGRESSION,
        )
        self.foot.begin_run()
        self.stage.batch.set_batch_size(config.batch_size)
        self.stage.begin_run(dataset)

    def show_snapshot(
        self, snapshot: Snapshot, is_running: bool, phase: Phase, reveal: Reveal | None = None
    ) -> None:
        """Show one iteration, up to what `reveal` tells is known; call once a frame."""
        self.stage.show_snapshot(snapshot, is_running, phase, reveal)

    def show_position(self, iteration: int) -> None:
        """Mark the iteration shown in curves and recording."""
        self.charts.show_position(iteration)
        self.foot.show_position(iteration)

    def set_inspecting(self, is_inspecting: bool) -> None:
        """Show the inspector in place of the charts, or the charts again."""
        self._is_unfolded = False
        self.side.set_inspecting(is_inspecting)
        self._fold()

    def fit_width(self, width_px: int) -> None:
        """Give the side panels the width that suits a window of this width."""
        self._window_width = width_px
        share = min(max((width_px - 1280) / (1920 - 1280), 0.0), 1.0)
        self.settings.setFixedWidth(
            round(_SETTINGS_AT_1280 + share * (_SETTINGS_AT_1920 - _SETTINGS_AT_1280))
        )
        self.side.fit_width(width_px)
        self._fold()

    def _create(self, config: TrainingConfig) -> None:
        source = self._source
        self.curves = RunCurves()
        self.settings = SettingsPanel(source, config, self._dataset)
        self.rail = SettingsRail(source)
        self.stage = StagePanel(source, self._dataset)
        self.charts = ChartPanel(source, self.curves)
        self.inspector = InspectorPanel(source)
        self.results = ResultsPanel(source)
        self.side = SidePanel(source, self.charts, self.inspector, self.results)
        self.foot = RunFoot(source, self.curves)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self.settings)
        self._row.addWidget(self.rail)
        self._row.addWidget(self.stage, 1)
        self._row.addWidget(self.side)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(0)
        self._page.addLayout(self._row, 1)
        self._page.addWidget(self.foot)

    def _connect(self) -> None:
        view, network = self.settings.view, self.stage.network
        view.edge_budget_changed.connect(network.set_edge_budget)
        view.input_style_chosen.connect(network.set_input_style)
        view.tile_content_chosen.connect(self.stage.set_tile_content)
        view.bias_nodes_toggled.connect(network.set_bias_nodes_visible)
        view.sign_as_dashes_toggled.connect(network.set_sign_as_dashes)
        self.stage.batch.sample_selected.connect(self.sample_selected)
        self.inspector.sample_selected.connect(self.sample_selected)
        network.plane_clicks.sample_clicked.connect(self.sample_selected)
        self.results.watch_requested.connect(self.sample_selected)
        self.rail.unfold_requested.connect(self._on_unfold_requested)
        self.settings.fold_requested.connect(self._on_fold_requested)
        self.side.inspecting_changed.connect(lambda _: self._fold())
        self._source.changed.connect(self._on_look_changed)

    def _on_unfold_requested(self) -> None:
        self._is_unfolded = True
        self._fold()

    def _on_fold_requested(self) -> None:
        self._is_unfolded = False
        self._fold()

    def _fold(self) -> None:
        is_narrow = self.side.is_inspecting and self._window_width < _ROOM_FOR_ALL_PX
        is_folded = is_narrow and not self._is_unfolded
        self.settings.setVisible(not is_folded)
        self.rail.setVisible(is_folded)
        self.settings.set_foldable(is_narrow)

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(6))
        self._row.setContentsMargins(px(6), 0, px(6), px(6))
        self.fit_width(self.window().width())
