"""What three ways to a gradient took, as bars on one stated scale."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpviz.viewmodel.lessons.gradient_ways import MOST_RUNS, WAY_NAMES, GradientTask, Way, WayCount
from bpviz.viewmodel.run.ticks import Tick
from bpviz.viewmodel.words.number_format import grouped, significant

NOT_YET = "?"
_WORDS = {0: "1", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}


@dataclass(frozen=True, slots=True)
class WayBar:
    """One bar.

    Attributes
    ----------
    share
        Its length, as a share of the scale; nan while it is not known.
    number
        The multiplications, in words.
    note
        Its passes through the network, and how long they take.
    is_counting
        Whether it is still growing.
    """

    way: Way
    name: str
    share: float
    number: str
    note: str
    is_counting: bool = False


@dataclass(frozen=True, slots=True)
class WayBars:
    """All bars.

    Attributes
    ----------
    ticks
        Places on the scale, as shares of it.
    scale, time_note
        What the scale measures; how times were taken, empty where none is shown.
    """

    bars: tuple[WayBar, ...]
    ticks: tuple[Tick, ...]
    scale: str
    time_note: str


@dataclass(frozen=True, slots=True)
class Counting:
    """What is being counted at the moment, and how many passes through the network are done."""

    way: Way
    passes: int


def way_bars(
    task: GradientTask,
    counts: Mapping[Way, WayCount],
    ways: Sequence[Way],
    is_log: bool,
    counting: Counting | None = None,
) -> WayBars:
    """Return the bars of these ways.

    Parameters
    ----------
    is_log
        Whether every tick is ten times the one before, and times are shown; else lengths are in proportion.
    """
    per_pass = task.forward_multiplications
    scale = _Scale(2 * task.n_parameters * per_pass, is_log)
    return WayBars(
        bars=tuple(_bar(way, counts.get(way), counting, per_pass, scale) for way in ways),
        ticks=scale.ticks,
        scale=f"Multiplications, {'each line ten times the one before' if is_log else 'in proportion'}",
        time_note=f"Time: median of up to {MOST_RUNS} runs" if is_log else "",
    )


class _Scale:
    """From 1, or 0 in proportion, to what the dearest way takes."""

    def __init__(self, most: int, is_log: bool) -> None:
        self.is_log = is_log
        self._decades = max(1, math.ceil(math.log10(most)))
        self._most = most

    def share(self, multiplications: int) -> float:
        if self.is_log:
            return math.log10(max(multiplications, 1)) / self._decades
        return multiplications / self._most

    @property
    def ticks(self) -> tuple[Tick, ...]:
        if self.is_log:
            return tuple(Tick(i / self._decades, decade_words(i)) for i in range(self._decades + 1))
        step = max(1, 10 ** math.floor(math.log10(self._most)) // 2)
        return tuple(Tick(value / self._most, grouped(value)) for value in range(0, self._most + 1, step))


def decade_words(exponent: int) -> str:
    """Return a power of ten in words; empty where only its line is drawn."""
    return _WORDS.get(exponent, "")


def time_text(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    if seconds < 1.0:
        return f"{significant(1000.0 * seconds, 2)} ms"
    return f"{significant(seconds, 2)} s"


def _bar(way: Way, count: WayCount | None, counting: Counting | None, per_pass: int, scale: _Scale) -> WayBar:
    if counting is not None and counting.way is way:
        done = counting.passes * per_pass
        note = f"{grouped(counting.passes)} passes so far"
        return WayBar(way, WAY_NAMES[way], scale.share(done), grouped(done), note, is_counting=True)
    if count is None:
        return WayBar(way, WAY_NAMES[way], math.nan, NOT_YET, "")
    result = count.result
    note = _passes_text(way, result.passes) + (f" · {time_text(count.seconds)}" if scale.is_log else "")
    return WayBar(
        way, WAY_NAMES[way], scale.share(result.multiplications), grouped(result.multiplications), note
    )


def _passes_text(way: Way, passes: int) -> str:
    match way:
        case Way.REVERSE:
            return "1 pass forward, 1 back"
        case Way.FORWARD:
            return f"1 pass, {grouped(passes - 1)} slopes carried along"
        case Way.DIFFERENCES:
            return f"{grouped(passes)} passes forward"
