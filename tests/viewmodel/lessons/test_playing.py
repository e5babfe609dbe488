"""The way through a lesson."""

import math
from pathlib import Path

import pytest

from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson_reader import read_lesson
from bpviz.viewmodel.lessons.playing import Playing, StepState
from tests.viewmodel.lessons.lesson_files import VOCABULARIES, write_lesson


def low(name: str, arguments: tuple[Argument, ...]) -> float:
    return 0.25


def high(name: str, arguments: tuple[Argument, ...]) -> float:
    return 4.0


@pytest.fixture
def playing(tmp_path: Path) -> Playing:
    return Playing(read_lesson(write_lesson(tmp_path), VOCABULARIES))


@pytest.fixture
def asking(playing: Playing) -> Playing:
    assert playing.check(low)
    assert playing.next()
    return playing


def test_a_step_waits_for_its_condition(playing: Playing) -> None:
    assert playing.state is StepState.WAITING
    assert not playing.next()
    assert not playing.check(high)
    assert playing.check(low)
    assert not playing.check(low)
    assert playing.next()


def test_doing_something_else_does_not_meet_a_condition(playing: Playing) -> None:
    assert not playing.act("dragged")
    assert playing.state is StepState.WAITING


def test_the_answer_is_judged_by_the_numbers(asking: Playing) -> None:
    asking.choose(1)
    asking.choose(0)
    actions = asking.begin_reveal()
    assert [action.name for action in actions] == ["train"]
    asking.choose(1)
    asking.end_reveal(1.0, 1.5, low)
    assert asking.outcome is not None
    assert (asking.outcome.right, asking.outcome.change) == (0, 0.5)
    assert asking.chosen == 0
    assert asking.score == (1, 1)


@pytest.mark.parametrize("after", [1.0, 0.5, math.nan])
def test_the_choice_without_a_condition_is_right_when_no_other_is(asking: Playing, after: float) -> None:
    asking.choose(0)
    asking.begin_reveal()
    asking.end_reveal(1.0, after, low)
    assert asking.outcome is not None
    assert asking.outcome.right == 1
    assert asking.score == (0, 1)


def test_revealing_without_a_prediction_scores_nothing(asking: Playing) -> None:
    asking.begin_reveal()
    asking.end_reveal(0.0, 1.0, low)
    assert asking.state is StepState.REVEALED
    assert asking.score == (0, 0)


def test_only_the_first_prediction_counts(asking: Playing) -> None:
    asking.choose(1)
    asking.begin_reveal()
    asking.end_reveal(0.0, 1.0, low)
    asking.back()
    asking.check(low)
    asking.next()
    assert asking.state is StepState.ASKING
    assert asking.chosen is None
    asking.choose(0)
    asking.begin_reveal()
    asking.end_reveal(0.0, 1.0, low)
    assert asking.score == (0, 1)


def test_hands_are_counted_for_each_choice(asking: Playing) -> None:
    asking.show_hands(1, 12)
    asking.show_hands(0, -3)
    asking.show_hands(7, 5)
    assert asking.hands == (0, 12)


def test_a_lesson_can_be_taken_up_where_it_was_left(playing: Playing) -> None:
    later = Playing(playing.lesson, 1)
    assert later.index == 1
    assert later.is_last
    assert Playing(playing.lesson, 99).index == 1
    assert not later.next()
    assert later.back()
    assert not later.back()
