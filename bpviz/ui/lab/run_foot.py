"""The foot of the Lab: the branches of the run above its recording, and the button that forks it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.training.branches import MAX_BRANCHES
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.panel import Panel
from bpviz.ui.lab.branch_bar import FULL_SENTENCE, BranchBar
from bpviz.ui.lab.recording_strip import RecordingStrip
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.curves import RunCurves

_PADDING = 16
_FORK_TIP = "Go on from here in another way; the run as it is stays beside it"


class RunFoot(Panel):
    """Layout and passing on; the curves are only read.

    Signals
    -------
    position_requested
        The iteration of the current branch to go to.
    fork_requested
        Begin a new branch where the run stands.
    branch_selected, branch_renamed, branch_drop_requested, race_requested
        See `BranchBar`.
    """

    position_requested = Signal(int)
    fork_requested = Signal()
    branch_selected = Signal(int)
    branch_renamed = Signal(int, str)
    branch_drop_requested = Signal(int)
    race_requested = Signal(bool)

    def __init__(self, source: ThemeSource, curves: RunCurves, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent)
        self._source = source
        self._curves = curves
        self.branches = BranchBar(source)
        self.recording = RecordingStrip(source, curves)
        self.fork = Button(source, "Fork", icon="fork")
        self._lay_out()
        self._connect()
        self._on_look_changed()
        self.show_branches()

    def begin_run(self) -> None:
        """Show an empty recording: the curves were begun anew."""
        self.recording.begin_run()
        self.show_branches()

    def show_branches(self) -> None:
        """Show the branches the curves have now."""
        branches = self._curves.branches
        self.branches.show_branches(branches, [self._curves.style_of(info.id) for info in branches])
        self.recording.draw_now()
        self._show_fork()

    def show_position(self, iteration: int) -> None:
        """Put the playhead where the network is shown; call with every snapshot."""
        self.recording.show_position(iteration)

    def set_racing(self, is_racing: bool) -> None:
        """Show whether the branches are raced."""
        self.branches.set_racing(is_racing)

    def refresh(self) -> None:
        """Draw what is new; call once a frame."""
        self.recording.refresh()
        if not self.fork.isEnabled():
            self._show_fork()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self.recording, 1)
        self._row.addWidget(self.fork)
        column.addWidget(self.branches)
        column.addLayout(self._row)

    def _connect(self) -> None:
        bar = self.branches
        self.recording.position_requested.connect(self.position_requested)
        self.fork.clicked.connect(lambda: self.fork_requested.emit())
        bar.branch_selected.connect(self.branch_selected)
        bar.branch_renamed.connect(self.branch_renamed)
        bar.branch_drop_requested.connect(self.branch_drop_requested)
        bar.race_requested.connect(self.race_requested)
        self._source.changed.connect(self._on_look_changed)

    def _show_fork(self) -> None:
        is_full = len(self._curves.branches) >= MAX_BRANCHES
        self.fork.setEnabled(not is_full and not self._curves.is_empty)
        self.fork.set_tip(FULL_SENTENCE if is_full else _FORK_TIP)

    def _on_look_changed(self) -> None:
        self._row.setContentsMargins(0, 0, self._source.px(_PADDING), 0)
