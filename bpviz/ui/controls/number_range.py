"""What a number field may hold: limits, scale, and how its values are written and read."""

import math
from dataclasses import dataclass, replace

from bpviz.errors import ConfigError
from bpviz.viewmodel.words.number_format import grouped

_LONGEST_TEXT = 32
_DRAG_DIGITS = 2


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Limits and scale of one number; pure arithmetic, without a widget.

    A logarithmic range needs a positive `minimum`; with `has_zero` it holds 0 as well, below it
    (for settings such as weight decay, where off is 0).
    """

    minimum: float
    maximum: float
    is_integer: bool = False
    is_log: bool = False
    has_zero: bool = False
    unit: str = ""
    step: float | None = None
    """Change of one arrow key or wheel notch on a linear range; 1/100 of the range if not given."""

    def __post_init__(self) -> None:
        if not self.minimum < self.maximum:
            raise ConfigError(f"number range is {self.minimum} to {self.maximum}; it needs minimum < maximum")
        if self.is_log and self.minimum <= 0:
            raise ConfigError(f"logarithmic range starts at {self.minimum}; it needs a minimum above 0")

    def clamp(self, value: float) -> float:
        """Return the allowed value nearest to `value`."""
        if self.has_zero and value <= self.minimum / 2:
            return 0.0
        value = min(self.maximum, max(self.minimum, value))
        return float(round(value)) if self.is_integer else value

    def holding(self, value: float) -> "NumberRange":
        """Return this range, widened where it must be for `value` to lie in it."""
        is_off = self.has_zero and value == 0
        if is_off or (self.is_log and value <= 0):
            return self
        return replace(self, minimum=min(self.minimum, value), maximum=max(self.maximum, value))

    def share(self, value: float) -> float:
        """Return where a value lies on the track, from 0 to 1."""
        if self.has_zero and value <= 0:
            return 0.0
        if self.is_log:
            return math.log(value / self.minimum) / math.log(self.maximum / self.minimum)
        return (value - self.minimum) / (self.maximum - self.minimum)

    def at_share(self, share: float) -> float:
        """Return the value at a place of the track, rounded to what a person would type."""
        if share <= 0:
            return 0.0 if self.has_zero else self.minimum
        if share >= 1:
            return self.maximum
        if self.is_log:
            value = self.minimum * (self.maximum / self.minimum) ** share
        else:
            value = self.minimum + share * (self.maximum - self.minimum)
        return self.clamp(value if self.is_integer else self._rounded(value))

    def stepped(self, value: float, steps: int) -> float:
        """Return the value `steps` notches up (or down, where negative)."""
        if not self.is_log:
            return self.clamp(self._tidy(value + steps * self._linear_step()))
        for _ in range(abs(steps)):
            value = self._next_log(value, is_up=steps > 0)
        return value

    def text(self, value: float) -> str:
        """Return a value as it is shown: 60 000 · 0.50 · 0.001 · 1e−5."""
        if self.is_integer:
            body = grouped(round(value))
        elif value == 0:
            body = "0"
        elif abs(value) < 1e-4 or abs(value) >= 1e6:
            mantissa, exponent = f"{value:.2e}".split("e")
            body = f"{float(mantissa):g}e{int(exponent)}"
        else:
            body = _plain(value)
        return (body + (f" {self.unit}" if self.unit else "")).replace("-", "−")

    def parse(self, text: str) -> float | None:
        """Return the allowed value a person meant, or None where it is no number.

        Takes a decimal comma, grouped thousands, the typographic minus, and the unit.
        """
        if len(text) > _LONGEST_TEXT:
            return None
        text = text.strip().removesuffix(self.unit).replace("−", "-").replace("_", "")
        text = "".join(text.split())  # the narrow space between thousands too
        text = text.replace(",", "" if self.is_integer else ".")
        try:
            value = float(text)
        except ValueError:
            return None
        return self.clamp(value) if math.isfinite(value) else None

    def _rounded(self, value: float) -> float:
        if self.is_log:
            return float(f"{value:.{_DRAG_DIGITS}g}")
        return self._tidy(round(value / self._linear_step()) * self._linear_step())

    def _linear_step(self) -> float:
        if self.step is not None:
            return self.step
        return 1.0 if self.is_integer else (self.maximum - self.minimum) / 100

    def _next_log(self, value: float, *, is_up: bool) -> float:
        # One notch is one unit of the first digit: 0.3 → 0.4, 0.03 → 0.04, 9 → 10 → 20.
        if value < self.minimum:
            return self.minimum if is_up else value
        unit = 10.0 ** math.floor(math.log10(value) + 1e-9)
        if not is_up and value <= unit * (1 + 1e-9):
            unit /= 10
        if not is_up and self.has_zero and value <= self.minimum * (1 + 1e-9):
            return 0.0
        if self.is_integer:
            unit = max(1.0, unit)
        count = value / unit
        count = math.floor(count + 1e-6) + 1 if is_up else math.ceil(count - 1e-6) - 1
        return self.clamp(self._tidy(count * unit))

    def _tidy(self, value: float) -> float:
        # Drops the float dust of a sum of steps: 0.1 + 0.2 is shown, and kept, as 0.3.
        return float(f"{value:.10g}")


def _plain(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) < 0.01 else f"{value:.4f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    if abs(value) >= 0.01:
        decimals = decimals.ljust(2, "0")
    return f"{whole}.{decimals}" if decimals else whole
