"""The network with what it can do beside it: bars, curves, the sigmoid, the images it learns from."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from bpviz.ui.style.theme_source import ThemeSource
from bpviz.ui.teach.bar_chart import BarChart
from bpviz.ui.teach.gap_chart import GapChart
from bpviz.ui.teach.image_wall import ImageWall
from bpviz.ui.teach.network_stage import PARTS as NETWORK_PARTS
from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.ui.teach.slope_view import SlopeView
from bpviz.ui.teach.weight_wall import WeightWall

BARS = ("recall", "layers", "losses")
"""Only one of these stands beside the network at a time."""
CURVES = ("gap", "accuracy_gap")
BESIDE = (*BARS, *CURVES, "slope", "images", "weights")
"""What can stand beside the network."""
PARTS = NETWORK_PARTS | {"network", "bars", "curves", "slope", "images", "weights"}

_GAP = 14
_WEIGHTS = {"images": 2, "gap": 4, "accuracy_gap": 4}
_USUAL_WEIGHT = 3


class TrialStage(NetworkStage):
    """Lives in the GUI thread.

    Attributes
    ----------
    hides_network
        Whether what stands beside the network takes all the room.
    """

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.bars = BarChart(source)
        self.curves_view = GapChart(source)
        self.slope = SlopeView(source)
        self.images = ImageWall(source)
        self.weights = WeightWall(source)
        self.hides_network = False
        self._is_large = False
        self._views: dict[str, QWidget] = {
            **dict.fromkeys(BARS, self.bars),
            **dict.fromkeys(CURVES, self.curves_view),
            "slope": self.slope,
            "images": self.images,
            "weights": self.weights,
        }
        for view in (self.images, self.bars, self.curves_view, self.slope, self.weights):
            view.hide()
            self._row.addWidget(view)
        source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_beside(self, names: Sequence[str], percent: int) -> None:
        """Let these views stand beside the network, on so many per cent of the width; 100 hides it."""
        shown = {self._views[name]: _WEIGHTS.get(name, _USUAL_WEIGHT) for name in names}
        share = percent if shown else 0
        for view in set(self._views.values()):
            view.setVisible(view in shown)
            part = share * shown.get(view, 0) / max(1, sum(shown.values()))
            self._row.setStretch(self._row.indexOf(view), round(10 * part))
        self.hides_network = share == 100
        for view in (self.network, self.large):
            self._row.setStretch(self._row.indexOf(view), 10 * (100 - share))
        self.choose_view(self._is_large)

    def choose_view(self, is_large: bool) -> None:
        """Show the large drawing, or the whole network, unless what stands beside takes all the room."""
        self._is_large = is_large
        self.large.setVisible(is_large and not self.hides_network)
        self.network.setVisible(not is_large and not self.hides_network)

    def part_rect(self, part: str) -> QRect | None:
        own: dict[str, QWidget] = {
            "network": self.network,
            "bars": self.bars,
            "curves": self.curves_view,
            "slope": self.slope,
            "images": self.images,
            "weights": self.weights,
        }
        if part in own:
            return own[part].geometry() if own[part].isVisible() else None
        return None if self.hides_network else super().part_rect(part)

    def _on_look_changed(self) -> None:
        self._row.setSpacing(self._source.px(_GAP))
