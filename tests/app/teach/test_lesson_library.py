"""Finding lessons."""

from pathlib import Path

import pytest

from bpviz.app.teach.experiments import EXPERIMENTS, VOCABULARIES
from bpviz.app.teach.lesson_library import bundled_folder, load_library
from bpviz.viewmodel.lessons.lesson_reader import LessonError
from tests.viewmodel.lessons.lesson_files import COURSE, TEXTS, write_lesson
from tests.viewmodel.lessons.lesson_files import VOCABULARIES as TOY

TWELVE = [
    "neuron",
    "bias",
    "one-layer",
    "hidden-layer",
    "three-phases",
    "batches",
    "losses",
    "valley",
    "momentum",
    "autodiff",
    "stuck",
    "overfitting",
]


def test_all_lessons_that_come_with_bpviz_can_be_read_and_stand_in_their_order() -> None:
    library = load_library(VOCABULARIES, (bundled_folder(),))
    assert library.problems == ()
    assert [lesson.id for lesson in library.lessons] == TWELVE
    assert [lesson.number for lesson in library.lessons] == list(range(1, 13))


def test_every_kind_of_stage_a_lesson_may_name_can_be_made() -> None:
    assert set(EXPERIMENTS) == set(VOCABULARIES)


def test_lessons_are_ordered_by_number_and_one_of_ones_own_takes_the_place_of_its_namesake(
    tmp_path: Path,
) -> None:
    bundled, own = tmp_path / "bundled", tmp_path / "own"
    bundled.mkdir()
    own.mkdir()
    write_lesson(bundled, name="late")
    write_lesson(bundled, COURSE.replace("number = 3", "number = 1"), name="early")
    write_lesson(own, texts=TEXTS.replace("A toy", "Mine"), name="late")
    library = load_library(TOY, (bundled, own))
    assert [lesson.id for lesson in library.lessons] == ["early", "late"]
    assert library.lesson("late").title == "Mine"


def test_a_lesson_that_cannot_be_read_is_told_and_the_others_are_there(tmp_path: Path) -> None:
    write_lesson(tmp_path, name="good")
    write_lesson(tmp_path, COURSE.replace("rate = 0.5", "rate = "), name="bad")
    library = load_library(TOY, (tmp_path,))
    assert [lesson.id for lesson in library.lessons] == ["good"]
    assert len(library.problems) == 1
    assert "bad.toml" in library.problems[0]
    assert "line 4" in library.problems[0]


def test_an_unknown_lesson_is_answered_with_those_there_are(tmp_path: Path) -> None:
    write_lesson(tmp_path, name="good")
    with pytest.raises(LessonError, match="there is no lesson 'bad'; choose one of good"):
        load_library(TOY, (tmp_path,)).lesson("bad")


def test_a_folder_that_is_not_there_holds_no_lessons(tmp_path: Path) -> None:
    assert load_library(TOY, (tmp_path / "none",)).lessons == ()
