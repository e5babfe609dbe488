"""The samples of an epoch on a wall, and the losses of their batches beside it."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.batch_chart import BatchChart
from bpviz.ui.teach.epoch_wall import EpochWall
from bpviz.ui.teach.network_stage import NetworkStage

PARTS = frozenset({"wall", "curve"})
_GAP = 26
_WALL_SHARE, _CURVE_SHARE = 44, 56


class BatchesStage(NetworkStage):
    """Lives in the GUI thread; the network itself stands aside."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.wall = EpochWall(source)
        self.curve = BatchChart(source)
        self._row.addWidget(self.wall, _WALL_SHARE)
        self._row.addWidget(self.curve, _CURVE_SHARE)
        for view in (self.wall, self.curve):
            view.resized.connect(self.parts_moved)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def choose_view(self, is_large: bool) -> None:
        self.network.hide()
        self.large.hide()

    def part_rect(self, part: str) -> QRect | None:
        own: dict[str, QWidget] = {"wall": self.wall, "curve": self.curve}
        return own[part].geometry() if part in own else None

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(_GAP))
