"""The lesson of the valley: every claim it makes holds on the curve and in the real network."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.teach.valley_controls import notch_of
from bpviz.viewmodel.lessons.playing import StepState
from bpviz.viewmodel.lessons.valley import valley_loss
from bpviz.viewmodel.words.number_format import percent
from tests.app.teach.valley_class import ValleyClass

LEFT = Qt.MouseButton.LeftButton
A, B, C = Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_C


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[ValleyClass]:
    room = ValleyClass(qtbot, "valley")
    yield room
    room.close()


def drag_ball_to(room: ValleyClass, w: float) -> None:
    plot = room.stage.balls
    start = plot.ball_center.toPoint()
    end = QPoint(round(plot.place(w, 0.0).x()), start.y())
    view = plot.viewport()
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(view, start + (end - start) * share)
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, end)


def follow_the_slope(room: ValleyClass) -> None:
    drag_ball_to(room, 2.0)
    assert not is_waiting(room)
    assert room.measure("loss") < 0.05
    room.go_on()
    assert "−3.00" in room.text
    said, right = room.answer(A)
    assert right == 0
    assert "from −2.00 to −1.40" in said


def step_down_by_hand(room: ValleyClass) -> None:
    room.go_on()
    presses = 0
    while is_waiting(room):
        QTest.mouseClick(room.stage.controls.step, LEFT)
        presses += 1
    assert presses <= 8
    assert abs(room.measure("slope")) < 0.05


def take_rates_too_small_and_too_large(room: ValleyClass) -> None:
    room.go_on()
    assert room.measure("rate") == 0.002
    said, right = room.answer(C)
    assert right == 2
    assert "−1.89" in said
    room.go_on()
    said, right = room.answer(C)
    assert right == 2
    assert room.measure("loss") > 1000 * valley_loss(-2.0)


def find_a_good_rate(room: ValleyClass) -> None:
    room.go_on()
    controls = room.stage.controls
    QTest.mouseClick(controls.step, LEFT)
    assert is_waiting(room)
    controls.slider.setValue(notch_of(0.22))
    QTest.mouseClick(controls.restart, LEFT)
    for _ in range(3):
        QTest.mouseClick(controls.step, LEFT)
    assert not is_waiting(room)


def be_lost_in_fog(room: ValleyClass) -> None:
    room.go_on()
    assert "The slope is 0.00" in room.text
    assert is_covered(room)
    said, right = room.answer(B)
    assert right == 1
    assert "0.84" in said
    assert not is_covered(room)


def see_a_real_valley_move(room: ValleyClass) -> None:
    room.go_on()
    room.go_on()
    assert room.measure("iteration") == 60
    before = room.measure("valley_loss")
    _, right = room.answer(B)
    assert right == 1
    assert room.measure("iteration") == 140
    assert room.measure("valley_loss") < before - 0.35


def is_waiting(room: ValleyClass) -> bool:
    return room.player.playing.state is StepState.WAITING


def is_covered(room: ValleyClass) -> bool:
    scene = room.stage.balls.shown
    return scene is not None and scene.is_covered


def test_a_learner_who_is_right_walks_it_to_the_end(room: ValleyClass) -> None:
    assert is_waiting(room)
    follow_the_slope(room)
    step_down_by_hand(room)
    take_rates_too_small_and_too_large(room)
    find_a_good_rate(room)
    be_lost_in_fog(room)
    see_a_real_valley_move(room)
    room.go_on()
    assert room.step == "map"
    assert 0.9 < room.measure("share") < 1.0
    assert percent(room.measure("share"), 0) in room.text
    assert room.score == (5, 5)


def test_wrong_predictions_are_told(room: ValleyClass) -> None:
    room.go_on()
    room.go_on()
    said, right = room.answer(B)
    assert right == 0
    assert said.startswith("Not so.")
    room.go_on()
    room.go_on()
    room.go_on()
    said, right = room.answer(A)
    assert right == 2
    assert said.startswith("Not so.")
    assert room.score == (0, 2)


def test_space_alone_walks_it_all_and_going_back_trains_the_same_again(room: ValleyClass) -> None:
    ends: list[bool] = []
    room.player.finished.connect(lambda: ends.append(True))
    while room.step != "map":
        room.go_on()
    loss = room.measure("weight_loss")
    room.press(Qt.Key.Key_Left)
    assert room.measure("iteration") == 40
    room.go_on()
    room.go_on()
    assert room.measure("weight_loss") == loss
    assert room.measure("iteration") == 140
    room.go_on()
    room.go_on()
    assert ends == [True]
