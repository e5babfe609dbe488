"""Counting three ways to a gradient beside the window."""

from collections.abc import Iterator
from itertools import count

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.app.session import Session
from bpviz.app.teach.mode_counting import Counted, ModeCounting
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, Network
from bpviz.training.config import TrainingConfig
from bpviz.viewmodel.lessons.gradient_ways import GradientTask, Way
from tests.app.teach.modes_class import STROKES


class CountingClock:
    """A second passes whenever someone looks."""

    def __init__(self) -> None:
        self._seconds = count()
        self.looks = 0

    def __call__(self) -> float:
        self.looks = next(self._seconds)
        return float(self.looks)


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session(TrainingConfig(layers=(784, 2, 10)), STROKES)
    session.start()
    yield session
    session.stop()


def task(hidden: int) -> GradientTask:
    architecture = Architecture((784, hidden, 10))
    parameters = initial_parameters(architecture, "xavier", np.random.default_rng(1), np.float64)
    x = STROKES.train.scaled(slice(0, 1)).astype(np.float64)
    return GradientTask(Network(architecture, parameters), x, np.eye(10)[:1])


def wait(qtbot: QtBot, session: Session, counting: ModeCounting) -> None:
    ends: list[bool] = []
    counting.done.connect(lambda: ends.append(True))

    def is_done() -> bool:
        session.pull()
        return bool(ends)

    qtbot.waitUntil(is_done, timeout=20_000)


def test_what_was_counted_once_is_known_at_once_the_next_time(qtbot: QtBot, session: Session) -> None:
    clock = CountingClock()
    counting = ModeCounting(session, clock)
    counting.count(task(2), [Way.REVERSE], is_small=True)
    wait(qtbot, session, counting)
    first = counting.counted.small[Way.REVERSE]
    counting.put(Counted())
    wait(qtbot, session, counting)
    assert counting.counted.small == {}
    looks = clock.looks
    counting.count(task(2), [Way.REVERSE], is_small=True)
    wait(qtbot, session, counting)
    assert counting.counted.small[Way.REVERSE] is first
    assert clock.looks == looks
    counting.close()


def test_leaving_while_it_counts_ends_the_counting(qtbot: QtBot, session: Session) -> None:
    clock = CountingClock()
    counting = ModeCounting(session, clock)
    large = task(64)
    counting.count(large, [Way.DIFFERENCES], is_small=False)
    qtbot.waitUntil(lambda: clock.looks > 3)
    counting.close()
    session.stop()
    # A helper that counted on to the end would have looked once for every 64 parameters.
    assert clock.looks < large.n_parameters / 64 / 2
    assert counting.counted == Counted()
