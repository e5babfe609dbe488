"""A task with its network, what it answers over all inputs, and its loss."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from bpviz.data.samples import Dataset
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.loss_view import LossView
from bpviz.ui.teach.network_stage import PARTS as NETWORK_PARTS
from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.ui.teach.task_view import TaskView
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.plane import plane_of

PARTS = NETWORK_PARTS | {"surface", "number", "sample"}
_GAP = 10
_SHARES = (72, 28)


class LossStage(NetworkStage):
    """Lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.task = TaskView(source)
        self.loss = LossView(source)
        self._is_large = False
        self._has_plane = False
        self._row.addWidget(self.task)
        self._row.addWidget(self.loss)
        for view in (self.network, self.large, self.task):
            self._row.setStretch(self._row.indexOf(view), _SHARES[0])
        self._row.setStretch(self._row.indexOf(self.loss), _SHARES[1])
        self._choose()
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_task(self, dataset: Dataset) -> None:
        """Show the inputs of another task."""
        plane = plane_of(dataset)
        self._has_plane = plane is not None
        self.task.set_plane(plane)
        self._choose()

    def show_state(self, state: NetworkState) -> None:
        if self._has_plane and self.task.fits(state):
            self.task.show_state(state)
        else:
            super().show_state(state)

    def choose_view(self, is_large: bool) -> None:
        self._is_large = is_large
        self._choose()

    def part_rect(self, part: str) -> QRect | None:
        own = {"number": self.loss.number_rect, "sample": self.loss.curve_rect}
        if part in own:
            return own[part].toAlignedRect().translated(self.loss.pos())
        if part == "surface":
            area = self.task.surface_rect
            is_seen = self._has_plane and not area.isEmpty()
            return area.toAlignedRect().translated(self.task.pos()) if is_seen else None
        return None if self._has_plane else super().part_rect(part)

    def _choose(self) -> None:
        self.task.setVisible(self._has_plane)
        self.large.setVisible(self._is_large and not self._has_plane)
        self.network.setVisible(not self._is_large and not self._has_plane)

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(_GAP))
