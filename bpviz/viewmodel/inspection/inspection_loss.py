"""Everything about the loss: the formula with the numbers in it, its terms, and the batch around it."""

from dataclasses import dataclass

import numpy as np

from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.inspection.code_lines import CodeListing, loss_lines
from bpviz.viewmodel.inspection.formula_model import Formula
from bpviz.viewmodel.inspection.formulas import output_letter
from bpviz.viewmodel.inspection.inspection_delta import row_in_batch
from bpviz.viewmodel.inspection.inspection_output import loss_terms
from bpviz.viewmodel.inspection.loss_formulas import batch_loss, sample_loss
from bpviz.viewmodel.inspection.sample_gradients import SortedSamples, sample_losses
from bpviz.viewmodel.inspection.saturation import gradient_hints, layer_hints
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import grouped, percent

LOSS_NAMES = {"squared": "squared error", "log": "log loss", "cross-entropy": "cross-entropy"}

_MOST_OUTPUTS = 10


@dataclass(frozen=True, slots=True)
class OutputTerm:
    """One output's part in the loss: what it is, what it should be, what the difference costs."""

    index: int
    a: float
    target: float
    term: float


@dataclass(frozen=True, slots=True)
class LossInspection:
    """The loss of one sample and of its batch.

    Attributes
    ----------
    loss
        The sample's; None without a target, and then `formula` is None too.
    terms
        The outputs, in order; where there are more than ten, those with the largest terms.
    terms_note
        How many outputs are not listed, and what they add up to.
    share_note
        The sample's share of the batch's loss; says so if it is not in the batch.
    """

    title: str
    subtitle: str
    phase: Phase
    loss: float | None
    formula: Formula | None
    output_letter: str
    terms: tuple[OutputTerm, ...]
    terms_note: str
    batch_formula: Formula
    batch: SortedSamples
    share_note: str
    hints: tuple[str, ...]
    code: CodeListing


def inspect_loss(snapshot: Snapshot, sample: SamplePass, phase: Phase = Phase.LOSS) -> LossInspection:
    """Return everything about the loss of this sample and its batch."""
    architecture, batch = snapshot.architecture, snapshot.batch
    count = len(batch.losses)
    losses = sample_losses(snapshot, sample)
    terms = _terms(snapshot, sample)
    listed = _listed(terms)
    return LossInspection(
        title="Loss",
        subtitle=LOSS_NAMES[architecture.loss],
        phase=phase,
        loss=sample.loss,
        formula=_formula(snapshot, sample, terms),
        output_letter=output_letter(architecture.output_activation),
        terms=listed,
        terms_note=_rest_note(terms, listed),
        batch_formula=batch_loss(losses.mean, losses.mean * count, count),
        batch=losses,
        share_note=_share_note(snapshot, sample, losses),
        hints=_hints(snapshot, sample),
        code=loss_lines(architecture, count),
    )


def _terms(snapshot: Snapshot, sample: SamplePass) -> tuple[OutputTerm, ...]:
    if sample.target is None:
        return ()
    values = loss_terms(snapshot.network(), sample).tolist()
    return tuple(
        OutputTerm(k, a, y, term)
        for k, (a, y, term) in enumerate(
            zip(sample.output.tolist(), sample.target.tolist(), values, strict=True)
        )
    )


def _listed(terms: tuple[OutputTerm, ...]) -> tuple[OutputTerm, ...]:
    if len(terms) <= _MOST_OUTPUTS:
        return terms
    largest = sorted(terms, key=lambda term: -abs(term.term))[:_MOST_OUTPUTS]
    return tuple(sorted(largest, key=lambda term: term.index))


def _rest_note(terms: tuple[OutputTerm, ...], listed: tuple[OutputTerm, ...]) -> str:
    hidden = len(terms) - len(listed)
    return f"{grouped(hidden)} smaller terms not listed" if hidden else ""


def _formula(snapshot: Snapshot, sample: SamplePass, terms: tuple[OutputTerm, ...]) -> Formula | None:
    if sample.target is None or sample.loss is None:
        return None
    return sample_loss(
        snapshot.architecture.loss,
        sample.loss,
        [term.a for term in terms],
        [term.term for term in terms],
        [term.target for term in terms],
    )


def _share_note(snapshot: Snapshot, sample: SamplePass, losses: SortedSamples) -> str:
    if row_in_batch(snapshot, sample) is None:
        return "This sample is not in the batch of this iteration."
    if sample.loss is None:
        return ""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = float(np.float64(sample.loss) / (losses.mean * len(losses.values)))
    if not np.isfinite(share):
        return ""
    return f"This sample makes {percent(share)} of the batch’s loss."


def _hints(snapshot: Snapshot, sample: SamplePass) -> tuple[str, ...]:
    depth = snapshot.architecture.depth
    layers = (hint for layer in range(depth - 1) for hint in layer_hints(snapshot, sample, layer))
    finite = (
        () if np.isfinite(sample.output).all() else ("An output is not a number: training has diverged.",)
    )
    return (*finite, *gradient_hints(snapshot), *layers)
