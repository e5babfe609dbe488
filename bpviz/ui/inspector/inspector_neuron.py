"""The inspector's page of a neuron, and of an output with its target and loss."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.number_range import NumberRange
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.inspector.activation_curve_view import ActivationCurveView
from bpviz.ui.inspector.formula_view import FormulaView
from bpviz.ui.inspector.inspector_page import InspectorPage
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.inspector.picture_row_view import PictureRowView
from bpviz.ui.inspector.waterfall_view import WaterfallView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.inspection_neuron import NeuronInspection
from bpviz.viewmodel.inspection.inspection_output import OutputInspection
from bpviz.viewmodel.inspection.waterfall import WaterfallWords, waterfall
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import fixed, significant

PARAMETER_RANGE = NumberRange(-5.0, 5.0, step=0.01)
"""What a weight or bias is dragged through by hand; one that lies beyond widens it."""


class NeuronPage(InspectorPage):
    """Shows a `NeuronInspection` or an `OutputInspection`, what concerns its phase first."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._shown: NeuronInspection | None = None
        self.pictures = PictureRowView(source)
        self.sum = FormulaView(source, 23.0)
        self.terms = WaterfallView(source)
        self.activation = _ActivationSection(source)
        self.delta = _DeltaSection(source)
        self.target = _TargetSection(source)
        self.change = _ChangeSection(source)
        self._sections = {name: InspectorSection(source) for name in ("pictures", "sum", "terms")}
        for name, view in (("pictures", self.pictures), ("sum", self.sum), ("terms", self.terms)):
            self._sections[name].add(view)
        self.adopt(self.activation, self.delta, self.target, self.change, *self._sections.values())
        self.change.bias.value_committed.connect(self._on_bias_committed)
        self.change.switch.toggled.connect(self._on_switched)

    def show_neuron(self, inspection: NeuronInspection) -> None:
        """Show a neuron; only a phase that has reached δ shows it."""
        self._show(inspection, None)

    def show_output(self, inspection: OutputInspection) -> None:
        """Show an output neuron with its target and what it adds to the loss."""
        self._show(inspection.neuron, inspection)

    def _show(self, neuron: NeuronInspection, output: OutputInspection | None) -> None:
        self._shown = neuron
        self.hints.show_hints(neuron.hints)
        self.pictures.show_pictures(neuron.pictures)
        self.sum.show_formula(neuron.sum_formula, neuron.sum_note)
        words = WaterfallWords(*neuron.feed_names, "z")
        self.terms.show_waterfall(waterfall(neuron.terms, words, "weight", neuron.bias))
        self.activation.show_neuron(neuron)
        self.delta.show_neuron(neuron)
        self.target.show_output(output)
        self.check.set_requests("the bias, which moves z", *([neuron.check] if neuron.delta else []))
        self.code.show_code(neuron.code, neuron.phase)
        self.change.show_neuron(neuron)
        self.arrange(*self._ordered(neuron, output))

    def _ordered(self, neuron: NeuronInspection, output: OutputInspection | None) -> list[InspectorSection]:
        pictures = [self._sections["pictures"]] if neuron.pictures else []
        whole = [self._sections["sum"], self._sections["terms"]]
        target = [self.target] if output is not None and output.target is not None else []
        if neuron.phase is Phase.FORWARD:
            return [*pictures, *whole, self.activation, self.hints, self.code, self.change]
        if neuron.phase is Phase.LOSS:
            return [*target, self.activation, self.hints, *pictures, *whole, self.code, self.change]
        error = [self.delta, *target, self.check]
        return [*pictures, *error, self.activation, self.hints, self.code, *whole, self.change]

    def _on_bias_committed(self, value: float) -> None:
        if self._shown is not None:
            self.weight_change_requested.emit(self._shown.layer, BIAS, self._shown.neuron, value)

    def _on_switched(self, is_on: bool) -> None:
        if self._shown is not None:
            self.neuron_switch_requested.emit(self._shown.layer, self._shown.neuron, is_on)


class _ActivationSection(InspectorSection):
    """The curve with its point, and the formula of a beside it."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source)
        self.curve = ActivationCurveView(source)
        self.formula = FormulaView(source, 22.0)
        self.slope = TextLabel(source, "", FontRole.BODY, "secondary")
        self.note = Words(source)
        whole, side = QWidget(), QVBoxLayout()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(source.px(10))
        row.addWidget(self.curve)
        row.addLayout(side, 1)
        side.addStretch(1)
        for widget in (self.formula, self.slope, self.note):
            side.addWidget(widget)
        side.addStretch(1)
        self.add(whole)

    def show_neuron(self, neuron: NeuronInspection) -> None:
        self.curve.show_curve(neuron.curve)
        self.formula.show_formula(neuron.activation_formula)
        self.slope.setText(f"slope f′(z) = {significant(neuron.slope, 3)}")
        self.note.say(neuron.activation_note)


class _DeltaSection(InspectorSection):
    """δ with the terms it is made of."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Error δ = ∂L/∂z")
        self.formula = FormulaView(source, 22.0)
        self.terms = WaterfallView(source)
        self.scaling = Words(source)
        for widget in (self.formula, self.terms, self.scaling):
            self.add(widget)

    def show_neuron(self, neuron: NeuronInspection) -> None:
        delta = neuron.delta
        if delta is None:
            self.formula.show_formula(None)
            self.terms.hide()
            self.set_note("")
            self.scaling.say("This sample has no label, so it has no loss and no δ.")
            return
        self.set_note(f"this sample, {delta.note}")
        self.formula.show_formula(delta.formula)
        self.terms.setVisible(delta.back is not None)
        if delta.back is not None:
            words = WaterfallWords("weight", "δ", "sum")
            self.terms.show_waterfall(waterfall(delta.back, words, "gradient"))
        self.scaling.say(delta.scaling)


class _TargetSection(InspectorSection):
    """An output's target and what it adds to the loss."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Target and loss")
        self.formula = FormulaView(source, 21.0)
        self.words = TextLabel(source, "", FontRole.BODY, "secondary")
        self.add(self.formula)
        self.add(self.words)

    def show_output(self, output: OutputInspection | None) -> None:
        if output is None or output.target is None:
            return
        self.set_note(output.term_note)
        self.formula.show_formula(output.term_formula)
        away = output.neuron.a - output.target
        self.words.setText(f"target {output.target:g}, output minus target {fixed(away, 4)}")


class _ChangeSection(InspectorSection):
    """Hands on: drag the bias, switch the neuron off."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Change it")
        self.bias = NumberField(source, "bias", PARAMETER_RANGE, 0.0)
        self.switch = Switch(source, "On")
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(source.px(10))
        row.addWidget(TextLabel(source, "bias", FontRole.BODY, "secondary"))
        row.addWidget(self.bias)
        row.addStretch(1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignRight)
        self.add(whole)

    def show_neuron(self, neuron: NeuronInspection) -> None:
        limits = PARAMETER_RANGE.holding(neuron.bias) if neuron.bias == neuron.bias else PARAMETER_RANGE
        self.bias.set_limits(limits)
        self.bias.set_value(neuron.bias if neuron.bias == neuron.bias else 0.0)
        self.switch.setVisible(not neuron.is_output)
        was_blocked = self.switch.blockSignals(True)
        self.switch.setChecked(neuron.is_on)
        self.switch.blockSignals(was_blocked)
