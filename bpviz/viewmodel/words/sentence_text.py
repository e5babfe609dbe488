"""A sentence in two tones."""

from dataclasses import dataclass

from bpviz.viewmodel.words.number_format import fixed

_CLOSEST = 0.001
_BOUNDED = ("softmax", "sigmoid")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is seen, and, less loudly, what follows; `verdict` may be empty."""

    statement: str
    verdict: str = ""

    @property
    def text(self) -> str:
        """Both as one text."""
        return f"{self.statement} {self.verdict}".rstrip()


def output_text(value: float, activation: str) -> str:
    """Return an output as a sentence writes it: ``0.16``, ``0.997``, ``over 0.999``.

    Softmax and sigmoid never reach 0 or 1, though their float32 do: neither is written as certainty.
    """
    if activation not in _BOUNDED or not 0.0 <= value <= 1.0:
        return fixed(value, 2)
    if value >= 1.0 - _CLOSEST / 2:
        return f"over {fixed(1.0 - _CLOSEST)}"
    if value < _CLOSEST / 2:
        return f"under {fixed(_CLOSEST)}"
    return fixed(value, 2 if 0.005 <= value < 0.995 else 3)
