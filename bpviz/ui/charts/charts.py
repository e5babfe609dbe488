"""The charts of a run beside the network: loss, accuracy and gradient norm, one under the other."""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpviz.training.branches import BranchInfo
from bpviz.training.messages import TestMeasured
from bpviz.training.metrics import MetricsRows
from bpviz.ui.charts.chart_view import ChartView
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.chart_content import chart_content
from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.chart_reading import chart_reading
from bpviz.viewmodel.run.curves import RunCurves

REFRESH_INTERVAL_S = 1 / 3
"""The charts follow a run three times a second: faster is not read, and takes time from the trainer."""

_LOSS_WEIGHT = 1.4


class ChartPanel(Panel):
    """Adds what is measured to the run's curves and draws them. GUI thread only.

    Signals
    -------
    position_requested
        A curve was clicked: the iteration, measured on the current branch, to go to.

    Parameters
    ----------
    curves
        The run's curves; other views may show them too, only this one adds to them.
    clock
        Seconds that never go back.
    """

    position_requested = Signal(int)

    def __init__(
        self,
        source: ThemeSource,
        curves: RunCurves,
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("panel", parent)
        self._source = source
        self._curves = curves
        self._clock = clock
        self._views = {quantity: ChartView(source) for quantity in Quantity}
        self._is_plain = dict.fromkeys(Quantity, False)
        self._waiting = list(Quantity)
        self._is_stale = False
        self._drawn_at = clock()
        self._hovered: float | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._accuracy_line = Separator(Qt.Orientation.Horizontal)
        lines = {Quantity.ACCURACY: self._accuracy_line}
        for quantity, view in self._views.items():
            if self._layout.count():
                self._layout.addWidget(lines.get(quantity) or Separator(Qt.Orientation.Horizontal))
            self._layout.addWidget(view, 1)

    def _connect(self) -> None:
        self._source.changed.connect(self.draw_now)
        for quantity, view in self._views.items():
            view.iteration_hovered.connect(self._on_iteration_hovered)
            view.iteration_clicked.connect(self._on_iteration_clicked)
            view.note_clicked.connect(lambda quantity=quantity: self._on_note_clicked(quantity))
            view.resized.connect(lambda quantity=quantity: self._draw(quantity))

    def view(self, quantity: Quantity) -> ChartView:
        """Return the chart of one quantity."""
        return self._views[quantity]

    def begin_run(self, iterations_per_epoch: int, depth: int, has_accuracy: bool = True) -> None:
        """Forget the curves and show what will appear; a regression has no accuracy."""
        self._curves.begin(iterations_per_epoch, depth)
        self._views[Quantity.ACCURACY].setVisible(has_accuracy)
        self._accuracy_line.setVisible(has_accuracy)
        self.draw_now()

    def add_rows(self, rows: MetricsRows) -> None:
        """Take in the figures of new iterations; drawn by a later `refresh`."""
        if len(rows.iteration) or len(rows.norm_iteration):
            self._curves.add(rows)
            self._is_stale = True

    def add_test(self, test: TestMeasured) -> None:
        """Take in a trial on test samples; drawn by a later `refresh`."""
        self._curves.add_test(test)
        self._is_stale = True

    def set_branches(self, branches: Sequence[BranchInfo]) -> None:
        """Take in which branches the run has now; drawn at once if they are others than before."""
        before = [(info.id, info.name, info.is_current) for info in self._curves.branches]
        self._curves.set_branches(branches)
        if before != [(info.id, info.name, info.is_current) for info in branches]:
            self.draw_now()

    def show_position(self, iteration: int) -> None:
        """Mark the iteration the network is shown at wherever the run has gone on from there."""
        marked = iteration if self._curves.is_rewound(iteration) else None
        for view in self._views.values():
            view.show_position(marked)

    def refresh(self) -> None:
        """Draw what is new, one chart a call and each at most three times a second; call once a frame."""
        if not self._waiting and self._is_stale and self._clock() - self._drawn_at >= REFRESH_INTERVAL_S:
            self._waiting = [quantity for quantity, view in self._views.items() if not view.isHidden()]
            self._is_stale = False
            self._drawn_at = self._clock()
        if self._waiting and self.isVisible():
            # One a frame: three at once would make every sixth frame late.
            self._draw(self._waiting.pop(0))

    def draw_now(self) -> None:
        """Draw all charts at once."""
        self._waiting = []
        self._is_stale = False
        self._drawn_at = self._clock()
        for quantity in Quantity:
            self._draw(quantity)
        self._share_height()

    def _share_height(self) -> None:
        """Let a chart with a longer legend be as much taller, and branches be told apart by their loss."""
        shown = {quantity: view for quantity, view in self._views.items() if not view.isHidden()}
        legends = {quantity: view.legend_height for quantity, view in shown.items()}
        weights = dict.fromkeys(shown, 1.0)
        if len(self._curves.branches) > 1:
            weights[Quantity.LOSS] = _LOSS_WEIGHT
        plot = max(1.0, (self.height() - sum(legends.values())) / sum(weights.values()))
        for quantity, view in shown.items():
            self._layout.setStretchFactor(view, round(plot * weights[quantity]) + legends[quantity])
        self._layout.activate()

    def _draw(self, quantity: Quantity) -> None:
        view = self._views[quantity]
        is_plain = self._is_plain[quantity]
        view.show_content(chart_content(quantity, self._curves, view.n_columns, view.most_ticks, is_plain))
        self._read(quantity)

    def _read(self, quantity: Quantity) -> None:
        at = self._hovered
        reading = None if at is None else chart_reading(quantity, self._curves, at)
        self._views[quantity].show_reading(reading)

    def _on_iteration_hovered(self, iteration: float | None) -> None:
        self._hovered = iteration
        for quantity in Quantity:
            self._read(quantity)

    def _on_iteration_clicked(self, iteration: float) -> None:
        reading = self._curves.loss.reading(min(iteration, self._curves.iteration))
        if reading is not None:
            self.position_requested.emit(reading.last_iteration)

    def _on_note_clicked(self, quantity: Quantity) -> None:
        self._is_plain[quantity] = not self._is_plain[quantity]
        self._draw(quantity)
