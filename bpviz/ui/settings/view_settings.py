"""Settings of the drawing: how many edges, what the input and the small images show, and which helps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.switch import Switch
from bpviz.ui.settings.settings_section import HEADING_HEIGHT, SettingsSection
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.graph_geometry import InputStyle
from bpviz.viewmodel.network.tile_content import TileContent

DEFAULT_EDGE_BUDGET = 400
NO_IMAGES = "none"
_EDGES = NumberRange(50, 1500, is_integer=True, is_log=True)
_INPUTS = (
    Choice(InputStyle.IMAGE.value, "As a picture", "Every pixel, as the digit looks"),
    Choice(InputStyle.BOXES.value, "Ten boxes", "The first and last pixels, and the brightest in between"),
    Choice(InputStyle.STRONGEST.value, "Strongest", "The pixels that add most to the first layer"),
)
_IMAGES = (
    Choice(TileContent.WEIGHT.value, "Weights", "The weights into each neuron of the first layer"),
    Choice(TileContent.GRADIENT.value, "Gradients", "Their gradients, the mean over the batch"),
    Choice(TileContent.VELOCITY.value, "Velocity", "What momentum remembers; weights for other optimisers"),
    Choice(NO_IMAGES, "None"),
)


class ViewSettings(SettingsSection):
    """Each signal carries the new value of one option; `tile_content_chosen` None for no images.

    How much may move concerns every page: that option goes to the theme source.
    """

    edge_budget_changed = Signal(int)
    input_style_chosen = Signal(InputStyle)
    tile_content_chosen = Signal(object)
    bias_nodes_toggled = Signal(bool)
    sign_as_dashes_toggled = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, "View", parent)
        self.edges = NumberField(source, "Edges drawn", _EDGES, DEFAULT_EDGE_BUDGET)
        self.input_style = ChoiceField(source, "Input", _INPUTS, InputStyle.IMAGE.value)
        self.images = ChoiceField(source, "Small images", _IMAGES, TileContent.WEIGHT.value)
        self.bias_nodes = Switch(source, "Bias nodes")
        self.sign_as_dashes = Switch(source, "Dashes")
        self.sign_as_dashes.setToolTip("Draw negative edges dashed, so that signs show without colour")
        self.bias_nodes.setChecked(True)
        self.less_motion = Switch(source, "Less motion")
        self.less_motion.setToolTip("Let pictures change at once and at most four times a second")
        self._lay_out()
        self._connect()
        self._on_look_changed()

    def show_pictures(self, are_shown: bool) -> None:
        """Offer what concerns inputs that are pictures."""
        for row in self._picture_rows:
            row.setVisible(are_shown)

    def _lay_out(self) -> None:
        self.add_to_heading(self.less_motion)
        self.add_row("Edges drawn", self.edges)
        self._picture_rows = (self.add_row("Input", self.input_style), self.add_row("Images", self.images))
        pair = QHBoxLayout()
        pair.setSpacing(self.source.px(14))
        pair.addWidget(self.bias_nodes)
        pair.addWidget(self.sign_as_dashes)
        self.rows.addLayout(pair)

    def _connect(self) -> None:
        self.edges.value_changed.connect(lambda value: self.edge_budget_changed.emit(int(value)))
        self.input_style.choice_changed.connect(lambda key: self.input_style_chosen.emit(InputStyle(key)))
        self.images.choice_changed.connect(self._on_images_chosen)
        self.bias_nodes.toggled.connect(self.bias_nodes_toggled)
        self.sign_as_dashes.toggled.connect(self.sign_as_dashes_toggled)
        self.less_motion.clicked.connect(self.source.set_reduced_motion)
        self.source.changed.connect(self._on_look_changed)

    def _on_look_changed(self) -> None:
        self.less_motion.setFixedHeight(self.source.px(HEADING_HEIGHT))
        self.less_motion.setChecked(self.source.is_motion_reduced)

    def _on_images_chosen(self, key: str) -> None:
        self.tile_content_chosen.emit(None if key == NO_IMAGES else TileContent(key))
