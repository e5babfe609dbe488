"""The trainer of a tiny network is held back from a frame's beginning until its widgets are painted."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpviz.app.window_turn import WindowTurn
from bpviz.training.right_of_way import LONGEST_S, RightOfWay


class Clock:
    """Goes on far enough between two looks that nobody is still entitled to go first."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self.looks * 10 * LONGEST_S


class Painted(QWidget):
    """Notes at each painting what it is told."""

    def __init__(self, is_held: Callable[[], bool]) -> None:
        super().__init__()
        self._is_held = is_held
        self.held: list[bool] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.held.append(self._is_held())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def way(clock: Clock) -> RightOfWay:
    return RightOfWay(clock)


@pytest.fixture
def turn(qapp: QApplication, way: RightOfWay) -> Iterator[WindowTurn]:
    turn = WindowTurn(way)
    yield turn
    turn.end()


def is_held(way: RightOfWay, clock: Clock) -> bool:
    """Tell whether a trainer would have to wait: only then does it look at the clock."""
    before = clock.looks
    way.give()
    return clock.looks > before


def test_the_trainer_waits_until_the_frame_is_painted(
    turn: WindowTurn, way: RightOfWay, clock: Clock, qtbot: QtBot
) -> None:
    widget = Painted(lambda: is_held(way, clock))
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(widget.held))
    widget.held.clear()
    turn.begin_frame()
    widget.update()
    qtbot.waitUntil(lambda: bool(widget.held))
    assert widget.held == [True]
    qtbot.waitUntil(lambda: not is_held(way, clock))


def test_nothing_is_held_back_between_frames_and_after_the_end(
    turn: WindowTurn, way: RightOfWay, clock: Clock
) -> None:
    assert not is_held(way, clock)
    turn.begin_frame()
    assert is_held(way, clock)
    turn.end()
    assert not is_held(way, clock)
