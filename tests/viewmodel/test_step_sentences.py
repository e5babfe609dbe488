from dataclasses import replace

import numpy as np
import pytest

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.parts import BIAS, InputPart, LossPart, NeuronPart, Part, WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position, StepLevel, positions
from bpviz.viewmodel.words.number_format import signed, signed_significant, significant
from bpviz.viewmodel.words.sentence import sentence_for
from tests.viewmodel.network_states import batch_of, state_of, stepped

WEIGHT = WeightPart(1, 9, 7)


def at(phase: Phase, layer: int | None = None, neuron: int | None = None, part: Part | None = None) -> str:
    return sentence_for(stepped(state_of(), Position(phase, layer, neuron)), part).text


def test_a_hidden_neuron_adds_up_and_answers() -> None:
    state = state_of()
    z, a = significant(float(state.sample.z[0][17])), significant(float(state.sample.a[0][17]))
    ink = np.count_nonzero(state.sample.x)
    expected = f"Hidden neuron 17 adds up {ink} weighted pixels and a bias to {z} and answers {a}."
    assert at(Phase.FORWARD, 0, 17) == expected
    assert sentence_for(state, NeuronPart(0, 17)).text == expected


def test_a_softmax_output_waits_for_the_other_sums() -> None:
    assert at(Phase.FORWARD, 1, 3).endswith("softmax needs all 10 sums to answer.")
    a = significant(float(state_of().sample.output[9]))
    assert at(Phase.FORWARD, 1, 9).endswith(f"softmax makes {a} of it.")


def test_a_layer_names_its_most_active_neuron() -> None:
    a = state_of().sample.a[0]
    assert at(Phase.FORWARD, 0).endswith(
        f"is {significant(float(np.abs(a).max()))}, of hidden neuron {int(np.abs(a).argmax())}."
    )


def test_an_outputs_delta_is_told_with_its_target() -> None:
    state = state_of()
    assert state.sample.delta is not None
    text = at(Phase.BACKWARD, 1, 3)
    assert text.startswith(f"Output 3 is {float(state.sample.output[3]):.2f} and should be 1: its δ is ")
    assert f"its δ is {signed(float(state.sample.delta[1][3]))}." in text
    assert text.endswith("Its sum should grow.")


def test_a_hidden_delta_says_from_whom_and_which_way() -> None:
    state = state_of()
    assert state.sample.delta is not None
    delta = float(state.sample.delta[0][4])
    way = "grow" if delta < 0 else "shrink"
    assert at(Phase.BACKWARD, 0, 4) == (
        f"From 10 outputs, hidden neuron 4 gets δ {signed_significant(delta)}: its sum should {way}."
    )


def test_a_layers_update_counts_its_own_parameters() -> None:
    state = state_of((6, 5, 3), label=1)
    text = sentence_for(stepped(state, Position(Phase.UPDATE, 1))).text
    assert text.startswith("The update of layer 2 moved 18 of 18 parameters,")


@pytest.mark.parametrize("gradient_sign", [1, -1])
def test_a_weights_sentence_says_which_way_the_loss_falls(gradient_sign: int) -> None:
    state = state_of(phase=Phase.BACKWARD, label=7 if gradient_sign < 0 else 3)
    assert state.sample.delta is not None
    gradient = float(state.sample.a[0][9]) * float(state.sample.delta[1][7])
    assert np.sign(gradient) == gradient_sign
    text = sentence_for(state, WEIGHT).text
    assert ("falls if this weight shrinks" if gradient_sign > 0 else "falls if this weight grows") in text
    assert text.endswith(f"changes it by {signed_significant(0.01 * gradient, 2)}.")


def test_a_nudge_changes_the_loss_by_what_is_said() -> None:
    state = state_of(phase=Phase.BACKWARD)
    nudged = state.network.parameters.astype(np.float64)
    network = type(state.network)(state.network.architecture, nudged)
    Y = np.eye(10)[[3]]
    before = network.loss(network.forward(state.sample.x.astype(np.float64)[None]), Y)
    network.W[1][9, 7] += 0.01
    after = network.loss(network.forward(state.sample.x.astype(np.float64)[None]), Y)
    said = sentence_for(state, WEIGHT).text.rsplit("it by ", 1)[1].rstrip(".")
    assert float(said.replace("−", "-").replace("e-", "e-")) == pytest.approx(after - before, rel=0.05)


