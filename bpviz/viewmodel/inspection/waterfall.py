"""A sum as a waterfall: each row's bar begins where the one above it ends, and the last is the whole."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bpviz.viewmodel.inspection.number_columns import column, decimals_for, signed_column
from bpviz.viewmodel.inspection.terms import Rest, Term, TermSum
from bpviz.viewmodel.words.number_format import grouped

_FACTOR_DIGITS = 3

WaterfallStem = Literal["weight", "gradient"]
"""Which pair of colours positive and negative bars have."""


@dataclass(frozen=True, slots=True)
class WaterfallRow:
    """One row.

    Attributes
    ----------
    left, right
        The two factors as text; empty for sums.
    start, end
        Where its bar begins and ends, in the sum's own unit; NaN where there is none to draw.
    is_total
        The whole sum, drawn from 0.
    """

    label: str
    left: str
    right: str
    value: str
    start: float
    end: float
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Rows with the span they fill and the words over their columns."""

    rows: tuple[WaterfallRow, ...]
    low: float
    high: float
    stem: WaterfallStem
    left_name: str
    right_name: str


@dataclass(frozen=True, slots=True)
class WaterfallWords:
    """The names around a sum: of its two factors and of the whole."""

    left_name: str
    right_name: str
    total: str


def waterfall(
    terms: TermSum, words: WaterfallWords, stem: WaterfallStem, bias: float | None = None
) -> Waterfall:
    """Return positive terms, then negative ones, then the bias if there is one, then the whole.

    Parameters
    ----------
    bias
        Added to the sum; None where there is none.
    """
    whole = terms.total + (bias or 0.0)
    values = [term.product for term in terms.listed]
    values += [terms.more_positive.total, terms.more_negative.total, whole, bias or 0.0]
    style = _Style(
        decimals_for(values),
        decimals_for((term.left for term in terms.listed), _FACTOR_DIGITS),
        decimals_for((term.right for term in terms.listed), _FACTOR_DIGITS),
    )
    rows: list[WaterfallRow] = []
    place = 0.0
    for row in _steps(terms, bias):
        made = _row(row, place, style)
        rows.append(made)
        place = made.end
    total = signed_column(whole, style.value)
    rows.append(WaterfallRow(words.total, "", "", total, 0.0, whole, is_total=True))
    ends = np.array([[row.start, row.end] for row in rows])
    finite = ends[np.isfinite(ends)]
    low, high = (min(0.0, float(finite.min())), max(0.0, float(finite.max()))) if finite.size else (0.0, 0.0)
    return Waterfall(tuple(rows), low, high, stem, words.left_name, words.right_name)


@dataclass(frozen=True, slots=True)
class _Style:
    """Decimals of the three columns of numbers."""

    value: int
    left: int
    right: int


_Step = Term | tuple[str, float]


def _steps(terms: TermSum, bias: float | None) -> list[_Step]:
    steps: list[_Step] = [
        *terms.positive,
        *_rest(terms.more_positive),
        *terms.negative,
        *_rest(terms.more_negative),
    ]
    return steps if bias is None else [*steps, ("bias", bias)]


def _rest(rest: Rest) -> list[_Step]:
    return [(f"{grouped(rest.count)} more", rest.total)] if rest.count else []


def _row(step: _Step, place: float, style: _Style) -> WaterfallRow:
    if isinstance(step, Term):
        label, value = step.label, step.product
        left, right = column(step.left, style.left), column(step.right, style.right)
    else:
        (label, value), left, right = step, "", ""
    return WaterfallRow(label, left, right, signed_column(value, style.value), place, place + value)
