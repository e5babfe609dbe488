"""Uses a class's digits: what the canvas's network reads them as, as test part, and to train on."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from bpviz.app.collecting import Collecting, digits_text
from bpviz.app.session import Session
from bpviz.data.class_dataset import class_dataset, class_samples, dataset_tested_on_class, mixed_dataset
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.nn.network import Network
from bpviz.training.config import TrainingConfig
from bpviz.training.snapshot import Snapshot
from bpviz.ui.class_page import ClassPage
from bpviz.ui.main_window import MainWindow
from bpviz.ui.mode import Mode
from bpviz.viewmodel.number_format import grouped, percent

READING = "class readings"
TRAINING = "class training"
READ_INTERVAL_S = 1.0
"""While the canvas follows the training the digits are read anew this often, if they are seen."""
FINE_TUNING_RATE = 0.01
"""A trained network steps carefully: at ten times this rate it loses much of what it knew."""
_N_PIXELS = 784


class ClassTraining(QObject):
    """Belongs to the GUI thread; reads and mixes in the helper."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        page: ClassPage,
        collecting: Collecting,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._page = page
        self._collecting = collecting
        self._clock = clock
        self._snapshot: Snapshot | None = None
        self._read_by: Network | None = None
        self._read_at = -READ_INTERVAL_S
        self._has_new_digits = True
        session.run_started.connect(self._on_run_started)
        session.snapshot_taken.connect(self._on_snapshot)
        session.frame_pulled.connect(self._on_frame)
        collecting.digits_changed.connect(self._on_digits_changed)
        page.foot.test_requested.connect(self._on_test)
        page.foot.training_requested.connect(self._on_training)
        self._on_digits_changed()

    def _on_run_started(self) -> None:
        self._snapshot = None

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def _on_digits_changed(self) -> None:
        self._has_new_digits = True
        self._window.lab.settings.data.offer_class(len(self._collecting.store))

    def _on_frame(self) -> None:
        if not self._page.isVisible() or self._session.is_asked(READING):
            return
        network = self._canvas_network()
        is_due = self._clock() - self._read_at >= READ_INTERVAL_S
        if network is not None and (self._has_new_digits or (network is not self._read_by and is_due)):
            self._read(network)

    def _read(self, network: Network) -> None:
        digits = self._collecting.store.digits
        self._read_by, self._read_at, self._has_new_digits = network, self._clock(), False
        if not digits:
            self._page.show_readings({}, "")
            return

        def read() -> dict[str, int]:
            # A network in training may overflow; what it then says is wrong, and shown as that.
            with np.errstate(all="ignore"):
                answers = network.forward(class_samples(digits).scaled(slice(None))).output.argmax(axis=1)
            return dict(zip((digit.key for digit in digits), answers.tolist(), strict=True))

        def show(readings: dict[str, int]) -> None:
            n_right = sum(readings[digit.key] == digit.label for digit in digits)
            share = percent(n_right / len(digits), 0)
            self._page.show_readings(readings, f"The network reads {grouped(n_right)} right ({share}).")

        self._session.ask(READING, read, show)

    def _on_test(self) -> None:
        self._collecting.attempt(self._test_on_class)

    def _test_on_class(self) -> None:
        digits = self._collecting.store.digits
        dataset = dataset_tested_on_class(digits, self._session.dataset)
        parameters = None if self._snapshot is None else self._snapshot.parameters_after
        self._session.start_run(self._session.config, dataset, parameters)
        self._window.set_mode(Mode.LAB)
        self._collecting.inform(
            f"The network in the Lab keeps its weights and begins a new run; its test part is now the "
            f"{digits_text(len(digits))} of your class."
        )

    def _on_training(self, is_mixed: bool) -> None:
        digits, network = self._collecting.store.digits, self._canvas_network()
        if network is None or not digits:
            self._collecting.warn("There is no network on the canvas, or no digit, to train with.")
            return

        def prepare() -> Dataset:
            return mixed_dataset(digits, load_dataset("strokes")) if is_mixed else class_dataset(digits)

        self._session.ask(TRAINING, prepare, lambda dataset: self._train(network, dataset))

    def _train(self, network: Network, dataset: Dataset) -> None:
        config = fine_tuning_config(self._session.config, network)
        self._session.start_run(config, dataset, network.parameters)
        self._window.set_mode(Mode.LAB)
        # Back on the canvas one draws for the network that has learned.
        self._window.draw.stage.ask.reader.set_following(True)
        self._collecting.inform(
            f"The canvas's network goes on learning here from {grouped(len(dataset.train))} digits and is "
            f"tested with {digits_text(len(dataset.test))} of your class{_overlap(dataset)}. Press Run; the "
            "canvas follows it."
        )

    def _canvas_network(self) -> Network | None:
        reading = self._window.draw.reading
        if reading is None or reading.network.architecture.layers[0] != _N_PIXELS:
            return None
        return reading.network


def fine_tuning_config(config: TrainingConfig, network: Network) -> TrainingConfig:
    """Return the settings of a run that goes on with a trained network: its layers, a careful rate."""
    architecture = network.architecture
    return replace(
        config,
        layers=architecture.layers,
        activation=architecture.activation,
        output_activation=architecture.output_activation,
        loss=architecture.loss,
        optimizer="sgd",
        learning_rate=FINE_TUNING_RATE,
        l1=0.0,
        l2=0.0,
    )


def _overlap(dataset: Dataset) -> str:
    same = np.array_equal(dataset.train.inputs, dataset.test.inputs)
    return ", the same ones: there are too few to keep some apart" if same else ""
