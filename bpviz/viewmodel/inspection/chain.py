"""The chain rule from one weight to the loss: factors in columns, and every path that is summed.

Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2 (BP2 and BP4).
"""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.training.snapshot import SamplePass, Snapshot
from bpviz.viewmodel.inspection.formula_model import (
    Atom,
    Cell,
    Formula,
    Maths,
    Name,
    Number,
    Symbol,
    maths,
    sign,
)
from bpviz.viewmodel.inspection.formulas import DIGITS, delta_symbol, gradient_number, partial, slope_atoms
from bpviz.viewmodel.inspection.inspection_delta import back_sum, output_numbers, slope_of
from bpviz.viewmodel.inspection.terms import TermSum
from bpviz.viewmodel.network.part_names import layer_name, short_name, source_name
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.words.number_format import MINUS, significant


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the chain: its fraction, its symbol, its name in words and its number."""

    fraction: tuple[Atom, ...]
    symbol: tuple[Atom, ...]
    name: str
    number: Number
    value: float


@dataclass(frozen=True, slots=True)
class Chain:
    """∂Lᵢ/∂w of one weight as a product.

    Attributes
    ----------
    gradient
        The engine's aᵢ·δ for this sample.
    formula
        Fractions, symbols, names and numbers in rows.
    factors
        From the weight to the loss; their product is `gradient` up to float32.
    paths
        Σ_k w_jk δ_k, for a weight that does not lead to an output; else None.
    vectors
        δ⁽ˡ⁾ = (δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ f′(z⁽ˡ⁾) with some rows of the true vectors; else None.
    """

    gradient: float
    formula: Formula
    factors: tuple[Factor, ...]
    paths: TermSum | None
    vectors: Formula | None


def chain_of(snapshot: Snapshot, sample: SamplePass, layer: int, row: int, target: int) -> Chain | None:
    """Return the chain from a weight (row BIAS: a bias) to this sample's loss; None without a label."""
    if sample.delta is None:
        return None
    fed = feed_of(sample, layer, row)
    gradient = fed * float(sample.delta[layer][target])
    factors = (
        _feed_factor(snapshot, layer, row, target, fed),
        *_delta_factors(snapshot, sample, layer, target),
    )
    is_last = layer == snapshot.architecture.depth - 1
    return Chain(
        gradient=gradient,
        formula=_formula(row, gradient, factors),
        factors=factors,
        paths=None if is_last else back_sum(snapshot, sample, layer, target),
        vectors=None if is_last else delta_vectors(snapshot, sample, layer, target),
    )


def feed_of(sample: SamplePass, layer: int, row: int) -> float:
    """Return the number a weight is multiplied with; 1 for a bias."""
    if row == BIAS:
        return 1.0
    return float(sample.x[row] if layer == 0 else sample.a[layer - 1][row])


def delta_vectors(snapshot: Snapshot, sample: SamplePass, layer: int, neuron: int) -> Formula:
    """Return the layer's δ as the engine computes it, whole vectors at once, with a few of their rows.

    The rows are the first neuron, its neighbour, `neuron` and the last one.
    """
    assert sample.delta is not None
    delta = sample.delta[layer].astype(np.float64)
    network = snapshot.network()
    with np.errstate(invalid="ignore", over="ignore"):
        back = network.W[layer + 1].astype(np.float64) @ sample.delta[layer + 1].astype(np.float64)
    z, a = (values[layer].astype(np.float64)[None] for values in (sample.z, sample.a))
    slope = network.activations[layer].derivative(z, a)[0]
    slope[[off for where, off in snapshot.switched_off if where == layer]] = 0.0
    shown = sorted({0, 1 % len(delta), neuron, len(delta) - 1})
    return Formula((_vector_heads(layer + 1), *_vector_rows((delta, back, slope), shown, neuron)))


def _vector_heads(own: int) -> tuple[Cell, ...]:
    after = f"({own + 1})"
    product = (
        Symbol("(", is_upright=True),
        Symbol("δ", sup=after, tone="gradient_positive_text"),
        Symbol("W", sup=f"{after}T", tone="weight_positive_text"),
        Symbol(")", is_upright=True),
    )
    slope = (
        Symbol("f", sup="′"),
        Symbol("(", is_upright=True),
        Symbol("z", sup=f"({own})"),
        Symbol(")", is_upright=True),
    )
    delta = Symbol("δ", sup=f"({own})", tone="gradient_positive_text")
    return (None, maths(delta), sign("="), Maths(product), sign("⊙"), Maths(slope))


def _vector_rows(
    vectors: tuple[FloatArray, FloatArray, FloatArray], shown: list[int], neuron: int
) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for place, index in enumerate(shown):
        if place and index != shown[place - 1] + 1:
            rows.append((None, Number("⋮"), None, Number("⋮"), None, Number("⋮")))
        label: Cell = Number(f"{index}") if index == neuron else Name(f"{index}")
        # Sizes differ by powers of ten from row to row: each has digits of its own.
        delta, back = (gradient_number(float(vector[index])) for vector in vectors[:2])
        slope = Number(significant(float(vectors[2][index]), DIGITS))
        rows.append((label, delta, Number("="), back, Number("×"), slope))
    return tuple(rows)


def _feed_factor(snapshot: Snapshot, layer: int, row: int, target: int, fed: float) -> Factor:
    fraction = partial("z", str(target), "b" if row == BIAS else "w")
    number = Number(significant(fed, DIGITS), "text" if layer == 0 or row == BIAS else "activation_text")
    if row == BIAS:
        return Factor((fraction,), (Symbol("1", is_upright=True),), "the constant", number, fed)
    letter = Symbol("x", sub=str(row)) if layer == 0 else Symbol("a", sub=str(row), tone="activation_text")
    return Factor((fraction,), (letter,), source_name(snapshot.architecture, layer, row), number, fed)


def _delta_factors(snapshot: Snapshot, sample: SamplePass, layer: int, target: int) -> tuple[Factor, ...]:
    assert sample.delta is not None
    delta = float(sample.delta[layer][target])
    if layer < snapshot.architecture.depth - 1:
        return _hidden_factors(snapshot, sample, layer, target)
    numbers = output_numbers(snapshot, sample, target)
    if numbers.slope is None:
        fraction = partial("L", "i", "z", str(target))
        return (
            Factor(
                (fraction,),
                (delta_symbol(target),),
                f"δ of {short_name(snapshot.architecture, layer, target)}",
                gradient_number(delta),
                delta,
            ),
        )
    difference = numbers.a - numbers.y
    symbols = (
        Symbol("a", sub=str(target), tone="activation_text"),
        Symbol(MINUS, is_upright=True),
        Symbol("y", sub=str(target)),
    )
    return (
        _slope_factor(target, numbers.slope),
        Factor(
            (partial("L", "i", "a", str(target)),),
            symbols,
            "difference",
            gradient_number(difference),
            difference,
        ),
    )


def _hidden_factors(snapshot: Snapshot, sample: SamplePass, layer: int, target: int) -> tuple[Factor, ...]:
    back = back_sum(snapshot, sample, layer, target)
    symbols = (
        Symbol("Σ", is_upright=True),
        Symbol("w", sub="k", tone="weight_positive_text"),
        Symbol("δ", sub="k", tone="gradient_positive_text"),
    )
    name = f"from {layer_name(snapshot.architecture, layer + 1, back.n_terms)}"
    return (
        _slope_factor(target, slope_of(snapshot, sample, layer, target)),
        Factor(
            (partial("L", "i", "a", str(target)),), symbols, name, gradient_number(back.total), back.total
        ),
    )


def _slope_factor(target: int, slope: float) -> Factor:
    fraction = partial("a", str(target), "z", str(target))
    return Factor((fraction,), slope_atoms(target), "slope", Number(significant(slope, DIGITS)), slope)


def _formula(row: int, gradient: float, factors: tuple[Factor, ...]) -> Formula:
    """Return fractions over symbols over names over numbers, one column a factor."""
    whole = partial("L", "i", "b" if row == BIAS else "w")
    fractions: list[Cell] = [maths(whole)]
    symbols: list[Cell] = [None]
    names: list[Cell] = [Name("gradient")]
    numbers: list[Cell] = [gradient_number(gradient)]
    for place, factor in enumerate(factors):
        between = "·" if place else "="
        fractions += [sign(between), Maths(factor.fraction)]
        symbols += [sign(between), Maths(factor.symbol)]
        names += [None, Name(factor.name)]
        numbers += [Number("×" if place else "="), factor.number]
    return Formula((tuple(fractions), tuple(symbols), tuple(names), tuple(numbers)))
