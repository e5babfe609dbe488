"""The inspector's section of the loss along a weight, with earlier curves behind it."""

from collections.abc import Sequence

from bpviz.ui.charts.loss_curve_plot import LossCurvePlot
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.loss_curve import LossCurve
from bpviz.viewmodel.words.number_format import grouped, significant

_HEIGHT = 168


class ValleySection(InspectorSection):
    """Empty until there is a curve."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Loss along this weight")
        self.plot = LossCurvePlot(source, "panel")
        self.words = Words(source)
        self.add(self.plot)
        self.add(self.words)
        self._fit_plot()
        source.changed.connect(self._fit_plot)
        self.set_empty(True)

    def show_curves(self, curves: Sequence[LossCurve]) -> None:
        """Show the newest of these and, faintly, the earlier ones; none leaves nothing to show."""
        self.set_empty(not curves)
        if not curves:
            return
        newest = curves[-1]
        self.plot.show_curves(curves)
        self.set_note(f"mean of {grouped(newest.n_samples)} training samples")
        at, loss = newest.lowest
        earlier = "Faint: earlier iterations, when the other weights stood elsewhere." if curves[:-1] else ""
        lowest = f"Lowest here at {significant(at, 2)}, with loss {significant(loss)}."
        self.words.say(f"All other weights held. {lowest}", earlier)

    def _fit_plot(self) -> None:
        self.plot.setFixedHeight(self._source.px(_HEIGHT))
