"""What happened to the run or a download, and who in the window is told of it."""

from PySide6.QtCore import QObject, Signal

from bpviz.app.branch_actions import BranchActions
from bpviz.app.file_actions import FileActions, Tell
from bpviz.app.inspecting import Inspecting
from bpviz.app.notices import notice_for_event
from bpviz.app.session import Session
from bpviz.training import messages
from bpviz.training.config import TrainingConfig
from bpviz.ui.main_window import MainWindow


class RunEvents(QObject):
    """Hands each event to those it concerns. Belongs to the GUI thread.

    Signals
    -------
    state_changed
        The worker began or stopped training.
    """

    state_changed = Signal(bool)

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        files: FileActions,
        branches: BranchActions,
        inspecting: Inspecting,
        tell: Tell,
    ) -> None:
        super().__init__()
        self._session = session
        self._window = window
        self._files = files
        self._branches = branches
        self._inspecting = inspecting
        self._tell = tell
        session.event_came.connect(self._on_event)

    def _on_event(self, event: object) -> None:
        match event:
            case messages.StateChanged(is_running=is_running):
                self.state_changed.emit(is_running)
            case messages.TestMeasured():
                self._on_test_measured(event)
            case messages.Changed() | messages.Rewound():
                self._on_settings_changed(event)
            case messages.WeightHistory():
                self._inspecting.take_history(event)
            case messages.BranchAdded() | messages.BranchChanged() | messages.BranchDropped():
                self._branches.take(event)
            case messages.DatasetReady(dataset=dataset):
                self._window.notices.clear()
                self._files.use_dataset(dataset)
            case _:
                self._tell_user(event)

    def _on_test_measured(self, test: messages.TestMeasured) -> None:
        if test.is_whole:
            self._files.note_test(test)
        self._window.lab.charts.add_test(test)

    def _on_settings_changed(self, event: messages.Changed | messages.Rewound) -> None:
        # In a race the trainer also makes the changes of branches that are not shown.
        if isinstance(event, messages.Rewound) or self._branches.is_current(event.branch_id):
            self._take_config(event.config)
        if isinstance(event, messages.Rewound):
            self._inspecting.ask_history()

    def _take_config(self, config: TrainingConfig) -> None:
        self._session.config = config
        self._window.lab.settings.show_config(config)

    def _tell_user(self, event: object) -> None:
        if isinstance(event, messages.QuestionFailed) and event.question == "mnist":
            self._files.offer_download(event.sentence)
        elif (notice := notice_for_event(event)) is not None:
            self._window.lab.settings.show_config(self._session.config)
            self._files.show_dataset_in_use()
            is_download = isinstance(event, messages.DownloadProgress)
            self._tell(notice, self._session.cancel_download if is_download else None)
