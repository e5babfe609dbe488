"""The inspector's section of the loss as a map, with the run's own path projected onto it."""

from PySide6.QtCore import Signal

from bpviz.ui.charts.loss_surface_view import LossSurfaceView
from bpviz.ui.controls.buttons import Button
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.loss_surface import SIDE, LossSurface
from bpviz.viewmodel.words.number_format import grouped, percent

_HEIGHT = 300


class MapSection(InspectorSection):
    """Shows nothing but its button until a map was asked for.

    Signals
    -------
    map_requested
        Compute the map of the path so far.
    """

    map_requested = Signal()

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "The loss around the path")
        self.button = Button(source, "Compute")
        self.view = LossSurfaceView(source, has_words=False)
        self.words = Words(source)
        self.add_to_head(self.button)
        self.add(self.view)
        self.add(self.words)
        self.button.clicked.connect(self.map_requested)
        source.changed.connect(self._fit_view)
        self._fit_view()
        self.clear()

    def set_ready(self, is_ready: bool) -> None:
        """Say whether there is a path to show."""
        self.button.setEnabled(is_ready)
        if self.view.isHidden():
            self._explain()

    def clear(self) -> None:
        """Show no map."""
        self.view.show_surface(None)
        self.view.hide()
        self.button.setEnabled(False)
        self._explain()

    def show_progress(self, row: int) -> None:
        """Say which row is being computed."""
        self.words.say(f"Computing row {row + 1} of {SIDE}.")

    def show_map(self, surface: LossSurface, iterations: tuple[int, int]) -> None:
        """Show a map and of which iterations its path is."""
        first, last = map(grouped, iterations)
        share = percent(surface.share, 0)
        self.view.show_surface(surface)
        self.view.show()
        self.words.say(
            f"Iterations {first} to {last}, projected onto the two main directions of their path, "
            f"which hold {share} of its variance.",
            f"Loss of {grouped(surface.n_samples)} training samples, contour lines at equal ratios.",
        )

    def _explain(self) -> None:
        needs = "" if self.button.isEnabled() else " Train a few iterations first."
        self.words.say(f"All parameters at once, seen over the plane the run has moved in most.{needs}")

    def _fit_view(self) -> None:
        self.view.setFixedHeight(self._source.px(_HEIGHT))
