"""Update rules agree with the textbook by hand and with torch.optim over many steps."""

from collections.abc import Sequence

import numpy as np
import pytest

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.optimizers import OPTIMIZERS, Optimizer, new_optimizer

FLOAT64 = np.dtype(np.float64)


def walk(
    name: str, gradients: Sequence[FloatArray], learning_rate: float = 0.1
) -> tuple[FloatArray, Optimizer]:
    parameters = np.array([1.0, -2.0, 0.5])
    rule = new_optimizer(name, 3, FLOAT64, momentum=0.9)
    for gradient in gradients:
        rule.update(parameters, gradient, learning_rate)
    return parameters, rule


def test_plain_descent_moves_against_the_gradient() -> None:
    parameters, _ = walk("sgd", [np.array([1.0, 2.0, -1.0])])
    np.testing.assert_allclose(parameters, [0.9, -2.2, 0.6])


def test_momentum_keeps_nine_tenths_of_its_velocity() -> None:
    g = np.array([1.0, 0.0, 0.0])
    parameters, rule = walk("momentum", [g, g, 0 * g])
    np.testing.assert_allclose(rule.state["velocity"], [1.71, 0, 0])
    np.testing.assert_allclose(parameters[0], 1.0 - 0.1 * (1.0 + 1.9 + 1.71))


def test_adam_first_step_is_the_learning_rate_whatever_the_gradient() -> None:
    parameters, _ = walk("adam", [np.array([1e-3, 5.0, -70.0])])
    np.testing.assert_allclose(parameters, [0.9, -2.1, 0.6], atol=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_gradient_is_left_as_it_was_and_updates_are_counted(name: str) -> None:
    gradient = np.array([0.5, -1.0, 2.0])
    _, rule = walk(name, [gradient, gradient])
    np.testing.assert_array_equal(gradient, [0.5, -1.0, 2.0])
    assert rule.updates == 2


def test_unknown_rule_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="unknown optimizer 'lion'; choose one of sgd, momentum"):
        new_optimizer("lion", 3, FLOAT64)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_forty_steps_agree_with_torch_optim(name: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    rng = np.random.default_rng(4)
    gradients = [rng.normal(size=3) for _ in range(40)]
    ours, _ = walk(name, gradients, learning_rate=0.03)
    w = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64, requires_grad=True)
    rule = {
        "sgd": lambda: torch.optim.SGD([w], lr=0.03),
        "momentum": lambda: torch.optim.SGD([w], lr=0.03, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD([w], lr=0.03, momentum=0.9, nesterov=True),
        "rmsprop": lambda: torch.optim.RMSprop([w], lr=0.03),
        "adam": lambda: torch.optim.Adam([w], lr=0.03),
    }[name]()
    for gradient in gradients:
        w.grad = torch.tensor(gradient)
        rule.step()
    np.testing.assert_allclose(ours, w.detach().numpy(), rtol=1e-12, atol=1e-12)
