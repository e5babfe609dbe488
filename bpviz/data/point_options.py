"""How made-up points are made."""

import math
from dataclasses import dataclass

from bpviz.errors import DataError

MOST_POINTS = 10_000
FEWEST_POINTS = 4
MOST_TEST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class PointOptions:
    """How points are made.

    Attributes
    ----------
    n_points
        Training and test points together.
    noise
        0 to 1; the standard deviation of what is added to each coordinate (to the values of a curve) is 0.3
        times this. None takes the task's own.
    test_share
        Share of the points that is kept for testing, 0 to 0.9.
    seed
        Draws the points.

    Raises
    ------
    DataError
        On any impossible value.
    """

    n_points: int = 300
    noise: float | None = None
    test_share: float = 0.3
    seed: int = 0

    def __post_init__(self) -> None:
        if not FEWEST_POINTS <= self.n_points <= MOST_POINTS:
            allowed = f"{FEWEST_POINTS} to {MOST_POINTS:,}"
            raise DataError(f"there are {self.n_points} points; it must be {allowed}")
        if self.noise is not None and not (math.isfinite(self.noise) and 0.0 <= self.noise <= 1.0):
            raise DataError(f"noise is {self.noise}; it must be 0 to 1")
        if not (math.isfinite(self.test_share) and 0.0 <= self.test_share <= MOST_TEST_SHARE):
            raise DataError(
                f"the share of test points is {self.test_share}; it must be 0 to {MOST_TEST_SHARE}"
            )


DEFAULT_OPTIONS = PointOptions()
