"""Update rules, written as PyTorch's `torch.optim` defines them, on one flat parameter vector."""

from abc import ABC, abstractmethod

import numpy as np

from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray

DEFAULT_MOMENTUM = 0.9


class Optimizer(ABC):
    """One update rule with its state; owned and called by one trainer.

    Attributes
    ----------
    state
        Vectors remembered between updates, by name, each shaped like the parameters.
    updates
        Number of updates made since the optimiser was new.
    """

    name: str
    state_names: tuple[str, ...] = ()

    def __init__(self, n_parameters: int, dtype: np.dtype[np.floating]) -> None:
        self.state: dict[str, FloatArray] = {n: np.zeros(n_parameters, dtype) for n in self.state_names}
        self.updates = 0
        self._work = np.empty(n_parameters, dtype)

    def update(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Change `parameters` in place by one step; `gradient` is left as it was."""
        self.updates += 1
        self._apply(parameters, gradient, learning_rate)

    @abstractmethod
    def _apply(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None: ...

    def _descend(self, parameters: FloatArray, direction: FloatArray, step: float) -> None:
        np.multiply(direction, step, out=self._work)
        np.subtract(parameters, self._work, out=parameters)


class Sgd(Optimizer):
    """w ← w - η g."""

    name = "sgd"

    def _apply(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        self._descend(parameters, gradient, learning_rate)


class Momentum(Optimizer):
    """v ← μ v + g;  w ← w - η v."""

    name = "momentum"
    state_names = ("velocity",)

    def __init__(
        self, n_parameters: int, dtype: np.dtype[np.floating], momentum: float = DEFAULT_MOMENTUM
    ) -> None:
        super().__init__(n_parameters, dtype)
        self.momentum = momentum

    def _new_velocity(self, gradient: FloatArray) -> FloatArray:
        velocity = self.state["velocity"]
        np.multiply(velocity, self.momentum, out=velocity)
        return np.add(velocity, gradient, out=velocity)

    def _apply(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        self._descend(parameters, self._new_velocity(gradient), learning_rate)


class Nesterov(Momentum):
    """v ← μ v + g;  w ← w - η (g + μ v)."""

    name = "nesterov"

    def _apply(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        np.multiply(self._new_velocity(gradient), self.momentum, out=self._work)
        np.add(self._work, gradient, out=self._work)
        self._descend(parameters, self._work, learning_rate)


class RmsProp(Optimizer):
    """s ← α s + (1-α) g²;  w ← w - η g / (√s + ε), with α = 0.99, ε = 1e-8."""

    name = "rmsprop"
    state_names = ("square_average",)
    alpha = 0.99
    epsilon = 1e-8

    def _apply(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        average, work = self.state["square_average"], self._work
        np.multiply(average, self.alpha, out=average)
        np.multiply(gradient, gradient, out=work)
        np.multiply(work, 1.0 - self.alpha, out=work)
        np.add(average, work, out=average)
        np.sqrt(average, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(gradient, work, out=work)
        self._descend(parameters, work, learning_rate)


class Adam(Optimizer):
    """m ← β₁ m + (1-β₁) g;  v ← β₂ v + (1-β₂) g²;  w ← w - η m̂ / (√v̂ + ε) with both bias-corrected.

    β₁ = 0.9, β₂ = 0.999, ε = 1e-8 (Kingma and Ba 2015).
    """

    name = "adam"
    state_names = ("first_moment", "second_moment")
    beta1 = 0.9
    beta2 = 0.999
    epsilon = 1e-8

    def _apply(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        m, v, work = self.state["first_moment"], self.state["second_moment"], self._work
        np.multiply(gradient, 1.0 - self.beta1, out=work)
        np.multiply(m, self.beta1, out=m)
        np.add(m, work, out=m)
        np.multiply(gradient, gradient, out=work)
        np.multiply(work, 1.0 - self.beta2, out=work)
        np.multiply(v, self.beta2, out=v)
        np.add(v, work, out=v)
        np.sqrt(v, out=work)
        np.divide(work, (1.0 - self.beta2**self.updates) ** 0.5, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(m, work, out=work)
        self._descend(parameters, work, learning_rate / (1.0 - self.beta1**self.updates))


OPTIMIZERS: dict[str, type[Optimizer]] = {
    rule.name: rule for rule in (Sgd, Momentum, Nesterov, RmsProp, Adam)
}


def new_optimizer(
    name: str, n_parameters: int, dtype: np.dtype[np.floating], momentum: float = DEFAULT_MOMENTUM
) -> Optimizer:
    """Return a fresh optimiser (state all zero) called `name`; `momentum` matters to two of them."""
    try:
        rule = OPTIMIZERS[name]
    except KeyError:
        raise ConfigError(f"unknown optimizer '{name}'; choose one of {', '.join(OPTIMIZERS)}") from None
    if issubclass(rule, Momentum):
        return rule(n_parameters, dtype, momentum)
    return rule(n_parameters, dtype)
