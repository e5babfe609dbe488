"""The lesson of the bias, walked: what it says holds for the neuron on the stage."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture
from bpviz.viewmodel.lessons.playing import StepState
from tests.app.teach.neuron_room import BIAS, LEFT, SPACE, NeuronRoom, weight


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[NeuronRoom]:
    room = NeuronRoom(qtbot, "bias")
    yield room
    room.player.close()


def picture(room: NeuronRoom) -> NeuronPicture:
    picture = room.stage.view.picture
    assert picture is not None
    return picture


def test_space_alone_leads_through_to_the_end(room: NeuronRoom) -> None:
    seen = [room.step]
    while not room.ended:
        room.press(SPACE)
        if room.step != seen[-1]:
            seen.append(room.step)
    assert seen == [step.id for step in room.player.playing.lesson.steps]


def test_without_a_bias_a_black_picture_is_neither_yes_nor_no(room: NeuronRoom) -> None:
    assert room.experiment.neuron.inputs == (0.0, 0.0)
    assert room.experiment.neuron.output == 0.5
    assert "0.50" in room.text


@pytest.mark.parametrize(
    ("choice", "look"),
    [("none", ChoiceLook.RIGHT), ("negative", ChoiceLook.WRONG), ("large", ChoiceLook.WRONG)],
)
def test_no_weight_makes_it_say_no(room: NeuronRoom, choice: str, look: ChoiceLook) -> None:
    room.go_to("weights")
    looks = room.answer(choice)
    assert room.experiment.neuron.weights == (-6.0, -6.0)
    assert look in looks
    assert looks[2] is ChoiceLook.RIGHT
    for first, second in product((-6.0, 0.5, 6.0), repeat=2):
        neuron = room.experiment.neuron.moved(weight(1), first).moved(weight(2), second)
        assert neuron.output == 0.5


def test_the_bias_makes_it_say_no(room: NeuronRoom) -> None:
    room.go_to("bias")
    room.drag(BIAS, -40)
    assert room.state() is StepState.WAITING
    room.drag(BIAS, -60)
    assert room.experiment.neuron.output < 0.1
    assert room.experiment.neuron.z == room.experiment.neuron.bias
    assert room.state() is StepState.READY


def test_the_bias_moves_the_curve_to_where_the_sum_passes_its_opposite(room: NeuronRoom) -> None:
    room.go_to("curve")
    assert room.text.endswith("now 3.0.")
    room.drag(BIAS, 34)
    assert room.state() is StepState.READY
    shown = picture(room)
    assert shown.is_over_sum
    assert shown.shift == room.experiment.neuron.bias == -2.0
    assert room.text.endswith("now 2.0.")


def test_a_lower_bias_asks_for_a_brighter_picture(room: NeuronRoom) -> None:
    room.go_to("later")
    before = room.experiment.neuron
    looks = room.answer("later")
    after = room.experiment.neuron
    assert looks == [ChoiceLook.PASSED, ChoiceLook.RIGHT, ChoiceLook.PASSED]
    assert 3.0 < after.weighted_sum == before.weighted_sum < 5.0
    assert before.output > 0.5 > after.output
    assert "5 now, no longer at 3" in room.text


def test_drawn_as_an_input_that_is_always_1_it_gives_the_same_numbers(room: NeuronRoom) -> None:
    room.go_to("one")
    before = picture(room)
    looks = room.answer("falls")
    after = picture(room)
    assert (before.is_input, after.is_input) == (False, True)
    assert after.neuron == before.neuron
    assert looks == [ChoiceLook.PASSED, ChoiceLook.WRONG, ChoiceLook.RIGHT]
    assert "−3.0 · 1 = −3.0" in room.text


def test_the_drawing_is_switched_back_and_forth(room: NeuronRoom) -> None:
    room.go_to("switch")
    neuron = room.experiment.neuron
    assert picture(room).is_input
    QTest.mouseClick(room.stage.drawings.button(0), LEFT)
    assert room.state() is StepState.READY
    assert not picture(room).is_input
    QTest.mouseClick(room.stage.drawings.button(1), LEFT)
    assert picture(room).is_input
    assert room.experiment.neuron == neuron


def test_the_axis_keeps_its_ends_throughout(room: NeuronRoom) -> None:
    reaches = {picture(room).reach}
    while not room.ended:
        room.press(SPACE)
        reaches.add(picture(room).reach)
    assert reaches == {8.0}
