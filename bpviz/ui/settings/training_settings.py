"""Settings of training: loss, optimiser, learning rate, batch, penalties, seed."""

from dataclasses import fields, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpviz.data.samples import Dataset, Task
from bpviz.training.changes import SetBatchSize, SetLearningRate, SetLoss, SetOptimizer, SetPenalty
from bpviz.training.config import TrainingConfig
from bpviz.ui.controls.buttons import Button, ButtonKind
from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.settings.settings_section import SettingsSection
from bpviz.ui.style.theme_source import ThemeSource

SettingChange = SetLearningRate | SetOptimizer | SetLoss | SetBatchSize | SetPenalty
"""A change of settings that a run can make under way."""

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
_FIELD_HEIGHT = 26


def config_after(config: TrainingConfig, change: SettingChange) -> TrainingConfig:
    """Return the settings with a change made.

    Raises
    ------
    ConfigError
        If they are impossible then.
    """
    # The fields of these changes are named as the settings are.
    return replace(config, **{field.name: getattr(change, field.name) for field in fields(change)})


def losses_for(task: Task, n_outputs: int) -> tuple[Choice, ...]:
    """Return all losses, those refused that a task or a number of outputs cannot have."""
    refusals = {"cross-entropy": "Needs two outputs or more"} if n_outputs == 1 else {}
    if task is Task.REGRESSION:
        refusals = dict.fromkeys(("cross-entropy", "log"), "For classes; these are numbers to reach")
    return tuple(replace(loss, refusal=refusals.get(loss.key, "")) for loss in _LOSSES)


class TrainingSettings(SettingsSection):
    """`edited` carries a `ConfigEdit` that needs a new run, `changed` a `SettingChange` that does not."""

    edited = Signal(object)
    changed = Signal(object)

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

    def show_dataset(self, dataset: Dataset, n_outputs: int) -> None:
        """Offer the losses that go with the dataset's task; the others say why they do not."""
        self.loss.set_choices(losses_for(dataset.task, n_outputs), self.loss.key)

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
        self.next_seed = Button(
            source, icon="plus", kind=ButtonKind.QUIET, tip="New first weights: the next seed (N)"
        )

    def _lay_out(self) -> None:
        self.add_row("Loss", self.loss)
        self.add_row("Optimiser", self.optimizer)
        self._momentum_row = self.add_row("Momentum", self.momentum)
        self.add_row("Learning rate", self.learning_rate)
        self.add_row("Batch", self.batch_size)
        self.add_row("Weight decay", self.l2)
        self.add_row("L1 penalty", self.l1)
        self.add_row("Seed", self.seed).add_end(self.next_seed)
        self._on_look_changed()

    def draw_new_weights(self) -> None:
        """Ask for a run with the next seed."""
        self.edited.emit(lambda config: replace(config, seed=config.seed + 1))

    def _connect(self) -> None:
        self.source.changed.connect(self._on_look_changed)
        # The output activation goes with the loss: most pairs are impossible.
        self.loss.choice_changed.connect(lambda loss: self.changed.emit(SetLoss(loss)))
        self.optimizer.choice_changed.connect(lambda _: self._on_optimizer_changed())
        self.momentum.value_committed.connect(lambda _: self._on_optimizer_changed())
        # Not while it is dragged: every change is logged, and names a branch.
        self.learning_rate.value_committed.connect(lambda rate: self.changed.emit(SetLearningRate(rate)))
        self.batch_size.value_committed.connect(lambda size: self.changed.emit(SetBatchSize(int(size))))
        for penalty in (self.l1, self.l2):
            penalty.value_committed.connect(
                lambda _: self.changed.emit(SetPenalty(self.l1.value, self.l2.value))
            )
        self.seed.value_committed.connect(
            lambda seed: self.edited.emit(lambda config: replace(config, seed=int(seed)))
        )
        self.next_seed.clicked.connect(self.draw_new_weights)

    def _on_optimizer_changed(self) -> None:
        self.changed.emit(SetOptimizer(self.optimizer.key, self.momentum.value))

    def _on_look_changed(self) -> None:
        side = self.source.px(_FIELD_HEIGHT)
        self.next_seed.setFixedSize(side, side)
