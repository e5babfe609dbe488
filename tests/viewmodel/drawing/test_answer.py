"""What a network says to a drawing."""

import numpy as np
import pytest

from bpviz.data.digit_image import prepare_ink
from bpviz.data.rasterize import rasterize_strokes
from bpviz.errors import ShapeError
from bpviz.nn.network import Architecture, Network
from bpviz.training.snapshot import SamplePass
from bpviz.viewmodel.drawing.answer import Answer, answer_of, classify_drawing, share_text

ONE = prepare_ink(rasterize_strokes([np.array([[0.5, 0.2], [0.45, 0.8]], np.float32)], 0.07))


def network_with(loss: str = "cross-entropy", output: str = "softmax") -> Network:
    architecture = Architecture((784, 6, 10), "tanh", output, loss)
    rng = np.random.default_rng(11)
    return Network(architecture, rng.normal(0, 0.3, architecture.n_parameters).astype(np.float32))


def sample_with(outputs: list[float]) -> SamplePass:
    a = np.array(outputs, np.float32)
    return SamplePass(np.zeros(784, np.float32), (a,), (a,))


def test_the_outputs_are_those_of_the_networks_forward_pass() -> None:
    network = network_with()
    sample = classify_drawing(network, ONE)
    expected = network.forward(ONE.image.reshape(1, 784).astype(np.float32) / np.float32(255))
    np.testing.assert_allclose(sample.output, expected.output[0], rtol=1e-5)
    np.testing.assert_allclose(sample.a[0], expected.a[0][0], rtol=1e-5, atol=1e-6)
    assert sample.label is None
    assert sample.output.dtype == np.float32


def test_a_network_that_takes_no_images_is_refused() -> None:
    architecture = Architecture((2, 3, 10))
    network = Network(architecture, np.zeros(architecture.n_parameters, np.float32))
    with pytest.raises(ShapeError, match="input layer"):
        classify_drawing(network, ONE)


def test_the_answer_is_the_largest_output_and_the_second_thought_the_next() -> None:
    answer = answer_of(network_with(), sample_with([0.1, 0, 0, 0.7, 0, 0, 0, 0.2, 0, 0]))
    assert answer is not None
    assert (answer.digit, answer.runner_up) == (3, 7)
    assert answer.share == pytest.approx(0.7)
    assert answer.runner_up_share == pytest.approx(0.2)


def test_a_diverged_network_gives_no_answer() -> None:
    assert answer_of(network_with(), sample_with([float("nan")] * 10)) is None


@pytest.mark.parametrize(("share", "is_sure"), [(0.59, False), (0.6, True), (0.99, True)])
def test_it_is_sure_from_six_in_ten(share: float, is_sure: bool) -> None:
    assert Answer(1, share, 2, 0.01, True).is_sure is is_sure


def test_an_unsure_answer_says_so() -> None:
    assert Answer(3, 0.5, 8, 0.4, True).runner_up_text == "not sure, perhaps 8, 40.0\N{NO-BREAK SPACE}%"
    assert Answer(3, 0.9, 8, 0.04, True).runner_up_text == "then 8, 4.0\N{NO-BREAK SPACE}%"


def test_sigmoid_outputs_are_not_called_probabilities() -> None:
    answer = answer_of(network_with("squared", "sigmoid"), sample_with([0.9, 0.8] + [0.1] * 8))
    assert answer is not None
    assert not answer.is_probability
    assert answer.share_text == "0.900"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.995, "99.5 %"),
        (0.99951, "> 99.9 %"),
        (1.0, "> 99.9 %"),
        (0.0003, "< 0.1 %"),
        (0.0, "< 0.1 %"),
        (0.0005, "0.1 %"),
    ],
)
def test_a_probability_is_never_rounded_to_certainty(share: float, text: str) -> None:
    assert share_text(share, True).replace("\N{NO-BREAK SPACE}", " ") == text
