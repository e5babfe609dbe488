"""How digits are asked for: who draws, in which order, how long the pen may rest."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from bpviz.data.class_digits import MAX_NAME_LENGTH
from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.choice_field import Choice, ChoiceField
from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.text_field import TextField
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.class_prompt import PromptOrder

DEFAULT_PAUSE_MS = 700
_PAUSES = NumberRange(200, 3000, is_integer=True, unit="ms", step=100)
_ORDERS = (
    Choice(PromptOrder.MIXED.value, "Mixed", "One of the digits drawn least, at random"),
    Choice(PromptOrder.IN_TURN.value, "0 to 9 in turn"),
    Choice(PromptOrder.SAME.value, "The same again", "One digit until another is chosen"),
)


class PromptSettings(QWidget):
    """A small block of fields and two buttons; `order_chosen()` tells that `order` is another."""

    order_chosen = Signal()

    def __init__(self, source: ThemeSource, order: PromptOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.who = TextField(source, "Name of the one who draws", "Name, if you like", MAX_NAME_LENGTH)
        self._order = ChoiceField(source, "Order of the digits", _ORDERS, order.value)
        self._pause = NumberField(source, "Pause after which a digit is kept", _PAUSES, DEFAULT_PAUSE_MS)
        self._pause.setToolTip(
            "A digit is kept when the pen has rested so long; a 4 or 5 may need it longer."
        )
        self.skip = Button(source, "Skip", icon="chevron-right", tip="Ask for another digit")
        self.undo = Button(source, "Take back", icon="undo", tip="Draw the last digit again")
        self._lay_out()
        self._order.choice_changed.connect(lambda _: self.order_chosen.emit())
        source.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def order(self) -> PromptOrder:
        """The order chosen."""
        return PromptOrder(self._order.key)

    @property
    def pause_ms(self) -> int:
        """How long the pen may rest within one digit."""
        return round(self._pause.value)

    def set_pause_ms(self, pause_ms: int) -> None:
        """Let the pen rest so long, silently."""
        self._pause.set_value(pause_ms)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        fields = (("Who draws", self.who), ("Order", self._order), ("Pause", self._pause))
        for row, (text, field) in enumerate(fields):
            self._grid.addWidget(TextLabel(self._source, text, FontRole.BODY, "secondary"), row, 0)
            self._grid.addWidget(field, row, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.undo, 1)
        self._buttons.addWidget(self.skip, 1)
        self._grid.addLayout(self._buttons, len(fields), 0, 1, 2)
        self._grid.setRowStretch(len(fields) + 1, 1)

    def _on_theme_changed(self) -> None:
        px = self._source.px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(7))
        self._buttons.setSpacing(px(6))
        self.setFixedWidth(px(236))
