"""Opening and saving networks, and getting the data wanted: what can fail outside the run."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from bpviz.app.notices import notice_for_missing_mnist
from bpviz.app.session import Session
from bpviz.data.point_options import DEFAULT_OPTIONS, PointOptions
from bpviz.data.points import POINT_DATASETS, load_points
from bpviz.data.samples import Dataset
from bpviz.errors import BpvizError, ConfigError
from bpviz.nn.network import Network
from bpviz.training import messages
from bpviz.training.checkpoint import ModelAbout, load_model, save_model
from bpviz.training.snapshot import Snapshot
from bpviz.training.targets import check_fit
from bpviz.training.usual_config import config_for
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.main_window import MainWindow

Tell = Callable[[Notice, Callable[[], None] | None], None]
"""Shows a sentence in the window; its button, if it has one, calls the second argument."""


class FileActions(QObject):
    """Belongs to the GUI thread; failures are told in the window and change nothing.

    Attributes
    ----------
    class_file
        Where the digits of the class are; None for the user's own collection.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        blas_threads: int,
        tell: Tell,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._blas_threads = blas_threads
        self._tell = tell
        self._test: messages.TestMeasured | None = None
        self.class_file: Path | None = None

    def note_test(self, test: messages.TestMeasured | None) -> None:
        """Remember the last trial on the whole test part, for a file saved now."""
        self._test = test

    def ask_and_save(self, snapshot: Snapshot | None) -> None:
        """Ask for a name and save the network as it stands."""
        if snapshot is not None and (path := self._window.ask_save_path()) is not None:
            self.save(path, snapshot)

    def save(self, path: Path, snapshot: Snapshot) -> None:
        """Save the network as it stands after this iteration."""
        network = without_switches(snapshot.network().with_parameters(snapshot.parameters_after))
        try:
            save_model(path, network, self._about(snapshot))
        except BpvizError as error:
            self._tell(Notice("error", str(error)), None)
        else:
            self._tell(Notice("info", f"The network was saved to {path.name}."), None)

    def ask_and_open(self) -> None:
        """Ask for a saved network and begin a run from it."""
        if (path := self._window.ask_open_path()) is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Begin a run from a saved network."""
        try:
            network, about = load_model(path)
        except BpvizError as error:
            self._tell(Notice("error", str(error)), None)
            return
        try:
            dataset = self._dataset_for(about)
            check_fit(network.architecture, dataset)
        except ConfigError as error:
            self._tell(Notice("error", f"{path.name} does not fit the data in use: {error}."), None)
            return
        self._session.start_run(about.config, dataset, network.parameters)

    def _dataset_for(self, about: ModelAbout) -> Dataset:
        """Return the data to go on with: the points the network was trained on, else what is in use."""
        in_use = self._session.dataset
        if about.dataset in POINT_DATASETS and about.dataset != in_use.name:
            return load_points(about.dataset)
        return in_use

    def ask_dataset(self, name: str) -> None:
        """Load a dataset by name; the settings show the one in use until the new one is there."""
        self.show_dataset_in_use()
        if name in POINT_DATASETS:
            self.use_dataset(load_points(name, self._point_options()))
        elif name == "folder":
            if (folder := self._window.ask_folder()) is not None:
                self._session.load(name, folder)
        else:
            self._session.load(name, self.class_file if name == "class" else None)

    def _point_options(self) -> PointOptions:
        """Return the options of the points in use, but for their noise: each task has its own."""
        return replace(self._session.dataset.made_with or DEFAULT_OPTIONS, noise=None)

    def use_dataset(self, dataset: Dataset) -> None:
        """Begin a new run on this dataset."""
        config = config_for(dataset, self._session.config, self._session.dataset)
        self._session.start_run(config, dataset)

    def offer_download(self, sentence: str) -> None:
        """Say why MNIST is not there, and offer to fetch it."""
        self.show_dataset_in_use()
        self._tell(notice_for_missing_mnist(sentence), self._download)

    def show_dataset_in_use(self) -> None:
        """Let the settings name the dataset the run uses."""
        self._window.lab.settings.data.show_dataset(self._session.dataset)

    def _download(self) -> None:
        self._tell(Notice("info", "Downloading MNIST …", "Cancel"), self._session.cancel_download)
        self._session.download_mnist()

    def _about(self, snapshot: Snapshot) -> ModelAbout:
        test = self._test
        is_current = test is not None and test.iteration == snapshot.iteration
        return ModelAbout(
            config=self._session.config,
            dataset=self._session.dataset.name,
            epochs=snapshot.epoch - (snapshot.iteration_in_epoch < snapshot.iterations_per_epoch),
            iterations=snapshot.iteration,
            blas_threads=self._blas_threads,
            figures=_figures(test) if test and is_current else {},
        )


def _figures(test: messages.TestMeasured) -> dict[str, float]:
    """Return what was measured; a curve has no accuracy, classes no R²."""
    figures = {"test_accuracy": test.accuracy, "test_r_squared": test.r_squared, "test_loss": test.loss}
    return {name: value for name, value in figures.items() if math.isfinite(value)}


def without_switches(network: Network) -> Network:
    """Return a network that answers the same and has no neuron switched off, as a file can hold it.

    What a switched-off neuron would send on is nothing, so its outgoing weights become 0.
    """
    if not network.switched_off:
        return network
    plain = Network(network.architecture, network.parameters.copy())
    for layer, neuron in network.switched_off:
        plain.W[layer + 1][neuron] = 0.0
    return plain
