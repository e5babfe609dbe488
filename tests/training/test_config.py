"""A configuration is checked when it is made, each refusal a sentence."""

import math
from typing import Any

import pytest

from bpviz.errors import ConfigError
from bpviz.training.config import TrainingConfig


@pytest.mark.parametrize(
    ("loss", "output"), [("squared", "sigmoid"), ("log", "sigmoid"), ("cross-entropy", "softmax")]
)
def test_output_activation_follows_the_loss(loss: str, output: str) -> None:
    assert TrainingConfig(loss=loss).architecture().output_activation == output


def test_chosen_output_activation_is_kept() -> None:
    assert TrainingConfig(loss="squared", output_activation="tanh").architecture().output_activation == "tanh"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"learning_rate": math.nan}, "learning rate is nan; it must be a number from 0 to 10000"),
        ({"learning_rate": -1.0}, "learning rate is -1.0"),
        ({"momentum": 1.0}, "momentum is 1.0; it must be at least 0 and below 1"),
        ({"batch_size": 0}, "batch size is 0; it must be 1 to 10,000"),
        ({"seed": -1}, "seed is -1"),
        ({"l2": math.inf}, "l2 is inf"),
        ({"optimizer": "lion"}, "unknown optimizer 'lion'"),
        ({"initializer": "ones"}, "unknown initialisation 'ones'"),
        ({"layers": (784,)}, "at least two are needed"),
        ({"layers": (784, 0, 10)}, "each of 1 neuron or more"),
        ({"layers": (784, 10**6, 10)}, "at most 50,000,000 fit"),
        ({"activation": "softmax"}, "unknown hidden activation 'softmax'"),
        ({"loss": "log", "output_activation": "softmax"}, "needs sigmoid outputs"),
    ],
)
def test_impossible_settings_are_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(**changes)
    assert sentence in str(caught.value)
