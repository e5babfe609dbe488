"""The lesson on one layer, played by a learner, and what it claims."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.app.teach.lesson_room import lesson_room

_RIGHT = {"step": "A", "flat": "B", "again": "C", "others": "C"}
_WRONG = {"step": "B", "flat": "A", "again": "A", "others": "A"}
_LIT, _DARK = "w[1][154,0]", "w[1][378,0]"


@pytest.mark.parametrize(("answers", "score"), [(_RIGHT, (4, 4)), (_WRONG, (0, 4)), ({}, (0, 0))])
def test_it_is_walked_from_start_to_end(
    qtbot: QtBot, answers: dict[str, str], score: tuple[int, int]
) -> None:
    with lesson_room(qtbot, "one-layer") as room:
        room.walk(answers)
        assert room.step == "others"
        assert room.score == score


def test_weights_lie_between_minus_one_and_one_and_the_zero_is_read_as_a_nine(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer", 2) as room:
        weights = [room.measure("weight", f"w[1][{pixel},{k}]") for pixel in range(784) for k in range(10)]
        assert -1.0 <= min(weights) < -0.99
        assert 0.99 < max(weights) <= 1.0
        assert room.measure("label") == 0
        assert room.measure("predicted") == 9
        assert "the network says 9" in room.text


def test_the_spotlight_finds_the_image_as_soon_as_the_lesson_opens(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer") as room:
        stage, dimmed = room.experiment.stage, room.page.spotlight.mask()
        picture, outputs = stage.part_rect("input"), stage.part_rect("outputs")
        assert picture is not None
        assert outputs is not None
        assert not dimmed.intersects(picture.translated(stage.pos()))
        assert dimmed.contains(outputs.translated(stage.pos()).center())


def test_error_loss_and_gradient_are_what_is_said(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer", 4) as room:
        errors = [room.measure("error", k) for k in range(10)]
        outputs = [room.measure("output", k) for k in range(10)]
        assert room.text == (
            "Target minus output says how wrong each output is. "
            f"Output 0 is too low by {1 - outputs[0]:.2f}, output 9 is too high by {outputs[9]:.2f}."
        )
        room.next()
        loss = 0.5 * sum(error * error for error in errors)
        assert f"the loss, {loss:.2f}." in room.text
        room.next()
        a, x = outputs[0], room.measure("pixel", 154)
        gradient = (a - 1.0) * a * (1.0 - a) * x
        assert room.measure("gradient", _LIT) == pytest.approx(gradient, abs=1e-6)
        assert f"= −{-gradient:.2f}." in room.text


def test_a_step_goes_against_the_gradient_and_leaves_dark_pixels_alone(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer", 7) as room:
        lit, dark, gradient = (
            room.measure("weight", _LIT),
            room.measure("weight", _DARK),
            room.measure("gradient", _LIT),
        )
        output, loss = room.measure("output", 0), room.measure("loss")
        room.predict("A")
        assert room.right == "A"
        assert room.measure("weight", _LIT) - lit == pytest.approx(-0.05 * gradient, rel=1e-3)
        assert room.measure("pixel", 378) == 0.0
        assert room.measure("weight", _DARK) == dark
        assert room.measure("output", 0) > output + 0.1
        assert room.measure("loss") < loss
        assert f"output 0 is now {room.measure('output', 0):.2f}" in room.text


def test_the_output_with_the_larger_error_moves_less_where_the_sigmoid_is_flat(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer", 8) as room:
        before = room.measure("output", 0), room.measure("output", 9)
        assert abs(room.measure("error", 9)) > 1.5 * abs(room.measure("error", 0))
        room.predict("B")
        moved = room.measure("output", 0) - before[0], before[1] - room.measure("output", 9)
        assert moved[0] > 2.0 * moved[1] > 0.0
        assert room.right == "B"


def test_it_learns_the_one_image_and_no_other(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer", 9) as room:
        room.next()
        assert room.measure("loss") < 0.05
        assert room.measure("predicted") == 0
        room.next()
        room.next()
        assert room.right == "C"
        assert 0.05 < room.measure("test_accuracy") < 0.2


def test_going_back_takes_the_steps_of_the_training_back(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "one-layer", 7) as room:
        weight = room.measure("weight", _LIT)
        room.next()
        room.next()
        room.press(Qt.Key.Key_Left)
        assert room.step == "step"
        assert room.measure("weight", _LIT) == weight
        room.predict("A")
        assert room.right == "A"
