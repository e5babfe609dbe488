"""How bpviz writes numbers: true minus signs, grouped thousands, no more digits than are meant."""

import math

MINUS = "−"
GROUP = "\N{NARROW NO-BREAK SPACE}"
NO_VALUE = "–"

_SMALLEST_PLAIN = 1e-4
_LARGEST_PLAIN = 1e6


def fixed(value: float, decimals: int = 3) -> str:
    """Return the number with so many decimals, for columns that must line up: ``−0.283``."""
    if not math.isfinite(value):
        return _non_finite(value)
    text = f"{abs(value):.{decimals}f}"
    is_zero = float(text) == 0.0
    return text if value >= 0 or is_zero else MINUS + text


def signed(value: float, decimals: int = 3) -> str:
    """Return the number with its sign always written, for sums and gradients: ``+0.581``."""
    text = fixed(value, decimals)
    return text if text.startswith(MINUS) or not math.isfinite(value) else f"+{text}"


def significant(value: float, digits: int = 3) -> str:
    """Return the number with so many significant digits: ``3.48``, ``0.0123``, ``8.1e−11``."""
    if not math.isfinite(value):
        return _non_finite(value)
    if value == 0:
        return "0"
    size = abs(value)
    if _SMALLEST_PLAIN <= size < _LARGEST_PLAIN:
        exponent = math.floor(math.log10(float(f"{size:.{digits - 1}e}")))
        return fixed(value, max(0, digits - 1 - exponent))
    mantissa, exponent_text = f"{size:.{digits - 1}e}".split("e")
    exponent = int(exponent_text)
    sign = MINUS if value < 0 else ""
    return f"{sign}{mantissa}e{MINUS if exponent < 0 else ''}{abs(exponent)}"


def signed_significant(value: float, digits: int = 3) -> str:
    """Return `significant` with its sign always written, except for zero."""
    text = significant(value, digits)
    return text if text.startswith(MINUS) or value == 0 or not math.isfinite(value) else f"+{text}"


def telling_apart(first: float, second: float, digits: int = 3) -> tuple[str, str]:
    """Return both numbers with as many significant digits, up to six, as tell them apart."""
    for n in range(digits, 7):
        texts = significant(first, n), significant(second, n)
        if texts[0] != texts[1]:
            break
    return texts


def short(value: float) -> str:
    """Return the number without trailing zeros, for the ends of a scale: ``0.2``, ``15``, ``3e−5``."""
    text = significant(value, 2)
    mantissa, e, exponent = text.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return mantissa + e + exponent


def target_text(value: float, digits: int = 3) -> str:
    """Return what an output should be: ``0`` and ``1`` for classes, else with so many digits."""
    return f"{value:g}" if value in (0.0, 1.0) else significant(value, digits)


def grouped(count: int) -> str:
    """Return a whole number with its thousands set apart by a narrow space."""
    text = f"{abs(count):,}".replace(",", GROUP)
    return MINUS + text if count < 0 else text


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction as per cent: ``99.5 %``."""
    return f"{fixed(100.0 * fraction, decimals)}\N{NO-BREAK SPACE}%"


def _non_finite(value: float) -> str:
    if math.isnan(value):
        return NO_VALUE
    return "∞" if value > 0 else f"{MINUS}∞"
