"""The lesson on batches, played by a learner, and what it claims."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpviz.app.teach.batches_experiment import BatchesExperiment
from bpviz.errors import BpvizError
from bpviz.ui.teach.batches_stage import BatchesStage
from bpviz.ui.teach.epoch_wall import EpochPlace
from tests.app.teach.lesson_room import LessonRoom, lesson_room

_RIGHT = {"epoch": "B", "single": "A", "whole": "B"}
_WRONG = {"epoch": "C", "single": "B", "whole": "A"}


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[LessonRoom]:
    with lesson_room(qtbot, "batches") as room:
        yield room


def stage_of(room: LessonRoom) -> BatchesStage:
    stage = room.experiment.stage
    assert isinstance(stage, BatchesStage)
    return stage


def place_of(room: LessonRoom) -> EpochPlace:
    place = stage_of(room).wall.place
    assert place is not None
    return place


def batch_of(room: LessonRoom) -> list[int]:
    assert isinstance(room.experiment, BatchesExperiment)
    snapshot = room.experiment.run.snapshot
    assert snapshot is not None
    return sorted(snapshot.batch.indices.tolist())


@pytest.mark.parametrize(("answers", "score"), [(_RIGHT, (3, 3)), (_WRONG, (0, 3))])
def test_it_is_walked_from_start_to_end(
    room: LessonRoom, answers: dict[str, str], score: tuple[int, int]
) -> None:
    room.walk(answers)
    assert room.step == "choice"
    assert room.score == score


def test_the_wall_tells_each_image_of_an_epoch_once(room: LessonRoom) -> None:
    assert place_of(room) == EpochPlace(0, 0, 10, (), ())
    room.next()
    assert sorted(place_of(room).batch) == batch_of(room)
    assert len(batch_of(room)) == 10
    assert place_of(room).used == ()
    first = set(batch_of(room))
    room.next()
    room.predict("B")
    place = place_of(room)
    assert (place.epoch, place.iteration_in_epoch) == (1, 10)
    assert sorted((*place.used, *place.batch)) == list(range(100))
    assert first <= set(place.used)
    room.next()
    assert (place_of(room).epoch, place_of(room).used) == (2, ())
    assert set(batch_of(room)) != first


def test_smaller_batches_come_lower_in_ten_epochs_and_jump_further(room: LessonRoom) -> None:
    room.walk(_RIGHT)
    curves = stage_of(room).curve.curves
    assert curves is not None
    assert {course.batch_size: len(course.losses) for course in curves.courses} == {1: 1000, 10: 100, 100: 10}
    by_size = {course.batch_size: course for course in curves.courses}
    assert by_size[1].wobble > 1.5 * by_size[10].wobble > 3.0 * by_size[100].wobble
    assert by_size[1].final_loss < 0.5 * by_size[10].final_loss
    assert by_size[10].final_loss < 0.8 * by_size[100].final_loss
    assert by_size[100].final_loss == pytest.approx(room.measure("train_loss"))


def test_losses_on_the_curve_are_those_of_the_batches(room: LessonRoom) -> None:
    room.next()
    curves = stage_of(room).curve.curves
    assert curves is not None
    assert curves.current.losses.tolist() == pytest.approx([room.measure("batch_loss")])
    assert curves.current.wobble != curves.current.wobble


def test_going_back_brings_the_curves_back(room: LessonRoom) -> None:
    while room.step != "whole":
        room.next()
    before = stage_of(room).curve.curves
    room.next()
    room.press(Qt.Key.Key_Left)
    assert room.step == "single"
    room.next()
    room.next()
    after = stage_of(room).curve.curves
    assert before is not None
    assert after is not None
    assert [course.batch_size for course in after.courses] == [10, 1]
    for old, new in zip(before.courses, after.courses, strict=True):
        assert np.array_equal(old.losses, new.losses)
        assert old.final_loss == new.final_loss


def test_a_run_that_was_not_made_is_told(room: LessonRoom) -> None:
    with pytest.raises(BpvizError, match="no run with batch size"):
        room.measure("kept_loss", 7.0)
