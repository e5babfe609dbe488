"""A sum of products taken apart: its largest terms, the rest counted, the whole kept."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray


@dataclass(frozen=True, slots=True)
class Term:
    """One product of the sum.

    Attributes
    ----------
    index
        Its place in the sum.
    left, right
        The two factors, for example activation and weight.
    product
        left × right, in float64.
    """

    index: int
    label: str
    left: float
    right: float
    product: float


@dataclass(frozen=True, slots=True)
class Rest:
    """Terms of one sign that are not listed: how many, and their sum."""

    count: int
    total: float


@dataclass(frozen=True, slots=True)
class TermSum:
    """A sum of products, whole: positive + more + negative + more is `total`.

    Attributes
    ----------
    positive, negative
        The listed terms, largest first.
    more_positive, more_negative
        What is not listed; terms that are exactly 0 are in neither.
    total
        The sum of all products in float64.
    n_terms, n_nonzero
        How many products there are, and how many are not 0.
    """

    positive: tuple[Term, ...]
    more_positive: Rest
    negative: tuple[Term, ...]
    more_negative: Rest
    total: float
    n_terms: int
    n_nonzero: int

    @property
    def listed(self) -> tuple[Term, ...]:
        """The listed terms of both signs, largest first."""
        return tuple(sorted(self.positive + self.negative, key=lambda term: -abs(term.product)))


def term_sum(left: FloatArray, right: FloatArray, label: Callable[[int], str], n_listed: int = 3) -> TermSum:
    """Return Σ left × right with its `n_listed` largest terms of each sign.

    One term that would be alone in a "1 more" is listed instead. Products that are not numbers count as
    positive, so that a NaN is seen and not lost.

    Parameters
    ----------
    left, right
        The factors, shape (n,); multiplied and added in float64.
    label
        Gives the name of term `i`.
    """
    left, right = left.astype(np.float64), right.astype(np.float64)
    # Infinity times 0 is no number; that is shown, and no reason to warn.
    with np.errstate(invalid="ignore", over="ignore"):
        products = left * right
        total = float(products.sum())
    down = np.flatnonzero(products < 0.0)
    up = np.flatnonzero((products > 0.0) | np.isnan(products))

    def term(i: int) -> Term:
        return Term(i, label(i), float(left[i]), float(right[i]), float(products[i]))

    positive, more_positive = _split(up, products, n_listed)
    negative, more_negative = _split(down, products, n_listed)
    return TermSum(
        positive=tuple(term(i) for i in positive),
        more_positive=more_positive,
        negative=tuple(term(i) for i in negative),
        more_negative=more_negative,
        total=total,
        n_terms=len(products),
        n_nonzero=len(up) + len(down),
    )


def _split(indices: IndexArray, products: FloatArray, n_listed: int) -> tuple[list[int], Rest]:
    if len(indices) == n_listed + 1:
        n_listed += 1
    order = indices[np.argsort(-np.abs(products[indices]), kind="stable")]
    rest = order[n_listed:]
    with np.errstate(invalid="ignore", over="ignore"):
        return order[:n_listed].tolist(), Rest(len(rest), float(products[rest].sum()))
