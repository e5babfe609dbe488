"""The settings at the left: network, training, data, view, one under the other."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.data.samples import Dataset
from bpviz.errors import ConfigError
from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.panel import Panel, ScrollColumn, Separator
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.settings.data_settings import DataSettings
from bpviz.ui.settings.layer_settings import LayerSettings
from bpviz.ui.settings.settings_section import ConfigEdit, Density, SettingsSection
from bpviz.ui.settings.training_settings import SettingChange, TrainingSettings, config_after
from bpviz.ui.settings.view_settings import ViewSettings
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource

_HEAD = 34
_HEAD_BUTTON = 26
_SIDE_PADDING = 16


class SettingsPanel(Panel):
    """Holds the four groups, and the settings as they stand.

    Signals
    -------
    config_changed
        Settings that need a new run.
    change_requested
        A `bpviz.training.changes.Change` of settings, for the run under way.
    refused
        A sentence that says why the settings asked for are impossible; those before it stand.
    fold_requested
        The user wants the room back; offered only after `set_foldable(True)`.
    """

    config_changed = Signal(TrainingConfig)
    change_requested = Signal(object)
    refused = Signal(str)
    fold_requested = Signal()

    def __init__(
        self, source: ThemeSource, config: TrainingConfig, dataset: Dataset, parent: QWidget | None = None
    ) -> None:
        super().__init__("panel", parent)
        self._source = source
        self._config = config
        self.fold = Button(source, icon="chevron-left", kind=ButtonKind.QUIET, tip="Fold the settings away")
        self.layers = LayerSettings(source, config)
        self.training = TrainingSettings(source, config)
        self.data = DataSettings(source, dataset)
        self.view = ViewSettings(source)
        self._lay_out()
        self._on_look_changed()
        self.fold.clicked.connect(self.fold_requested)
        self.layers.edited.connect(self._on_edited)
        self.training.edited.connect(self._on_edited)
        self.training.changed.connect(self._on_changed)
        source.changed.connect(self._on_look_changed)

    @property
    def config(self) -> TrainingConfig:
        """The settings shown, changes of the run under way included."""
        return self._config

    def show_config(self, config: TrainingConfig) -> None:
        """Show the settings of the run; emits nothing."""
        self._config = config
        self.layers.show_config(config)
        self.training.show_config(config)
        self._choose_density()

    def draw_new_weights(self) -> None:
        """Ask for a new run with the next seed, as the button beside the seed does."""
        self.training.draw_new_weights()

    def set_foldable(self, is_foldable: bool) -> None:
        """Offer to fold the settings away, where the room is wanted for something else."""
        self._head.setVisible(is_foldable)
        self._head_line.setVisible(is_foldable)
        self._choose_density()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_density()

    @property
    def _sections(self) -> tuple[SettingsSection, ...]:
        return self.layers, self.training, self.data, self.view

    def _lay_out(self) -> None:
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in self._sections:
            if column.count():
                column.addWidget(Separator())
            column.addWidget(section)
        column.addStretch(1)
        self._lay_out_head()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        outer.addWidget(self._head_line)
        outer.addWidget(ScrollColumn(self._content))

    def _lay_out_head(self) -> None:
        self._head, self._head_line = QWidget(), Separator()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.addWidget(TextLabel(self._source, "Settings", FontRole.LABEL, "secondary"))
        self._head_row.addStretch(1)
        self._head_row.addWidget(self.fold)
        self.set_foldable(False)

    def _choose_density(self) -> None:
        """Use the room there is: rows stand apart where all of them fit, closer where they do not."""
        needed = sum(section.height_at(Density.ROOMY) + 1 for section in self._sections)
        room = self.height() - (0 if self._head.isHidden() else self._head.height())
        density = Density.ROOMY if needed <= room else Density.TIGHT
        for section in self._sections:
            section.set_density(density)

    def _on_edited(self, edit: ConfigEdit) -> None:
        config = self._taken(edit)
        if config is not None:
            self.config_changed.emit(config)

    def _on_changed(self, change: SettingChange) -> None:
        if self._taken(lambda config: config_after(config, change)) is not None:
            self.change_requested.emit(change)

    def _taken(self, edit: ConfigEdit) -> TrainingConfig | None:
        """Return the settings after an edit, shown; None if it changes nothing or is impossible."""
        before = self._config
        try:
            after = edit(before)
        except ConfigError as error:
            self.show_config(before)
            self.refused.emit(str(error))
            return None
        if after == before:
            return None
        self.show_config(after)
        return after

    def _on_look_changed(self) -> None:
        px = self._source.px
        self._head.setFixedHeight(px(_HEAD))
        side = px(_HEAD_BUTTON)
        self.fold.setFixedSize(side, side)
        self._head_row.setContentsMargins(px(_SIDE_PADDING), 0, px(_SIDE_PADDING) // 2, 0)
        self._choose_density()
