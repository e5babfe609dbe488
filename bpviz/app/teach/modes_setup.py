"""The networks of the lesson on three ways to a gradient, from the lesson's [run]."""

from dataclasses import dataclass

import numpy as np

from bpviz.app.teach.lesson_settings import number, numbers, whole, whole_numbers, words
from bpviz.app.teach.teaching import Teaching
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Architecture, Network
from bpviz.nn.targets import class_targets
from bpviz.viewmodel.lessons.gradient_ways import GradientTask
from bpviz.viewmodel.lessons.lesson import Settings
from bpviz.viewmodel.lessons.small_network import MOST_LAYERS, MOST_NEURONS

RUN_KEYS = frozenset(
    {"small_layers", "small_parameters", "small_input", "small_target"}
    | {"layers", "dataset", "digit", "seed", "hidden"}
)
_INITIALIZER = "xavier"


@dataclass(frozen=True, slots=True)
class ModesSetup:
    """Two networks and the sample the large one is given.

    Attributes
    ----------
    hidden
        Hidden neurons of the smallest and the largest network whose costs are compared.
    """

    small: GradientTask
    large: GradientTask
    hidden: tuple[int, int]
    seed: int

    def with_hidden(self, count: int) -> GradientTask:
        """Return the large network's task with so many hidden neurons."""
        n_in, _, n_out = self.large.network.architecture.layers
        return _large((n_in, count, n_out), self.seed, self.large.x, self.large.y)


def modes_setup(run: Settings, teaching: Teaching) -> ModesSetup:
    """Return what the lesson begins with.

    Raises
    ------
    ConfigError
        If the settings do not make networks that can be shown.
    """
    layers = whole_numbers(run, "layers", (784, 30, 10))
    if len(layers) != 3:
        raise ConfigError(f"'layers' is {list(layers)}; inputs, one hidden layer and outputs are needed")
    seed, digit = whole(run, "seed", 1), whole(run, "digit", 0)
    samples = teaching.dataset(words(run, "dataset", "strokes")).train
    rows = np.flatnonzero(samples.labels == digit)
    if not rows.size or samples.inputs.shape[1] != layers[0] or not 0 <= digit < layers[2]:
        raise ConfigError(f"'digit' is {digit}; no image of it fits a network of {list(layers)}")
    x = samples.scaled(rows[:1]).astype(np.float64)
    y = class_targets(samples.labels[rows[:1]], layers[2], np.float64)
    hidden = whole_numbers(run, "hidden", (1, 64))
    if len(hidden) != 2 or not 1 <= hidden[0] < hidden[1] <= 1000:
        raise ConfigError(f"'hidden' is {list(hidden)}; the smallest and the largest count are needed")
    return ModesSetup(_small(run), _large(layers, seed, x, y), (hidden[0], hidden[1]), seed)


def _large(layers: tuple[int, ...], seed: int, x: FloatArray, y: FloatArray) -> GradientTask:
    architecture = Architecture(layers)
    rng = np.random.default_rng(seed)
    return GradientTask(
        Network(architecture, initial_parameters(architecture, _INITIALIZER, rng, np.float64)), x, y
    )


def _small(run: Settings) -> GradientTask:
    layers = whole_numbers(run, "small_layers", (2, 2, 1))
    if not 2 <= len(layers) <= MOST_LAYERS or not 1 <= min(layers) <= max(layers) <= MOST_NEURONS:
        raise ConfigError(
            f"'small_layers' is {list(layers)}; 2 to {MOST_LAYERS} layers of 1 to {MOST_NEURONS} are needed"
        )
    architecture = Architecture(layers, "sigmoid", "sigmoid", "squared")
    parameters = _numbers(run, "small_parameters", architecture.n_parameters)
    x = _numbers(run, "small_input", layers[0])[None, :]
    y = np.full((1, layers[-1]), number(run, "small_target", 1.0))
    return GradientTask(Network(architecture, parameters), x, y)


def _numbers(run: Settings, key: str, count: int) -> FloatArray:
    found = numbers(run, key, ())
    if len(found) != count:
        raise ConfigError(f"'{key}' has {len(found)} numbers; {count} are needed")
    return np.array(found, np.float64)
