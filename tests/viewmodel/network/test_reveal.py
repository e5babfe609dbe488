import pytest

from bpviz.nn.network import Architecture
from bpviz.viewmodel.network.parts import NeuronPart
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position

SQUARED = Architecture((6, 5, 4, 3), output_activation="sigmoid", loss="squared")
SOFTMAX = Architecture((6, 5, 4, 3))


def test_forward_knows_neurons_up_to_its_own() -> None:
    reveal = reveal_of(Position(Phase.FORWARD, 1, 1), SQUARED)
    assert reveal.activations == reveal.sums == (5, 2, 0)
    assert reveal.deltas == (0, 0, 0)
    assert not reveal.is_loss_known
    assert reveal.focus == NeuronPart(1, 1)
    assert reveal.knows_activation(1, 1)
    assert not reveal.knows_activation(1, 2)


def test_a_softmax_answers_only_when_every_sum_is_there() -> None:
    before = reveal_of(Position(Phase.FORWARD, 2, 1), SOFTMAX)
    assert (before.sums, before.activations) == ((5, 4, 2), (5, 4, 0))
    last = reveal_of(Position(Phase.FORWARD, 2, 2), SOFTMAX)
    assert last.activations == (5, 4, 3)
    other = reveal_of(Position(Phase.FORWARD, 2, 1), SQUARED)
    assert other.activations == (5, 4, 2)


def test_the_loss_is_known_from_its_phase_on_and_nothing_after_it() -> None:
    reveal = reveal_of(Position(Phase.LOSS), SOFTMAX)
    assert reveal.is_loss_known
    assert reveal.activations == (5, 4, 3)
    assert reveal.deltas == (0, 0, 0)
    assert reveal.focus is None


def test_backward_goes_from_the_outputs_to_the_left() -> None:
    reveal = reveal_of(Position(Phase.BACKWARD, 1, 2), SOFTMAX)
    assert reveal.deltas == (0, 3, 3)
    assert reveal.updated == (False, False, False)


@pytest.mark.parametrize(("layer", "updated"), [(0, (True, False, False)), (2, (True, True, True))])
def test_update_goes_by_layers(layer: int, updated: tuple[bool, ...]) -> None:
    reveal = reveal_of(Position(Phase.UPDATE, layer), SOFTMAX)
    assert reveal.updated == updated
    assert reveal.deltas == (5, 4, 3)


@pytest.mark.parametrize("phase", Phase)
def test_a_whole_phase_knows_all_of_it_and_nothing_of_the_next(phase: Phase) -> None:
    reveal, order = reveal_of(Position(phase), SOFTMAX), list(Phase)
    assert all(reveal.updated) == (phase is Phase.UPDATE)
    assert (reveal.deltas == (5, 4, 3)) == (order.index(phase) >= 2)
    assert reveal.activations == (5, 4, 3)
