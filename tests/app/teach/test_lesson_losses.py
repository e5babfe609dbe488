"""The lesson on three tasks and their losses, walked as learners do: what it claims is true of its runs."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpviz.app.teach.loss_experiment import LossExperiment
from bpviz.data.samples import Task
from bpviz.ui.teach.loss_stage import LossStage
from bpviz.ui.teach.loss_view import LossView
from tests.app.teach.lesson_room import LessonRoom, lesson_room

RIGHT = {"twice": "C", "fit": "B", "sure": "C", "line": "C", "hidden": "C", "tenth": "C"}
WRONG = {"twice": "B", "fit": "A", "sure": "A", "line": "A", "hidden": "A", "tenth": "A"}


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[LessonRoom]:
    with lesson_room(qtbot, "losses") as opened:
        yield opened


def loss_view(room: LessonRoom) -> LossView:
    assert isinstance(room.experiment.stage, LossStage)
    return room.experiment.stage.loss


def task(room: LessonRoom) -> Task:
    assert isinstance(room.experiment, LossExperiment)
    return room.experiment.run.dataset.task


def test_every_claim_of_the_curve_and_of_the_classes_holds(room: LessonRoom) -> None:
    walk_curve(room)
    walk_two_classes(room)
    walk_corners(room)
    walk_many(room)
    assert room.is_over
    assert room.score == (6, 6)


def walk_curve(room: LessonRoom) -> None:
    assert task(room) is Task.REGRESSION
    room.next()
    distance = room.measure("distance")
    assert distance == pytest.approx(abs(room.measure("error", 0)))
    assert room.measure("loss") == pytest.approx(0.5 * distance**2, rel=1e-5)

    room.next()
    room.predict(RIGHT["twice"])
    assert room.measure("tried_loss") == pytest.approx(4 * room.measure("loss"), rel=1e-4)
    picture = loss_view(room).picture
    assert picture is not None
    assert picture.tried is not None
    assert picture.tried.x == pytest.approx(2 * picture.point.x if picture.point else 0.0, rel=1e-6)

    room.next()
    before = room.measure("train_loss")
    room.predict(RIGHT["fit"])
    # What is left is about the noise the points were made with, half the square of 0.3 x 0.3.
    assert 0.003 < room.measure("train_loss") < 0.01 < 0.2 * before


def walk_two_classes(room: LessonRoom) -> None:
    room.next()
    assert task(room) is Task.TWO_CLASSES
    assert room.measure("loss") == pytest.approx(-math.log(room.measure("right_share")), abs=1e-4)
    room.next()
    room.predict(RIGHT["sure"])
    assert room.measure("tried_loss") == pytest.approx(-math.log(0.01))
    assert "4.61" in room.text


def walk_corners(room: LessonRoom) -> None:
    room.next()
    assert room.measure("n_weights") == 3
    room.predict(RIGHT["line"])
    assert 0.4 < room.measure("train_accuracy") < 0.65
    room.next()
    assert room.measure("iteration") == 0
    room.predict(RIGHT["hidden"])
    assert room.measure("train_accuracy") > 0.95
    assert room.measure("train_loss") < 0.1


def walk_many(room: LessonRoom) -> None:
    room.next()
    assert room.measure("train_accuracy") > 0.97
    room.next()
    assert task(room) is Task.MANY_CLASSES
    assert np.isclose(sum(room.measure("output", k) for k in range(10)), 1.0, atol=1e-5)
    share = room.measure("output", room.measure("label"))
    assert room.measure("loss") == pytest.approx(-math.log(share), abs=1e-4)
    room.next()
    room.predict(RIGHT["tenth"])
    assert room.measure("loss") == pytest.approx(math.log(10.0), abs=1e-5)
    assert room.measure("train_loss") == pytest.approx(math.log(10.0), abs=1e-5)
    assert "2.30" in room.text


def test_who_is_wrong_is_told_so_and_shown_what_is_right(room: LessonRoom) -> None:
    room.walk(WRONG)
    assert room.score == (0, 6)
    assert room.right == RIGHT["tenth"]
    assert room.text.startswith("Not so.")


def test_going_back_brings_the_task_before_back(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "losses", first_step=4) as room:
        room.predict(RIGHT["fit"])
        trained = room.measure("train_loss")
        room.next()
        assert task(room) is Task.TWO_CLASSES
        room.press(Qt.Key.Key_Left)
        assert task(room) is Task.REGRESSION
        assert room.measure("iteration") == 0
        room.predict(RIGHT["fit"])
        assert room.measure("train_loss") == trained


def test_what_is_imagined_ends_with_its_step(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "losses", first_step=3) as room:
        room.predict(RIGHT["twice"])
        assert room.measure("tried") == pytest.approx(2 * room.measure("distance"))
        room.next()
        assert math.isnan(room.measure("tried"))


def test_the_loss_of_all_stands_there_large_as_measured(room: LessonRoom) -> None:
    picture = loss_view(room).picture
    assert picture is not None
    assert float(picture.loss) == pytest.approx(room.measure("train_loss"), abs=6e-4)
    assert picture.count == "mean of 210 points"
