"""The valley as an experiment: what it refuses, and what it does with nobody's help."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.teach.ball_run import BallRun
from bpviz.errors import ConfigError
from bpviz.viewmodel.lessons.lesson import Action
from bpviz.viewmodel.lessons.valley import DIP
from tests.app.teach.valley_class import FastClock, ValleyClass

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[ValleyClass]:
    room = ValleyClass(qtbot, "momentum", first_step=1)
    yield room
    room.close()


def failure(room: ValleyClass, action: Action) -> str:
    told: list[str] = []
    room.experiment.failed.connect(told.append)
    room.experiment.perform([action])
    room.qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_a_ball_left_to_roll_stops_by_itself(room: ValleyClass) -> None:
    with room.qtbot.waitSignal(room.experiment.settled):
        room.experiment.perform([Action("rules", {"names": ["sgd"]}), Action("set", {"rate": 0.2})])
    play = room.stage.controls.play
    QTest.mouseClick(play, LEFT)
    assert play.text() == "Pause"

    def has_stopped() -> bool:
        room.player.pull()
        return play.text() == "Play"

    room.qtbot.waitUntil(has_stopped)
    assert room.measure("w") == pytest.approx(DIP, abs=0.01)


def test_a_second_click_on_play_pauses(room: ValleyClass) -> None:
    play = room.stage.controls.play
    QTest.mouseClick(play, LEFT)
    QTest.mouseClick(play, LEFT)
    steps = room.measure("steps")
    room.player.pull()
    assert room.measure("steps") == steps
    assert play.text() == "Play"


def test_what_cannot_be_done_is_said(room: ValleyClass) -> None:
    assert "steps" in failure(room, Action("roll", {"steps": 0}))
    assert "rate" in failure(room, Action("set", {"rate": -1.0}))
    assert "warp" in failure(room, Action("rules", {"names": ["warp"]}))
    assert "no network" in failure(room, Action("map", {}))
    assert "iterations" in failure(room, Action("race", {"iterations": 0}))


def test_a_measure_of_a_rule_nobody_has_is_refused(room: ValleyClass) -> None:
    with pytest.raises(ConfigError, match="adam"):
        room.measure("w_of", "adam")


def test_a_mark_puts_balls_back_with_what_they_remember() -> None:
    run = BallRun(FastClock())
    run.set_rules(["momentum"])
    run.roll(5, 0.0)
    mark = run.mark()
    before = run.states()
    run.roll(7, 0.0)
    run.set_rate(0.3)
    run.restore(mark)
    assert run.states() == before
    run.roll(7, 0.0)
    run.restore(mark)
    assert run.states() == before


def test_steps_come_as_time_goes() -> None:
    run = BallRun(FastClock())
    run.roll(20, 4.0)
    assert run.states()[0].n_steps == 0
    run.pull()
    assert 0 < run.states()[0].n_steps < 20
    while run.is_rolling:
        run.pull()
    assert run.states()[0].n_steps == 20


def test_a_network_put_back_goes_on_as_it_did(qtbot: QtBot) -> None:
    room = ValleyClass(qtbot, "valley")
    bit = Action("train", {"iterations": 4, "curves": 2})
    try:
        room.do(bit)
        mark, there = room.experiment.mark(), room.measure("weight_loss")
        room.do(bit)
        beyond = room.measure("weight_loss")
        room.experiment.restore(mark)
        room.wait_until_settled()
        assert room.measure("weight_loss") == there
        room.do(bit)
        assert room.measure("iteration") == 8
        assert room.measure("weight_loss") == beyond != there
    finally:
        room.close()


def test_a_race_put_back_is_the_race_of_before(room: ValleyClass) -> None:
    mark = room.experiment.mark()
    room.do(Action("race", {"iterations": 10, "rate": 0.1}))
    assert room.measure("race_rate") == 0.1
    room.experiment.restore(mark)
    room.wait_until_settled()
    assert room.measure("race_rate") != 0.1
