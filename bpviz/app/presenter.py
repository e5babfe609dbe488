"""Connects session and window: intents become commands, what happened becomes what is shown."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from bpviz.app.notices import notice_for_event, notice_for_missing_mnist
from bpviz.app.session import Session
from bpviz.data.samples import Dataset
from bpviz.errors import BpvizError, ConfigError
from bpviz.nn.network import Network
from bpviz.training import messages
from bpviz.training.checkpoint import ModelAbout, load_model, save_model
from bpviz.training.config import TrainingConfig
from bpviz.training.metrics import MetricsRows
from bpviz.training.observation import with_sample
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import check_fit
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.main_window import MainWindow
from bpviz.viewmodel.rate_meter import RateMeter
from bpviz.viewmodel.run_place import RunPlace
from bpviz.viewmodel.sample_hold import SampleHold
from bpviz.viewmodel.steps import StepLevel

FOLLOW_INTERVAL_S = 0.1
"""The canvas takes over the weights in training ten times a second."""


class Presenter(QObject):
    """Holds what is shown now; lives as long as the window, in the GUI thread."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        blas_threads: int,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._blas_threads = blas_threads
        self._clock = clock
        self._rate = RateMeter(clock)
        self._hold = SampleHold(clock)
        self._watched: int | None = None
        self._snapshot: Snapshot | None = None
        self._test: messages.TestMeasured | None = None
        self._bundled: tuple[Network, str] | None = None
        self._follows = False
        self._followed_at = 0.0
        self._on_action: Callable[[], None] | None = None
        self._connect_session()
        self._connect_window()

    @property
    def snapshot(self) -> Snapshot | None:
        """The iteration shown last."""
        return self._snapshot

    def use_bundled_network(self, network: Network, caption: str) -> None:
        """Let the canvas read with this network until it is told to follow the run."""
        self._bundled = (network, caption)
        self._window.draw.show_network(network, caption)

    def follow_training(self, follows: bool) -> None:
        """Let the canvas read with the network in training, or with the bundled one again."""
        self._follows = follows
        if not follows and self._bundled is not None:
            self._window.draw.show_network(*self._bundled)
        elif self._snapshot is not None:
            self._show_followed(self._snapshot)

    def tell(self, notice: Notice, on_action: Callable[[], None] | None = None) -> None:
        """Show a sentence in the window; its button, if it has one, calls `on_action`."""
        self._on_action = on_action
        self._window.notices.show_notice(notice)

    def save(self, path: Path) -> None:
        """Save the network as it stands; a failure is told in the window."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        network = Network(snapshot.architecture, snapshot.parameters_after)
        try:
            save_model(path, network, self._about(snapshot))
        except BpvizError as error:
            self.tell(Notice("error", str(error)))
        else:
            self.tell(Notice("info", f"The network was saved to {path.name}."))

    def open(self, path: Path) -> None:
        """Begin a run from a saved network; a failure is told in the window and changes nothing."""
        try:
            network, about = load_model(path)
        except BpvizError as error:
            self.tell(Notice("error", str(error)))
            return
        try:
            check_fit(network.architecture.layers, self._dataset())
        except ConfigError as error:
            self.tell(Notice("error", f"{path.name} does not fit the digits in use: {error}."))
            return
        self._session.start_run(about.config, self._dataset(), network.parameters)

    def start_run(self, config: TrainingConfig) -> None:
        """Begin a new run with these settings, running on if training was under way."""
        was_running = self._session.is_running
        self._session.start_run(config, self._session.dataset)
        if was_running:
            self._session.send(messages.Run())

    def use_dataset(self, dataset: Dataset) -> None:
        """Begin a new run on this dataset."""
        self._hold.reset()
        config = self._session.config
        layers = (dataset.train.inputs.shape[1], *config.layers[1:-1], dataset.n_classes)
        self._session.start_run(replace(config, layers=layers), dataset)

    def _connect_session(self) -> None:
        session = self._session
        session.run_started.connect(self._on_run_started)
        session.snapshot_taken.connect(self._on_snapshot)
        session.rows_logged.connect(self._on_rows)
        session.frame_pulled.connect(self._on_frame)
        session.event_came.connect(self._on_event)

    def _connect_window(self) -> None:
        transport, settings, send = self._window.transport, self._window.lab.settings, self._session.send
        transport.run_requested.connect(lambda: send(messages.Run()))
        transport.pause_requested.connect(lambda: send(messages.Pause()))
        transport.step_requested.connect(self._on_step_requested)
        transport.reset_requested.connect(lambda: self._session.start_run(self._config(), self._dataset()))
        transport.save_requested.connect(self._on_save_requested)
        transport.open_requested.connect(self._on_open_requested)
        transport.speed_changed.connect(lambda speed: send(messages.SetPace(speed.iterations_per_s)))
        settings.config_changed.connect(self.start_run)
        settings.refused.connect(lambda sentence: self.tell(Notice("error", sentence)))
        settings.change_requested.connect(lambda change: send(messages.ApplyChange(change)))
        settings.data.dataset_requested.connect(self._on_dataset_requested)
        self._window.lab.sample_selected.connect(self._on_sample_selected)
        self._window.draw.follow_training_changed.connect(self.follow_training)
        self._window.notices.action_requested.connect(self._on_notice_action)

    def _config(self) -> TrainingConfig:
        return self._session.config

    def _dataset(self) -> Dataset:
        return self._session.dataset

    def _on_run_started(self) -> None:
        config, dataset = self._config(), self._dataset()
        self._rate.reset()
        self._snapshot = self._test = None
        per_epoch = -(-len(dataset.train) // config.batch_size)
        self._window.lab.begin_run(config, dataset, per_epoch)
        self._window.transport.show_running(False)
        self._show_status()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        is_running = self._session.is_running
        self._window.lab.show_snapshot(snapshot, is_running)
        self._window.transport.show_place(self._place(snapshot))
        if is_running:
            self._rate.add(snapshot.iteration)
        self._show_status()
        self._watch(self._hold.choose(snapshot, is_running))
        if self._follows and self._clock() - self._followed_at >= FOLLOW_INTERVAL_S:
            self._show_followed(snapshot)

    def _on_rows(self, rows: MetricsRows) -> None:
        self._window.lab.charts.add_rows(rows)

    def _on_frame(self) -> None:
        lab = self._window.lab
        lab.charts.refresh()
        lab.recording.refresh()

    def _on_event(self, event: object) -> None:
        if isinstance(event, messages.StateChanged):
            self._rate.reset()
            self._window.transport.show_running(event.is_running)
            if self._snapshot is not None:
                # What was passed over while running fast is shown now.
                self._window.lab.show_snapshot(self._snapshot, event.is_running)
            self._show_status()
        elif isinstance(event, messages.TestMeasured):
            self._test = event if event.is_whole else self._test
            self._window.lab.charts.add_test(event)
        elif isinstance(event, messages.Changed):
            self._session.config = event.config
        elif isinstance(event, messages.DatasetReady):
            self._window.notices.clear()
            self.use_dataset(event.dataset)
        elif isinstance(event, messages.QuestionFailed) and event.question == "mnist":
            self._window.lab.settings.data.show_dataset(self._dataset())
            self.tell(notice_for_missing_mnist(event.sentence), self._on_download_wanted)
        elif (notice := notice_for_event(event)) is not None:
            self._window.lab.settings.data.show_dataset(self._dataset())
            is_download = isinstance(event, messages.DownloadProgress)
            self.tell(notice, self._session.cancel_download if is_download else None)

    def _on_step_requested(self, level: StepLevel) -> None:
        size = messages.StepSize.EPOCH if level is StepLevel.EPOCH else messages.StepSize.ITERATION
        self._watch(self._hold.pinned)
        self._session.send(messages.Step(size))

    def _on_dataset_requested(self, name: str) -> None:
        # The field shows the dataset in use until the new one is there.
        self._window.lab.settings.data.show_dataset(self._dataset())
        folder = self._window.ask_folder() if name == "folder" else None
        if name != "folder" or folder is not None:
            self._session.load(name, folder)

    def _on_sample_selected(self, index: int) -> None:
        self._hold.pin(None if self._hold.pinned == index else index)
        self._watch(self._hold.pinned)
        if self._snapshot is not None and not self._session.is_running:
            self._snapshot = with_sample(self._snapshot, self._dataset(), index)
            self._window.lab.show_snapshot(self._snapshot, is_running=False)

    def _on_download_wanted(self) -> None:
        self.tell(Notice("info", "Downloading MNIST …", "Cancel"), self._session.cancel_download)
        self._session.download_mnist()

    def _on_save_requested(self) -> None:
        if (path := self._window.ask_save_path()) is not None:
            self.save(path)

    def _on_open_requested(self) -> None:
        if (path := self._window.ask_open_path()) is not None:
            self.open(path)

    def _on_notice_action(self) -> None:
        if self._on_action is not None:
            self._on_action()

    def _watch(self, index: int | None) -> None:
        if index != self._watched:
            self._watched = index
            self._session.send(messages.Watch(index))

    def _show_status(self) -> None:
        is_running = self._session.is_running
        has_begun = self._snapshot is not None and self._snapshot.iteration > 0
        status = "Running" if is_running else "Paused" if has_begun else "Ready"
        self._window.lab.phases.show_status(status, self._rate.per_s if is_running else None)

    def _show_followed(self, snapshot: Snapshot) -> None:
        if snapshot.architecture.layers[0] != 784:
            return
        self._followed_at = self._clock()
        sizes = "–".join(map(str, snapshot.architecture.layers))
        caption = f"{sizes}, in training, iteration {snapshot.iteration:,}"
        self._window.draw.show_network(Network(snapshot.architecture, snapshot.parameters_after), caption)

    def _place(self, snapshot: Snapshot) -> RunPlace:
        return RunPlace(
            iteration=snapshot.iteration,
            epoch=snapshot.epoch,
            iteration_in_epoch=snapshot.iteration_in_epoch,
            iterations_per_epoch=snapshot.iterations_per_epoch,
            batch_size=self._config().batch_size,
            n_samples=len(self._dataset().train),
        )

    def _about(self, snapshot: Snapshot) -> ModelAbout:
        test = self._test
        is_current = test is not None and test.iteration == snapshot.iteration
        figures = {"test_accuracy": test.accuracy, "test_loss": test.loss} if test and is_current else {}
        return ModelAbout(
            config=self._config(),
            dataset=self._dataset().name,
            epochs=snapshot.iteration // snapshot.iterations_per_epoch,
            iterations=snapshot.iteration,
            blas_threads=self._blas_threads,
            figures=figures,
        )
