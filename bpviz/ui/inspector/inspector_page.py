"""What the pages of the inspector share: sections in an order, hints, and the intents of the user."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.ui.inspector.check_view import CheckView
from bpviz.ui.inspector.code_view import CodeView
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon_pixmap
from bpviz.ui.style.theme_source import ThemeSource

_ICON = 18


class InspectorPage(QWidget):
    """A column of sections, of which those asked for are shown in the order asked for.

    Signals
    -------
    check_requested
        A `CheckRequest`: compare this gradient with two forward passes.
    sample_selected
        The training row of a sample that was clicked.
    weight_change_requested
        Weight layer, row (BIAS for a bias), column and the new value.
    neuron_switch_requested
        Weight layer, neuron, and whether it is to be on.
    """

    check_requested = Signal(object)
    sample_selected = Signal(int)
    weight_change_requested = Signal(int, int, int, float)
    neuron_switch_requested = Signal(int, int, bool)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._asked: tuple[InspectorSection, ...] = ()
        self._order: tuple[InspectorSection, ...] = ()
        self.hints = HintSection(source)
        self.check = CheckView(source)
        self.code = CodeView(source)
        self.check.check_requested.connect(self.check_requested)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.adopt(self.hints, self.check, self.code)

    def adopt(self, *sections: InspectorSection) -> None:
        """Own these sections, unseen until they are arranged."""
        for section in sections:
            section.setParent(self)
            section.hide()

    def arrange(self, *sections: InspectorSection) -> None:
        """Show these sections from top to bottom, without those that are empty; and no others."""
        self._asked = sections
        order = tuple(section for section in sections if not section.is_empty)
        if order == self._order:
            return
        for section in self._order:
            self._column.removeWidget(section)
            section.setVisible(section in order)
        for place, section in enumerate(order):
            self._column.insertWidget(place, section)
            section.show()
        self._order = order

    def rearrange(self) -> None:
        """Show the same sections again, now that one of them has become empty or is so no more."""
        self.arrange(*self._asked)


class HintSection(InspectorSection):
    """Sentences that point out what hinders learning; hidden where there is nothing to say."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source)
        self._words = Words(source, FontRole.BODY, "text")
        self._icon = QLabel()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(source.px(8))
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.add(line)
        source.changed.connect(self._paint_icon)
        self._paint_icon()

    @property
    def text(self) -> str:
        """What is pointed out."""
        return self._words.text()

    def show_hints(self, hints: tuple[str, ...]) -> None:
        """Point these out."""
        self._words.say(*hints)
        self.set_empty(not hints)

    def _paint_icon(self) -> None:
        color, ratio = self._source.theme.text, self.devicePixelRatioF()
        self._icon.setPixmap(icon_pixmap("warning", color, self._source.px(_ICON), ratio))
