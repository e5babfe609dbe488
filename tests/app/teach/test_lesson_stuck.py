"""The lesson of why a network gets stuck: every trouble it shows is real, and every remedy cures it."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpviz.app.teach.network_measures import DEAD_BELOW
from bpviz.app.teach.trial_experiment import TrialExperiment
from bpviz.training.blas_threads import blas_threads_limited
from bpviz.ui.teach.trial_stage import TrialStage
from tests.app.teach.lesson_room import LessonRoom, lesson_room

RIGHT = {"recipe": "B", "log-loss": "A", "zeros": "B", "deep": "C", "dead-relu": "B", "diverges": "C"}


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[LessonRoom]:
    with blas_threads_limited(1), lesson_room(qtbot, "stuck") as room:
        yield room


def stage_of(room: LessonRoom) -> TrialStage:
    stage = room.experiment.stage
    assert isinstance(stage, TrialStage)
    return stage


def tones(room: LessonRoom) -> list[str]:
    content = stage_of(room).bars.content
    assert content is not None
    return [bar.tone for bar in content.bars]


def first_weights(room: LessonRoom) -> np.ndarray:
    assert isinstance(room.experiment, TrialExperiment)
    snapshot = room.experiment.run.snapshot
    assert snapshot is not None
    return snapshot.network().with_parameters(snapshot.parameters_after).W[0]


def test_all_its_claims_hold_for_a_learner_who_is_right(room: LessonRoom) -> None:
    walk_dead_digits(room)
    walk_symmetry(room)
    walk_layers(room)
    walk_rates(room)
    assert room.score == (6, 6)
    assert room.is_over


def walk_dead_digits(room: LessonRoom) -> None:
    room.predict(RIGHT["recipe"])
    dead = [digit for digit in range(10) if room.measure("recall", digit) < DEAD_BELOW]
    assert 1 <= len(dead) == room.measure("dead_digits") <= 5
    assert room.text.startswith(f"Right. {len(dead)} digits are dead")
    assert [place for place, tone in enumerate(tones(room)) if tone == "error"] == dead
    without_remedy = room.measure("test_accuracy")
    assert without_remedy < 0.7

    room.next()
    assert 8 in dead
    assert room.measure("mean_sum", 8) < -8.0
    assert room.measure("mean_slope", 8) < 0.001
    slope = stage_of(room).slope.content
    assert slope is not None
    assert slope.dots_y.max() < 0.05

    room.next()
    room.predict(RIGHT["log-loss"])
    assert room.measure("dead_digits") == 0
    assert room.measure("test_accuracy") > without_remedy + 0.1
    assert "error" not in tones(room)

    room.next()
    assert room.measure("dead_digits") == 0
    assert room.measure("test_accuracy") > without_remedy + 0.1
    assert room.measure("mean_slope", 8) > 0.05


def walk_symmetry(room: LessonRoom) -> None:
    room.next()
    assert not first_weights(room).any()
    room.predict(RIGHT["zeros"])
    W = first_weights(room)
    assert np.abs(W).max() > 0.02
    # Equal but for the rounding of sums in another order; the weights are 10,000 times as large.
    assert float(np.ptp(W, axis=1).max()) == room.measure("spread", 1) < 1e-5
    assert room.measure("test_accuracy") < 0.4
    tiles = stage_of(room).weights.picture.toImage()
    assert not tiles.isNull()

    room.next()
    assert room.measure("spread", 1) > 0.1
    assert room.measure("test_accuracy") > 0.8


def walk_layers(room: LessonRoom) -> None:
    room.next()
    stage = stage_of(room)
    assert stage.network.isVisible()
    assert not stage.bars.isVisible()
    room.predict(RIGHT["deep"])
    sizes = [room.measure("gradient_size", layer) for layer in range(1, 11)]
    assert sizes[0] < sizes[-1] / 1000
    assert all(before < 0.5 * after for before, after in pairwise(sizes))
    assert stage.bars.isVisible()
    heights = [stage.bars.bar_rect(place).height() for place in range(10)]
    assert heights == sorted(heights)
    # On a logarithmic scale equal factors are equal steps: those of the layers are alike.
    steps = np.diff(heights)
    assert steps.max() < 2.0 * steps.min()

    room.next()
    assert room.measure("kept", "test_accuracy") < 0.2
    assert room.measure("test_accuracy") > 0.5
    assert room.measure("gradient_size", 1) > 0.1 * room.measure("gradient_size", 10)


def walk_rates(room: LessonRoom) -> None:
    room.next()
    room.predict(RIGHT["dead-relu"])
    assert room.measure("silent", 1) >= 0.8
    assert room.measure("test_accuracy") < 0.4

    room.next()
    room.predict(RIGHT["diverges"])
    assert room.measure("diverged") == 1.0
    iteration = int(room.measure("iteration"))
    assert iteration < 40
    content = stage_of(room).bars.content
    assert content is not None
    shares = [bar.share for bar in content.bars]
    assert len(shares) == iteration + 1
    assert math.isinf(shares[-1])
    assert shares[-2] == pytest.approx(1.0)
    assert f"iteration {iteration + 1} is too large for the computer" in room.text

    room.next()
    assert room.measure("learning_rate") == 0.1
    assert room.measure("silent", 1) < 0.2
    assert room.measure("dead_digits") == 0
    assert room.measure("test_accuracy") > 0.85


def test_who_is_wrong_is_told_so_and_shown_what_is_right(qtbot: QtBot) -> None:
    with blas_threads_limited(1), lesson_room(qtbot, "stuck") as room:
        room.predict("A")
        assert room.text.startswith("Not so. 3 digits are dead")
        assert room.right == RIGHT["recipe"]
        room.next()
        room.next()
        room.predict("C")
        assert room.text.startswith("Not so. 0 dead digits")
        assert room.right == RIGHT["log-loss"]
        assert room.score == (0, 2)


def test_a_step_gone_back_to_stands_as_it_stood(qtbot: QtBot) -> None:
    with blas_threads_limited(1), lesson_room(qtbot, "stuck") as room:
        room.predict("B")
        found = [room.measure("recall", digit) for digit in range(10)]
        room.next()
        weights = first_weights(room)
        room.next()
        room.predict("A")
        assert room.measure("dead_digits") == 0
        room.press(Qt.Key.Key_Left)
        assert room.step == "flat"
        assert [room.measure("recall", digit) for digit in range(10)] == found
        assert np.array_equal(first_weights(room), weights)
