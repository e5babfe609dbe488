"""Which digit a class is asked to draw next, so that all ten come about equally often."""

from collections.abc import Sequence
from enum import Enum

import numpy as np

N_CLASSES = 10


class PromptOrder(Enum):
    """How the next digit is found."""

    MIXED = "mixed"
    """One of those drawn least, at random, so that nobody draws in a rhythm."""
    IN_TURN = "in turn"
    """0 to 9, then 0 again."""
    SAME = "same"
    """The same digit until another is chosen."""


class PromptSequence:
    """The digit asked for now. Belongs to one thread.

    Attributes
    ----------
    digit
        0 to 9.
    order
        May be changed at any time; it counts from the next digit on.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self.order = PromptOrder.MIXED
        self.digit = int(rng.integers(N_CLASSES))

    def advance(self, counts: Sequence[int]) -> int:
        """Ask for the next digit and return it; `counts` says how many there are of each."""
        if self.order is PromptOrder.IN_TURN:
            self.digit = (self.digit + 1) % N_CLASSES
        elif self.order is PromptOrder.MIXED:
            self.digit = self._rarest(counts)
        return self.digit

    def skip(self, counts: Sequence[int]) -> int:
        """Ask for another digit instead, also when the same one is to be drawn again and again."""
        if self.order is PromptOrder.SAME:
            self.digit = (self.digit + 1) % N_CLASSES
            return self.digit
        return self.advance(counts)

    def choose(self, digit: int) -> None:
        """Ask for this digit now."""
        self.digit = digit

    def _rarest(self, counts: Sequence[int]) -> int:
        others = [digit for digit in range(N_CLASSES) if digit != self.digit]
        least = min(counts[digit] for digit in others)
        return int(self._rng.choice([digit for digit in others if counts[digit] == least]))
