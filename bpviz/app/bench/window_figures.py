"""What is measured of the live window, and how long for; loads no Qt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowEffort:
    """How long to measure: rounds of each case, seconds of a slice, steps of each size."""

    rounds: int = 5
    slice_s: float = 2.0
    steps: int = 40


QUICK_WINDOW = WindowEffort(rounds=2, slice_s=0.8, steps=10)


@dataclass(frozen=True, slots=True)
class LiveCase:
    """Training under the live window at 1280×800.

    Attributes
    ----------
    headless, live
        Iterations a second, medians over the rounds.
    kept
        live ÷ headless, median of the rounds' ratios.
    frame_ms_median, frame_ms_p99
        Time between two frames.
    """

    layers: tuple[int, ...]
    batch_size: int
    headless: float
    live: float
    kept: float
    frame_ms_median: float
    frame_ms_p99: float


@dataclass(frozen=True, slots=True)
class FrameCase:
    """Frames at 1280×800, batch 32.

    Attributes
    ----------
    how
        ``"running"`` flat out, or ``"playing"`` an iteration layer by layer.
    interval_ms_median, interval_ms_p99
        Time between two frames.
    cost_ms
        Processor time the window's thread takes for a frame, painting included.
    """

    layers: tuple[int, ...]
    how: str
    interval_ms_median: float
    interval_ms_p99: float
    cost_ms: float


@dataclass(frozen=True, slots=True)
class StepCase:
    """Time from asking for a step of this size to the painted window."""

    layers: tuple[int, ...]
    batch_size: int
    level: str
    ms_median: float
    ms_p99: float


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """All figures of the window; times in ms, memory in MB (resident, 10⁶ bytes)."""

    cases: tuple[LiveCase, ...]
    frames: tuple[FrameCase, ...]
    steps: tuple[StepCase, ...]
    start_ms: float
    memory_mb: float | None
