"""The pieces formulas are made of, and the forward pass with true numbers under its symbols."""

from bpviz.viewmodel.inspection.formula_model import (
    Atom,
    Formula,
    Fraction,
    Maths,
    Number,
    Symbol,
    Tone,
    maths,
    sign,
    signed_tone,
)
from bpviz.viewmodel.inspection.number_columns import column, decimals_for
from bpviz.viewmodel.words.number_format import MINUS, signed_significant, significant, target_text

DIGITS = 4
"""Significant digits of the numbers in formulas."""

Pair = tuple[Maths, Number]
"""Symbols and the number under them."""


def grid(*pairs: Pair) -> Formula:
    """Return the formula of two rows, symbols over numbers."""
    return Formula((tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)))


def op(symbol: str, under: str | None = None) -> Pair:
    """Return an operator, repeated in the row of numbers."""
    return sign(symbol), Number(symbol if under is None else under)


def value(symbol: Atom, number: float, tone: Tone = "text") -> Pair:
    """Return a symbol over its number."""
    return maths(symbol), Number(significant(number, DIGITS), tone)


def target(k: int, y: float) -> Pair:
    """Return y_k, what output k should be, over its number."""
    return maths(Symbol("y", sub=str(k))), Number(target_text(y, DIGITS))


def gradient(symbol: Atom, number: float) -> Pair:
    """Return a gradient's symbol over its number, signed and in the colour of its sign."""
    return maths(symbol), gradient_number(number)


def gradient_number(number: float) -> Number:
    """Return a gradient as a cell: signed, in the colour of its sign."""
    return Number(signed_significant(number, DIGITS), signed_tone(number, "gradient"))


def output_letter(activation: str) -> str:
    """Return p for probabilities, else a."""
    return "p" if activation == "softmax" else "a"


def weighted_sum(j: int, z: float, total: float, bias: float, input_letter: str) -> Formula:
    """Return z_j = Σ w_i x_i + b, all three numbers with the same decimals."""
    decimals = decimals_for((z, total, bias), DIGITS)
    inputs: Tone = "text" if input_letter == "x" else "activation_text"
    terms = maths(
        Symbol("Σ", is_upright=True),
        Symbol("w", sub="i", tone="weight_positive_text"),
        Symbol(input_letter, sub="i", tone=inputs),
    )
    return grid(
        (maths(Symbol("z", sub=str(j))), Number(column(z, decimals))),
        op("="),
        (terms, Number(column(total, decimals))),
        op("+", MINUS if bias < 0 else "+"),
        (maths(Symbol("b", sub=str(j))), Number(column(abs(bias), decimals))),
    )


def activation_formula(name: str, j: int, z: float, a: float) -> Formula:
    """Return a_j = f(z_j) for a function of one sum alone."""
    inner = Symbol("z", sub=str(j))
    cell, number = _applied(name, inner, column(z, decimals_for((z,), DIGITS)))
    return grid(
        value(Symbol("a", sub=str(j), tone="activation_text"), a, "activation_text"), op("="), (cell, number)
    )


def softmax_formula(k: int, p: float, e_z: float, e_sum: float) -> Formula:
    """Return p_k = e^z_k / Σ_j e^z_j.

    Parameters
    ----------
    e_z, e_sum
        e to the power of this sum, and of all sums added up; both times any one factor.
    """
    share = Fraction(
        (Symbol("e", sup=f"z{_subscript(k)}"),), (Symbol("Σ", is_upright=True), Symbol("e", sup="zⱼ"))
    )
    number = Number(f"{significant(e_z, 3)} / {significant(e_sum, 3)}")
    return grid(
        value(Symbol("p", sub=str(k), tone="activation_text"), p, "activation_text"),
        op("="),
        (maths(share), number),
    )


def delta_symbol(j: int | str) -> Symbol:
    """Return δ_j."""
    return Symbol("δ", sub=str(j), tone="gradient_positive_text")


def slope_atoms(j: int) -> tuple[Atom, ...]:
    """Return f′(z_j)."""
    return (
        Symbol("f", sup="′"),
        Symbol("(", is_upright=True),
        Symbol("z", sub=str(j)),
        Symbol(")", is_upright=True),
    )


def value_cell(atoms: tuple[Atom, ...], number: float, tone: Tone = "text") -> Pair:
    """Return a row of atoms over a number."""
    return Maths(atoms), Number(significant(number, DIGITS), tone)


def partial(top: str, top_sub: str, bottom: str, bottom_sub: str = "", tone: Tone = "text") -> Fraction:
    """Return ∂top/∂bottom."""
    return Fraction(
        (Symbol("∂", tone=tone), Symbol(top, sub=top_sub, tone=tone)),
        (Symbol("∂", tone=tone), Symbol(bottom, sub=bottom_sub, tone=tone)),
    )


def _applied(name: str, inner: Symbol, number: str) -> Pair:
    """Return f(inner) with this function's own sign."""
    opening, closing = Symbol("(", is_upright=True), Symbol(")", is_upright=True)
    match name:
        case "identity":
            return maths(inner), Number(number)
        case "relu":
            return (
                maths(Symbol("max", is_upright=True), opening, Symbol("0,", is_upright=True), inner, closing),
                Number(f"max(0, {number})"),
            )
        case "leaky-relu":
            leak = Symbol("0.01", is_upright=True)
            comma = Symbol(",", is_upright=True)
            atoms = (Symbol("max", is_upright=True), opening, leak, inner, comma, inner, closing)
            return Maths(atoms), Number(f"max(0.01 × {number}, {number})")
    letter = Symbol("σ") if name == "sigmoid" else Symbol(name, is_upright=True)
    return maths(letter, opening, inner, closing), Number(f"{letter.text}({number})")


def _subscript(index: int) -> str:
    return "".join(chr(ord("₀") + int(digit)) for digit in str(index))
