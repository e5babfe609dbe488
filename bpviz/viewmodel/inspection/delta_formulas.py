"""The formulas of δ with true numbers under their symbols.

Sources: Nielsen, *Neural Networks and Deep Learning*, ch. 2 (BP1-BP4); Bishop, *Pattern Recognition and
Machine Learning*, section 5.3 (output minus target).
"""

from dataclasses import dataclass

from bpviz.viewmodel.inspection.formula_model import Formula, Number, Symbol, maths
from bpviz.viewmodel.inspection.formulas import (
    DIGITS,
    delta_symbol,
    gradient,
    gradient_number,
    grid,
    op,
    output_letter,
    slope_atoms,
    target,
    value,
    value_cell,
)
from bpviz.viewmodel.words.number_format import MINUS, signed_significant, significant


def hidden_delta(j: int, delta: float, back_sum: float, slope: float) -> Formula:
    """Return δ_j = Σ_k w_jk δ_k · f′(z_j), the next layer's δ brought back through the weights."""
    back = maths(
        Symbol("Σ", is_upright=True),
        Symbol("w", sub=f"{j},k", tone="weight_positive_text"),
        Symbol("δ", sub="k", tone="gradient_positive_text"),
    )
    return grid(
        gradient(delta_symbol(j), delta),
        op("="),
        (back, gradient_number(back_sum)),
        op("·", "×"),
        value_cell(slope_atoms(j), slope),
    )


@dataclass(frozen=True, slots=True)
class OutputDelta:
    """The numbers the δ of one output is made of.

    Attributes
    ----------
    a, y
        The output and its target.
    delta
        ∂Lᵢ/∂z.
    slope
        f′(z), where the loss does not cancel it; None where it does, and for softmax.
    mean_difference
        Σ_j (p_j - y_j) p_j, for squared error on softmax alone.
    """

    index: int
    activation: str
    a: float
    y: float
    delta: float
    slope: float | None = None
    mean_difference: float | None = None


def output_delta(numbers: OutputDelta) -> Formula:
    """Return what this output's δ is made of: output minus target, and the slope where it counts."""
    k = numbers.index
    letter = output_letter(numbers.activation)
    a = value(Symbol(letter, sub=str(k), tone="activation_text"), numbers.a, "activation_text")
    y = target(k, numbers.y)
    left = (gradient(delta_symbol(k), numbers.delta), op("="))
    if numbers.mean_difference is not None:
        mean = maths(
            Symbol("Σ", is_upright=True), Symbol("g", sub="j"), Symbol("p", sub="j", tone="activation_text")
        )
        difference = (
            maths(Symbol("g", sub=str(k))),
            Number(signed_significant(numbers.a - numbers.y, DIGITS)),
        )
        total = Number(significant(abs(numbers.mean_difference), DIGITS))
        minus = op(MINUS, "+" if numbers.mean_difference < 0 else MINUS)
        return grid(*left, a, op("("), difference, minus, (mean, total), op(")"))
    if numbers.slope is None:
        return grid(*left, a, op(MINUS), y)
    slope = value_cell(slope_atoms(k), numbers.slope)
    return grid(*left, op("("), a, op(MINUS), y, op(")"), op("·", "×"), slope)
