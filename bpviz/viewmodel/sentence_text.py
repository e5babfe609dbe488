"""A sentence in two tones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is seen, and, less loudly, what follows; `verdict` may be empty."""

    statement: str
    verdict: str = ""

    @property
    def text(self) -> str:
        """Both as one text."""
        return f"{self.statement} {self.verdict}".rstrip()
