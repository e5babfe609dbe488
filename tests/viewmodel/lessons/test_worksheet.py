"""What stands on a worksheet."""

from pathlib import Path

import pytest

from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.playing import Playing
from bpviz.viewmodel.lessons.worksheet import worksheet_of
from tests.viewmodel.lessons.lesson_files import COURSE, TEXTS, VOCABULARIES, write_lesson


def quarter(name: str, arguments: tuple[Argument, ...]) -> float:
    return 0.25


def asking(folder: Path, course: str = COURSE, texts: str = TEXTS) -> Playing:
    return Playing(read_lesson(write_lesson(folder, course, texts), VOCABULARIES), step=1)


def test_a_step_is_printed_with_its_lines_and_their_blanks(tmp_path: Path) -> None:
    sheet = worksheet_of(Playing(read_lesson(write_lesson(tmp_path), VOCABULARIES)), quarter)
    assert (sheet.title, sheet.subtitle, sheet.place) == ("A toy", "Two steps", "Step 1 of 2")
    assert "".join(span.text for span in sheet.said) == "The loss is 0.25."
    assert [(span.text, span.is_blank) for span in sheet.lines[0]] == [("L = ", False), ("0.25", True)]
    assert sheet.choices == ()
    assert sheet.right is None


def test_a_question_only_the_experiment_can_answer_has_no_key_before_its_reveal(tmp_path: Path) -> None:
    playing = asking(tmp_path)
    sheet = worksheet_of(playing, quarter)
    assert "".join(span.text for span in sheet.question) == "Which way will it go?"
    assert sheet.choices == ("Up", "Not up")
    assert sheet.right is None
    playing.begin_reveal()
    playing.end_reveal(1.0, 2.0, quarter)
    assert worksheet_of(playing, quarter).right == 0


def test_a_question_that_needs_no_experiment_has_its_key_at_once(tmp_path: Path) -> None:
    course = COURSE.replace('reveal = [{ do = "train", iterations = 1 }]\n', "")
    course = course.replace('when = "change > 0"', 'when = "after > 0.2"')
    assert worksheet_of(asking(tmp_path, course), quarter).right == 0
    assert worksheet_of(asking(tmp_path, course.replace("0.2", "0.3")), quarter).right == 1


@pytest.mark.parametrize(
    ("title", "name"), [("A toy", "a-toy-step-2-of-2"), ("../x: 1/2 ß", "x-1-2-ß-step-2-of-2")]
)
def test_the_file_is_named_after_lesson_and_step(tmp_path: Path, title: str, name: str) -> None:
    playing = asking(tmp_path, texts=TEXTS.replace("A toy", title))
    assert worksheet_of(playing, quarter).file_name == name
