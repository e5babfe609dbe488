"""Connects session and window: intents become commands, what happened becomes what is shown."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from bpviz.app.branch_actions import BranchActions
from bpviz.app.canvas_network import CanvasNetwork
from bpviz.app.canvas_pictures import CanvasPictures
from bpviz.app.file_actions import FileActions
from bpviz.app.inspecting import Inspecting
from bpviz.app.kiosk import Kiosk
from bpviz.app.point_data import PointData
from bpviz.app.preparation_worth_questions import PreparationWorthQuestions
from bpviz.app.results import ResultsActions, ResultsKeeper
from bpviz.app.run_actions import RunActions
from bpviz.app.run_events import RunEvents
from bpviz.app.session import Session
from bpviz.app.teaching import Teaching
from bpviz.nn.arrays import FloatArray
from bpviz.training import messages
from bpviz.training.changes import Change
from bpviz.training.config import TrainingConfig
from bpviz.training.metrics import MetricsRows
from bpviz.training.observation import with_sample, with_sample_of_batch
from bpviz.training.snapshot import Snapshot
from bpviz.ui.controls.notice_bar import Notice
from bpviz.ui.main_window import MainWindow
from bpviz.ui.mode import Mode
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.rate_meter import RateMeter
from bpviz.viewmodel.run.run_place import RunPlace
from bpviz.viewmodel.run.sample_hold import SampleHold
from bpviz.viewmodel.run.steps import StepLevel


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
        self._rate = RateMeter(clock)
        self._hold = SampleHold(clock)
        self._watched: int | None = None
        self._snapshot: Snapshot | None = None
        self._phase = Phase.FORWARD
        self._on_action: Callable[[], None] | None = None
        self.files = FileActions(session, window, blas_threads, self.tell, self)
        self.points = PointData(session, window.lab, self.files, self._parameters, self)
        self.canvas = CanvasNetwork(window.draw, clock, self)
        self.teaching = Teaching(session, window.draw, self.canvas, self)
        canvas = window.draw.panel.canvas
        self.kiosk = Kiosk(window, self.canvas, self)
        self.pictures = CanvasPictures(session, canvas, window.ask_picture_path, self.tell, self)
        self.results = ResultsKeeper(session, window.lab.results, lambda: self._snapshot, clock, self)
        self.results_actions = ResultsActions(window, window.lab.results, self.tell, self)
        self.worth = PreparationWorthQuestions(session, window.draw, clock, parent=self)
        self.actions = RunActions(session, clock, self)
        self.branches = BranchActions(session, window.lab, self)
        self.inspecting = Inspecting(
            session,
            window.lab,
            snapshot=lambda: self._snapshot,
            phase=lambda: self.shown_phase,
            reveal=lambda: self.actions.stepper.reveal,
            show=self.show_now,
        )
        self.events = RunEvents(session, window, self.files, self.branches, self.inspecting, tell=self.tell)
        self._connect_session()
        self._connect_window()

    @property
    def snapshot(self) -> Snapshot | None:
        """The iteration shown last."""
        return self._snapshot

    @property
    def shown_phase(self) -> Phase:
        """The phase drawn: where the learner stands, or the one chosen for a whole iteration.

        A network that merely stands, untrained or changed by hand, has no update to be shown.
        """
        stepper = self.actions.stepper
        if self._phase is Phase.UPDATE and self._snapshot is not None and self._snapshot.is_standing:
            return Phase.FORWARD
        return self._phase if stepper.is_whole else stepper.position.phase

    def tell(self, notice: Notice, on_action: Callable[[], None] | None = None) -> None:
        """Show a sentence in the window; its button, if it has one, calls `on_action`."""
        self._on_action = on_action
        self._window.notices.show_notice(notice)

    def save(self, path: Path) -> None:
        """Save the network as it stands; a failure is told in the window."""
        if self._snapshot is not None:
            self.files.save(path, self._snapshot)

    def open(self, path: Path) -> None:
        """Begin a run from a saved network; a failure is told in the window and changes nothing."""
        self.files.open(path)

    def start_run(self, config: TrainingConfig) -> None:
        """Begin a new run with these settings, running on if training was under way."""
        was_running = self._session.is_running
        self._session.start_run(config, self._session.dataset)
        if was_running:
            self._session.send(messages.Run())

    def show_now(self) -> None:
        """Show the iteration held again, at the place the learner stands."""
        if self._snapshot is None:
            return
        self._window.transport.show_place(self._place(self._snapshot))
        if self._window.mode is not Mode.LAB:
            return
        is_running = self._session.is_running
        reveal = None if is_running else self.actions.stepper.reveal
        self._window.lab.show_snapshot(self._snapshot, is_running, self.shown_phase, reveal)
        self._window.lab.show_position(self._snapshot.iteration)
        if not is_running:
            self.inspecting.refresh()

    def _parameters(self) -> FloatArray | None:
        return None if self._snapshot is None else self._snapshot.parameters_after

    def _connect_session(self) -> None:
        session = self._session
        session.run_asked.connect(self._on_run_asked)
        session.run_started.connect(self._on_run_started)
        session.snapshot_taken.connect(self._on_snapshot)
        session.rows_logged.connect(self._on_rows)
        session.frame_pulled.connect(self._on_frame)
        self.canvas.refused.connect(lambda sentence: self.tell(Notice("info", sentence)))
        self.events.state_changed.connect(self._on_state_changed)

    def _connect_window(self) -> None:
        transport, lab, actions = self._window.transport, self._window.lab, self.actions
        transport.run_requested.connect(actions.run)
        transport.pause_requested.connect(actions.pause)
        transport.step_requested.connect(self._on_step_requested)
        transport.back_requested.connect(actions.back)
        transport.speed_changed.connect(actions.set_speed)
        transport.level_changed.connect(actions.set_level)
        self._window.mode_shown.connect(self._on_mode_shown)
        transport.reset_requested.connect(self._on_reset_requested)
        transport.save_requested.connect(lambda: self.files.ask_and_save(self._snapshot))
        transport.open_requested.connect(self.files.ask_and_open)
        settings = lab.settings
        settings.config_changed.connect(self.start_run)
        settings.change_requested.connect(self._on_change_requested)
        settings.refused.connect(lambda sentence: self.tell(Notice("error", sentence)))
        settings.data.dataset_requested.connect(self.files.ask_dataset)
        lab.stage.phases.phase_chosen.connect(self._on_phase_chosen)
        lab.stage.batch_mean_toggled.connect(lambda _: self.show_now())
        lab.foot.position_requested.connect(actions.go_to)
        lab.charts.position_requested.connect(actions.go_to)
        lab.sample_selected.connect(self._on_sample_selected)
        lab.side.inspecting_changed.connect(lambda _: self.inspecting.refresh())
        self._window.notices.action_requested.connect(self._on_notice_action)
        actions.place_changed.connect(self._on_place_changed)
        actions.playing_changed.connect(self._on_playing_changed)

    def _on_mode_shown(self) -> None:
        # A page that is not seen is not kept up to date; it catches up when it is.
        self.canvas.catch_up()
        self.show_now()

    def _on_run_asked(self) -> None:
        # Its sample is a row of the old dataset.
        self._snapshot = None

    def _on_run_started(self) -> None:
        config, dataset = self._session.config, self._session.dataset
        self._rate.reset()
        self.actions.reset()
        self._hold.reset()
        self._snapshot = None
        self.files.note_test(None)
        per_epoch = -(-len(dataset.train) // config.batch_size)
        self.branches.begin_run()
        self._window.lab.begin_run(config, dataset, per_epoch)
        self._window.transport.show_running(False)
        self._show_status()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.actions.arrived(snapshot)
        is_running = self._session.is_running
        self._keep_to_batch()
        self.show_now()
        if is_running:
            self._rate.add(snapshot.iteration)
        self._show_status()
        self._watch(self._hold.choose(snapshot, is_running))
        self.canvas.take(snapshot)

    def _on_rows(self, rows: MetricsRows) -> None:
        self._window.lab.charts.add_rows(rows)

    def _on_frame(self) -> None:
        self.actions.on_frame()
        self._window.lab.charts.refresh()
        self._window.lab.foot.refresh()

    def _on_state_changed(self, is_running: bool) -> None:
        self._rate.reset()
        self.actions.worker_changed(is_running)
        self.branches.worker_changed(is_running)
        self._window.transport.show_running(is_running or self.actions.is_playing)
        self._show_status()
        if is_running and not self.actions.stepper.is_waiting:
            # Not for a step: the inspector, and the network beside it, would jump away and back.
            self._window.lab.set_inspecting(False)
        elif not is_running and not self.actions.stepper.is_waiting:
            self.inspecting.ask_history()
        self.canvas.catch_up()
        self._keep_to_batch()
        # What was passed over while running fast is shown now.
        self.show_now()

    def _keep_to_batch(self) -> None:
        """Show a sample of the batch while the run rests: what is said of an update is about its batch."""
        if self._snapshot is not None and not self._session.is_running and self._hold.pinned is None:
            self._snapshot = with_sample_of_batch(self._snapshot, self._session.dataset)

    def _on_playing_changed(self, is_playing: bool) -> None:
        self._window.transport.show_running(is_playing or self._session.is_running)
        if is_playing:
            self._window.lab.set_inspecting(True)
        self._show_status()

    def _on_step_requested(self, level: StepLevel) -> None:
        self._watch(self._hold.pinned)
        self.actions.set_level(level)
        self.actions.step(level)

    def _on_reset_requested(self) -> None:
        self._session.start_run(self._session.config, self._session.dataset)

    def _on_change_requested(self, change: Change) -> None:
        self._session.send(messages.ApplyChange(change))

    def _on_place_changed(self) -> None:
        # The end of an iteration is the end of its update, and is shown as that.
        self._phase = self.actions.stepper.position.phase
        self.show_now()

    def _on_phase_chosen(self, phase: Phase) -> None:
        self._phase = phase
        if self._session.is_running or self._snapshot is None or self._snapshot.is_standing:
            self.show_now()
        else:
            self.actions.jump(phase)

    def _on_sample_selected(self, index: int) -> None:
        self._hold.pin(None if self._hold.pinned == index else index)
        self._watch(self._hold.pinned)
        if self._snapshot is not None and not self._session.is_running:
            self._snapshot = with_sample(self._snapshot, self._session.dataset, index)
            self.show_now()

    def _on_notice_action(self) -> None:
        if self._on_action is not None:
            self._on_action()

    def _watch(self, index: int | None) -> None:
        if index != self._watched:
            self._watched = index
            self._session.send(messages.Watch(index))

    def _show_status(self) -> None:
        is_running, playing = self._session.is_running, self.actions.is_playing
        has_begun = self._snapshot is not None and self._snapshot.iteration > 0
        status = "Running" if is_running else "Playing" if playing else "Paused" if has_begun else "Ready"
        self._window.lab.stage.phases.show_status(status, self._rate.per_s if is_running else None)

    def _place(self, snapshot: Snapshot) -> RunPlace:
        return RunPlace(
            iteration=snapshot.iteration,
            epoch=snapshot.epoch,
            iteration_in_epoch=snapshot.iteration_in_epoch,
            iterations_per_epoch=snapshot.iterations_per_epoch,
            batch_size=self._session.config.batch_size,
            n_samples=len(self._session.dataset.train),
        )
