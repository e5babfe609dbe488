from dataclasses import replace

import pytest

from bpviz.data.own_points import OwnPoint, own_dataset
from bpviz.data.point_options import PointOptions
from bpviz.data.points import PLANE_TASKS, POINT_DATASETS, load_points
from bpviz.data.samples import Dataset
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import Evaluation, evaluate
from bpviz.training.trainer import Trainer
from bpviz.training.usual_config import config_for, usual_config, usual_epochs
from tests.training.small_runs import sparse_digits

DIGITS = Dataset("strokes", "Strokes", sparse_digits(20), sparse_digits(5))
GOALS = {"gaussians": 0.97, "xor": 0.97, "circle": 0.96, "moons": 0.97, "spiral": 0.9}


def learned(name: str, seed: int) -> Evaluation:
    trainer = Trainer(replace(usual_config(name), seed=seed), load_points(name, PointOptions(seed=seed)))
    while trainer.epoch < usual_epochs(name):
        trainer.train_epoch()
    return evaluate(trainer.network, trainer.dataset.test)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", PLANE_TASKS)
def test_every_task_is_learned_with_its_usual_settings(name: str, seed: int) -> None:
    assert learned(name, seed).accuracy >= GOALS[name]


def test_the_curve_is_fitted_up_to_its_noise() -> None:
    assert learned("curve", 0).r_squared > 0.93


@pytest.mark.parametrize("name", POINT_DATASETS)
def test_usual_settings_take_the_place_of_those_for_digits(name: str) -> None:
    dataset = load_points(name)
    found = config_for(dataset, replace(TrainingConfig(), seed=5), DIGITS)
    assert found == replace(usual_config(name), seed=5)
    Trainer(found, dataset)


def test_a_new_sample_of_the_same_points_keeps_the_settings() -> None:
    mine = replace(usual_config("xor"), layers=(2, 3, 3, 1), learning_rate=0.01)
    before, after = load_points("xor"), load_points("xor", PointOptions(noise=0.5, seed=2))
    assert config_for(after, mine, before) == mine


def test_digits_come_back_with_the_settings_for_digits() -> None:
    assert config_for(DIGITS, usual_config("spiral"), load_points("spiral")) == TrainingConfig()


def test_from_digits_to_digits_the_settings_stay() -> None:
    mine = replace(TrainingConfig(), learning_rate=0.03, layers=(784, 12, 10))
    assert config_for(DIGITS, mine, DIGITS) == mine


def test_own_points_drawn_over_a_task_have_settings_of_their_own() -> None:
    own = own_dataset((OwnPoint(0.0, 0.0), OwnPoint(1.0, 1.0, 1)), is_curve=False)
    found = config_for(own, usual_config("curve"), load_points("curve"))
    assert (found.layers[0], found.layers[-1], found.loss) == (2, 1, "log")
