"""The first lesson, walked: what it says of one neuron holds for the neuron on the stage."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.teach.choice_button import ChoiceLook
from bpviz.viewmodel.lessons.playing import StepState
from tests.app.teach.neuron_room import LEFT, SPACE, NeuronRoom, pixel, weight


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[NeuronRoom]:
    room = NeuronRoom(qtbot, "neuron")
    yield room
    room.player.close()


def test_space_alone_leads_through_to_the_end(room: NeuronRoom) -> None:
    seen = [room.step]
    while not room.ended:
        room.press(SPACE)
        if room.step != seen[-1]:
            seen.append(room.step)
    assert seen == [step.id for step in room.player.playing.lesson.steps]
    assert room.score == (0, 0)


def test_dragging_a_weight_is_what_the_second_step_waits_for(room: NeuronRoom) -> None:
    room.go_to("weights")
    before = room.experiment.neuron
    assert room.state() is StepState.WAITING
    room.drag(pixel(1), -40)
    assert room.state() is StepState.WAITING
    room.drag(weight(2), 60)
    assert room.state() is StepState.READY
    assert room.experiment.neuron.weights[1] > before.weights[1]


def test_the_sum_is_told_in_the_numbers_that_are_shown(room: NeuronRoom) -> None:
    room.go_to("weights")
    room.drag(weight(1), 73)
    room.go_to("sum")
    neuron = room.experiment.neuron
    assert neuron.weights[0] > 2.0
    written = [f"{term:+.2f}".replace("-", "−") for term in neuron.terms]
    assert all(number in room.text for number in written)
    assert f"make {neuron.z:.2f}" in room.text
    assert sum(float(number.replace("−", "-")) for number in written) == pytest.approx(neuron.z, abs=1e-9)


def test_the_sigmoid_is_nearly_0_far_below_zero_and_nearly_1_far_above(room: NeuronRoom) -> None:
    room.go_to("activation")
    neuron = room.experiment.neuron
    low = neuron.moved(weight(1), -6.0).moved(pixel(1), 1.0)
    high = neuron.moved(weight(1), 6.0).moved(pixel(1), 1.0)
    assert low.output < 0.01
    assert high.output > 0.99


def test_the_neuron_says_no_once_the_picture_is_darker_at_the_top(room: NeuronRoom) -> None:
    room.go_to("top")
    assert room.experiment.neuron.output > 0.5
    room.drag(pixel(1), -120)
    assert room.state() is StepState.WAITING
    room.drag(pixel(2), 60)
    assert room.experiment.neuron.inputs[0] < room.experiment.neuron.inputs[1]
    assert room.experiment.neuron.output < 0.2
    assert room.state() is StepState.READY


def test_twice_the_weight_is_more_output_but_not_twice(room: NeuronRoom) -> None:
    room.go_to("double")
    before = room.experiment.neuron
    looks = room.answer("less")
    after = room.experiment.neuron
    assert after.weights[0] == 2 * before.weights[0]
    assert after.products[0] == 2 * before.products[0]
    assert before.output < after.output < min(1.0, 2 * before.output)
    assert looks == [ChoiceLook.PASSED, ChoiceLook.RIGHT, ChoiceLook.PASSED]
    assert room.text.startswith("Right. It goes from 0.71 to 0.94.")
    assert room.score == (1, 1)


def test_who_expects_it_to_double_is_told_why_not(room: NeuronRoom) -> None:
    room.go_to("double")
    looks = room.answer("doubles")
    assert looks == [ChoiceLook.WRONG, ChoiceLook.RIGHT, ChoiceLook.PASSED]
    assert room.text.startswith("Not so. It goes from 0.71")
    assert room.score == (0, 1)


def test_a_weight_of_a_black_pixel_changes_nothing(room: NeuronRoom) -> None:
    room.go_to("zero")
    before = room.experiment.neuron
    looks = room.answer("stays")
    after = room.experiment.neuron
    assert (before.weights[0], after.weights[0]) == (2.0, -5.0)
    assert after.output == before.output
    assert looks[1] is ChoiceLook.RIGHT


def test_numbers_wait_for_the_prediction_and_can_be_dragged_after_it(room: NeuronRoom) -> None:
    room.go_to("zero")
    before = room.experiment.neuron
    room.drag(weight(1), 60)
    assert room.experiment.neuron == before
    room.answer("falls")
    after = room.experiment.neuron
    room.drag(weight(1), 60)
    assert room.experiment.neuron.weights[0] > after.weights[0]
    assert room.experiment.neuron.output == after.output


def test_a_step_hides_what_the_smooth_curve_shows(room: NeuronRoom) -> None:
    room.go_to("step")
    before = room.experiment.neuron
    looks = room.answer("little")
    after = room.experiment.neuron
    assert after.z < before.z
    assert after.output == before.output == 1.0
    assert looks == [ChoiceLook.WRONG, ChoiceLook.RIGHT, ChoiceLook.PASSED]
    assert after.with_activation("sigmoid").output < before.with_activation("sigmoid").output


def test_the_three_activations_are_there_to_compare(room: NeuronRoom) -> None:
    room.go_to("try")
    neuron = room.experiment.neuron
    assert neuron.activation == "relu"
    assert neuron.output == neuron.z > 0
    assert neuron.moved(weight(1), -1.0).output == 0.0
    QTest.mouseClick(room.stage.activations.button(1), LEFT)
    assert (room.experiment.neuron.activation, room.experiment.neuron.output) == ("step", 1.0)


def test_going_back_takes_back_what_was_dragged(room: NeuronRoom) -> None:
    room.go_to("top")
    room.drag(pixel(1), -120)
    room.press(Qt.Key.Key_Left)
    assert room.step == "activation"
    room.press(SPACE)
    assert room.experiment.neuron.inputs == (0.9, 0.2)


def test_the_keys_of_the_lesson_work_with_the_hand_on_the_drawing(room: NeuronRoom) -> None:
    room.go_to("weights")
    room.drag(weight(1), 40)
    assert room.stage.hasFocus()
    QTest.keyClick(room.stage, SPACE)
    room.settle()
    assert room.step == "sum"
    QTest.keyClick(room.stage, Qt.Key.Key_Left)
    room.settle()
    assert room.step == "weights"
