"""The lesson of momentum: it escapes, plain descent does not; who wins a race depends on the rate."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.nn.optimizers import OPTIMIZERS
from bpviz.viewmodel.lessons.playing import StepState
from bpviz.viewmodel.lessons.valley import DIP, FLOOR
from tests.app.teach.valley_class import ValleyClass

A, B, C = Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_C


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[ValleyClass]:
    room = ValleyClass(qtbot, "momentum")
    yield room
    room.close()


def escape_with_velocity(room: ValleyClass) -> None:
    _, right = room.answer(B)
    assert right == 1
    assert room.measure("w") == pytest.approx(DIP, abs=0.02)
    room.go_on()
    for _ in range(2):
        assert room.player.playing.state is StepState.WAITING
        QTest.mouseClick(room.stage.controls.step, Qt.MouseButton.LeftButton)
    assert room.player.playing.state is StepState.READY
    assert room.measure("carried") > -room.measure("rate") * room.measure("slope") > 0.0
    room.go_on()
    assert room.measure("rate") == 0.05
    said, right = room.answer(C)
    assert right == 2
    assert room.measure("w") == pytest.approx(FLOOR, abs=0.02)
    assert "Momentum escaped." in said


def compare_balls(room: ValleyClass) -> None:
    room.go_on()
    _, right = room.answer(B)
    assert right == 1
    assert abs(room.measure("w_of", "sgd") - FLOOR) < abs(room.measure("w_of", "momentum") - FLOOR)
    room.go_on()
    _, right = room.answer(C)
    assert right == 2
    ends = {rule: room.measure("w_of", rule) for rule in OPTIMIZERS}
    assert {rule for rule, w in ends.items() if w > 1.0} == {"momentum", "nesterov"}


def race_twice(room: ValleyClass) -> None:
    room.go_on()
    _, right = room.answer(C)
    assert right == 2
    slow = {rule: room.measure("race_loss", rule) for rule in OPTIMIZERS}
    assert max(slow["rmsprop"], slow["adam"]) < 0.5 * min(slow["momentum"], slow["nesterov"], slow["sgd"])
    assert min(slow, key=lambda rule: slow[rule]) == "rmsprop"
    room.go_on()
    _, right = room.answer(B)
    assert right == 1
    fast = {rule: room.measure("race_loss", rule) for rule in OPTIMIZERS}
    assert min(fast, key=lambda rule: fast[rule]) == "nesterov"


def test_a_learner_who_is_right_walks_it_to_the_end(room: ValleyClass) -> None:
    escape_with_velocity(room)
    compare_balls(room)
    race_twice(room)
    assert room.score == (6, 6)


def test_wrong_predictions_are_told(room: ValleyClass) -> None:
    said, right = room.answer(A)
    assert right == 1
    assert said.startswith("Not so.")
    room.go_on()
    room.go_on()
    room.go_on()
    said, right = room.answer(A)
    assert right == 2
    assert said.startswith("Not so.")
    assert room.score == (0, 2)


def test_going_back_lets_the_ball_escape_again(room: ValleyClass) -> None:
    while room.step != "price":
        room.go_on()
    room.press(Qt.Key.Key_Left)
    assert room.measure("w") == -2.0
    room.answer(C)
    assert room.measure("w") == pytest.approx(FLOOR, abs=0.02)
