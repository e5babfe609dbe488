"""The optimiser's step of one weight written out with its real state.

Sources: `bpviz.nn.optimizers`, whose rules are those of `torch.optim`; Kingma and Ba 2015 for Adam.
"""

from dataclasses import dataclass

from bpviz.nn.optimizers import Adam, RmsProp
from bpviz.training.snapshot import OptimizerView, Snapshot
from bpviz.viewmodel.inspection.formula_model import (
    Atom,
    Formula,
    Fraction,
    Maths,
    Number,
    Root,
    Symbol,
    maths,
)
from bpviz.viewmodel.inspection.formulas import DIGITS, Pair, gradient, gradient_number, grid, op, value
from bpviz.viewmodel.inspection.gradient_check import flat_index
from bpviz.viewmodel.inspection.number_columns import column, decimals_for
from bpviz.viewmodel.network.parts import BIAS
from bpviz.viewmodel.words.number_format import MINUS, grouped, significant

RULE_NAMES = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}
_NEW = "new"


@dataclass(frozen=True, slots=True)
class StepInspection:
    """w before → after, and the rule between them.

    Attributes
    ----------
    rule
        The optimiser's name.
    before, after
        The parameter around this iteration's update, as the engine holds it.
    formulas
        The rule line by line; empty where the optimiser's state is not recorded.
    note
        Which update it is, where that matters, or why the rule is not shown.
    """

    rule: str
    before: float
    after: float
    formulas: tuple[Formula, ...]
    note: str

    @property
    def change_text(self) -> str:
        """Before and after in words, or that nothing moved."""
        decimals = max(DIGITS, decimals_for((self.before, self.after), DIGITS + 1))
        if self.before == self.after:
            return f"It stays {column(self.before, decimals)}."
        return f"{column(self.before, decimals)} → {column(self.after, decimals)}."


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Everything a rule's formulas are written with."""

    letter: str
    before: float
    after: float
    g: float
    rate: float
    index: int
    view: OptimizerView

    def state(self, name: str) -> tuple[float, float]:
        """Return a remembered number before and after the update."""
        return float(self.view.state_before[name][self.index]), float(self.view.state_after[name][self.index])


def inspect_step(
    snapshot: Snapshot, layer: int, row: int, target: int, batch_gradient: float
) -> StepInspection:
    """Return the step of one weight (row BIAS: a bias).

    Parameters
    ----------
    batch_gradient
        ∂L/∂w of the mean batch loss, without any penalty.
    """
    index = flat_index(snapshot.architecture.layers, layer, row, target)
    before, after = float(snapshot.parameters[index]), float(snapshot.parameters_after[index])
    if snapshot.iteration == 0:
        return StepInspection(
            "", before, after, (), "The first iteration is still to come: nothing has moved."
        )
    view = snapshot.optimizer
    if view is None:
        return StepInspection(
            "",
            before,
            after,
            (),
            "The optimiser’s state is not recorded while running fast; pause to see it.",
        )
    penalised, formulas = _penalty(snapshot, row, before, batch_gradient)
    letter = "b" if row == BIAS else "w"
    numbers = _Numbers(letter, before, after, penalised, view.learning_rate, index, view)
    rule = _RULES[view.name]
    note = f"It is the optimiser’s update number t = {grouped(view.updates)}." if view.name == "adam" else ""
    return StepInspection(RULE_NAMES[view.name], before, after, (*formulas, *rule(numbers)), note)


def _penalty(
    snapshot: Snapshot, row: int, w: float, batch_gradient: float
) -> tuple[float, tuple[Formula, ...]]:
    """Return the gradient the optimiser is given, and its formula where a penalty adds to it."""
    l1, l2 = (0.0, 0.0) if row == BIAS else (snapshot.l1, snapshot.l2)
    if not (l1 or l2):
        return batch_gradient, ()
    sign_of_w = float((w > 0) - (w < 0))
    total = batch_gradient + l2 * w + l1 * sign_of_w
    ratio = Fraction((Symbol("∂"), Symbol("L")), (Symbol("∂"), Symbol("w")))
    pairs: list[Pair] = [gradient(Symbol("g"), total), op("="), gradient(ratio, batch_gradient)]
    if l2:
        pairs += [
            op("+"),
            (maths(Symbol("λ", sub="2")), Number(f"{l2:g}")),
            op("·", "×"),
            value(Symbol("w"), w),
        ]
    if l1:
        sign_cell = Maths((Symbol("sign", is_upright=True), Symbol("w")))
        pairs += [
            op("+"),
            (maths(Symbol("λ", sub="1")), Number(f"{l1:g}")),
            op("·", "×"),
            (sign_cell, Number(significant(sign_of_w, 1))),
        ]
    return total, (grid(*pairs),)


def _sgd(n: _Numbers) -> tuple[Formula, ...]:
    return (_descend(n, gradient(Symbol("g"), n.g)),)