def test_a_weight_forward_says_what_it_adds_and_after_the_update_where_it_went() -> None:
    state = state_of()
    w, a = float(state.network.W[1][9, 7]), float(state.sample.a[0][9])
    assert sentence_for(state, WEIGHT).text == (
        f"This weight multiplies {significant(a)} by {significant(w)} "
        f"and adds {signed_significant(w * a)} to output 7."
    )
    assert "went from" in sentence_for(replace(state, phase=Phase.UPDATE), WEIGHT).text
    assert sentence_for(state, WeightPart(1, BIAS, 2)).text == "This bias adds 0 to output 2."


def test_what_is_ahead_is_said_to_be_ahead() -> None:
    assert at(Phase.FORWARD, 0, part=NeuronPart(1, 2)) == "Output 2 has not been computed yet."
    assert "not been computed yet" in at(Phase.FORWARD, 0, part=WEIGHT)
    assert "not been computed yet" in at(Phase.FORWARD, 0, part=LossPart())
    assert "not been computed yet" in at(Phase.BACKWARD, 1, part=WeightPart(0, 300, 3))
    assert "not been updated yet" in at(Phase.UPDATE, 0, part=WEIGHT)


def test_the_step_comes_before_the_selection() -> None:
    assert at(Phase.FORWARD, 0, 5, part=NeuronPart(0, 2)).startswith("Hidden neuron 5")


def test_a_pixel_says_where_it_adds_most() -> None:
    state, pixel = state_of(), 10 * 28 + 13
    products = np.abs(state.sample.x[pixel] * state.network.W[0][pixel])
    assert f"hidden neuron {int(products.argmax())}" in sentence_for(state, InputPart(pixel)).text
    assert sentence_for(state, InputPart(0)).text.endswith("it adds nothing to any neuron.")


def test_the_batchs_mean_is_called_a_mean() -> None:
    state = state_of(phase=Phase.BACKWARD)
    batch = batch_of(state.network, 5)
    mean = replace(state, batch=batch, shows_batch_mean=True)
    delta = batch.delta[1].sum(axis=0)
    assert f"its mean δ is {signed(float(delta[np.abs(delta).argmax()]))}" in sentence_for(mean).text
    assert sentence_for(mean).text.startswith("The mean loss falls fastest")
    assert sentence_for(mean, WEIGHT).text.startswith("The mean loss falls if this weight")
    assert "the mean δ of hidden neuron 3" in sentence_for(mean, NeuronPart(0, 3)).text


@pytest.mark.parametrize("layers", [(6, 5, 4, 3), (4, 2), (784, 16, 16, 10)], ids=str)
@pytest.mark.parametrize("value", [None, np.nan, np.inf])
def test_every_place_and_selection_has_a_sentence(layers: tuple[int, ...], value: float | None) -> None:
    state = state_of(layers, label=1)
    if value is not None:
        state.network.parameters[:] = value
    parts: list[Part | None] = [None, NeuronPart(0, 1), WeightPart(0, 2, 1), InputPart(1), LossPart()]
    for level in (StepLevel.NEURON, StepLevel.LAYER, StepLevel.PHASE):
        for place in positions(level, state.network.architecture):
            for part in parts:
                sentence = sentence_for(stepped(state, place), part)
                assert sentence.text.endswith(".")


def test_sigmoid_outputs_answer_one_by_one() -> None:
    state = state_of((6, 5, 3), label=1)
    architecture = Architecture((6, 5, 3), output_activation="sigmoid", loss="squared")
    network = type(state.network)(architecture, state.network.parameters)
    text = sentence_for(stepped(replace(state, network=network), Position(Phase.FORWARD, 1, 0))).text
    assert "and answers" in text
