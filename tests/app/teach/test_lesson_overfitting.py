"""The lesson of overfitting: the gap it shows is measured, and what it says narrows it does."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpviz.training.blas_threads import blas_threads_limited
from bpviz.ui.teach.trial_stage import TrialStage
from bpviz.viewmodel.lessons.lesson_course import CourseContent
from tests.app.teach.lesson_room import LessonRoom, lesson_room

RIGHT = {"apart": "B", "on": "C", "l2": "C", "l1": "C", "more": "B"}


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[LessonRoom]:
    with blas_threads_limited(1), lesson_room(qtbot, "overfitting") as room:
        yield room


def stage_of(room: LessonRoom) -> TrialStage:
    stage = room.experiment.stage
    assert isinstance(stage, TrialStage)
    return stage


def curves(room: LessonRoom) -> CourseContent:
    content = stage_of(room).curves_view.content
    assert content is not None
    return content


def gap(room: LessonRoom) -> float:
    return room.measure("test_loss") - room.measure("train_loss")


def test_all_its_claims_hold_for_a_learner_who_is_right(room: LessonRoom) -> None:
    assert room.text.startswith("100 images to learn from, and 23\u202f860 weights")
    room.next()
    room.predict(RIGHT["apart"])
    assert room.measure("train_accuracy") == 1.0
    assert 0.5 < room.measure("test_accuracy") < 0.8
    # Hurried as here, a few portions do: the beginning and five trials.
    assert len(curves(room).lines[0].x) == 6

    room.next()
    room.predict(RIGHT["on"])
    lowest, alone = room.measure("lowest_test_loss"), gap(room)
    assert room.measure("test_loss") > lowest + 0.1
    assert room.measure("train_loss") < 0.02
    assert curves(room).gap_text == f"{alone:.2f}"
    assert stage_of(room).curves_view.gap_rect.height() > 100

    walk_penalties(room, alone)
    walk_more_data(room, alone)
    assert room.score == (5, 5)
    assert room.is_over


def walk_penalties(room: LessonRoom, alone: float) -> None:
    room.next()
    room.predict(RIGHT["l2"])
    assert gap(room) < alone - 0.15
    assert room.measure("test_loss") < room.measure("kept", "test_loss") - 0.1
    assert abs(room.measure("test_accuracy") - room.measure("kept", "test_accuracy")) < 0.03
    assert [line.name for line in curves(room).lines][-1] == "never seen, first run"

    room.next()
    before = room.measure("near_zero", 1)
    room.predict(RIGHT["l1"])
    assert room.measure("near_zero", 1) > 0.7 > before
    assert room.measure("test_accuracy") > room.measure("kept", "test_accuracy") - 0.04


def walk_more_data(room: LessonRoom, alone: float) -> None:
    room.next()
    room.predict(RIGHT["more"])
    assert room.measure("n_samples") == 1000
    assert room.measure("iteration") == 1000
    assert gap(room) < 0.5 * alone
    assert room.measure("test_accuracy") > room.measure("kept", "test_accuracy") + 0.1

    room.next()
    assert room.measure("n_samples") == 10_000
    assert gap(room) < 0.15
    assert room.measure("test_accuracy") > 0.82


def test_who_is_wrong_is_told_so_and_shown_what_is_right(room: LessonRoom) -> None:
    room.next()
    room.predict("A")
    assert room.text.startswith("Not so. 100\u00a0% of its own images")
    assert room.right == RIGHT["apart"]
    room.next()
    room.predict("A")
    assert room.text.startswith("Not so. At its best")
    assert room.right == RIGHT["on"]
    assert room.score == (0, 2)


def test_going_back_brings_the_curves_and_the_images_back(room: LessonRoom) -> None:
    room.next()
    room.predict("B")
    room.next()
    room.predict("C")
    test_line = curves(room).lines[1].y
    room.next()
    room.predict("C")
    room.press(Qt.Key.Key_Left)
    assert room.step == "on"
    assert room.measure("iteration") == 200
    assert len(curves(room).lines) == 2
    room.predict("C")
    assert np.allclose(curves(room).lines[1].y, test_line)
