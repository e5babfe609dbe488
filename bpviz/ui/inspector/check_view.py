"""The check of a gradient: backpropagation's number beside that of two forward passes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bpviz.ui.controls.buttons import Button
from bpviz.ui.controls.panel import Panel
from bpviz.ui.controls.text_label import TextLabel, Tone
from bpviz.ui.inspector.formula_view import FormulaView
from bpviz.ui.inspector.inspector_section import InspectorSection
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.icons import icon_pixmap
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.formula_model import Formula, Fraction, Maths, Symbol, signed_tone
from bpviz.viewmodel.inspection.gradient_check import CheckRequest, GradientCheck
from bpviz.viewmodel.words.number_format import MINUS, NO_VALUE, signed_significant, significant

_DIGITS = 8
_BUTTON_HEIGHT = 24
_ICON = 15


class CheckView(InspectorSection):
    """A section with one or two buttons that ask for the check, and its result.

    `check_requested(object)` carries the `CheckRequest`; the answer comes in by `show_check`.
    """

    check_requested = Signal(object)

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, "Check", parent)
        self._requests: tuple[CheckRequest, ...] = ()
        self._shown: GradientCheck | None = None
        self._of_sample = Button(source, "Check", tip="Nudge it both ways and run forward twice, in float64")
        self._of_batch = Button(source, "Batch", tip="The same for the mean loss of the whole batch")
        self._analytic = _Card(source, "Backpropagation")
        self._numeric = _Card(source, "Two forward passes")
        self._icon = QLabel()
        self._verdict = TextLabel(source, "", FontRole.VALUE)
        self._verdict.setWordWrap(True)
        self._formula = FormulaView(source, 15.0)
        self._formula.show_formula(_difference_quotient())
        self._arrange()
        self._of_sample.clicked.connect(lambda: self._ask(0))
        self._of_batch.clicked.connect(lambda: self._ask(1))
        source.changed.connect(self._size_buttons)
        self._clear()

    @property
    def verdict(self) -> str:
        """The result in words."""
        return self._verdict.text()

    @property
    def buttons(self) -> tuple[Button, Button]:
        """The button for the sample's gradient, and the one for the batch's."""
        return self._of_sample, self._of_batch

    @property
    def numbers(self) -> tuple[str, str]:
        """The two numbers as shown."""
        return self._analytic.value, self._numeric.value

    def set_requests(self, what: str, *requests: CheckRequest) -> None:
        """Offer these checks, the sample's first; forget a result that belongs to others."""
        self.set_heading(f"Check: nudge {what}")
        self._requests = requests
        self._of_sample.setText("Sample" if len(requests) > 1 else "Check")
        self._of_batch.setVisible(len(requests) > 1)
        self.set_empty(not requests)
        self._clear()

    def show_check(self, check: GradientCheck) -> None:
        """Show a result; one that was not asked for here is ignored."""
        if check.request not in self._requests:
            return
        self._shown = check
        tone = signed_tone(check.analytic, "gradient")
        self._analytic.show_value(signed_significant(check.analytic, _DIGITS), tone)
        self._numeric.show_value(signed_significant(check.numeric, _DIGITS), "text")
        of_what = "batch: " if check.request.of_batch else ""
        self._verdict.setText(f"{of_what}{check.verdict}".capitalize())
        self._verdict.set_tone("text" if check.agrees else "error_text")
        self._verdict.setToolTip(
            f"They differ by {significant(check.difference, 2)}; ε = {significant(check.epsilon, 1)}, float64"
        )
        self._show_icon()

    def _clear(self) -> None:
        self._shown = None
        for card in (self._analytic, self._numeric):
            card.show_value(NO_VALUE, "secondary")
        self._verdict.setText("Not checked yet")
        self._verdict.set_tone("secondary")
        self._icon.hide()

    def _ask(self, place: int) -> None:
        if place < len(self._requests):
            self.check_requested.emit(self._requests[place])

    def _show_icon(self) -> None:
        if self._shown is None:
            return
        theme, is_right = self._source.theme, self._shown.agrees
        size, ratio = self._source.px(_ICON), self.devicePixelRatioF()
        color = theme.text if is_right else theme.error_text
        self._icon.setPixmap(icon_pixmap("check" if is_right else "warning", color, size, ratio))
        self._icon.show()

    def _arrange(self) -> None:
        for button in self.buttons:
            self.add_to_head(button)
        self._size_buttons()
        cards, foot = QWidget(), QWidget()
        row = QHBoxLayout(cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._source.px(8))
        row.addWidget(self._analytic, 1)
        row.addWidget(self._numeric, 1)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._icon)
        line.addWidget(self._verdict, 1)
        self.add(cards)
        self.add(foot)
        self._formula.setFixedWidth(self._source.px(116))
        line.addWidget(self._formula)

    def _size_buttons(self) -> None:
        for button in self.buttons:
            button.setFixedHeight(self._source.px(_BUTTON_HEIGHT))
        self._show_icon()


class _Card(Panel):
    """A small name over a number."""

    def __init__(self, source: ThemeSource, name: str) -> None:
        super().__init__("inset")
        self._value = TextLabel(source, NO_VALUE, FontRole.TITLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(source.px(10), source.px(5), source.px(6), source.px(5))
        column.setSpacing(0)
        column.addWidget(TextLabel(source, name, FontRole.CAPTION, "secondary"))
        column.addWidget(self._value)

    @property
    def value(self) -> str:
        """The number as shown."""
        return self._value.text()

    def show_value(self, text: str, tone: Tone) -> None:
        """Show another number; it can be selected and copied."""
        self._value.setText(text)
        self._value.set_tone(tone)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _difference_quotient() -> Formula:
    def loss(sign: str) -> tuple[Symbol, ...]:
        inner = (Symbol("w"), Symbol(sign, is_upright=True), Symbol("ε"))
        return (Symbol("L"), Symbol("(", is_upright=True), *inner, Symbol(")", is_upright=True))

    top = (*loss("+"), Symbol(MINUS, is_upright=True), *loss(MINUS))
    bottom = (Symbol("2", is_upright=True), Symbol("ε"))
    return Formula(((Maths((Fraction(top, bottom),)),),))
