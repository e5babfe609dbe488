"""The numbers lessons can ask of a network that is tried on whole parts of its dataset."""

from collections.abc import Sequence

import numpy as np

from bpviz.app.teach.network_measures import DEAD_BELOW
from bpviz.app.teach.trials import Tried
from bpviz.errors import ConfigError
from bpviz.nn.arrays import FloatArray
from bpviz.viewmodel.lessons.expression import Argument
from bpviz.viewmodel.lessons.lesson_course import Trial
from bpviz.viewmodel.lessons.lesson_slope import mean_slope

TRIED = frozenset(
    {
        "train_accuracy",
        "test_accuracy",
        "train_loss",
        "test_loss",
        "recall",
        "dead_digits",
        "silent",
        "mean_slope",
        "mean_sum",
        "lowest_test_loss",
    }
)
MEASURES = {
    "n_test": 0,
    "mean_slope": 1,
    "mean_sum": 1,
    "lowest_test_loss": 0,
    "largest_weight": 1,
    "near_zero": 1,
    "kept": 1,
}
"""With the number of values each takes, beside those of every network experiment.

`mean_slope` and `mean_sum` (slope a(1 − a) and sum of a digit's output, over its test samples) take a digit;
`largest_weight` and `near_zero` (share of weights within 0.001 of zero) a layer; `kept` the name of a
loss or accuracy, which the run kept last had at its end. `silent` is the share of neurons that answer 0 to
every test sample.
"""

NEAR_ZERO = 1e-3
_OF_TRIAL = frozenset({"train_accuracy", "test_accuracy", "train_loss", "test_loss"})


def tried_value(name: str, arguments: tuple[Argument, ...], tried: Tried, course: Sequence[Trial]) -> float:
    """Return a measure of what the network could do when it was tried last.

    Raises
    ------
    ConfigError
        If an argument names nothing there is.
    """
    value = float("nan")
    match name:
        case "recall":
            value = float(tried.recalls[_index(arguments, 0, len(tried.recalls))])
        case "dead_digits":
            value = float((tried.recalls < DEAD_BELOW).sum())
        case "lowest_test_loss":
            value = min((trial.test_loss for trial in course), default=value)
        case "silent" if tried.silent:
            value = tried.silent[_index(arguments, 1, len(tried.silent))]
        case "mean_slope" | "mean_sum" if tried.sums:
            sums = tried.sums[_index(arguments, 0, len(tried.sums))]
            value = mean_slope(sums) if name == "mean_slope" else float(sums.mean())
        case _ if name in _OF_TRIAL:
            value = float(getattr(tried.trial, name))
    return value


def kept_value(arguments: tuple[Argument, ...], kept: Sequence[Trial]) -> float:
    """Return what the run kept last had at its end; nan where none was kept.

    Raises
    ------
    ConfigError
        If it is no loss and no accuracy.
    """
    if arguments[0] not in _OF_TRIAL:
        raise ConfigError(f"'kept' is given {arguments[0]!r}; choose one of {', '.join(sorted(_OF_TRIAL))}")
    return float(getattr(kept[-1], str(arguments[0]))) if kept else float("nan")


def weight_value(name: str, arguments: tuple[Argument, ...], W: Sequence[FloatArray]) -> float:
    """Return the largest size of a layer's weights, or the share of them that is nearly zero.

    Raises
    ------
    ConfigError
        If there is no such layer.
    """
    sizes = np.abs(W[_index(arguments, 1, len(W))])
    return float(sizes.max()) if name == "largest_weight" else float((sizes < NEAR_ZERO).mean())


def _index(arguments: tuple[Argument, ...], first: int, count: int) -> int:
    value = arguments[0]
    if isinstance(value, str) or value != int(value) or not first <= value < first + count:
        raise ConfigError(
            f"a measure is given {value!r}; a whole number from {first} to {first + count - 1} is needed"
        )
    return int(value) - first
