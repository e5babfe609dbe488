"""Everything about one neuron for one sample: its sum, its activation, its δ, each number true.

Factors are the engine's own float32 numbers; products and sums of them are made in float64.
"""

from dataclasses import dataclass

import numpy as np

from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.inspection.activation_curve import ActivationCurve, activation_curve
from bpviz.viewmodel.inspection.code_lines import (
    CodeListing,
    backward_lines,
    forward_lines,
    loss_lines,
    update_lines,
)
from bpviz.viewmodel.inspection.formula_model import Formula, Symbol
from bpviz.viewmodel.inspection.formulas import (
    activation_formula,
    grid,
    op,
    softmax_formula,
    value,
    weighted_sum,
)
from bpviz.viewmodel.inspection.gradient_check import CheckRequest
from bpviz.viewmodel.inspection.inspection_delta import DeltaInspection, inspect_delta, slope_of
from bpviz.viewmodel.inspection.saturation import neuron_hints
from bpviz.viewmodel.inspection.terms import TermSum, term_sum
from bpviz.viewmodel.network.part_names import (
    activation_name,
    feed_name,
    image_side,
    neuron_name,
    source_name,
)
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.network.weight_pictures import SmallPicture, pictures_for
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import grouped

_LARGEST_POWER = 700.0


@dataclass(frozen=True, slots=True)
class NeuronInspection:
    """One neuron, one sample, one iteration.

    Attributes
    ----------
    phase
        Decides what comes first; before BACKWARD δ is not known yet.
    layer, neuron
        Weight layer from 0, and the neuron in it.
    terms
        Σ w·a, without the bias.
    z, a, slope
        The engine's own sum and activation, and f′(z).
    sum_note
        How many inputs count.
    feed_names
        What the two factors of a term are called.
    delta
        None for a sample without a label.
    code
        None where the optimiser's rule is not recorded.
    """

    title: str
    subtitle: str
    phase: Phase
    layer: int
    neuron: int
    is_on: bool
    is_output: bool
    pictures: tuple[SmallPicture, ...]
    terms: TermSum
    bias: float
    z: float
    a: float
    slope: float
    sum_formula: Formula
    sum_note: str
    feed_names: tuple[str, str]
    activation_formula: Formula
    activation_note: str
    curve: ActivationCurve
    delta: DeltaInspection | None
    check: CheckRequest
    hints: tuple[str, ...]
    code: CodeListing | None


def inspect_neuron(
    snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int, phase: Phase = Phase.FORWARD
) -> NeuronInspection:
    """Return everything about neuron `neuron` of weight layer `layer` for this sample."""
    architecture, network = snapshot.architecture, snapshot.network()
    name = architecture.activation_of(layer)
    z, a = float(sample.z[layer][neuron]), float(sample.a[layer][neuron])
    bias = float(network.b[layer][neuron])
    terms = weight_terms(snapshot, sample, layer, neuron)
    slope = slope_of(snapshot, sample, layer, neuron)
    is_on = (layer, neuron) not in snapshot.switched_off
    others = np.delete(sample.z[layer], neuron)
    return NeuronInspection(
        title=neuron_name(architecture, layer, neuron),
        subtitle=activation_name(name),
        phase=phase,
        layer=layer,
        neuron=neuron,
        is_on=is_on,
        is_output=layer == architecture.depth - 1,
        pictures=pictures_for(snapshot, sample, neuron, phase) if layer == 0 else (),
        terms=terms,
        bias=bias,
        z=z,
        a=a,
        slope=slope,
        sum_formula=weighted_sum(neuron, z, terms.total, bias, "x" if layer == 0 else "a"),
        sum_note=_sum_note(snapshot, layer, terms),
        feed_names=("pixel" if image_side(architecture) else "input", "weight")
        if layer == 0
        else ("a", "weight"),
        activation_formula=_activation(snapshot, sample, layer, neuron),
        activation_note=_activation_note(name, is_on),
        curve=activation_curve(name, z, a, slope, others),
        delta=inspect_delta(snapshot, sample, layer, neuron),
        check=CheckRequest(layer, BIAS, neuron),
        hints=neuron_hints(snapshot, sample, layer, neuron),
        code=neuron_code(snapshot, layer, phase),
    )


def weight_terms(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> TermSum:
    """Return Σ w·a of a neuron over what it is fed."""
    architecture = snapshot.architecture
    fed = sample.x if layer == 0 else sample.a[layer - 1]
    weights = snapshot.network().W[layer][:, neuron]
    return term_sum(fed, weights, lambda row: source_name(architecture, layer, row))


def neuron_code(snapshot: Snapshot, layer: int, phase: Phase) -> CodeListing | None:
    """Return the lines that compute what is looked at in this phase."""
    architecture, batch = snapshot.architecture, len(snapshot.batch.losses)
    if phase is Phase.BACKWARD:
        return backward_lines(architecture, batch, layer, None)
    if phase is Phase.LOSS:
        return loss_lines(architecture, batch)
    if phase is Phase.UPDATE:
        optimizer = snapshot.optimizer
        return None if optimizer is None else update_lines(architecture, layer, None, optimizer.name)
    return forward_lines(architecture, batch, layer)


def _sum_note(snapshot: Snapshot, layer: int, terms: TermSum) -> str:
    if layer == 0 and image_side(snapshot.architecture):
        return f"{grouped(terms.n_nonzero)} pixels with ink"
    return f"over {feed_name(snapshot.architecture, layer)}"


def _activation_note(name: str, is_on: bool) -> str:
    if not is_on:
        return "switched off"
    return "the other sums held" if name == "softmax" else ""


def _activation(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> Formula:
    name = snapshot.architecture.activation_of(layer)
    if (layer, neuron) in snapshot.switched_off:
        return grid(
            value(Symbol("a", sub=str(neuron), tone="activation_text"), float(sample.a[layer][neuron])),
            op("="),
            op("0"),
        )
    z, a = sample.z[layer].astype(np.float64), float(sample.a[layer][neuron])
    if name != "softmax":
        return activation_formula(name, neuron, float(z[neuron]), a)
    # Beyond e^700 no float64 can follow; the same factor in both leaves the share as it is.
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(z if z.max() < _LARGEST_POWER else z - z.max())
    return softmax_formula(neuron, a, float(powers[neuron]), float(powers.sum()))
