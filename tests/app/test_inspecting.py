"""The inspector's neighbours, and a weight's history made finer where it is replayed."""

import numpy as np

from bpviz.app.inspecting import missing, neighbor, refined
from bpviz.nn.network import Architecture
from bpviz.training import messages
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory
from bpviz.viewmodel.network.parts import BIAS, LossPart, NeuronPart, WeightPart
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position

LAYERS = (784, 30, 10)


def fine(first: int, last: int) -> messages.WeightHistory:
    iterations = np.arange(first, last + 1)
    return messages.WeightHistory(1, 0, 5, iterations, iterations * 0.5, True)


def test_neighbours_go_round_a_layer_and_past_the_bias() -> None:
    assert neighbor(NeuronPart(0, 29), 1, LAYERS) == NeuronPart(0, 0)
    assert neighbor(WeightPart(1, 29, 4), 1, LAYERS) == WeightPart(1, BIAS, 4)
    assert neighbor(WeightPart(1, BIAS, 4), 1, LAYERS) == WeightPart(1, 0, 4)
    assert neighbor(WeightPart(1, 0, 4), -1, LAYERS) == WeightPart(1, BIAS, 4)
    assert neighbor(LossPart(), 1, LAYERS) == LossPart()


def test_checkpoints_lead_up_to_the_iterations_that_were_replayed() -> None:
    coarse = WeightHistory(np.array([0, 100, 200, 300]), np.array([0.0, 50.0, 100.0, 150.0]), "checkpoints")
    history = refined(coarse, fine(250, 300))
    assert list(history.iterations[:4]) == [0, 100, 200, 250]
    assert (np.diff(history.iterations) > 0).all()
    np.testing.assert_array_equal(history.values, history.iterations * 0.5)
    assert history.spacing == "checkpoints, the last 51 each"


def test_a_short_run_is_known_at_every_iteration() -> None:
    coarse = WeightHistory(np.array([0, 40]), np.array([0.0, 20.0]), "checkpoints")
    assert refined(coarse, fine(0, 40)).spacing == "every iteration"
    assert refined(None, fine(0, 40)).spacing == "every iteration"


def test_what_is_not_computed_yet_is_said_and_not_shown() -> None:
    architecture = Architecture(LAYERS)
    forward = reveal_of(Position(Phase.FORWARD, 0, 3), architecture)
    assert missing(NeuronPart(0, 3), forward) is None
    assert "Forward has not reached it" in (missing(NeuronPart(0, 4), forward) or "")
    assert "needs every output" in (missing(LossPart(), forward) or "")
    assert "Backward" in (missing(WeightPart(1, 0, 0), forward) or "")
    backward = reveal_of(Position(Phase.BACKWARD, 1), architecture)
    assert missing(WeightPart(1, 0, 0), backward) is None
