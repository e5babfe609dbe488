"""The small language of numbers and conditions in a lesson: ``output(0) > 0.9 and iteration >= 10``.

Python's own parser reads it, and only arithmetic, comparisons, `and`, `or`, `not` and measures by name are
then accepted: nothing of it is ever run as Python.
"""

import ast
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field

from bpviz.errors import BpvizError

Argument = float | str
Measure = Callable[[str, tuple[Argument, ...]], float]
"""Returns the present value of a measure, given its name and arguments."""
Compute = Callable[[Measure], float]

MAX_LENGTH = 300


def _quotient(left: float, right: float) -> float:
    return left / right if right else math.nan


_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _quotient,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class ExpressionError(BpvizError):
    """A text is not an expression of lessons."""


@dataclass(frozen=True, slots=True)
class Call:
    """A measure as an expression names it."""

    name: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """A number or condition to be computed from measures; conditions give 1 or 0.

    Attributes
    ----------
    calls
        The measures it needs.
    value
        Returns its value now; dividing by zero gives nan.
    """

    text: str
    calls: tuple[Call, ...]
    value: Compute = field(repr=False, compare=False)

    def holds(self, measure: Measure) -> bool:
        """Return whether it is true now; what is not a number is not."""
        value = self.value(measure)
        return value != 0.0 and not math.isnan(value)


def parse_expression(text: str) -> Expression:
    """Return the expression a lesson holds.

    Raises
    ------
    ExpressionError
        If it is too long, or uses anything but numbers, measures, + - * /, comparisons, and, or, not.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"the expression has {len(text)} characters; at most {MAX_LENGTH} are accepted")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"'{text}' cannot be read as an expression") from error
    reader = _Reader(text)
    value = reader.read(tree)
    return Expression(text, tuple(reader.calls), value)


class _Reader:
    """Turns a tree of Python's parser into a function of measures, node by node."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.calls: list[Call] = []

    def read(self, node: ast.expr) -> Compute:
        match node:
            case ast.Constant():
                number = self._number(node)
                return lambda measure: number
            case ast.Name() | ast.Call():
                return self._measure(node)
            case ast.UnaryOp():
                return self._unary(node)
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.BoolOp() | ast.Compare():
                return self._condition(node)
            case _:
                raise self._strange()

    def _strange(self) -> ExpressionError:
        return ExpressionError(
            f"'{self._text}' uses something a lesson cannot compute with; numbers, measures, + - * /, "
            "comparisons of two values, and, or, not are what there is"
        )

    def _number(self, node: ast.Constant) -> float:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise ExpressionError(f"'{self._text}' holds {node.value!r}; a number like 0.5 is needed")
        return float(node.value)

    def _measure(self, node: ast.Name | ast.Call) -> Compute:
        if isinstance(node, ast.Name):
            call = Call(node.id, ())
        elif isinstance(node.func, ast.Name) and not node.keywords:
            call = Call(node.func.id, tuple(map(self._argument, node.args)))
        else:
            raise self._strange()
        self.calls.append(call)
        return lambda measure: measure(call.name, call.arguments)

    def _argument(self, node: ast.expr) -> Argument:
        if not isinstance(node, ast.Constant):
            raise ExpressionError(
                f"'{self._text}' gives a measure something else than numbers or names names"
            )
        return node.value if isinstance(node.value, str) else self._number(node)

    def _unary(self, node: ast.UnaryOp) -> Compute:
        operand = self.read(node.operand)
        if isinstance(node.op, ast.USub):
            return lambda measure: -operand(measure)
        if isinstance(node.op, ast.Not):
            return lambda measure: float(not operand(measure))
        raise self._strange()

    def _arithmetic(self, node: ast.BinOp) -> Compute:
        combine = _ARITHMETIC.get(type(node.op))
        if combine is None:
            raise self._strange()
        left, right = self.read(node.left), self.read(node.right)
        return lambda measure: combine(left(measure), right(measure))

    def _condition(self, node: ast.BoolOp | ast.Compare) -> Compute:
        if isinstance(node, ast.BoolOp):
            every = all if isinstance(node.op, ast.And) else any
            parts = [self.read(value) for value in node.values]
            return lambda measure: float(every(part(measure) for part in parts))
        compare = _COMPARISONS.get(type(node.ops[0]))
        if compare is None or len(node.ops) > 1:
            raise self._strange()
        left, right = self.read(node.left), self.read(node.comparators[0])
        return lambda measure: float(compare(left(measure), right(measure)))
