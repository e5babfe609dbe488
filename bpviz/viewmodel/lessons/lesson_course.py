"""How a run did on what it trains on and on what it has never seen, as curves with the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.run.ticks import Tick, ValueAxis, linear_axis
from bpviz.viewmodel.words.number_format import fixed, grouped, percent

_MOST_TICKS = 6
_MOST_X_TICKS = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """What a network could do after so many iterations, tried on whole parts of its dataset."""

    iteration: int
    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One curve; `x` and `y` are shares of the plot, 0 to 1, `y` upwards.

    Attributes
    ----------
    text
        Its newest value; empty for a line that is only compared with.
    tone
        The theme token of its colour.
    """

    name: str
    text: str
    tone: str
    x: FloatArray
    y: FloatArray
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class CourseContent:
    """Curves under a title; the ticks' values are shares of the plot.

    Attributes
    ----------
    lines
        Of the samples trained on, of those never seen, and of an earlier run where there is one.
    gap
        Lower and upper end of the gap at the newest trial, as shares of the height; None before training.
    """

    title: str
    lines: tuple[CourseLine, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    gap: tuple[float, float] | None
    gap_text: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """The axes lines are put on."""

    axis: ValueAxis
    end: int
    is_loss: bool

    def line(self, name: str, tone: str, trials: Sequence[Trial], part: int) -> CourseLine:
        measured = np.array([_values(trial, self.is_loss)[part] for trial in trials], np.float64)
        x = np.array([trial.iteration / self.end for trial in trials], np.float64)
        newest = _text(float(measured[-1]), self.is_loss) if len(measured) else ""
        return CourseLine(name, newest, tone, x, self.axis.fraction(measured), is_dashed=part == 1)


def course_content(
    trials: Sequence[Trial], earlier: Sequence[Trial], is_loss: bool, until: int = 0
) -> CourseContent:
    """Return the curves of a run.

    Parameters
    ----------
    earlier
        A run to compare with; its curve on samples never seen is shown too.
    is_loss
        Whether losses are shown, else shares read correctly.
    until
        The iteration the axis reaches at least.
    """
    shown = (*trials, *earlier)
    end = max([until, 1, *(trial.iteration for trial in shown)])
    axis = _axis(np.array([_values(trial, is_loss) for trial in shown], np.float64), is_loss)
    frame = _Frame(axis, end, is_loss)
    lines = [
        frame.line("images it learns from", "error" if is_loss else "secondary", trials, 0),
        frame.line("images never seen", "text", trials, 1),
    ]
    if earlier:
        lines.append(frame.line("never seen, first run", "tertiary", earlier, 1))
    gap, gap_text = _gap(trials, lines, is_loss)
    return CourseContent(
        title="Loss" if is_loss else "Images read correctly",
        lines=tuple(lines),
        x_ticks=_x_ticks(end),
        y_ticks=tuple(_tick(axis, tick, is_loss) for tick in axis.ticks),
        gap=gap,
        gap_text=gap_text,
    )


def _values(trial: Trial, is_loss: bool) -> tuple[float, float]:
    if is_loss:
        return trial.train_loss, trial.test_loss
    return trial.train_accuracy, trial.test_accuracy


def _axis(values: FloatArray, is_loss: bool) -> ValueAxis:
    known = values[np.isfinite(values)]
    highest = float(known.max()) if is_loss and known.size else 1.0
    return linear_axis(0.0, highest, _MOST_TICKS)


def _text(value: float, is_loss: bool) -> str:
    return fixed(value, 2) if is_loss else percent(value, 0)


def _tick(axis: ValueAxis, tick: Tick, is_loss: bool) -> Tick:
    share = float(axis.fraction(np.array([tick.value]))[0])
    return Tick(share, tick.text if is_loss else percent(tick.value, 0))


def _x_ticks(end: int) -> tuple[Tick, ...]:
    ticks = linear_axis(0.0, float(end), _MOST_X_TICKS).ticks
    return tuple(Tick(tick.value / end, grouped(round(tick.value))) for tick in ticks if tick.value <= end)


def _gap(
    trials: Sequence[Trial], lines: Sequence[CourseLine], is_loss: bool
) -> tuple[tuple[float, float] | None, str]:
    if not trials or trials[-1].iteration == 0:
        return None, ""
    low, high = sorted(float(line.y[-1]) for line in lines[:2])
    first, second = _values(trials[-1], is_loss)
    size = abs(first - second)
    return (low, high), f"{fixed(size, 2)}" if is_loss else f"{fixed(100.0 * size, 0)} points"
