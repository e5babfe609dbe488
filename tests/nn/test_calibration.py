import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.calibration import calibration_error, fitted_temperature, with_temperature
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, Network


def softmax(z: np.ndarray) -> np.ndarray:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def drawn_by(probabilities: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return labels that come as often as the probabilities say."""
    return np.asarray((probabilities.cumsum(axis=1) < rng.random((len(probabilities), 1))).sum(axis=1))


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_that_was_put_in_is_found_again(temperature: float) -> None:
    rng = np.random.default_rng(1)
    honest = rng.normal(0.0, 2.0, (20_000, 10))
    labels = drawn_by(softmax(honest), rng)
    assert fitted_temperature(honest * temperature, labels) == pytest.approx(temperature, rel=0.03)


def test_honest_probabilities_have_no_calibration_error_and_boasting_ones_have() -> None:
    rng = np.random.default_rng(2)
    honest = rng.normal(0.0, 1.5, (20_000, 10))
    labels = drawn_by(softmax(honest), rng)
    assert calibration_error(softmax(honest), labels) < 0.015
    assert calibration_error(softmax(3.0 * honest), labels) > 0.2


def test_the_calibration_error_by_hand() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6], [1.0, 0.0]])
    # 0.9 twice, once right: off by 0.8 together; 0.6 right: off by 0.4; 1.0 right.
    assert calibration_error(probabilities, np.array([0, 1, 1, 0])) == pytest.approx((0.8 + 0.4) / 4)


def test_a_temperature_folded_into_the_weights_divides_what_softmax_is_given() -> None:
    architecture = Architecture((6, 5, 4), activation="relu")
    network = Network(architecture, initial_parameters(architecture, "he", np.random.default_rng(3)))
    x = np.random.default_rng(4).random((7, 6), np.float32)
    before = network.forward(x)
    after = with_temperature(network, 2.0).forward(x)
    np.testing.assert_allclose(after.z[-1], before.z[-1] / 2.0, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(after.output, softmax(before.z[-1] / 2.0), rtol=1e-4)
    assert np.array_equal(network.forward(x).output, before.output)


@pytest.mark.parametrize(
    ("output", "loss", "temperature"), [("sigmoid", "log", 2.0), ("softmax", "cross-entropy", 0.0)]
)
def test_only_a_positive_temperature_of_a_softmax_is_folded_in(
    output: str, loss: str, temperature: float
) -> None:
    architecture = Architecture((3, 2), output_activation=output, loss=loss)
    network = Network(architecture, np.zeros(architecture.n_parameters, np.float32))
    with pytest.raises(ConfigError, match="temperature"):
        with_temperature(network, temperature)
