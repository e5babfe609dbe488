"""Everything about one output: the neuron itself, its target, its share of the loss, its δ."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.network import Network
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.inspection.formula_model import Formula
from bpviz.viewmodel.inspection.inspection_neuron import NeuronInspection, inspect_neuron
from bpviz.viewmodel.inspection.loss_formulas import loss_term
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import percent


@dataclass(frozen=True, slots=True)
class OutputInspection:
    """One output neuron with what the loss makes of it.

    Attributes
    ----------
    neuron
        Its sum, activation and δ.
    target
        What it should be: for classes 1 for the sample's, else 0; None where nobody knows, and then the rest
        is None too.
    term
        What this output adds to the sample's loss, in float64.
    term_formula
        The term with its numbers.
    term_note
        The term's share of the loss.
    """

    neuron: NeuronInspection
    target: float | None
    term: float | None
    term_formula: Formula | None
    term_note: str


def inspect_output(
    snapshot: Snapshot, sample: SamplePass, index: int, phase: Phase = Phase.FORWARD
) -> OutputInspection:
    """Return everything about output `index` for this sample."""
    architecture = snapshot.architecture
    neuron = inspect_neuron(snapshot, sample, architecture.depth - 1, index, phase)
    if sample.target is None:
        return OutputInspection(neuron, None, None, None, "")
    terms = loss_terms(snapshot.network(), sample)
    target, term = float(sample.target[index]), float(terms[index])
    formula = loss_term(architecture.loss, index, neuron.a, target, term)
    total = float(terms.sum())
    note = f"{percent(term / total)} of the loss" if np.isfinite(total) and total > 0 else ""
    return OutputInspection(neuron, target, term, formula, note)


def loss_terms(network: Network, sample: SamplePass) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what each output adds to the sample's loss, shape (n_out,): the engine's formula in float64."""
    assert sample.target is not None
    z, a = sample.z[-1].astype(np.float64)[None], sample.output.astype(np.float64)[None]
    Y = sample.target.astype(np.float64)[None]
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(network.loss_function.per_output(z, a, Y)[0], np.float64)
