"""The answer in large type."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.answer_view import AnswerView
from bpviz.ui.controls.switch import Switch
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.answer import Answer

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


@pytest.mark.parametrize(
    "answer", [Answer(4, 1.0, 9, 0.0, True), Answer(4, 0.59, 9, 0.41, True), Answer(4, 0.7, 9, 0.6, False)]
)
def test_nothing_moves_when_the_answer_changes(view: AnswerView, answer: Answer) -> None:
    view.show_network("784–128–10, bundled, 98.1 % on MNIST test")
    switch = view.findChildren(Switch)[0]
    view.grab()
    before = switch.geometry(), view.height()
    view.show_answer(answer)
    view.grab()
    assert (switch.geometry(), view.height()) == before


def test_the_network_is_named(view: AnswerView) -> None:
    view.show_network("784–128–10, bundled, 98.1 % on MNIST test")
    assert view.network_text == "784–128–10, bundled, 98.1 % on MNIST test"


def test_a_click_on_the_switch_asks_to_follow_the_training(qtbot: QtBot, view: AnswerView) -> None:
    switch = view.findChildren(Switch)[0]
    for expected in (True, False):
        with qtbot.waitSignal(view.follow_training_changed) as told:
            QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        assert told.args == [expected]


def test_without_a_network_in_training_it_cannot_be_followed(qtbot: QtBot, view: AnswerView) -> None:
    view.set_follow_available(False)
    with qtbot.assertNotEmitted(view.follow_training_changed):
        QTest.mouseClick(view.findChildren(Switch)[0], Qt.MouseButton.LeftButton)


def test_screen_readers_hear_the_answer(view: AnswerView) -> None:
    view.show_answer(Answer(7, 0.995, 9, 0.003, True))
    assert view.accessibleName() == f"Answer: 7, 99.5{NO_BREAK}%, then 9, 0.3{NO_BREAK}%"
