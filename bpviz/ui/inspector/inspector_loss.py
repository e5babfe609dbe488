"""The inspector's page of the loss: its formula with the numbers in it, its terms, its batch, its code."""

from PySide6.QtWidgets import QWidget

from bpviz.ui.inspector.formula_view import FormulaView
from bpviz.ui.inspector.inspector_map import MapSection
from bpviz.ui.inspector.inspector_page import InspectorPage
from bpviz.ui.inspector.inspector_section import InspectorSection, Words
from bpviz.ui.inspector.loss_terms_view import LossTermsView
from bpviz.ui.inspector.sample_bars_view import SampleBarsView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.inspection_loss import LossInspection
from bpviz.viewmodel.words.number_format import grouped


class LossPage(InspectorPage):
    """Shows a `LossInspection`."""

    def __init__(self, source: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.formula = FormulaView(source, 24.0)
        self.words = Words(source)
        self.terms = LossTermsView(source)
        self.rest = Words(source)
        self.batch_formula = FormulaView(source, 22.0)
        self.bars = SampleBarsView(source, is_loss=True)
        self.share = Words(source)
        self._sample = _section(source, "This sample", self.formula, self.words)
        self._terms = _section(source, "Its terms", self.terms, self.rest)
        self._batch = _section(source, "The batch", self.batch_formula, self.bars, self.share)
        self.map = MapSection(source)
        self.adopt(self._sample, self._terms, self._batch, self.map)
        self.bars.sample_selected.connect(self.sample_selected)

    def show_loss(self, inspection: LossInspection) -> None:
        """Show the loss of a sample and its batch."""
        self.formula.show_formula(inspection.formula)
        no_label = "This sample has no label, so it has no loss."
        self.words.say("" if inspection.formula is not None else no_label)
        self.terms.show_terms(inspection.terms, inspection.output_letter)
        self.rest.say(inspection.terms_note)
        count = len(inspection.batch.values)
        self._batch.set_note("1 sample" if count == 1 else f"{grouped(count)} samples, sorted")
        self.batch_formula.show_formula(inspection.batch_formula)
        self.bars.show_samples(inspection.batch)
        self.share.say(inspection.share_note)
        self.hints.show_hints(inspection.hints)
        self.code.show_code(inspection.code, inspection.phase)
        terms = [self._terms] if inspection.terms else []
        self.arrange(self._sample, *terms, self._batch, self.hints, self.code, self.map)


def _section(source: ThemeSource, heading: str, *widgets: QWidget) -> InspectorSection:
    section = InspectorSection(source, heading)
    for widget in widgets:
        section.add(widget)
    return section
