"""A task with its network, what it answers over all inputs, and its loss."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from bpviz.data.samples import Dataset
from bpviz.ui.teach.loss_view import LossView
from bpviz.ui.teach.network_stage import PARTS as NETWORK_PARTS
from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.plane import plane_of

PARTS = NETWORK_PARTS | {"surface", "number", "sample"}
_GAP = 10
_SHARES = (72, 28)


class LossStage(NetworkStage):
    """Lives in the GUI thread."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.loss = LossView(source)
        self._row.addWidget(self.loss)
        for view, share in ((self.network, _SHARES[0]), (self.large, _SHARES[0]), (self.loss, _SHARES[1])):
            self._row.setStretch(self._row.indexOf(view), share)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_task(self, dataset: Dataset) -> None:
        """Show the inputs of another task."""
        self.network.renderer.set_plane(plane_of(dataset))

    def part_rect(self, part: str) -> QRect | None:
        own = {"number": self.loss.number_rect, "sample": self.loss.curve_rect}
        if part in own:
            return own[part].toAlignedRect().translated(self.loss.pos())
        if part == "surface":
            layout, view = self.network.graph_layout, self.network
            if layout is None or layout.surface is None:
                return None
            area = layout.surface
            corners = QRect(round(area.x), round(area.y), round(area.width), round(area.height))
            return corners.translated(view.pos())
        return super().part_rect(part)

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(_GAP))
