"""Everything about one weight or bias: its chain to the loss, its batch, its step, its history."""

from dataclasses import dataclass

from bpviz.nn.arrays import FloatArray, IndexArray
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.inspection.chain import Chain, chain_of, feed_of
from bpviz.viewmodel.inspection.code_lines import CodeListing, backward_lines, forward_lines, update_lines
from bpviz.viewmodel.inspection.delta_formulas import output_delta
from bpviz.viewmodel.inspection.formula_model import Formula, Maths, Symbol, sign
from bpviz.viewmodel.inspection.formulas import gradient_number, partial
from bpviz.viewmodel.inspection.gradient_check import CheckRequest, flat_index
from bpviz.viewmodel.inspection.inspection_delta import output_numbers, scaling_note
from bpviz.viewmodel.inspection.optimizer_step import StepInspection, inspect_step
from bpviz.viewmodel.inspection.sample_gradients import SortedSamples, sample_gradients
from bpviz.viewmodel.inspection.saturation import gradient_hints, neuron_hints
from bpviz.viewmodel.network.part_names import weight_name
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.run.phases import Phase


@dataclass(frozen=True, slots=True)
class WeightHistory:
    """A weight's value over the run.

    Attributes
    ----------
    iterations, values
        Where it is known, both of shape (n,), iterations increasing.
    spacing
        How they were taken, in words: ``every 500 iterations``.
    """

    iterations: IndexArray
    values: FloatArray
    spacing: str


@dataclass(frozen=True, slots=True)
class WeightInspection:
    """One weight, one sample, one iteration.

    Attributes
    ----------
    layer, row, column
        Its place: weight layer from 0, from neuron `row` (BIAS: the bias) to neuron `column`.
    value
        Before this iteration's update.
    chain
        None for a sample without a label.
    delta_formula
        What the δ of an output is made of where the loss cancels the slope; else None.
    scaling
        How the engine's δ differs from the sample's.
    batch_formula
        ∂L/∂w = Σᵢ aᵢδᵢ with its number.
    code
        None where the optimiser's rule is not recorded.
    """

    title: str
    phase: Phase
    layer: int
    row: int
    column: int
    value: float
    chain: Chain | None
    delta_formula: Formula | None
    scaling: str
    batch_formula: Formula
    batch: SortedSamples
    step: StepInspection
    history: WeightHistory | None
    check: CheckRequest
    batch_check: CheckRequest
    hints: tuple[str, ...]
    code: CodeListing | None


@dataclass(frozen=True, slots=True)
class WeightPlace:
    """Weight of weight layer `layer` from neuron `row` (BIAS: the constant 1) to neuron `column`."""

    layer: int
    row: int
    column: int


def inspect_weight(
    snapshot: Snapshot,
    sample: SamplePass,
    place: WeightPlace,
    phase: Phase = Phase.BACKWARD,
    history: WeightHistory | None = None,
) -> WeightInspection:
    """Return everything about one weight or bias."""
    layer, row, column = place.layer, place.row, place.column
    architecture = snapshot.architecture
    batch = sample_gradients(snapshot, sample, layer, row, column)
    has_delta = sample.delta is not None
    return WeightInspection(
        title=weight_name(architecture, layer, row, column),
        phase=phase,
        layer=layer,
        row=row,
        column=column,
        value=float(snapshot.parameters[flat_index(architecture.layers, layer, row, column)]),
        chain=chain_of(snapshot, sample, layer, row, column),
        delta_formula=_delta_formula(snapshot, sample, layer, column),
        scaling=scaling_note(snapshot, sample, layer, column) if has_delta else "",
        batch_formula=_batch_formula(place, batch.mean, is_all=not (snapshot.l1 or snapshot.l2)),
        batch=batch,
        step=inspect_step(snapshot, layer, row, column, batch.mean),
        history=history,
        check=CheckRequest(layer, row, column),
        batch_check=CheckRequest(layer, row, column, of_batch=True),
        hints=_hints(snapshot, sample, place),
        code=_code(snapshot, place, phase),
    )


def _delta_formula(snapshot: Snapshot, sample: SamplePass, layer: int, column: int) -> Formula | None:
    if sample.delta is None or layer < snapshot.architecture.depth - 1:
        return None
    numbers = output_numbers(snapshot, sample, column)
    return None if numbers.slope is not None else output_delta(numbers)


def _batch_formula(place: WeightPlace, mean: float, is_all: bool) -> Formula:
    """Return ∂L/∂w = Σ_i a_i δ_i as the engine adds it up, δ with its 1/B.

    Parameters
    ----------
    is_all
        Whether this is already the g of the optimiser's step: no penalty adds to it.
    """
    fed = Symbol("x", sub="i") if place.layer == 0 else Symbol("a", sub="i", tone="activation_text")
    inner = () if place.row == BIAS else (fed,)
    delta = Symbol("δ", sub="i", tone="gradient_positive_text")
    ratio = partial("L", "", "b" if place.row == BIAS else "w")
    whole = (Symbol("g"), Symbol("=", is_upright=True), ratio) if is_all else (ratio,)
    total = Maths((Symbol("Σ", sub="i", is_upright=True), *inner, delta))
    return Formula(((Maths(whole), sign("="), total), (gradient_number(mean), None, None)))


def _hints(snapshot: Snapshot, sample: SamplePass, place: WeightPlace) -> tuple[str, ...]:
    hints: list[str] = []
    if sample.delta is None:
        hints.append("This sample has no label, so it has no loss and no gradient.")
    elif place.row != BIAS and feed_of(sample, place.layer, place.row) == 0.0:
        what = "pixel is black" if place.layer == 0 else "neuron before it answers 0"
        hints.append(f"The {what}, so this sample has no say in this weight.")
    hints += neuron_hints(snapshot, sample, place.layer, place.column)
    return (*hints, *gradient_hints(snapshot))


def _code(snapshot: Snapshot, place: WeightPlace, phase: Phase) -> CodeListing | None:
    architecture, batch = snapshot.architecture, len(snapshot.batch.losses)
    if phase is Phase.UPDATE:
        optimizer = snapshot.optimizer
        return (
            None if optimizer is None else update_lines(architecture, place.layer, place.row, optimizer.name)
        )
    if phase is Phase.FORWARD:
        return forward_lines(architecture, batch, place.layer, lights_sum=True)
    return backward_lines(architecture, batch, place.layer, place.row)
