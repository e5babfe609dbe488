"""What a lesson shows as a row of bars: digits read correctly, gradients of layers, the loss step by step."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bpviz.viewmodel.run.ticks import Tick
from bpviz.viewmodel.words.number_format import MINUS, NO_VALUE, fixed, percent, significant

_MOST_TICKS = 6
_MOST_NUMBERS = 10
_LOG_NOTE = "logarithmic: each line a power of ten"
_SUPERSCRIPT = str.maketrans(f"0123456789{MINUS}-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_PLAIN_FROM, _PLAIN_BELOW = 1e-3, 1e4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    share
        How high it is, 0 to 1; nan where its value is not known yet, infinity where it is beyond all scales.
    tone
        The theme token of its colour.
    text_tone
        That of its number.
    """

    name: str
    share: float
    text: str
    tone: str
    text_tone: str = "text"


@dataclass(frozen=True, slots=True)
class BarContent:
    """A row of bars under a title; `foot` says what the bars' names are."""

    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    foot: str
    note: str = ""


def recall_bars(recalls: Sequence[float], dead_below: float) -> BarContent:
    """Return how much of each digit is read correctly; a digit under the limit is in the colour of errors."""
    bars = tuple(_recall_bar(str(digit), recall, dead_below) for digit, recall in enumerate(recalls))
    ticks = tuple(Tick(share, percent(share, 0)) for share in (0.0, 0.5, 1.0))
    note = f"red: under {percent(dead_below, 0)}" if any(bar.tone == "error" for bar in bars) else ""
    return BarContent("Images read correctly, by digit", bars, ticks, "digit", note)


def _recall_bar(name: str, recall: float, dead_below: float) -> Bar:
    if not math.isfinite(recall):
        return Bar(name, math.nan, NO_VALUE, "tertiary", "secondary")
    is_dead = recall < dead_below
    text = fixed(100.0 * recall, 0)
    return Bar(name, recall, text, "error" if is_dead else "tertiary", "error_text" if is_dead else "text")


def layer_bars(sizes: Sequence[float]) -> BarContent:
    """Return how large the gradient is in each layer, the first one first, on a logarithmic scale."""
    shares, ticks = _on_log_axis(sizes)
    bars = tuple(
        Bar(str(layer), share, power_text(value, 1), "gradient_positive", "gradient_positive_text")
        for layer, (share, value) in enumerate(zip(shares, sizes, strict=True), 1)
    )
    return BarContent("Size of the gradient in each layer", bars, ticks, "layer", _LOG_NOTE if ticks else "")


def loss_bars(losses: Sequence[float], diverged: bool) -> BarContent:
    """Return the loss of each iteration, on a logarithmic scale, the last one perhaps no number."""
    shares, ticks = _on_log_axis(losses)
    named = {0, len(losses) - 1} if len(losses) > _MOST_NUMBERS else range(len(losses))
    bars = [
        Bar(str(place + 1), share, power_text(loss, 1) if place in named else "", "error", "error_text")
        for place, (share, loss) in enumerate(zip(shares, losses, strict=True))
    ]
    if diverged:
        bars.append(Bar(str(len(bars) + 1), math.inf, "∞", "error", "error_text"))
    return BarContent("Loss of each iteration", tuple(bars), ticks, "", _LOG_NOTE if ticks else "")


def _on_log_axis(values: Sequence[float]) -> tuple[list[float], tuple[Tick, ...]]:
    """Return the heights of values, the smallest still seen, and powers of ten beside them."""
    known = [value for value in values if math.isfinite(value) and value > 0.0]
    if not known:
        return [math.nan] * len(values), ()
    # A decade of room below: the smallest bar is not nothing.
    low, high = math.floor(math.log10(min(known))) - 1, math.log10(max(known))
    step = max(1, math.ceil((high - low) / _MOST_TICKS))
    ticks = tuple(
        Tick((exponent - low) / (high - low), power_text(10.0**exponent, 1))
        for exponent in range(low + 1, math.floor(high) + 1)
        if exponent % step == 0
    )
    return [_share(value, low, high) for value in values], ticks


def _share(value: float, low: float, high: float) -> float:
    if not math.isfinite(value):
        return math.nan
    return (math.log10(value) - low) / (high - low) if value > 0.0 else 0.0


def power_text(value: float, digits: int = 2) -> str:
    """Return a number as a class reads it: ``0.18``, ``3.1·10⁻⁷``, ``10⁻⁶``."""
    if not math.isfinite(value) or value == 0.0 or _PLAIN_FROM <= abs(value) < _PLAIN_BELOW:
        return significant(value, digits)
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = f"10{str(int(exponent)).translate(_SUPERSCRIPT)}"
    if digits == 1 and mantissa == "1":
        return power
    return f"{mantissa.replace('-', MINUS)}·{power}"
