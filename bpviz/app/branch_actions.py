"""The branches of a run: which there are, how they are called, and going and racing between them."""

from dataclasses import replace

from PySide6.QtCore import QObject

from bpviz.app.session import Session
from bpviz.training import messages
from bpviz.training.branches import BranchInfo
from bpviz.ui.lab.lab_page import LabPage


class BranchActions(QObject):
    """Keeps the window's list of branches. Belongs to the GUI thread."""

    def __init__(self, session: Session, lab: LabPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lab = lab
        self._infos: dict[int, BranchInfo] = {}
        self._names: dict[int, str] = {}
        bar = lab.foot
        bar.fork_requested.connect(lambda: session.send(messages.ForkHere()))
        bar.branch_selected.connect(lambda branch_id: session.send(messages.SwitchBranch(branch_id)))
        bar.branch_drop_requested.connect(lambda branch_id: session.send(messages.DropBranch(branch_id)))
        bar.branch_renamed.connect(self._on_branch_renamed)
        bar.race_requested.connect(self._on_race_requested)

    @property
    def infos(self) -> tuple[BranchInfo, ...]:
        """The branches there are, parents before their children, by the names the user gave them."""
        return tuple(replace(info, name=self._names.get(info.id, info.name)) for info in self._infos.values())

    def is_current(self, branch_id: int) -> bool:
        """Whether this branch is the one shown; a branch not told of yet has just been made, to be shown."""
        info = self._infos.get(branch_id)
        return info is None or info.is_current

    def begin_run(self) -> None:
        """Forget the branches of the old run."""
        self._infos.clear()
        self._names.clear()
        self._lab.foot.set_racing(False)

    def worker_changed(self, is_running: bool) -> None:
        """Note that the worker began or stopped training: a race ends with it."""
        if not is_running:
            self._lab.foot.set_racing(False)

    def take(self, event: object) -> None:
        """Note what the worker tells of its branches."""
        match event:
            case messages.BranchAdded(branch=info) | messages.BranchChanged(branch=info):
                self._infos[info.id] = info
            case messages.BranchDropped(branch_id=branch_id):
                self._infos.pop(branch_id, None)
            case _:
                return
        self._show()

    def _show(self) -> None:
        # Between the two events of a switch none or two are current; the second follows at once.
        if sum(info.is_current for info in self._infos.values()) == 1:
            self._lab.charts.set_branches(self.infos)
            self._lab.foot.show_branches()

    def _on_branch_renamed(self, branch_id: int, name: str) -> None:
        self._names[branch_id] = name
        self._show()

    def _on_race_requested(self, is_on: bool) -> None:
        self._session.send(messages.Race(tuple(self._infos)) if is_on else messages.Pause())
