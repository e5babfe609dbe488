"""Lessons in files, whole and broken."""

from pathlib import Path

import pytest

from bpviz.viewmodel.lessons.lesson_reader import LessonError, read_lesson
from tests.viewmodel.lessons.lesson_files import COURSE, TEXTS, VOCABULARIES, write_lesson


def test_a_lesson_is_its_course_with_its_texts(tmp_path: Path) -> None:
    lesson = read_lesson(write_lesson(tmp_path), VOCABULARIES)
    assert (lesson.id, lesson.number, lesson.title, lesson.stage) == ("toy", 3, "A toy", "toy")
    assert lesson.run == {"rate": 0.5, "layers": [784, 10]}
    look, guess = lesson.steps
    assert look.do[0].settings == {"iterations": 2}
    assert look.spotlight == ("input",)
    assert look.wait is not None
    assert look.wait.hint.source == "Drag it below 1."
    assert guess.prediction is not None
    assert [choice.text.source for choice in guess.prediction.choices] == ["Up", "Not up"]


def test_another_language_is_another_file_and_english_stands_in(tmp_path: Path) -> None:
    path = write_lesson(tmp_path)
    path.with_name("toy.de.toml").write_text(TEXTS.replace("A toy", "Ein Spielzeug"), encoding="utf-8")
    assert read_lesson(path, VOCABULARIES, "de").title == "Ein Spielzeug"
    assert read_lesson(path, VOCABULARIES, "fr").title == "A toy"


def test_a_teacher_may_write_everything_in_one_file(tmp_path: Path) -> None:
    course = """
number = 20
stage = "toy"
title = "Mine"
[[step]]
id = "one"
say = "Look."
[[step]]
id = "two"
ask = "Which?"
choices = { a = "A", b = "B" }
[step.predict]
choice = [{ id = "a", when = "loss < 1" }, { id = "b" }]
"""
    lesson = read_lesson(write_lesson(tmp_path, course, None), VOCABULARIES)
    assert lesson.steps[0].say.source == "Look."


@pytest.mark.parametrize(
    ("was", "becomes", "found"),
    [
        ("rate = 0.5", "rates = 0.5", ["toy.toml, run", "'rates'", "layers, rate"]),
        ("iterations = 2", "iteration = 2", ["step 1 ('look')", "do 1", "'iteration'"]),
        ('spotlight = ["input"]', 'spotlight = ["inputs"]', ["step 1 ('look')", "'spotlight'", "inputs"]),
        ("loss < 1", "losses < 1", ["step 1 ('look')", "'until'", "losses"]),
        ("loss < 1", "loss <", ["step 1 ('look')", "'until'", "cannot be read"]),
        ('weight("w[1][0,0]")', "weight", ["step 2 ('guess')", "'of'", "it needs 1"]),
        ("change > 0", "changes > 0", ["step 2 ('guess')", "choice 1", "'when'", "changes"]),
        ('id = "guess"', 'id = "look"', ["step 1", "'id'", "two steps"]),
        ('id = "guess"', "id = 7", ["step 2", "'id'", "7"]),
        ('stage = "toy"', 'stage = "moon"', ["toy.toml", "'stage'", "moon", "toy"]),
        ("number = 3", "number = 'three'", ["toy.toml", "'number'", "whole number"]),
        ('until = "loss < 1", ', "", ["step 1 ('look')", "'wait'", "either"]),
        (', help = [{ do = "train", iterations = 9 }]', "", ["step 1 ('look')", "'help'", "needed"]),
        ('until = "loss < 1"', 'act = "jumped"', ["step 1 ('look')", "'act'", "jumped", "dragged"]),
        ("number = 3", "number = = 3", ["toy.toml", "line 1"]),
        ('show = { phase = "forward" }', 'show = { faces = "x" }', ["step 1 ('look')", "'faces'", "phase"]),
        ('\nwhen = "change > 0"', "", ["step 2 ('guess')", "'choice'", "just one"]),
        ('phase = "forward"', 'phase = { a = 1 }', ["step 1 ('look')", "'phase'"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_step_and_key(
    tmp_path: Path, was: str, becomes: str, found: list[str]
) -> None:
    assert was in COURSE
    with pytest.raises(LessonError) as caught:
        read_lesson(write_lesson(tmp_path, COURSE.replace(was, becomes)), VOCABULARIES)
    for words in found:
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("was", "becomes", "found"),
    [
        ("{loss:.2f|error}", "{losss:.2f}", ["toy.en.toml, step 'look'", "'say'", "losss"]),
        ("{loss:.2f|error}", "{loss}", ["toy.en.toml, step 'look'", "'say'", ".2f"]),
        ('say = "The loss', 'says = "The loss', ["toy.en.toml", "'says'"]),
        ("[guess]", "[gues]", ["toy.en.toml", "'gues'"]),
        (', other = "Not up"', "", ["toy.en.toml, step 'guess', choices", "'other'"]),
        ('title = "A toy"', 'title = "A toy', ["toy.en.toml", "line 1"]),
        ('hint = "Drag it below 1."\n', "", ["toy.en.toml, step 'look'", "'hint'"]),
    ],
)
def test_what_is_wrong_with_a_text_is_said_too(
    tmp_path: Path, was: str, becomes: str, found: list[str]
) -> None:
    assert was in TEXTS
    with pytest.raises(LessonError) as caught:
        read_lesson(write_lesson(tmp_path, COURSE, TEXTS.replace(was, becomes)), VOCABULARIES)
    for words in found:
        assert words in str(caught.value)


def test_files_that_are_no_lessons_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="cannot be read"):
        read_lesson(tmp_path / "none.toml", VOCABULARIES)
    huge = write_lesson(tmp_path, "#" * 1_000_001, None, "huge")
    with pytest.raises(LessonError, match="1,000,001 bytes"):
        read_lesson(huge, VOCABULARIES)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LessonError, match="UTF-8"):
        read_lesson(binary, VOCABULARIES)
