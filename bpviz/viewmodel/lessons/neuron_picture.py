"""How one neuron is looked at: the neuron itself, and the choices of its drawing."""

from dataclasses import dataclass

from bpviz.viewmodel.lessons.neuron import Neuron
from bpviz.viewmodel.words.number_format import fixed, signed

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TIMES = "×"


@dataclass(frozen=True, slots=True)
class NeuronPicture:
    """One drawing of a neuron.

    Attributes
    ----------
    is_input
        Whether the bias is drawn as the weight of an input that is always 1, or else as "+ b".
    is_over_sum
        Whether the curve stands over Σ w·a, where the bias moves it, or else over z, where it stays.
    remembered
        Where the neuron was before, marked on the curve; None for no mark.
    is_held
        Whether nothing can be moved now.
    least_reach
        How far the axis goes at least, so that it need not change in a lesson.
    """

    neuron: Neuron
    is_input: bool = False
    is_over_sum: bool = False
    remembered: Neuron | None = None
    is_held: bool = False
    least_reach: float = 0.0

    @property
    def reach(self) -> float:
        """How far the axis of the sum and the curve goes to both sides."""
        return max(self.neuron.reach, self.least_reach)

    @property
    def shift(self) -> float:
        """What is added to a place on the axis before the activation is taken there."""
        return self.neuron.bias if self.is_over_sum else 0.0

    @property
    def place(self) -> float:
        """Where the neuron stands on the axis of its curve."""
        return self.neuron.weighted_sum if self.is_over_sum else self.neuron.z

    @property
    def mark(self) -> Neuron | None:
        """What was remembered, where it shows: on the same curve, at another place."""
        before = self.remembered
        if before is None or before.activation != self.neuron.activation or before.z == self.neuron.z:
            return None
        # Over the sum the curve itself has moved with the bias; the old place lies on another one.
        return None if self.is_over_sum and before.bias != self.neuron.bias else before

    @property
    def description(self) -> str:
        """The drawing in words."""
        neuron = self.neuron
        terms = (
            f"weight {fixed(w, 1)} times input {fixed(a, 1)} is {signed(p, 2)}"
            for w, a, p in zip(neuron.weights, neuron.inputs, neuron.products, strict=True)
        )
        return (
            f"A neuron: {'; '.join(terms)}; bias {signed(neuron.bias, 1)}; z is {signed(neuron.z, 2)}; "
            f"{neuron.activation} gives {fixed(neuron.output, 2)}"
        )


def subscripted(letter: str, index: int) -> str:
    """Return a letter in maths italics with an index counted from 1: 𝑤₁ for ("w", 0)."""
    return italic(letter) + str(index + 1).translate(_SUBSCRIPTS)


def italic(letter: str) -> str:
    """Return a small letter in maths italics."""
    return chr(0x1D44E + ord(letter) - ord("a"))


def factors_text(weight: float, value: float) -> str:
    """Return both factors of a product: ``2.0 × 0.9``."""
    return f"{fixed(weight, 1)} {TIMES} {fixed(value, 1)}"
