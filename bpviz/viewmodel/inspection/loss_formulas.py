"""The formulas of the loss with true numbers in them: an output's term, the sample's and the batch's loss."""

from bpviz.viewmodel.inspection.formula_model import (
    Atom,
    Formula,
    Fraction,
    Maths,
    Number,
    Symbol,
    Tone,
    maths,
)
from bpviz.viewmodel.inspection.formulas import DIGITS, Pair, grid, op, target, value
from bpviz.viewmodel.words.number_format import MINUS, significant

_ERROR: Tone = "error_text"


def loss_term(name: str, k: int, a: float, y: float, term: float) -> Formula:
    """Return the formula of the term output `k` adds to its sample's loss.

    Parameters
    ----------
    name
        The loss function.
    a, y
        The output and its target.
    term
        The term's value.
    """
    left = (value(Symbol("L", sub=f"i,{k}", tone=_ERROR), term, _ERROR), op("="))
    return grid(*left, *_term(name, k, a, y))


def _term(name: str, k: int, a: float, y: float) -> tuple[Pair, ...]:
    match name:
        case "squared":
            return _squared_term(k, a, y)
        case "log":
            return _log_term(k, a, y)
    logarithm = maths(_upright("log"), _output("p", str(k)))
    return op(MINUS), target(k, y), op("·", "×"), (logarithm, Number(f"log {significant(a, DIGITS)}"))


def sample_loss(
    name: str, loss: float, outputs: list[float], terms: list[float], targets: list[float]
) -> Formula:
    """Return the formula of a sample's loss over all outputs.

    Parameters
    ----------
    outputs, terms
        Each output and what it adds to the loss.
    targets
        What each output should be.
    """
    left = (value(Symbol("L", sub="i", tone=_ERROR), loss, _ERROR), op("="))
    if len(outputs) == 1:
        return grid(*left, *_term(name, 0, outputs[0], targets[0]))
    label = targets.index(max(targets))
    match name:
        case "squared":
            return grid(*left, op("½", "½"), op("·", "×"), _squares(2.0 * sum(terms)))
        case "log":
            return grid(*left, *_log_terms(terms, label))
    logarithm = maths(_upright("log"), _output("p", str(label)))
    return grid(*left, op(MINUS), (logarithm, Number(f"log {significant(outputs[label], DIGITS)}")))


def batch_loss(mean: float, total: float, count: int) -> Formula:
    """Return L = 1/B Σ L_i, the batch's loss."""
    share = maths(Fraction((_upright("1"),), (Symbol("B"),)))
    return grid(
        value(Symbol("L", tone=_ERROR), mean, _ERROR),
        op("="),
        (share, Number(f"1/{count}")),
        op("·", "×"),
        (maths(_upright("Σ"), Symbol("L", sub="i", tone=_ERROR)), Number(significant(total, DIGITS))),
    )


def _upright(text: str, sup: str = "", sub: str = "") -> Symbol:
    return Symbol(text, sub, sup, is_upright=True)


def _output(letter: str, index: str) -> Symbol:
    return Symbol(letter, sub=index, tone="activation_text")


def _squared_term(k: int, a: float, y: float) -> tuple[Pair, ...]:
    return (
        op("½ (", "½ ("),
        value(_output("a", str(k)), a, "activation_text"),
        op(MINUS),
        target(k, y),
        (Maths((_upright(")", "2"),)), Number(")²")),
    )


def _squares(total: float) -> Pair:
    atoms: tuple[Atom, ...] = (
        _upright("Σ"),
        _upright("("),
        _output("a", "k"),
        _upright(MINUS),
        Symbol("y", sub="k"),
        _upright(")", "2"),
    )
    return Maths(atoms), Number(significant(total, DIGITS))


def _log_term(k: int, a: float, y: float) -> tuple[Pair, ...]:
    output, number = _output("a", str(k)), significant(a, DIGITS)
    if y >= 0.5:
        return op(MINUS), (maths(_upright("log"), output), Number(f"log {number}"))
    atoms = (_upright("log"), _upright("("), _upright("1"), _upright(MINUS), output, _upright(")"))
    return op(MINUS), (Maths(atoms), Number(f"log(1 {MINUS} {number})"))


def _log_terms(terms: list[float], label: int) -> tuple[Pair, ...]:
    wanted = maths(_upright("log"), _output("a", str(label)))
    others: tuple[Atom, ...] = (
        _upright("Σ", sub=f"k≠{label}"),
        _upright("log"),
        _upright("("),
        _upright("1"),
        _upright(MINUS),
        _output("a", "k"),
        _upright(")"),
    )
    return (
        op(MINUS, ""),
        (wanted, Number(significant(terms[label], DIGITS))),
        op(MINUS, "+"),
        (Maths(others), Number(significant(sum(terms) - terms[label], DIGITS))),
    )
