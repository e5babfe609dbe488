"""A labelled drawing's own pass: places in order, true gradients down to the pixels."""

import numpy as np
import pytest

from bpviz.nn.network import Architecture, Network
from bpviz.training.observation import pass_sample
from bpviz.viewmodel.drawing.blame import (
    BlameStage,
    blame_places,
    blame_sentence,
    blame_state,
    blamed,
    last_place_of,
    pixel_gradient,
)
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.words.number_format import signed_significant, significant


@pytest.fixture(params=[(784, 10), (784, 12, 10), (784, 9, 8, 10)])
def network(request: pytest.FixtureRequest) -> Network:
    architecture = Architecture(request.param, "tanh")
    rng = np.random.default_rng(5)
    return Network(architecture, rng.normal(0, 0.2, architecture.n_parameters))


@pytest.fixture
def x() -> np.ndarray:
    return np.random.default_rng(3).random(784)


def test_the_pass_goes_forward_to_the_loss_and_back_to_the_pixels(network: Network) -> None:
    places = blame_places(network.architecture)
    depth = network.architecture.depth
    stages = [BlameStage.FORWARD] * depth + [BlameStage.LOSS] + [BlameStage.BACKWARD] * depth
    assert [place.stage for place in places] == [*stages, BlameStage.PIXELS]
    backward = [place.position.layer for place in places if place.stage is BlameStage.BACKWARD]
    assert backward == list(range(depth - 1, -1, -1))


def test_a_stage_is_known_at_its_last_place(network: Network) -> None:
    places = blame_places(network.architecture)
    for stage in BlameStage:
        at = last_place_of(stage, network.architecture)
        assert places[at].stage is stage
        assert stage is BlameStage.PIXELS or places[at + 1].stage is not stage


def test_the_gradient_of_pixels_is_the_slope_of_the_loss(network: Network, x: np.ndarray) -> None:
    sample = blamed(network, pass_sample(network, x), 4)
    gradient = pixel_gradient(network, sample)
    for pixel in (0, 100, 783):
        step = np.zeros(784)
        step[pixel] = 1e-5
        above, below = (pass_sample(network, x + way * step, 4).loss for way in (1, -1))
        assert above is not None
        assert below is not None
        assert gradient[pixel] == pytest.approx((above - below) / 2e-5, rel=1e-5, abs=1e-9)


def test_nothing_is_shown_before_it_is_computed(network: Network, x: np.ndarray) -> None:
    sample = blamed(network, pass_sample(network, x), 4)
    states = [blame_state(network, sample, place) for place in blame_places(network.architecture)]
    assert [state.input_gradient is not None for state in states] == [False] * (len(states) - 1) + [True]
    first = states[0].reveal
    assert first is not None
    assert not first.is_loss_known
    assert states[-1].phase is Phase.BACKWARD


def test_loss_and_pixels_are_told_in_true_numbers(network: Network, x: np.ndarray) -> None:
    sample = blamed(network, pass_sample(network, x), 4)
    places = blame_places(network.architecture)
    loss = blame_sentence(blame_state(network, sample, places[network.architecture.depth]))
    assert sample.loss is not None
    assert significant(sample.loss) in loss.text
    gradient = pixel_gradient(network, sample)
    strongest = int(np.abs(gradient).argmax())
    pixels = blame_sentence(blame_state(network, sample, places[-1])).text
    assert f"row {strongest // 28}, column {strongest % 28}" in pixels
    assert signed_significant(float(gradient[strongest])) in pixels
    assert ("darker" if gradient[strongest] > 0 else "brighter") in pixels


def test_only_a_pixel_that_can_change_that_way_is_told_of(network: Network) -> None:
    last = blame_places(network.architecture)[-1]
    black, white = np.zeros(784, np.float32), np.ones(784, np.float32)
    for x, way in ((black, "brighter"), (white, "darker")):
        sample = blamed(network, pass_sample(network, x), 4)
        assert way in blame_sentence(blame_state(network, sample, last)).text
