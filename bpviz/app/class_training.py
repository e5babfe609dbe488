"""Uses a class's digits: as the test part of a run, and to train on."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from bpviz.app.class_readings import canvas_network
from bpviz.app.collecting import Collecting, digits_text
from bpviz.app.session import Session
from bpviz.data.class_dataset import class_dataset, dataset_tested_on_class, mixed_dataset
from bpviz.data.samples import Dataset
from bpviz.data.sources import load_dataset
from bpviz.nn.network import Network
from bpviz.training.config import TrainingConfig
from bpviz.training.snapshot import Snapshot
from bpviz.ui.class_digits.class_page import ClassPage
from bpviz.ui.main_window import MainWindow
from bpviz.ui.mode import Mode
from bpviz.viewmodel.words.number_format import grouped

TRAINING = "class training"
FINE_TUNING_RATE = 0.01
"""A trained network steps carefully: at ten times this rate it loses much of what it knew."""


class ClassTraining(QObject):
    """Belongs to the GUI thread; mixes in the helper."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        page: ClassPage,
        collecting: Collecting,
    ) -> None:
        super().__init__(collecting)
        self._session = session
        self._window = window
        self._collecting = collecting
        self._snapshot: Snapshot | None = None
        session.run_started.connect(self._on_run_started)
        session.snapshot_taken.connect(self._on_snapshot)
        collecting.digits_changed.connect(self._on_digits_changed)
        page.foot.test_requested.connect(self._on_test)
        page.foot.training_requested.connect(self._on_training)
        self._on_digits_changed()

    def _on_run_started(self) -> None:
        self._snapshot = None

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def _on_digits_changed(self) -> None:
        self._window.lab.settings.data.offer_class(len(self._collecting.store))

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
        digits, network = self._collecting.store.digits, canvas_network(self._window.draw)
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
