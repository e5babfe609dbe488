"""Settings of training: loss, optimiser, learning rate, batch, penalties, seed."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.settings_section import ConfigEdit, SettingsSection
from bpviz.ui.theme_source import ThemeSource

_LOSSES = (
    Choice("cross-entropy", "Cross-entropy", "−Σ y log p on softmax outputs"),
    Choice("log", "Log loss", "Binary cross-entropy on each sigmoid output"),
    Choice("squared", "Squared error", "½ Σ (a − y)² on sigmoid outputs"),
)
_OPTIMIZERS = (
    Choice("sgd", "SGD", "w ← w − η g"),
    Choice("momentum", "Momentum", "v ← μ v + g;  w ← w − η v"),
    Choice("nesterov", "Nesterov", "v ← μ v + g;  w ← w − η (g + μ v)"),
    Choice("rmsprop", "RMSProp", "g divided by the root of its mean square"),
    Choice("adam", "Adam", "Momentum and RMSProp together, both corrected for their start"),
)
_MOMENTUM_RULES = ("momentum", "nesterov")
_RATE = NumberRange(1e-4, 10.0, is_log=True, has_zero=True)
_MOMENTUM = NumberRange(0.0, 0.99)
_BATCH = NumberRange(1, 1024, is_integer=True, is_log=True)
_DECAY = NumberRange(1e-6, 0.1, is_log=True, has_zero=True)
_SEED = NumberRange(0, 9999, is_integer=True)


class TrainingSettings(SettingsSection):
    """`edited` carries a `ConfigEdit` that needs a new run; the other signals act on the run under way."""

    edited = Signal(object)
    learning_rate_changed = Signal(float)
    optimizer_changed = Signal(str, float)

    def __init__(self, source: ThemeSource, config: TrainingConfig, parent: QWidget | None = None) -> None:
        super().__init__(source, "Training", parent)
        self._create(config)
        self._lay_out()
        self._connect()
        self.show_config(config)

    def show_config(self, config: TrainingConfig) -> None:
        """Show these settings; emits nothing."""
        self.loss.set_key(config.loss)
        self.optimizer.set_key(config.optimizer)
        for field, limits, value in (
            (self.momentum, _MOMENTUM, config.momentum),
            (self.learning_rate, _RATE, config.learning_rate),
            (self.batch_size, _BATCH, config.batch_size),
            (self.l2, _DECAY, config.l2),
            (self.l1, _DECAY, config.l1),
            (self.seed, _SEED, config.seed),
        ):
            # A run from a file or the command line may hold more than the field offers by itself.
            field.set_limits(limits.holding(value))
            field.set_value(value)
        self._momentum_row.setVisible(config.optimizer in _MOMENTUM_RULES)

    def _create(self, config: TrainingConfig) -> None:
        source = self.source
        self.loss = ChoiceField(source, "Loss", _LOSSES, config.loss)
        self.optimizer = ChoiceField(source, "Optimiser", _OPTIMIZERS, config.optimizer)
        self.momentum = NumberField(source, "Momentum", _MOMENTUM, config.momentum)
        self.learning_rate = NumberField(source, "Learning rate", _RATE, config.learning_rate)
        self.batch_size = NumberField(source, "Batch size", _BATCH, config.batch_size)
        self.l2 = NumberField(source, "Weight decay (L2)", _DECAY, config.l2)
        self.l1 = NumberField(source, "L1 penalty", _DECAY, config.l1)
        self.seed = NumberField(source, "Seed", _SEED, config.seed)

    def _lay_out(self) -> None:
        self.add_row("Loss", self.loss)
        self.add_row("Optimiser", self.optimizer)
        self._momentum_row = self.add_row("Momentum", self.momentum)
        self.add_row("Learning rate", self.learning_rate)
        self.add_row("Batch", self.batch_size)
        self.add_row("Weight decay", self.l2)
        self.add_row("L1 penalty", self.l1)
        self.add_row("Seed", self.seed)

    def _connect(self) -> None:
        self.loss.choice_changed.connect(
            # The output activation goes with the loss: most pairs are impossible.
            lambda loss: self._ask(lambda config: replace(config, loss=loss, output_activation=None))
        )
        self.batch_size.value_committed.connect(
            lambda size: self._ask(lambda config: replace(config, batch_size=int(size)))
        )
        self.l2.value_committed.connect(lambda l2: self._ask(lambda config: replace(config, l2=l2)))
        self.l1.value_committed.connect(lambda l1: self._ask(lambda config: replace(config, l1=l1)))
        self.seed.value_committed.connect(
            lambda seed: self._ask(lambda config: replace(config, seed=int(seed)))
        )
        self.optimizer.choice_changed.connect(lambda _: self._on_optimizer_changed())
        self.momentum.value_committed.connect(lambda _: self._on_optimizer_changed())
        self.learning_rate.value_changed.connect(self.learning_rate_changed)

    def _ask(self, edit: ConfigEdit) -> None:
        self.edited.emit(edit)

    def _on_optimizer_changed(self) -> None:
        self._momentum_row.setVisible(self.optimizer.key in _MOMENTUM_RULES)
        self.optimizer_changed.emit(self.optimizer.key, self.momentum.value)
