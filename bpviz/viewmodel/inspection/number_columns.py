"""Numbers that stand under one another: one count of decimals for all of them."""

import math
from collections.abc import Iterable

from bpviz.viewmodel.words.number_format import fixed, signed, signed_significant, significant

_MOST_DECIMALS = 6
_DIGITS = 4


def decimals_for(values: Iterable[float], digits: int = _DIGITS) -> int:
    """Return the decimals that give the largest of the values so many significant digits.

    Returns
    -------
    int
        0 to 6, or -1 where even six decimals would leave the largest value without digits.
    """
    sizes = [abs(value) for value in values if math.isfinite(value) and value]
    if not sizes:
        return digits - 1
    decimals = digits - 1 - math.floor(math.log10(max(sizes)))
    return -1 if decimals > _MOST_DECIMALS + 2 else min(_MOST_DECIMALS, max(0, decimals))


def column(value: float, decimals: int) -> str:
    """Return a number for a column of `decimals_for` so many decimals: ``0.283``.

    One too small for them keeps its sign and two digits: ``−3.1e−7``, not ``0.000``.
    """
    return significant(value, 2) if _is_lost(value, decimals) else fixed(value, decimals)


def signed_column(value: float, decimals: int) -> str:
    """Return `column` with its sign always written: ``+0.283``."""
    return signed_significant(value, 2) if _is_lost(value, decimals) else signed(value, decimals)


def _is_lost(value: float, decimals: int) -> bool:
    """Return whether so many decimals would leave nothing of a number that is not 0."""
    return decimals < 0 or (value != 0 and float(f"{abs(value):.{decimals}f}") == 0.0)
