"""The inspector: one panel that shows whatever is selected, with every number behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.panel import Panel, ScrollColumn, Separator
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.inspector.inspector_loss import LossPage
from bpviz.ui.inspector.inspector_neuron import NeuronPage
from bpviz.ui.inspector.inspector_page import InspectorPage
from bpviz.ui.inspector.inspector_section import PADDING
from bpviz.ui.inspector.inspector_weight import WeightPage
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.gradient_check import GradientCheck
from bpviz.viewmodel.inspection.inspectable import Inspection
from bpviz.viewmodel.inspection.inspection_loss import LossInspection
from bpviz.viewmodel.inspection.inspection_neuron import NeuronInspection
from bpviz.viewmodel.inspection.inspection_output import OutputInspection
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory, WeightInspection
from bpviz.viewmodel.inspection.loss_curve import LossCurve

WIDTH_AT_1280, WIDTH_AT_1920 = 372, 460
_HEAD = 48
_HEAD_GAP = 6
_KIND = "Weight, "
"""What a title that is too long is shown without; the arrow in it says as much."""
_BUTTON = 28
_LAYOUT_PASSES = 3
"""Lines that wrap change a section's height, that of the page, and then its scroll area."""


class InspectorPanel(Panel):
    """Shows one `Inspection` at a time and scrolls where it is too tall. GUI thread only.

    Signals
    -------
    check_requested
        A `CheckRequest`; answer with `show_check`.
    previous_requested, next_requested
        Look at the neighbour of what is shown.
    sample_selected
        The training row the user wants to watch.
    weight_change_requested
        Weight layer, row (BIAS for a bias), column and the new value.
    neuron_switch_requested
        Weight layer, neuron, and whether it is to be on.
    """

    check_requested = Signal(object)
    previous_requested = Signal()
    next_requested = Signal()
    sample_selected = Signal(int)
    weight_change_requested = Signal(int, int, int, float)
    neuron_switch_requested = Signal(int, int, bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._source = source
        self._shown: Inspection | None = None
        self._full_title = ""
        self._create()
        self._lay_out()
        self._connect()
        self.show_nothing("Click a neuron, a weight, an output or the loss to see its numbers.")

    @property
    def shown(self) -> Inspection | None:
        """What is shown."""
        return self._shown

    @property
    def title(self) -> str:
        """The name of what is shown."""
        return self._full_title

    def show_inspection(self, inspection: Inspection) -> None:
        """Show a neuron, a weight, an output or the loss; scrolls to the top for another one."""
        title, subtitle = _titles(inspection)
        is_another = title != self._full_title or self._shown is None
        self._shown = inspection
        self._full_title = title
        self._subtitle.setText(subtitle)
        page = self._fill(inspection)
        self._pages.setCurrentWidget(self._scrolls[page])
        for button in (self.previous, self.next):
            button.setVisible(page is not self.loss)
        self._fit_title()
        self._settle()
        if is_another:
            self._scrolls[page].bar.setValue(0)

    def show_check(self, check: GradientCheck) -> None:
        """Show the result of a check asked for; a late answer about something else is ignored."""
        for page in self._scrolls:
            page.check.show_check(check)

    def show_history(self, history: WeightHistory | None) -> None:
        """Show the history of the weight on show, once it is known."""
        self.weight.show_history(history)

    def show_valley(self, curves: Sequence[LossCurve]) -> None:
        """Show the loss along the weight on show, the newest of these curves last."""
        self.weight.show_valley(curves)
        self._settle()

    def show_nothing(self, hint: str, title: str = "") -> None:
        """Show only a sentence that says what could be looked at, under a title if there is one."""
        self._shown = None
        self._full_title = title
        self._subtitle.setText("")
        self._hint.setText(hint)
        self._pages.setCurrentWidget(self._hint)
        for button in (self.previous, self.next):
            button.setVisible(False)
        self._fit_title()

    def _fit_title(self) -> None:
        """Show the title whole where it fits; else without its kind, else elided in its middle."""
        self._head.setVisible(bool(self._full_title))
        self._rule.setVisible(bool(self._full_title))
        metrics, room = QFontMetricsF(self._title.font()), self._title_room()
        text = self._full_title
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text.removeprefix(_KIND), Qt.TextElideMode.ElideMiddle, room)
        self._title.setText(text)
        self._title.setToolTip("" if text == self._full_title else self._full_title)

    def _title_room(self) -> int:
        buttons = [button for button in (self.previous, self.next) if not button.isHidden()]
        taken = sum(button.maximumWidth() + _HEAD_GAP for button in buttons)
        taken += self._subtitle.sizeHint().width() + 2 * _HEAD_GAP
        return self.maximumWidth() - 2 * self._source.px(PADDING) - taken

    def _settle(self) -> None:
        """Lay everything out now: left to the event loop, two frames would show rows over one another."""
        for _ in range(_LAYOUT_PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _fill(self, inspection: Inspection) -> InspectorPage:
        match inspection:
            case NeuronInspection():
                self.neuron.show_neuron(inspection)
                return self.neuron
            case OutputInspection():
                self.neuron.show_output(inspection)
                return self.neuron
            case WeightInspection():
                self.weight.show_weight(inspection)
                return self.weight
            case LossInspection():
                self.loss.show_loss(inspection)
        return self.loss

    def _create(self) -> None:
        source = self._source
        self._title = TextLabel(source, "", FontRole.TITLE)
        self._subtitle = TextLabel(source, "", FontRole.BODY, "secondary")
        self.previous = Button(source, icon="chevron-left", tip="Previous")
        self.next = Button(source, icon="chevron-right", tip="Next")
        self.neuron, self.weight, self.loss = NeuronPage(source), WeightPage(source), LossPage(source)
        self._scrolls: dict[InspectorPage, ScrollColumn] = {
            page: ScrollColumn(page) for page in (self.neuron, self.weight, self.loss)
        }
        self._hint = TextLabel(source, "", FontRole.BODY, "secondary")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        for widget in (*self._scrolls.values(), self._hint):
            self._pages.addWidget(widget)

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head_row = row = QHBoxLayout(self._head)
        row.setSpacing(_HEAD_GAP)
        row.addWidget(self._title)
        row.addStretch(1)
        for widget in (self._subtitle, self.previous, self.next):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        self._rule = Separator()
        column.addWidget(self._rule)
        column.addWidget(self._pages, 1)
        self._source.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _connect(self) -> None:
        self.previous.clicked.connect(self.previous_requested)
        self.next.clicked.connect(self.next_requested)
        for page in self._scrolls:
            page.check_requested.connect(self.check_requested)
            page.sample_selected.connect(self.sample_selected)
            page.weight_change_requested.connect(self.weight_change_requested)
            page.neuron_switch_requested.connect(self.neuron_switch_requested)

    def _on_look_changed(self) -> None:
        px = self._source.px
        slope = (WIDTH_AT_1920 - WIDTH_AT_1280) / 0.15
        self.setFixedWidth(round(WIDTH_AT_1280 + slope * (self._source.factor - 1.0)))
        self._head.setFixedHeight(px(_HEAD))
        self._head_row.setContentsMargins(px(PADDING), 0, px(PADDING), 0)
        self._hint.setMargin(px(PADDING))
        for button in (self.previous, self.next):
            button.setFixedSize(px(_BUTTON), px(_BUTTON))
        self._fit_title()


def _titles(inspection: Inspection) -> tuple[str, str]:
    match inspection:
        case NeuronInspection() | LossInspection():
            return inspection.title, inspection.subtitle
        case OutputInspection():
            return inspection.neuron.title, inspection.neuron.subtitle
    return inspection.title, ""
