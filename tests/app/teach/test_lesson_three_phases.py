"""The lesson on one iteration, played by a learner, and what it claims."""

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from bpviz.ui.teach.network_stage import NetworkStage
from bpviz.viewmodel.lessons.large_network import cells, hidden_text
from tests.app.teach.lesson_room import LessonRoom, lesson_room

_RIGHT = {"changed": "B", "descent": "A", "repeat": "C"}
_WRONG = {"changed": "A", "descent": "C", "repeat": "A"}
_MARKED = "w[2][4,7]"


@pytest.mark.parametrize(("answers", "score"), [(_RIGHT, (3, 3)), (_WRONG, (0, 3))])
def test_it_is_walked_from_start_to_end(
    qtbot: QtBot, answers: dict[str, str], score: tuple[int, int]
) -> None:
    with lesson_room(qtbot, "three-phases") as room:
        room.walk(answers)
        assert room.step == "repeat"
        assert room.score == score
        assert room.measure("loss") < 0.2
        assert room.measure("predicted") == 7


def column(room: LessonRoom, name: str) -> list[str]:
    stage = room.experiment.stage
    assert isinstance(stage, NetworkStage)
    assert stage.large.picture is not None
    return [cell.text for cell in cells(stage.large.picture, name)]


def hidden(room: LessonRoom) -> str:
    stage = room.experiment.stage
    assert isinstance(stage, NetworkStage)
    assert stage.large.picture is not None
    return hidden_text(stage.large.picture.state, 0, 4).text


def test_the_stage_shows_no_more_than_the_iteration_has_come_to(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "three-phases") as room:
        activation, output = room.measure("activation", "a[1][4]"), room.measure("output", 7)
        assert hidden(room) == f"{activation:.2f}"
        assert set(column(room, "output")) == {""}
        room.next()
        assert column(room, "output")[7] == f"{output:.2f}"
        assert set(column(room, "error")) == {""}
        room.next()
        assert column(room, "error")[7] == f"+{1 - output:.2f}"
        assert set(column(room, "delta")) == {""}
        room.next()
        assert column(room, "delta")[7].startswith("−0.")
        assert hidden(room) == f"{activation:.2f}"
        room.next()
        assert hidden(room) == f"{room.measure('delta', 'a[1][4]'):+.3f}"


def test_weights_change_in_the_descent_and_not_before(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "three-phases", 6) as room:
        begun, gradient, loss = (
            room.measure("weight", _MARKED),
            room.measure("gradient", _MARKED),
            room.measure("loss"),
        )
        assert room.measure("weight_after", _MARKED) == begun
        room.predict("B")
        assert room.right == "B"
        room.next()
        room.predict("A")
        assert room.measure("loss") < loss
        assert room.measure("weight", _MARKED) == pytest.approx(begun - 0.5 * gradient, abs=1e-6)
        room.next()
        change = room.measure("weight_after", _MARKED) - room.measure("weight", _MARKED)
        assert change == pytest.approx(-0.5 * gradient, abs=1e-6)
        assert f"= {change:+.3f}. This was one iteration." in room.text


def test_the_spotlight_shows_what_is_spoken_of(qtbot: QtBot) -> None:
    with lesson_room(qtbot, "three-phases", 3) as room:
        stage = room.experiment.stage
        loss = stage.part_rect("loss")
        picture = stage.part_rect("input")
        assert isinstance(loss, QRect)
        assert isinstance(picture, QRect)
        dimmed = room.page.spotlight.mask()
        assert not dimmed.contains(loss.translated(stage.pos()).center())
        assert dimmed.contains(picture.translated(stage.pos()).center())
