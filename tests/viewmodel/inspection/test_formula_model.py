import pytest

from bpviz.errors import ShapeError
from bpviz.viewmodel.inspection.delta_formulas import OutputDelta, hidden_delta, output_delta
from bpviz.viewmodel.inspection.formula_model import Formula, Fraction, Number, Root, Symbol, maths, sign
from bpviz.viewmodel.inspection.formulas import softmax_formula, weighted_sum
from bpviz.viewmodel.inspection.loss_formulas import batch_loss, loss_term, sample_loss


def test_latex_puts_numbers_under_symbols() -> None:
    latex = weighted_sum(22, 1.7594, 2.0425, -0.2831, "x").latex
    assert latex == (
        "\\begin{array}{ccccc}\n"
        "z_{22} & = & \\sum w_{i} x_{i} & + & b_{22} \\\\\n"
        "1.759 & = & 2.042 & - & 0.283\n"
        "\\end{array}"
    )


def test_text_puts_numbers_below_symbols() -> None:
    assert weighted_sum(22, 1.7594, 2.0425, -0.2831, "x").text == (
        "z_22 = Σ w_i x_i + b_22\n1.759 = 2.042 − 0.283"
    )


def test_fractions_and_roots_are_written_in_both() -> None:
    fraction = Fraction((Symbol("∂"), Symbol("L")), (Symbol("∂"), Symbol("w")))
    root = Fraction((Symbol("m", has_hat=True),), (Root((Symbol("v"),)), sign("+").atoms[0], Symbol("ε")))
    formula = Formula(((maths(fraction), sign("="), maths(root)),))
    assert formula.latex == r"\frac{\partial L}{\partial w} = \frac{\hat{m}}{\sqrt{v} + \varepsilon}"
    assert formula.text == "∂L/∂w = m̂/(√(v) + ε)"


def test_powers_of_ten_are_written_as_such() -> None:
    formula = Formula(((Number("7.4e−5"),),))
    assert formula.latex == r"7.4 \times 10^{-5}"
    assert formula.text == "7.4e−5"


def test_primes_and_indices_of_indices_are_latex() -> None:
    assert r"f' ( z_{3} )" in hidden_delta(3, 0.1, 0.2, 0.5).latex
    assert r"\frac{e^{z_{7}}}{\sum e^{z_{j}}}" in softmax_formula(7, 0.5, 1.0, 2.0).latex


@pytest.mark.parametrize(
    "formula",
    [
        loss_term("log", 3, 0.4, 0.0, 0.5),
        loss_term("squared", 3, 0.4, 0.0, 0.08),
        loss_term("cross-entropy", 3, 0.4, 1.0, 0.9),
        sample_loss("log", 1.0, [0.5, 0.5], [0.5, 0.5], [1.0, 0.0]),
        batch_loss(0.3, 3.0, 10),
        output_delta(OutputDelta(2, "softmax", 0.3, 1.0, -0.7)),
        output_delta(OutputDelta(2, "softmax", 0.3, 1.0, -0.7, None, -0.2)),
    ],
)
def test_latex_is_plain_ascii(formula: Formula) -> None:
    assert formula.latex.isascii(), formula.latex
    assert formula.latex.count("{") == formula.latex.count("}")


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(ShapeError, match=r"rows have \[1, 2\] cells"):
        Formula(((Number("1"),), (Number("1"), Number("2"))))
