"""Update rules raced from one start."""

from dataclasses import replace

import numpy as np
import pytest

from bpviz.data.sources import load_dataset
from bpviz.training.config import TrainingConfig
from bpviz.training.race import LOOKS_EVERY, run_race
from bpviz.training.targets import targets_of
from bpviz.training.trainer import Trainer

STROKES = load_dataset("strokes")
SMALL = replace(STROKES, train=STROKES.train.first(100))
CONFIG = TrainingConfig(layers=(784, 5, 10), learning_rate=0.1, seed=2)


def test_all_start_from_the_same_network_and_part_then() -> None:
    race = run_race(CONFIG, SMALL, ("sgd", "momentum", "adam"), 40)
    assert race.iterations.tolist() == [0, 10, 20, 30, 40]
    starts = {float(lane.losses[0]) for lane in race.lanes}
    ends = {race.final(lane.rule) for lane in race.lanes}
    assert len(starts) == 1
    assert len(ends) == 3
    assert np.isnan(race.final("nesterov"))


def test_a_lane_is_what_training_by_itself_gives() -> None:
    race = run_race(CONFIG, SMALL, ("nesterov",), 20)
    trainer = Trainer(replace(CONFIG, optimizer="nesterov"), SMALL)
    for _ in range(20):
        trainer.train_iteration()
    X, Y = SMALL.train.scaled(slice(None)), targets_of(SMALL.train, 10)
    assert race.final("nesterov") == pytest.approx(trainer.network.loss(trainer.network.forward(X), Y))


def test_a_lane_that_diverges_ends_where_it_does() -> None:
    wild = replace(CONFIG, learning_rate=1e4, activation="relu", loss="squared", output_activation="identity")
    race = run_race(wild, SMALL, ("sgd", "adam"), 5 * LOOKS_EVERY)
    assert np.isfinite(race.lanes[0].losses[0])
    assert np.isnan(race.final("sgd"))


def test_a_race_half_run_is_the_beginning_of_the_whole() -> None:
    race = run_race(CONFIG, SMALL, ("sgd",), 40)
    part = race.first(3)
    assert part.iterations.tolist() == [0, 10, 20]
    assert part.lanes[0].losses.tolist() == race.lanes[0].losses[:3].tolist()
