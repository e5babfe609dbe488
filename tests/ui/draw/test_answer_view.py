"""The answer in large type."""

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from bpviz.data.drawing_check import Doubt
from bpviz.ui.draw.answer_view import AnswerView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.answer import Answer

NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource) -> AnswerView:
    view = AnswerView(source)
    qtbot.addWidget(view)
    view.resize(780, 112)
    view.show()
    return view


def brightest(view: AnswerView) -> int:
    """Return the brightness of the answer's digit, painted at the left edge."""
    image = view.grab().toImage().copy(0, 0, 60, 112)
    return max(image.pixelColor(x, y).value() for x in range(60) for y in range(112))


def test_it_says_answer_probability_and_second_thought(view: AnswerView) -> None:
    view.show_answer(Answer(7, 0.995, 9, 0.003, True))
    assert view.digit_text == "7"
    assert view.share_text == f"99.5{NO_BREAK}%"
    assert view.second_text == f"then 9, 0.3{NO_BREAK}%"


def test_an_empty_canvas_has_no_answer(view: AnswerView) -> None:
    view.show_answer(Answer(7, 0.995, 9, 0.003, True))
    view.show_nothing_drawn()
    assert view.digit_text == "?"
    assert view.share_text == "Nothing drawn yet"


def test_a_diverged_network_is_said_to_be_one(view: AnswerView) -> None:
    view.show_diverged()
    assert view.digit_text == "?"
    assert "diverged" in view.second_text


def test_an_unsure_answer_stands_back_and_says_so(view: AnswerView) -> None:
    view.show_answer(Answer(8, 0.95, 3, 0.03, True))
    sure = brightest(view)
    view.show_answer(Answer(8, 0.45, 3, 0.41, True))
    assert view.second_text == f"not sure, perhaps 3, 41.0{NO_BREAK}%"
    assert brightest(view) < sure - 40


def test_screen_readers_hear_the_answer(view: AnswerView) -> None:
    view.show_answer(Answer(7, 0.995, 9, 0.003, True))
    assert view.accessibleName() == f"Answer: 7, 99.5{NO_BREAK}%, then 9, 0.3{NO_BREAK}%"


@pytest.mark.parametrize("doubt", Doubt)
def test_what_is_no_digit_is_doubted_and_the_networks_word_still_said(view: AnswerView, doubt: Doubt) -> None:
    view.show_doubt(doubt, Answer(4, 0.97, 9, 0.02, True))
    assert view.digit_text == "?"
    assert view.share_text.endswith("?")
    assert view.second_text == f"It would say 4, 97.0{NO_BREAK}%."


def test_a_second_thought_too_long_for_its_place_gets_smaller_type(view: AnswerView) -> None:
    view.show_answer(Answer(8, 0.45, 3, 0.41, True))
    wide = view.second_font.pixelSize()
    view.resize(280, 112)
    assert view.second_font.pixelSize() < wide
    assert QFontMetricsF(view.second_font).horizontalAdvance(view.second_text) <= 280 - 76
