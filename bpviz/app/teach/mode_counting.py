"""Has three ways to a gradient counted and timed in the helper's thread, with news on the way."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from bpviz.app.session import Session
from bpviz.app.teach.modes_setup import ModesSetup
from bpviz.training.messages import QuestionFailed
from bpviz.viewmodel.lessons.cost_curves import CostPoint
from bpviz.viewmodel.lessons.gradient_ways import GradientTask, Way, WayCount, count_way, gradient_by
from bpviz.viewmodel.lessons.way_bars import Counting

T = TypeVar("T")

_QUESTION = "ways to a gradient"
_NEWS_INTERVAL_S = 0.1
_PARAMETERS_PER_LOOK = 64


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known by now.

    Attributes
    ----------
    small, large
        The ways counted for each of the two networks.
    points
        What they take for networks of other sizes.
    """

    small: Mapping[Way, WayCount] = field(default_factory=dict)
    large: Mapping[Way, WayCount] = field(default_factory=dict)
    points: tuple[CostPoint, ...] = ()


class _EndedError(Exception):
    """The lesson was left while it counted."""


class ModeCounting(QObject):
    """Belongs to the GUI thread; asks the session's helper.

    Attributes
    ----------
    counted
        What is known; replaced, never changed.
    under_way
        What is being counted for one of the two networks at the moment.

    Signals
    -------
    done, failed
        What was asked for is known; or cannot be, the sentence says why.
    changed
        There is something new to show.
    """

    done = Signal()
    failed = Signal(str)
    changed = Signal()

    def __init__(
        self,
        session: Session,
        clock: Callable[[], float] = time.perf_counter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.counted = Counted()
        self.under_way: Counting | None = None
        self._session = session
        self._clock = clock
        self._is_closed = False
        self._known: dict[tuple[bool, Way], WayCount] = {}
        self._known_points: dict[tuple[Way, int], CostPoint] = {}
        session.event_came.connect(self._on_event)

    def count(self, task: GradientTask, ways: Sequence[Way], is_small: bool) -> None:
        """Count these ways for the small or the large network."""
        new = [way for way in ways if (is_small, way) not in self._known]

        def question() -> list[WayCount]:
            return [count_way(way, task, self._clock, self._news_of(way)) for way in new]

        def take(counts: list[WayCount]) -> None:
            self._known |= {(is_small, count.way): count for count in counts}
            known = {way: self._known[is_small, way] for way in ways}
            before = self.counted
            if is_small:
                self.counted = replace(before, small={**before.small, **known})
            else:
                self.counted = replace(before, large={**before.large, **known})
            self._end()

        self._ask(question, take)

    def count_sizes(self, setup: ModesSetup, sizes: Sequence[int], ways: Sequence[Way]) -> None:
        """Count these ways for large networks of other sizes; points are there as soon as each is known."""
        wanted = [(way, size) for size in sizes for way in ways]

        def question() -> None:
            for way, size in wanted:
                if (way, size) not in self._known_points:
                    self._session.post(partial(self._take_point, self._point(way, setup, size)))

        def take(_: None) -> None:
            points = tuple(self._known_points[key] for key in wanted)
            others = tuple(point for point in self.counted.points if point not in points)
            self.counted = replace(self.counted, points=others + points)
            self._end()

        self._ask(question, take)

    def put(self, counted: Counted) -> None:
        """Know this again, and nothing else."""
        self.counted = counted
        self._session.ask(_QUESTION, lambda: None, lambda _: self._end())

    def close(self) -> None:
        """Count no further."""
        self._is_closed = True
        self._session.forget(_QUESTION)
        self._session.event_came.disconnect(self._on_event)

    def _ask(self, question: Callable[[], T], take: Callable[[T], None]) -> None:
        def answer() -> tuple[T, ...]:
            try:
                return (question(),)
            except _EndedError:
                return ()

        def deliver(answers: tuple[T, ...]) -> None:
            for found in answers:
                take(found)

        self._session.ask(_QUESTION, answer, deliver)

    def _end(self) -> None:
        self.under_way = None
        self.changed.emit()
        self.done.emit()

    def _news_of(self, way: Way) -> Callable[[int], None]:
        """Return what finite differences call on their way, in the helper's thread."""
        told_at = self._clock()

        def look(index: int) -> None:
            nonlocal told_at
            if index % _PARAMETERS_PER_LOOK:
                return
            if self._is_closed:
                raise _EndedError
            if self._clock() - told_at >= _NEWS_INTERVAL_S:
                told_at = self._clock()
                self._session.post(partial(self._take_news, Counting(way, 2 * index)))

        return look

    def _point(self, way: Way, setup: ModesSetup, size: int) -> CostPoint:
        task = setup.with_hidden(size)
        result = gradient_by(way, task, self._quiet)
        return CostPoint(way, size, task.n_parameters, result.multiplications)

    def _quiet(self, index: int) -> None:
        if self._is_closed:
            raise _EndedError

    def _take_news(self, news: Counting) -> None:
        if not self._is_closed:
            self.under_way = news
            self.changed.emit()

    def _take_point(self, point: CostPoint) -> None:
        self._known_points[point.way, point.hidden] = point
        if not self._is_closed:
            self.counted = replace(self.counted, points=(*self.counted.points, point))
            self.changed.emit()

    def _on_event(self, event: object) -> None:
        if isinstance(event, QuestionFailed) and event.question == _QUESTION:
            self.under_way = None
            self.failed.emit(event.sentence)
