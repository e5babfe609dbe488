"""Settings of the drawing: how many edges, and which helps are shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.switch import Switch
from bpviz.ui.settings_section import SettingsSection
from bpviz.ui.theme_source import ThemeSource

DEFAULT_EDGE_BUDGET = 400
_EDGES = NumberRange(50, 1500, is_integer=True, is_log=True)


class ViewSettings(SettingsSection):
    """Each signal carries the new value of one option."""

    edge_budget_changed = Signal(int)
    weight_images_toggled = Signal(bool)
    bias_nodes_toggled = Signal(bool)
    sign_as_dashes_toggled = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, "View", parent)
        self.edges = NumberField(source, "Edges drawn", _EDGES, DEFAULT_EDGE_BUDGET)
        self.weight_images = Switch(source, "Weight images")
        self.bias_nodes = Switch(source, "Bias nodes")
        self.sign_as_dashes = Switch(source, "Sign as dashes")
        self.weight_images.setChecked(True)
        self.bias_nodes.setChecked(True)
        self.add_row("Edges drawn", self.edges)
        for switch in (self.weight_images, self.bias_nodes, self.sign_as_dashes):
            self.rows.addWidget(switch)
        self.edges.value_changed.connect(lambda value: self.edge_budget_changed.emit(int(value)))
        self.weight_images.toggled.connect(self.weight_images_toggled)
        self.bias_nodes.toggled.connect(self.bias_nodes_toggled)
        self.sign_as_dashes.toggled.connect(self.sign_as_dashes_toggled)
