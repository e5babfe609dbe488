"""Draw mode: a drawing on the left, what the network makes of it on the right."""

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.data.pen_strokes import PenStroke
from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass
from bpviz.ui.answer_view import AnswerView
from bpviz.ui.controls.panel import Panel, Separator
from bpviz.ui.draw_panel import DrawPanel
from bpviz.ui.network_view import NetworkView
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.answer import Answer, answer_of, classify_drawing
from bpviz.viewmodel.drawing import Drawing
from bpviz.viewmodel.graph_geometry import Arrangement
from bpviz.viewmodel.ink_saliency import InkSaliency, drawing_saliency
from bpviz.viewmodel.network_state import NetworkState
from bpviz.viewmodel.phases import Phase

_NARROWEST_PX = 352
_PANEL_AT_1268_PX, _PANEL_AT_1908_PX = 434.0, 644.0
"""Width of the panel in a page as wide as windows of 1280 and 1920 px leave it."""
_AROUND_CANVAS_PX = 284
"""What the rest of the panel takes of its height, less what its padding takes of its width."""
_DETAILS_S = 1 / 30
"""Tint and strip follow at most this often: a pen gives four times as many points, and all are to be seen."""


class DrawPage(QWidget):
    """Draws, classifies and shows at every stroke point; lives in the GUI thread.

    The answer and the network follow each point at once; the tint of the ink and the preparation strip
    thirty times a second.

    Signals
    -------
    follow_training_changed
        Whether `show_network` is to be given the network in training, as it learns.
    """

    follow_training_changed = Signal(bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._drawing = Drawing()
        self._prepared = self._drawing.prepared()
        self._shown = self._prepared
        self._network: Network | None = None
        self._sample: SamplePass | None = None
        self._answer: Answer | None = None
        self._create()
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def sample(self) -> SamplePass | None:
        """The drawing's way through the network, as shown; None before there is a network."""
        return self._sample

    @property
    def strokes(self) -> tuple[PenStroke, ...]:
        """The strokes of the drawing."""
        return self._drawing.strokes

    def show_network(self, network: Network, caption: str) -> None:
        """Read the drawing with this network from now on, named by `caption`.

        Raises
        ------
        ShapeError
            If the network does not take 28 x 28 pixels; what was shown before stays.
        """
        sample = classify_drawing(network, self._prepared)
        self._network = network
        self.answer.show_network(caption)
        self._show_sample(network, sample)

    def draw_strokes(self, strokes: Sequence[PenStroke]) -> None:
        """Put a drawing on the canvas in place of the present one, which can be undone."""
        self._drawing.replace(tuple(strokes))
        self.panel.canvas.refresh()

    def finish_updates(self) -> None:
        """Show now what waits for the next turn of the event loop, for example before taking a picture."""
        if self._later.isActive():
            self._later.stop()
            self._on_later()
        self.network_view.finish_updates()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The canvas' keys work at once, without a click on it.
        self.panel.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.panel.canvas.undo()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()

    def _create(self) -> None:
        self.panel = DrawPanel(self._source, self._drawing)
        self.answer = AnswerView(self._source)
        self.network_view = NetworkView(self._source)
        self.network_view.set_arrangement(Arrangement.DRAW)
        self._stage = Panel("stage")
        # A child of the page: it ends with the page, and a pending update with it.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setTimerType(Qt.TimerType.PreciseTimer)
        self._detailed_at = -_DETAILS_S

    def _lay_out(self) -> None:
        # The network view brings its own margins; answer and rule get the same.
        self._head = QVBoxLayout()
        self._head.addWidget(self.answer)
        self._head.addWidget(Separator())
        self._column = QVBoxLayout(self._stage)
        self._column.addLayout(self._head)
        self._column.addWidget(self.network_view, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.panel)
        self._row.addWidget(self._stage, 1)

    def _connect(self) -> None:
        self.panel.drawing_changed.connect(self._on_drawing_changed)
        self.panel.saliency_wanted_changed.connect(self._on_saliency_wanted_changed)
        self.answer.follow_training_changed.connect(self.follow_training_changed)
        self._later.timeout.connect(self._on_later)
        self._source.changed.connect(self._on_theme_changed)

    def _on_drawing_changed(self) -> None:
        self._prepared = self._drawing.prepared()
        if self._network is None:
            self._show_details_soon()
        else:
            self._show_sample(self._network, classify_drawing(self._network, self._prepared))

    def _on_saliency_wanted_changed(self) -> None:
        self._show_details_soon()

    def _show_sample(self, network: Network, sample: SamplePass) -> None:
        self._sample = sample
        answer = answer_of(network, sample)
        self._answer = None if self._prepared.is_empty else answer
        if self._prepared.is_empty:
            self.answer.show_nothing_drawn(answer)
        elif answer is None:
            self.answer.show_diverged()
        else:
            self.answer.show_answer(answer)
        self.network_view.show_state(NetworkState(network, sample, Phase.FORWARD))
        self._show_details_soon()

    def _show_details_soon(self) -> None:
        if not self._later.isActive():
            due = self._detailed_at + _DETAILS_S - time.monotonic()
            self._later.start(round(1000 * max(due, 0.0)))

    def _on_later(self) -> None:
        self._detailed_at = time.monotonic()
        if self._prepared is not self._shown:
            self._shown = self._prepared
            self.panel.show_prepared(self._prepared)
        self.panel.show_saliency(self._saliency(), self._prepared)

    def _saliency(self) -> InkSaliency | None:
        if self._network is None or self._sample is None or self._answer is None:
            return None
        if not self.panel.is_saliency_wanted:
            return None
        return drawing_saliency(self._network, self._sample, self._answer.digit)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        self._row.setSpacing(px(6))
        self._head.setContentsMargins(px(24), 0, px(24), 0)
        self._head.setSpacing(px(4))
        self._column.setContentsMargins(0, px(8), 0, px(8))
        self._column.setSpacing(px(4))
        self._fit_panel()

    def _fit_panel(self) -> None:
        """Give the panel the width at which its canvas is as large as height and network allow."""
        slope = (_PANEL_AT_1908_PX - _PANEL_AT_1268_PX) / (1908 - 1268)
        wanted = _PANEL_AT_1268_PX + slope * (self.width() - 1268)
        highest = self.height() - self._source.px(_AROUND_CANVAS_PX)
        self.panel.setFixedWidth(round(max(min(wanted, highest), self._source.px(_NARROWEST_PX))))
