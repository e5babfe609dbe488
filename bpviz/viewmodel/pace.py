"""How fast a run is asked to go: slider positions, iterations a second, and the words for them."""

from bpviz.viewmodel.number_format import grouped

FASTEST_STEP = 100
"""The slider's last position: as fast as it goes."""
_FASTEST_PACE = 1000.0


def pace_at(step: int) -> float | None:
    """Return iterations a second for a slider position: 1 to 1,000, logarithmic; None at the last."""
    if step >= FASTEST_STEP:
        return None
    return float(_FASTEST_PACE ** (max(0, step) / (FASTEST_STEP - 1)))


def pace_text(iterations_per_s: float | None) -> str:
    """Return a pace in few words, beside a slider: ``Full``, ``250 it/s``."""
    return "Full" if iterations_per_s is None else f"{_count(iterations_per_s)} it/s"


def rate_text(iterations_per_s: float) -> str:
    """Return a measured rate in words: ``3 375 iterations/s``, ``1 iteration/s``."""
    count = _count(iterations_per_s)
    return f"{count} iteration/s" if count == "1" else f"{count} iterations/s"


def _count(rate: float) -> str:
    # One decimal below ten: so few can be counted by eye.
    tenths = round(rate, 1)
    return f"{tenths:g}" if tenths < 10 else grouped(round(rate))
