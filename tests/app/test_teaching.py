"""Teaching a drawing in the whole window: real clicks, true counts, and the way back."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.data.samples import Dataset
from bpviz.nn.network import Network
from bpviz.training.evaluation import evaluate
from bpviz.ui.mode import Mode
from tests.app.hands import click
from tests.ui.drawing_hand import draw_with_mouse

NARROW = "\N{NARROW NO-BREAK SPACE}"


def draw_and_ask(desk: Desk, label: int) -> Network:
    """Draw with the mouse, ask about a digit with its key, and return the network that reads."""
    desk.window.set_mode(Mode.DRAW)
    draw = desk.window.draw
    draw_with_mouse(draw.panel.canvas)
    QTest.keyClick(draw.panel.canvas, Qt.Key(Qt.Key.Key_0 + label))
    assert draw.reading is not None
    return draw.reading.network


def teach(desk: Desk, qtbot: QtBot) -> Network:
    """Click "Teach once" and wait for what it did to the test digits."""
    draw = desk.window.draw
    click(draw.stage.ask.digit_actions.teach)
    qtbot.waitUntil(lambda: " test: " in draw.stage.sentence.toolTip())
    assert draw.reading is not None
    return draw.reading.network


def right(network: Network, dataset: Dataset) -> int:
    return int(evaluate(network, dataset.test).confusion.trace())


def test_a_lesson_is_read_with_at_once_and_measured(desk: Desk, dataset: Dataset, qtbot: QtBot) -> None:
    before = draw_and_ask(desk, 3)
    after = teach(desk, qtbot)
    assert after is not before
    change = right(after, dataset) - right(before, dataset)
    told = desk.window.draw.stage.sentence.toolTip()
    n = len(dataset.test)
    assert (
        f"of {n}, as before" if change == 0 else f"{'+' if change > 0 else '−'}{abs(change)} of {n}"
    ) in told
    assert "taught once" in desk.window.draw.network_caption


def test_lessons_are_taken_back_one_by_one(desk: Desk, qtbot: QtBot) -> None:
    first = draw_and_ask(desk, 3)
    second = teach(desk, qtbot)
    third = teach(desk, qtbot)
    draw = desk.window.draw
    caption = "taught twice"
    assert caption in draw.network_caption
    assert not np.array_equal(third.parameters, second.parameters)
    for expected in (second, first):
        click(draw.stage.ask.digit_actions.undo)
        assert draw.reading is not None
        np.testing.assert_array_equal(draw.reading.network.parameters, expected.parameters)
    assert "taught" not in draw.network_caption
    assert not draw.stage.ask.digit_actions.undo.isEnabled()


def test_teaching_stops_following_and_following_forgets_the_lessons(desk: Desk, qtbot: QtBot) -> None:
    draw = desk.window.draw
    desk.window.set_mode(Mode.DRAW)
    draw.set_following(True)
    followed = draw_and_ask(desk, 3)
    teach(desk, qtbot)
    assert not draw.stage.ask.reader.is_following
    assert "taught once" in draw.network_caption
    assert desk.presenter.teaching.n_lessons == 1
    draw.set_following(True)
    assert desk.presenter.teaching.n_lessons == 0
    assert draw.reading is not None
    np.testing.assert_array_equal(draw.reading.network.parameters, followed.parameters)


def test_the_error_shown_follows_the_lesson(desk: Desk, qtbot: QtBot) -> None:
    draw_and_ask(desk, 3)
    stage = desk.window.draw.stage
    click(stage.ask.digit_actions.error)
    state = stage.network_view.renderer.state
    assert state is not None
    before = state.sample.loss
    click(stage.ask.digit_actions.teach)
    state = stage.network_view.renderer.state
    assert state is not None
    assert before is not None
    assert state.sample.loss is not None
    assert state.sample.loss < before
    qtbot.waitUntil(lambda: not desk.session.is_asked("lesson"))


def test_the_training_runs_network_is_left_alone(desk: Desk, qtbot: QtBot) -> None:
    draw = desk.window.draw
    desk.window.set_mode(Mode.DRAW)
    draw.set_following(True)
    draw_and_ask(desk, 3)
    snapshot = desk.presenter.snapshot
    assert snapshot is not None
    before = snapshot.parameters_after.copy()
    teach(desk, qtbot)
    np.testing.assert_array_equal(snapshot.parameters_after, before)


def test_digit_keys_ask_about_digits_wherever_the_focus_is_on_the_draw_page(desk: Desk) -> None:
    draw_and_ask(desk, 3)
    level = desk.window.transport.level
    desk.window.setFocus()
    QTest.keyClick(desk.window, Qt.Key.Key_1)
    assert desk.window.draw.asked == 1
    assert desk.window.transport.level is level