def _momentum(n: _Numbers) -> tuple[Formula, ...]:
    _, velocity = n.state("velocity")
    return _velocity(n), _descend(n, gradient(Symbol("v", sup=_NEW), velocity))


def _nesterov(n: _Numbers) -> tuple[Formula, ...]:
    _, velocity = n.state("velocity")
    ahead = (
        op("("),
        gradient(Symbol("g"), n.g),
        op("+"),
        value(Symbol("μ"), n.view.momentum),
        op("·", "×"),
        gradient(Symbol("v", sup=_NEW), velocity),
        op(")"),
    )
    return _velocity(n), _descend(n, *ahead)


def _rmsprop(n: _Numbers) -> tuple[Formula, ...]:
    old, new = n.state("square_average")
    average = _average("s", old, new, RmsProp.alpha, n.g, squared=True)
    return average, _descend(n, _quotient(Symbol("g"), n.g, Symbol("s", sup=_NEW), new))


def _adam(n: _Numbers) -> tuple[Formula, ...]:
    (m, m_new), (v, v_new) = n.state("first_moment"), n.state("second_moment")
    t = n.view.updates
    m_hat, v_hat = m_new / (1.0 - Adam.beta1**t), v_new / (1.0 - Adam.beta2**t)
    m_symbol, v_symbol = Symbol("m", has_hat=True), Symbol("v", has_hat=True)
    return (
        _average("m", m, m_new, Adam.beta1, n.g, squared=False),
        _average("v", v, v_new, Adam.beta2, n.g, squared=True),
        _correction(m_symbol, "m", m_hat, m_new, Adam.beta1, t),
        _correction(v_symbol, "v", v_hat, v_new, Adam.beta2, t),
        _descend(n, _quotient(m_symbol, m_hat, v_symbol, v_hat)),
    )


def _descend(n: _Numbers, *direction: Pair) -> Formula:
    """Return w_new = w - η · direction."""
    decimals = max(DIGITS, decimals_for((n.before, n.after), DIGITS + 1))
    return grid(
        (_symbol(n.letter, _NEW), Number(column(n.after, decimals))),
        op("="),
        (_symbol(n.letter), Number(column(n.before, decimals))),
        op(MINUS),
        (_symbol("η"), Number(f"{n.rate:g}")),
        op("·", "×"),
        *direction,
    )


def _velocity(n: _Numbers) -> Formula:
    old, new = n.state("velocity")
    return grid(
        gradient(Symbol("v", sup=_NEW), new),
        op("="),
        value(Symbol("μ"), n.view.momentum),
        op("·", "×"),
        gradient(Symbol("v"), old),
        op("+"),
        gradient(Symbol("g"), n.g),
    )


def _average(letter: str, old: float, new: float, keep: float, g: float, *, squared: bool) -> Formula:
    """Return s_new = α s + (1 - α) g, or with g²."""
    share = significant(1.0 - keep, 1)
    power = Number(f"({significant(g, 3)})²") if squared else gradient_number(g)
    return grid(
        value(Symbol(letter, sup=_NEW), new),
        op("="),
        (Maths((Symbol(f"{keep:g}", is_upright=True),)), Number(f"{keep:g}")),
        op("·", "×"),
        value(Symbol(letter), old),
        op("+"),
        (Maths((Symbol(share, is_upright=True),)), Number(share)),
        op("·", "×"),
        (Maths((Symbol("g", sup="2" if squared else ""),)), power),
    )


def _correction(hat: Symbol, letter: str, corrected: float, new: float, keep: float, t: int) -> Formula:
    """Return m̂ = m_new / (1 - βᵗ)."""
    bottom: tuple[Atom, ...] = (
        Symbol("1", is_upright=True),
        Symbol(MINUS, is_upright=True),
        Symbol(f"{keep:g}", sup="t", is_upright=True),
    )
    fraction = Fraction((Symbol(letter, sup=_NEW),), bottom)
    number = f"{significant(new, DIGITS)} / {significant(1.0 - keep**t, DIGITS)}"
    return grid(value(hat, corrected), op("="), (Maths((fraction,)), Number(number)))


def _quotient(top: Symbol, upper: float, bottom: Symbol, lower: float) -> Pair:
    """Return top / (√bottom + ε) over its two numbers."""
    below: tuple[Atom, ...] = (Root((bottom,)), Symbol("+", is_upright=True), Symbol("ε"))
    root = lower**0.5 if lower >= 0 else float("nan")
    number = f"{significant(upper, 3)} / {significant(root + Adam.epsilon, 3)}"
    return Maths((Fraction((top,), below),)), Number(number)


def _symbol(letter: str, sup: str = "") -> Maths:
    return Maths((Symbol(letter, sup=sup),))


_RULES = {"sgd": _sgd, "momentum": _momentum, "nesterov": _nesterov, "rmsprop": _rmsprop, "adam": _adam}
