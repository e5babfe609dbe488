"""The lesson on a hidden layer, played by a learner, and what it claims."""

import pytest
from pytestqt.qtbot import QtBot

from tests.app.teach.lesson_room import LessonRoom, lesson_room

_RIGHT = {"share": "B", "sum": "A", "step": "B"}
_WRONG = {"share": "A", "sum": "B", "step": "A"}
_MARKED = "a[1][4]"


@pytest.mark.parametrize(("answers", "score"), [(_RIGHT, (3, 3)), (_WRONG, (0, 3))])
def test_it_is_walked_from_start_to_end(
    qtbot: QtBot, answers: dict[str, str], score: tuple[int, int]
) -> None:
    with lesson_room(qtbot, "hidden-layer") as room:
        room.walk(answers)
        assert room.step == "name"
        assert room.score == score
        assert "After 41 steps" in room.text


def shares(room: LessonRoom) -> list[float]:
    return [room.measure("weight", f"w[2][4,{k}]") * room.measure("delta", f"a[2][{k}]") for k in range(10)]


def test_an_outputs_delta_is_its_error_times_its_slope(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "hidden-layer", 3) as room:
        for k in range(10):
            a = room.measure("output", k)
            delta = -room.measure("error", k) * a * (1.0 - a)
            assert room.measure("delta", f"a[2][{k}]") == pytest.approx(delta, abs=1e-6)
        assert room.measure("delta", "a[2][3]") < 0 < room.measure("delta", "a[2][0]")


def test_the_shares_outputs_hand_back_make_the_hidden_delta(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "hidden-layer", 4) as room:
        handed = shares(room)
        assert handed[0] == max(handed) > 0.1
        assert min(handed) < 0
        room.next()
        assert f"= +{handed[0]:.2f}." in room.text
        room.next()
        room.next()
        assert f"add up to +{sum(handed):.2f}." in room.text
        room.next()
        a = room.measure("activation", _MARKED)
        assert room.measure("delta", _MARKED) == pytest.approx(sum(handed) * a * (1.0 - a), abs=1e-6)
        assert f"= +{room.measure('delta', _MARKED):.3f}." in room.text


def test_a_step_makes_a_neuron_with_a_positive_delta_less_active(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "hidden-layer", 7) as room:
        delta, loss = room.measure("delta", _MARKED), room.measure("loss")
        gradient = delta * room.measure("pixel", 378)
        assert delta > 0
        assert room.measure("gradient", "w[1][378,4]") == pytest.approx(gradient)
        room.next()
        active = room.measure("activation", _MARKED)
        room.predict("B")
        assert room.measure("activation", _MARKED) < active - 0.1
        assert room.measure("loss") < loss
        assert f"{active:.2f} became {room.measure('activation', _MARKED):.2f}" in room.text
