"""Settings of the network: its layers, activation and first weights."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpviz.data.digit_image import IMAGE_SIDE
from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.settings.layer_rows import FixedLayer, HiddenLayers
from bpviz.ui.settings.settings_section import SettingsSection
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.words.number_format import grouped

MOST_HIDDEN_LAYERS = 10
_FIRST_LAYER_SIZE = 30
_NEW_LAYER_SIZE = 16
_ADD_HEIGHT = 26
_ACTIVATIONS = (
    Choice("sigmoid", "Sigmoid", "1 / (1 + e^−z)"),
    Choice("tanh", "Tanh", "tanh z"),
    Choice("relu", "ReLU", "max(z, 0)"),
    Choice("leaky-relu", "Leaky ReLU", "z, or 0.01 z below 0"),
    Choice("identity", "Identity", "z"),
)
_OUTPUT_NAMES = {choice.key: choice.label for choice in _ACTIVATIONS} | {"softmax": "Softmax"}
_INITIALIZERS = (
    Choice("normal", "Normal 1/√n", "Normal with standard deviation 1/√n, n the inputs of the layer"),
    Choice("uniform", "Uniform ±1", "Every weight and bias drawn from [−1, 1]"),
    Choice("xavier", "Xavier", "Uniform ±√(6 / (n_in + n_out))"),
    Choice("he", "He", "Normal with standard deviation √(2/n), for ReLU"),
    Choice("zeros", "All zero", "Every neuron of a layer starts, and stays, the same"),
)


class LayerSettings(SettingsSection):
    """`edited` carries a `ConfigEdit` that needs a new run."""

    edited = Signal(object)

    def __init__(self, source: ThemeSource, config: TrainingConfig, parent: QWidget | None = None) -> None:
        super().__init__(source, "Network", parent)
        self._create(config)
        self._lay_out()
        self._connect()
        self.show_config(config)

    @property
    def hidden_fields(self) -> tuple[NumberField, ...]:
        """The size fields of the hidden layers, from the input on."""
        return self.hidden.fields

    def show_config(self, config: TrainingConfig) -> None:
        """Show these settings; emits nothing."""
        architecture = config.architecture()
        n_in, *hidden, n_out = config.layers
        self.set_note(f"{grouped(architecture.n_parameters)} parameters")
        is_image = n_in == IMAGE_SIDE**2
        self.input.show_layer(grouped(n_in), f"{IMAGE_SIDE} × {IMAGE_SIDE}" if is_image else "")
        self.hidden.show_sizes(tuple(hidden))
        self.output.show_layer(grouped(n_out), _OUTPUT_NAMES[architecture.output_activation])
        self.activation.set_key(config.activation)
        self.initializer.set_key(config.initializer)
        self._activation_row.setVisible(bool(hidden))
        self._allow_adding(len(hidden) < MOST_HIDDEN_LAYERS)

    def _create(self, config: TrainingConfig) -> None:
        source = self.source
        self.input = FixedLayer(source)
        self.output = FixedLayer(source)
        self.add_layer = Button(source, "Add hidden layer", icon="plus", kind=ButtonKind.DASHED)
        self.activation = ChoiceField(source, "Hidden activation", _ACTIVATIONS, config.activation)
        self.initializer = ChoiceField(source, "Start weights", _INITIALIZERS, config.initializer)

    def _lay_out(self) -> None:
        input_row = self.add_row("Input", self.input)
        self.hidden = HiddenLayers(self, above=input_row)
        self.add_row("Output", self.output)
        self.rows.addWidget(self.add_layer)
        self._activation_row = self.add_row("Activation", self.activation)
        self.add_row("Start weights", self.initializer)
        self._on_look_changed()

    def _connect(self) -> None:
        self.source.changed.connect(self._on_look_changed)
        self.hidden.sizes_changed.connect(self._ask_for_hidden)
        self.add_layer.clicked.connect(self._on_layer_added)
        self.activation.choice_changed.connect(
            lambda key: self.edited.emit(lambda config: replace(config, activation=key))
        )
        self.initializer.choice_changed.connect(
            lambda key: self.edited.emit(lambda config: replace(config, initializer=key))
        )

    def _allow_adding(self, is_allowed: bool) -> None:
        self.add_layer.setEnabled(is_allowed)
        self.add_layer.set_tip("" if is_allowed else f"At most {MOST_HIDDEN_LAYERS} hidden layers")

    def _on_layer_added(self) -> None:
        sizes = self.hidden.sizes
        new = min(sizes[-1], _NEW_LAYER_SIZE) if sizes else _FIRST_LAYER_SIZE
        self._ask_for_hidden((*sizes, new))

    def _ask_for_hidden(self, sizes: tuple[int, ...]) -> None:
        self.edited.emit(lambda config: replace(config, layers=(config.layers[0], *sizes, config.layers[-1])))

    def _on_look_changed(self) -> None:
        self.add_layer.setFixedHeight(self.source.px(_ADD_HEIGHT))
