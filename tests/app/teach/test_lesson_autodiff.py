"""Why reverse mode: the lesson walked, its claims counted."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpviz.viewmodel.lessons.gradient_ways import Way
from bpviz.viewmodel.lessons.way_bars import WayBar
from tests.app.teach.modes_class import LESSON, ModesClass, smaller_lesson


@pytest.fixture
def lesson(qtbot: QtBot) -> Iterator[ModesClass]:
    lesson = ModesClass(qtbot, LESSON)
    yield lesson
    lesson.close()


@pytest.fixture
def smaller(qtbot: QtBot, tmp_path: Path) -> Iterator[ModesClass]:
    lesson = ModesClass(qtbot, smaller_lesson(tmp_path))
    yield lesson
    lesson.close()


def test_whoever_answers_rightly_hears_the_numbers_the_engine_counted(lesson: ModesClass) -> None:
    walk_the_small_network(lesson)
    walk_the_large_network(lesson)
    lesson.go_on()
    forward, reverse = lesson.stage.shapes.content
    assert (forward.rows, forward.inner, forward.columns) == (785 * 30, 30, 10)
    assert (reverse.rows, reverse.inner, reverse.columns) == (1, 10, 30)
    lesson.go_on()
    lesson.answer("four")
    counted = [lesson.measure("curve", Way.FORWARD, hidden) for hidden in (16, 32)]
    assert 3.5 < counted[1] / counted[0] < 4.0
    assert lesson.measure("curve", Way.REVERSE, 32) == 2 * lesson.measure("curve", Way.REVERSE, 16)
    assert lesson.text.startswith("Right. By 3.9: twice as many weights")
    assert "That of reverse mode: by 2.0." in lesson.text
    lengths = {curve.way: len(curve.places) for curve in lesson.curves}
    assert lengths == {Way.REVERSE: 8, Way.FORWARD: 8, Way.DIFFERENCES: 6}
    assert lesson.score == (4, 4)


def walk_the_small_network(lesson: ModesClass) -> None:
    lesson.go_on()
    raised, lowered = (lesson.measure(name, "w[2][0,0]", 0.1) for name in ("raised", "lowered"))
    assert f"{raised:.4f}, with it 0.1 lower {lowered:.4f}" in lesson.text
    assert (raised - lowered) / 0.2 == pytest.approx(lesson.measure("gradient", "w[2][0,0]"), rel=0.01)
    lesson.go_on()
    lesson.answer("twice")
    assert lesson.text == "Right. Two for each number. With 6 multiplications a pass, that makes 108 in all."
    lesson.go_on()
    assert [lesson.multiplications(way) for way in Way] == [16, 39, 108]
    assert lesson.small_network.shows_gradient
    lesson.go_on()


def walk_the_large_network(lesson: ModesClass) -> None:
    growing: list[WayBar] = []
    lesson.experiment.values_changed.connect(lambda: growing.append(lesson.bars[0]))
    lesson.answer("twice")
    assert lesson.is_right
    shares = [bar.share for bar in growing if bar.is_counting]
    assert len(shares) >= 2
    assert shares == sorted(shares)
    assert shares[0] < lesson.bars[0].share
    assert "47 720 passes and 1 136 690 400 multiplications" in lesson.text
    lesson.go_on()
    lesson.answer("few")
    assert "47 970 multiplications. A pass forward has 23 820, so that is 2.01 passes" in lesson.text
    lesson.go_on()
    assert [lesson.multiplications(way) for way in Way] == [47_970, 8_033_920, 1_136_690_400]
    assert "167 times as many multiplications as reverse mode" in lesson.text
    assert "finite differences 23 696 times" in lesson.text
    digits = lesson.measure("agreeing_digits")
    assert digits >= 7
    assert f"agree to {digits:.0f} digits" in lesson.text
    times = [lesson.measure("milliseconds", way) for way in Way]
    assert times == sorted(times)


def test_whoever_answers_wrongly_is_told_so_and_shown_the_right_answer(smaller: ModesClass) -> None:
    for step, wrong in (("ways", "once"), ("large", "two"), ("back", "many")):
        smaller.go_to(step)
        smaller.answer(wrong)
        assert smaller.text.startswith("Not so.")
        assert not smaller.is_right
    assert smaller.score == (0, 3)


def test_a_worksheet_blank_is_what_is_counted_by_hand(smaller: ModesClass) -> None:
    smaller.go_to("chain")
    steps = [smaller.measure("product", "reverse", name) for name in ("forward 1", "forward 2")]
    assert steps == [4, 2]
    back = ("gradient 2", "back 2", "slope 1", "gradient 1")
    assert [smaller.measure("product", "reverse", name) for name in back] == [2, 2, 2, 4]
    for line in smaller.player.playing.step.worksheet:
        assert "–" not in line.plain(smaller.experiment.measure)


def test_going_back_unlearns_what_was_counted_since_and_counts_it_again(smaller: ModesClass) -> None:
    smaller.go_to("chain")
    assert smaller.multiplications(Way.REVERSE) == 16
    smaller.press(Qt.Key.Key_Left)
    assert np.isnan(smaller.multiplications(Way.DIFFERENCES))
    assert smaller.bars[0].number == "?"
    smaller.go_on()
    assert smaller.multiplications(Way.DIFFERENCES) == 108
