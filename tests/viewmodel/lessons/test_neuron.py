"""One neuron: its sum, its output, and what may be done to it."""

from itertools import pairwise

import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.network import Architecture, Network
from bpviz.viewmodel.lessons.neuron import (
    ACTIVATION_NAMES,
    LIMITS,
    Handle,
    HandleKind,
    Neuron,
    curve,
    function_named,
    output_span,
)
from bpviz.viewmodel.lessons.neuron_picture import NeuronPicture

NEURON = Neuron((0.9, 0.2), (2.0, -2.0), -0.5)
BIAS = Handle(HandleKind.BIAS)


@pytest.mark.parametrize("name", ["sigmoid", "identity"])
def test_it_answers_what_the_engine_answers(name: str) -> None:
    architecture = Architecture((2, 1), "sigmoid", name, "squared")
    network = Network(architecture, np.array([2.0, -2.0, -0.5]))
    forward = network.forward(np.array([[0.9, 0.2]]))
    neuron = NEURON.with_activation(name)
    assert neuron.z == pytest.approx(float(forward.z[-1][0, 0]))
    assert neuron.output == pytest.approx(float(forward.a[-1][0, 0]))


def test_the_bars_follow_one_another_down_to_z() -> None:
    assert NEURON.terms == pytest.approx((1.8, -0.4, -0.5))
    assert NEURON.bars[0][0] == 0.0
    assert all(above[1] == below[0] for above, below in pairwise(NEURON.bars))
    assert NEURON.bars[-1][1] == pytest.approx(NEURON.z) == pytest.approx(0.9)


def test_a_handle_moves_its_own_number_alone() -> None:
    for handle in NEURON.handles:
        moved = NEURON.moved(handle, 0.7)
        assert moved.value(handle) == pytest.approx(0.7)
        assert [h for h in NEURON.handles if moved.value(h) != NEURON.value(h)] == [handle]


def test_numbers_stop_at_their_limits_and_keep_to_their_steps() -> None:
    assert NEURON.moved(BIAS, 100.0).bias == LIMITS[HandleKind.BIAS].high
    assert NEURON.moved(Handle(HandleKind.INPUT, 1), -3.0).inputs == (0.9, 0.0)
    assert NEURON.moved(BIAS, 0.3000001).bias == 0.3


def test_what_is_written_adds_up_to_the_last_digit() -> None:
    for weight in np.arange(-6.0, 6.05, 0.7):
        for value in np.arange(0.0, 1.05, 0.1):
            neuron = NEURON.moved(Handle(HandleKind.WEIGHT), float(weight))
            neuron = neuron.moved(Handle(HandleKind.INPUT), float(value))
            written = [round(term, 2) for term in neuron.terms]
            assert round(sum(written), 2) == round(neuron.z, 2)


def test_the_axis_has_room_for_the_whole_way_to_z() -> None:
    far = Neuron((1.0, 1.0, 1.0, 1.0), (6.0, 6.0, 6.0, -6.0), -6.0)
    assert far.reach >= 18.0
    assert NEURON.reach == 5.0
    assert NeuronPicture(NEURON, least_reach=8.0).reach == 8.0


@pytest.mark.parametrize("name", ACTIVATION_NAMES)
@pytest.mark.parametrize("shift", [-7.0, -2.0, 0.0, 3.0])
def test_the_point_lies_on_the_curve(name: str, shift: float) -> None:
    x, a = curve(name, 5.0, shift)
    expected = function_named(name).apply(x + shift)
    on_edge = np.isclose(x, -shift) if name == "step" else np.zeros(len(x), bool)
    assert a[~on_edge] == pytest.approx(expected[~on_edge])
    assert x[0] == -5.0
    assert x[-1] == 5.0


@pytest.mark.parametrize("name", ACTIVATION_NAMES)
def test_every_output_has_its_place_on_the_axis(name: str) -> None:
    low, high = output_span(name, 5.0)
    _, a = curve(name, 5.0)
    assert low <= a.min()
    assert a.max() <= high


def test_over_the_sum_the_bias_moves_the_curve_and_not_the_point() -> None:
    before, after = NeuronPicture(NEURON), NeuronPicture(NEURON.moved(BIAS, -2.0))
    assert before.place != after.place
    assert before.shift == after.shift == 0.0
    over = NeuronPicture(NEURON, is_over_sum=True)
    moved = NeuronPicture(NEURON.moved(BIAS, -2.0), is_over_sum=True)
    assert over.place == moved.place
    assert (over.shift, moved.shift) == (-0.5, -2.0)


def test_what_was_is_marked_only_where_it_lies_on_the_same_curve() -> None:
    moved = NEURON.moved(BIAS, -2.0)
    assert NeuronPicture(moved, remembered=NEURON).mark == NEURON
    assert NeuronPicture(NEURON, remembered=NEURON).mark is None
    assert NeuronPicture(moved, is_over_sum=True, remembered=NEURON).mark is None
    assert NeuronPicture(moved.with_activation("relu"), remembered=NEURON).mark is None


@pytest.mark.parametrize(
    ("inputs", "weights", "bias", "activation", "words"),
    [
        ((0.5,), (1.0,), 0.0, "sigmoid", "1 inputs; 2 to 4"),
        ((0.5, 0.5), (1.0,), 0.0, "sigmoid", "1 weights for 2 inputs"),
        ((0.5, 0.5), (1.0, 9.0), 0.0, "sigmoid", "weight 2 is 9; -6 to 6"),
        ((0.5, 1.5), (1.0, 1.0), 0.0, "sigmoid", "input 2 is 1.5; 0 to 1"),
        ((0.5, 0.5), (1.0, 1.0), float("nan"), "sigmoid", "bias is nan"),
        ((0.5, 0.5), (1.0, 1.0), 0.0, "softmax", "choose one of sigmoid"),
    ],
)
def test_what_is_no_such_neuron_is_refused(
    inputs: tuple[float, ...], weights: tuple[float, ...], bias: float, activation: str, words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        Neuron(inputs, weights, bias, activation)
