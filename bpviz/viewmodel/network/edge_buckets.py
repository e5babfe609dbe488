"""Edges sorted by strength and sign, so that each look is one path."""

from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray, IndexArray

N_LEVELS = 8
"""Strengths told apart by width and colour; each with its sign is one bucket."""

_FAINTEST_SHARE = 0.004
"""Edges weaker than this share of their scale would not be seen and are not drawn."""


@dataclass(frozen=True, slots=True)
class Buckets:
    """Edges sorted into buckets of equal look.

    Attributes
    ----------
    order
        The drawn edges, bucket by bucket.
    bounds
        Bucket k holds `order[bounds[k]:bounds[k + 1]]`; k = 2 × level + (1 if negative).
    """

    order: IndexArray
    bounds: IndexArray


def bucketed(values: FloatArray, scale: FloatArray) -> Buckets:
    """Return the edges by strength and sign, the faintest left out.

    Parameters
    ----------
    values
        What each edge stands for, shape (n,).
    scale
        The value drawn at full width, shape (n,) or (1,).
    """
    share = np.abs(values) / scale
    # NaN is not above the threshold, so values that are no numbers are left out.
    is_drawn = share > _FAINTEST_SHARE
    level = np.where(is_drawn, np.minimum(share * N_LEVELS, N_LEVELS - 1), N_LEVELS).astype(np.intp)
    bucket = 2 * level + (is_drawn & (values < 0))
    order = np.argsort(bucket, kind="stable")
    return Buckets(order, np.searchsorted(bucket[order], np.arange(2 * N_LEVELS + 1)))
