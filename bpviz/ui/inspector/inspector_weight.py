"""The inspector's page of a weight or bias: chain, check, batch, step, history, code."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpviz.ui.controls.number_field import NumberField
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.inspector.formula_view import FormulaView
from bpviz.ui.inspector.inspector_neuron import PARAMETER_RANGE
from bpviz.ui.inspector.inspector_page import InspectorPage
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.inspector.inspector_valley import ValleySection
from bpviz.ui.inspector.sample_bars_view import SampleBarsView
from bpviz.ui.inspector.waterfall_view import WaterfallView
from bpviz.ui.inspector.weight_history_view import WeightHistoryView
from bpviz.ui.style.fonts import FontRole
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory, WeightInspection
from bpviz.viewmodel.inspection.loss_curve import LossCurve
from bpviz.viewmodel.inspection.waterfall import WaterfallWords, waterfall
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import grouped

_MOST_FORMULAS = 6
"""Adam writes its step in five lines, after one for the penalties."""


class WeightPage(InspectorPage):
    """Shows a `WeightInspection`, what concerns its phase first."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._shown: WeightInspection | None = None
        self.chain = _ChainSection(source)
        self.paths = _PathsSection(source)
        self.step = _StepSection(source)
        self.history = _HistorySection(source)
        self.valley = ValleySection(source)
        self.change = _ChangeSection(source)
        self.adopt(self.chain, self.paths, self.step, self.history, self.valley, self.change)
        self.step.bars.sample_selected.connect(self.sample_selected)
        self.change.field.value_committed.connect(self._on_committed)

    def show_weight(self, inspection: WeightInspection) -> None:
        """Show a weight or bias."""
        self._shown = inspection
        self.chain.show_weight(inspection)
        self.paths.show_weight(inspection)
        letter = "the bias" if inspection.row == BIAS else "the weight"
        requests = [inspection.check] if inspection.chain is not None else []
        self.check.set_requests(letter, *requests, inspection.batch_check)
        self.step.show_weight(inspection)
        self.history.show_history(inspection.history)
        self.change.show_weight(inspection)
        self.hints.show_hints(inspection.hints)
        self.code.show_code(inspection.code, inspection.phase)
        self.arrange(*self._ordered(inspection))

    def show_history(self, history: WeightHistory | None) -> None:
        """Show the weight's values over the run; None hides the section."""
        self.history.show_history(history)
        self.rearrange()

    def show_valley(self, curves: Sequence[LossCurve]) -> None:
        """Show the loss along the weight, the newest of these curves last; none hides the section."""
        self.valley.show_curves(curves)
        self.rearrange()

    def _ordered(self, inspection: WeightInspection) -> list[InspectorSection]:
        paths = [self.paths] if inspection.chain is not None and inspection.chain.paths is not None else []
        last = [self.valley, self.history, self.change]
        if inspection.phase is Phase.UPDATE:
            return [self.step, self.hints, self.code, self.chain, self.check, *paths, *last]
        return [self.chain, self.hints, self.check, self.step, *paths, self.code, *last]

    def _on_committed(self, value: float) -> None:
        if self._shown is not None:
            place = self._shown
            self.weight_change_requested.emit(place.layer, place.row, place.column, value)


class _ChainSection(InspectorSection):
    """The chain from the weight to the loss, factors in columns."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Chain rule")
        self.formula = FormulaView(source, 22.0)
        self.delta = FormulaView(source, 21.0)
        self.words = Words(source)
        for widget in (self.formula, self.delta, self.words):
            self.add(widget)

    def show_weight(self, inspection: WeightInspection) -> None:
        chain = inspection.chain
        self.set_note("this sample" if chain is not None else "")
        self.formula.show_formula(None if chain is None else chain.formula)
        self.formula.setVisible(chain is not None)
        self.delta.show_formula(inspection.delta_formula, "output minus target")
        self.delta.setVisible(inspection.delta_formula is not None)
        no_label = "This sample has no label, so it has no loss and no gradient."
        self.words.say(inspection.scaling if chain is not None else no_label)


class _PathsSection(InspectorSection):
    """For a weight in an early layer: the paths that are summed, and the layer's δ as whole vectors."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Every path to the loss")
        self.terms = WaterfallView(source)
        self.vectors = FormulaView(source, 18.0)
        self.words = Words(source)
        for widget in (self.terms, self.vectors, self.words):
            self.add(widget)

    def show_weight(self, inspection: WeightInspection) -> None:
        chain = inspection.chain
        if chain is None or chain.paths is None:
            return
        self.set_note(f"{grouped(chain.paths.n_terms)} of them, added up")
        words = WaterfallWords("weight", "δ", "sum")
        self.terms.show_waterfall(waterfall(chain.paths, words, "gradient"))
        self.vectors.show_formula(chain.vectors)
        self.words.say("All neurons of the layer at once, as the code does it; a row is a neuron.")


class _StepSection(InspectorSection):
    """The batch's gradient, every sample's share of it, and the optimiser's rule with its real state."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Step")
        self.set_gap(7)
        self.gradient = FormulaView(source, 19.0)
        self.bars = SampleBarsView(source)
        self.formulas = [FormulaView(source, 19.0) for _ in range(_MOST_FORMULAS)]
        self.words = Words(source)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(source.px(14))
        row.addWidget(self.gradient, 2)
        row.addWidget(self.bars, 3)
        for widget in (*self.formulas, self.words, whole):
            self.add(widget)

    def show_weight(self, inspection: WeightInspection) -> None:
        step, count = inspection.step, len(inspection.batch.values)
        self.set_heading(f"Step: {step.rule}" if step.rule else "Step")
        self.set_note("batch of 1 sample" if count == 1 else f"g: mean of {grouped(count)} samples, sorted")
        self.gradient.show_formula(inspection.batch_formula)
        self.bars.show_samples(inspection.batch)
        for place, view in enumerate(self.formulas):
            formula = step.formulas[place] if place < len(step.formulas) else None
            view.show_formula(formula)
            view.setVisible(formula is not None)
        self.words.say(step.note if step.formulas else f"{step.change_text} {step.note}")


class _HistorySection(InspectorSection):
    """The weight over the run."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "History of this weight")
        self.view = WeightHistoryView(source)
        self.add(self.view)

    def show_history(self, history: WeightHistory | None) -> None:
        self.set_empty(history is None)
        if history is not None:
            self.set_note(history.spacing)
            self.view.show_history(history)


class _ChangeSection(InspectorSection):
    """Hands on: drag the weight."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__(source, "Change it")
        self.field = NumberField(source, "weight", PARAMETER_RANGE, 0.0)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        self._name = TextLabel(source, "w", FontRole.BODY, "secondary")
        row.addWidget(self._name)
        row.addWidget(self.field)
        row.addStretch(1)
        self.add(whole)

    def show_weight(self, inspection: WeightInspection) -> None:
        self._name.setText("bias" if inspection.row == BIAS else "weight")
        is_number = inspection.value == inspection.value
        self.field.set_limits(PARAMETER_RANGE.holding(inspection.value) if is_number else PARAMETER_RANGE)
        self.field.set_value(inspection.value if is_number else 0.0)
