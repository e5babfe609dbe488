"""The δ of one neuron taken apart: where it comes from, and how the engine scales it."""

from dataclasses import dataclass

import numpy as np

from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.inspection.delta_formulas import OutputDelta, hidden_delta, output_delta
from bpviz.viewmodel.inspection.formula_model import Formula
from bpviz.viewmodel.inspection.terms import TermSum, term_sum
from bpviz.viewmodel.network.part_names import layer_name, short_name
from bpviz.viewmodel.words.number_format import grouped, signed_significant


@dataclass(frozen=True, slots=True)
class DeltaInspection:
    """δ = ∂Lᵢ/∂z of one neuron for one sample.

    Attributes
    ----------
    value
        The engine's, for the sample alone (B·δᵢ).
    back
        Σ_k w_jk δ_k over the next layer; None for an output.
    slope
        f′(z) as it enters the formula; None where the loss cancels it.
    note
        What is added up, or "output minus target".
    scaling
        What the engine holds for this sample in its batch; empty if it is in none.
    """

    value: float
    formula: Formula
    note: str
    back: TermSum | None
    slope: float | None
    scaling: str


def inspect_delta(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> DeltaInspection | None:
    """Return the δ of a neuron, or None for a sample without a target."""
    if sample.delta is None or sample.target is None:
        return None
    value = float(sample.delta[layer][neuron])
    scaling = scaling_note(snapshot, sample, layer, neuron)
    if layer == snapshot.architecture.depth - 1:
        numbers = output_numbers(snapshot, sample, neuron)
        note = _output_note(snapshot, numbers)
        return DeltaInspection(value, output_delta(numbers), note, None, numbers.slope, scaling)
    back = back_sum(snapshot, sample, layer, neuron)
    slope = slope_of(snapshot, sample, layer, neuron)
    note = f"over {layer_name(snapshot.architecture, layer + 1, back.n_terms)}"
    return DeltaInspection(value, hidden_delta(neuron, value, back.total, slope), note, back, slope, scaling)


def back_sum(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> TermSum:
    """Return Σ_k w_jk δ_k: every path by which this neuron reaches the loss."""
    assert sample.delta is not None
    weights = snapshot.network().W[layer + 1][neuron]
    return term_sum(
        weights,
        sample.delta[layer + 1],
        lambda k: short_name(snapshot.architecture, layer + 1, k),
        n_listed=2,
    )


def slope_of(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> float:
    """Return f′(z) of a neuron by the engine's own formula, in float64; for softmax ∂a_k/∂z_k.

    A neuron that is switched off answers 0 whatever its sum is, so its slope is 0.
    """
    if (layer, neuron) in snapshot.switched_off:
        return 0.0
    z = np.array([[sample.z[layer][neuron]]], np.float64)
    a = np.array([[sample.a[layer][neuron]]], np.float64)
    return float(snapshot.network().activations[layer].derivative(z, a)[0, 0])


def output_numbers(snapshot: Snapshot, sample: SamplePass, neuron: int) -> OutputDelta:
    """Return what the δ of an output is made of; the sample must have a target."""
    assert sample.delta is not None
    assert sample.target is not None
    architecture = snapshot.architecture
    a = sample.output.astype(np.float64)
    y = sample.target.astype(np.float64)
    slope = mean = None
    if architecture.loss == "squared":
        if architecture.output_activation == "softmax":
            mean = float(((a - y) * a).sum())
        else:
            slope = slope_of(snapshot, sample, architecture.depth - 1, neuron)
    return OutputDelta(
        neuron,
        architecture.output_activation,
        float(a[neuron]),
        float(y[neuron]),
        float(sample.delta[-1][neuron]),
        slope,
        mean,
    )


def scaling_note(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> str:
    """Return how the engine's δ of this sample differs from the one shown: by 1/B, if it is in the batch."""
    row = row_in_batch(snapshot, sample)
    if row is None:
        return "This sample is not in the batch of this iteration."
    count = len(snapshot.batch.losses)
    if count == 1:
        return "A batch of one: the engine’s δ is the same."
    engine = float(snapshot.batch.delta[layer][row][neuron])
    return f"Shown is B·δ. The engine’s δ has 1/{grouped(count)} in it: {signed_significant(engine, 4)}."


def row_in_batch(snapshot: Snapshot, sample: SamplePass) -> int | None:
    """Return the place of the sample in the iteration's batch, None if it is not in it."""
    if sample.index is None:
        return None
    rows = np.flatnonzero(snapshot.batch.indices == sample.index)
    return int(rows[0]) if len(rows) else None


def _output_note(snapshot: Snapshot, numbers: OutputDelta) -> str:
    if numbers.mean_difference is not None:
        return "g = output minus target"
    return "output minus target" if numbers.slope is None else "difference × slope"
