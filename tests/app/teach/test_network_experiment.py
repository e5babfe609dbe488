"""A network in training as lessons play with it: what it does, what it says, how it is put back."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.errors import BpvizError
from bpviz.nn.arrays import FloatArray
from bpviz.training.config import TrainingConfig
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.lessons.lesson import Value
from tests.app.teach.lab_class import STROKES, NetworkClass

RUN: dict[str, Value] = {
    "train_samples": 200,
    "layers": [784, 8, 10],
    "loss": "squared",
    "learning_rate": 2.0,
    "seed": 3,
}
CONFIG = TrainingConfig(layers=(784, 8, 10), loss="squared", learning_rate=2.0, seed=3)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[NetworkClass]:
    room = NetworkClass(qtbot)
    yield room
    room.close()


def parameters(room: NetworkClass) -> FloatArray:
    snapshot = room.experiment.run.snapshot
    assert snapshot is not None
    return snapshot.parameters_after


def trained(iterations: int, config: TrainingConfig = CONFIG, n_samples: int = 200) -> Trainer:
    trainer = Trainer(config, replace(STROKES, train=STROKES.train.first(n_samples)))
    for _ in range(iterations):
        trainer.train_iteration()
    return trainer


def test_it_begins_untrained_and_trains_as_many_iterations_as_it_is_told(room: NetworkClass) -> None:
    room.begin(RUN)
    assert room.measure("iteration") == 0
    assert np.array_equal(parameters(room), trained(0).network.parameters)
    room.do("train", iterations=7)
    assert room.measure("iteration") == 7
    assert np.array_equal(parameters(room), trained(7).network.parameters)


def test_an_epoch_is_as_many_iterations_as_there_are_batches(room: NetworkClass) -> None:
    room.begin({**RUN, "train_samples": 95, "batch_size": 10})
    assert room.measure("iterations_per_epoch") == 10
    room.do("train", epochs=2, iterations=1)
    assert room.measure("iteration") == 21
    assert room.measure("epoch") == 3


def test_a_setting_holds_from_the_next_iteration_on(room: NetworkClass) -> None:
    room.begin(RUN)
    room.do("train", iterations=2)
    room.do("set", learning_rate=0.1)
    assert room.measure("learning_rate") == pytest.approx(0.1)
    room.do("train", iterations=2)
    expected = trained(2)
    expected.set_learning_rate(0.1)
    expected.train_iteration()
    expected.train_iteration()
    assert np.array_equal(parameters(room), expected.network.parameters)


def test_another_loss_brings_its_own_output_activation(room: NetworkClass) -> None:
    room.begin({**RUN, "output_activation": "sigmoid"})
    room.do("set", loss="cross-entropy")
    room.do("train", iterations=1)
    assert sum(room.measure("output", k) for k in range(10)) == pytest.approx(1.0, abs=1e-5)


def test_a_restart_begins_anew_with_other_settings(room: NetworkClass) -> None:
    room.begin(RUN)
    room.do("train", iterations=3)
    room.do("restart", seed=4, layers=[784, 10])
    assert room.measure("iteration") == 0
    assert room.measure("n_weights") == 7850
    other = TrainingConfig(layers=(784, 10), loss="squared", learning_rate=2.0, seed=4)
    assert np.array_equal(parameters(room), trained(0, other).network.parameters)


def test_it_is_put_back_bit_for_bit_through_settings_and_a_restart(room: NetworkClass) -> None:
    room.begin(RUN)
    room.do("train", iterations=2)
    room.do("restart", seed=5)
    room.do("train", iterations=3)
    room.do("set", learning_rate=0.7, optimizer="momentum")
    room.do("train", iterations=4)
    mark, before = room.experiment.mark(), parameters(room).copy()
    room.do("train", iterations=9)
    room.do("set", learning_rate=9.0)
    assert not np.array_equal(parameters(room), before)
    room.restore(mark)
    assert room.measure("iteration") == 7
    assert room.measure("learning_rate") == pytest.approx(0.7)
    assert np.array_equal(parameters(room), before)
    room.do("train", iterations=1)
    after = parameters(room).copy()
    room.restore(mark)
    room.do("train", iterations=1)
    assert np.array_equal(parameters(room), after)


def test_a_slow_run_is_put_back_at_full_speed(room: NetworkClass) -> None:
    room.begin(RUN)
    room.do("train", iterations=3, per_second=200.0)
    mark = room.experiment.mark()
    room.restore(mark)
    assert room.measure("iteration") == 3
    assert np.array_equal(parameters(room), trained(3).network.parameters)


def test_its_numbers_are_those_worked_out_by_hand(room: NetworkClass) -> None:
    room.begin({**RUN, "digit": 4})
    room.do("train", iterations=5)
    W1, b1, W2, b2 = _matrices(trained(5).network.parameters.astype(np.float64))
    row = int((STROKES.train.labels[:200] == 4).nonzero()[0][0])
    x = STROKES.train.scaled(np.array([row]))[0].astype(np.float64)
    h = 1.0 / (1.0 + np.exp(-(x @ W1 + b1)))
    y = 1.0 / (1.0 + np.exp(-(h @ W2 + b2)))
    t = np.eye(10)[4]
    delta = (y - t) * y * (1 - y)
    hidden_delta = (W2 @ delta) * h * (1 - h)
    source = int(x.argmax())
    assert room.measure("label") == 4
    assert room.measure("predicted") == y.argmax()
    assert room.measure("pixel", source) == pytest.approx(x[source])
    assert [room.measure("output", k) for k in range(10)] == pytest.approx(list(y), abs=1e-5)
    assert [room.measure("error", k) for k in range(10)] == pytest.approx(list(t - y), abs=1e-5)
    assert room.measure("loss") == pytest.approx(0.5 * ((y - t) ** 2).sum(), abs=1e-5)
    assert room.measure("activation", "a[1][3]") == pytest.approx(h[3], abs=1e-5)
    assert room.measure("sum", "a[2][4]") == pytest.approx((h @ W2 + b2)[4], abs=1e-4)
    assert room.measure("delta", "a[1][3]") == pytest.approx(hidden_delta[3], abs=1e-6)
    assert room.measure("gradient", f"w[1][{source},3]") == pytest.approx(
        hidden_delta[3] * x[source], abs=1e-6
    )
    assert room.measure("gradient", "w[2][3,4]") == pytest.approx(delta[4] * h[3], abs=1e-6)
    assert room.measure("gradient", "b[2][4]") == pytest.approx(delta[4], abs=1e-6)
    assert room.measure("weight", "w[2][3,4]") == pytest.approx(W2[3, 4])


def _matrices(flat: FloatArray) -> tuple[FloatArray, ...]:
    sizes = [784 * 8, 8, 8 * 10, 10]
    W1, b1, W2, b2 = np.split(flat, np.cumsum(sizes)[:-1])
    return W1.reshape(784, 8), b1, W2.reshape(8, 10), b2


def test_a_phase_shows_the_iteration_as_it_began_and_what_it_changed(room: NetworkClass) -> None:
    room.begin(
        {**RUN, "digit": 0, "alone": True, "batch_size": 1, "layers": [784, 10]}, {"phase": "backward"}
    )
    room.do("train", iterations=1)
    begun = room.measure("output", 0)
    weight = "b[1][0]"
    step = room.measure("weight_after", weight) - room.measure("weight", weight)
    assert step == pytest.approx(-2.0 * room.measure("gradient", weight), rel=1e-4)
    room.experiment.show_step({})
    assert room.measure("output", 0) > begun
    assert room.measure("weight", weight) == room.measure("weight_after", weight)


def test_alone_means_that_no_other_sample_is_trained_on(room: NetworkClass) -> None:
    room.begin({**RUN, "digit": 7, "alone": True, "batch_size": 1})
    assert room.measure("n_samples") == 1
    room.do("train", iterations=30)
    assert room.measure("label") == 7
    assert room.measure("output", 7) > 0.9


def test_shares_and_dead_digits_are_counted_over_all_samples(room: NetworkClass) -> None:
    room.begin(RUN)
    room.do("train", iterations=20)
    W1, b1, W2, b2 = _matrices(trained(20).network.parameters.astype(np.float64))
    x = STROKES.test.scaled(slice(None)).astype(np.float64)
    h = 1.0 / (1.0 + np.exp(-(x @ W1 + b1)))
    answers = (h @ W2 + b2).argmax(axis=1)
    labels = STROKES.test.labels
    recalls = [float((answers[labels == k] == k).mean()) for k in range(10)]
    assert room.measure("test_accuracy") == pytest.approx(float((answers == labels).mean()), abs=2e-3)
    assert room.measure("recall", 3) == pytest.approx(recalls[3], abs=0.01)
    assert room.measure("dead_digits") == sum(recall < 0.2 for recall in recalls)


def test_a_run_whose_loss_is_no_number_any_more_says_so_and_stands_where_it_was(room: NetworkClass) -> None:
    run = {**RUN, "loss": "cross-entropy", "activation": "leaky-relu", "initializer": "uniform"}
    run["learning_rate"] = 100.0
    room.begin(run)
    room.do("train", iterations=500)
    assert not room.failures
    assert room.measure("diverged") == 1
    assert room.measure("iteration") == 11
    room.do("restart", learning_rate=0.01)
    room.do("train", iterations=5)
    assert room.measure("diverged") == 0
    assert room.measure("iteration") == 5


@pytest.mark.parametrize(
    ("run", "told"),
    [
        ({"learning_rate": "fast"}, "'learning_rate' is 'fast'"),
        ({"layers": [784]}, "at least two"),
        ({"digit": 12}, "'digit' is 12; no training sample"),
        ({"sample": 900}, "'sample' is 900; there are 0 to 199"),
        ({"alone": True}, "'alone' needs"),
        ({"optimizer": "magic"}, "unknown optimizer 'magic'"),
    ],
)
def test_a_beginning_that_cannot_be_is_told(room: NetworkClass, run: dict[str, Value], told: str) -> None:
    with pytest.raises(BpvizError, match=told):
        room.experiment.begin({**RUN, **run})


def test_a_network_that_does_not_fit_the_samples_is_told(room: NetworkClass) -> None:
    room.begin({**RUN, "layers": [100, 10]})
    assert len(room.failures) == 1
    assert "100" in room.failures[0]


def test_an_action_that_cannot_be_done_is_told(room: NetworkClass) -> None:
    room.begin(RUN)
    room.do("train", iterations=0)
    room.do("set", batch_size=-1)
    assert "'train' needs 'iterations' or 'epochs'" in room.failures[0]
    assert "batch size is -1" in room.failures[1]


@pytest.mark.parametrize(
    ("name", "argument", "told"),
    [
        ("output", 10, "a whole number from 0 to 9"),
        ("weight", "a[1][3]", "is no weight"),
        ("activation", "w[1][3,3]", "is no neuron"),
        ("delta", "a[3][0]", "layers 1 to 2"),
    ],
)
def test_a_number_that_does_not_exist_is_told(
    room: NetworkClass, name: str, argument: float | str, told: str
) -> None:
    room.begin(RUN)
    with pytest.raises(BpvizError, match=told):
        room.measure(name, argument)


@pytest.mark.parametrize(
    ("show", "told"),
    [
        ({"phase": "sideways"}, "choose one of now, forward"),
        ({"layer": 3, "phase": "forward"}, "the network has 1 to 2"),
        ({"select": "w[9][0,0]"}, "layers 1 to 2"),
        ({"charts": ["weather"]}, "'charts' is"),
        ({"digit": 11}, "no training sample"),
    ],
)
def test_a_look_that_cannot_be_taken_is_told(room: NetworkClass, show: dict[str, Value], told: str) -> None:
    room.begin(RUN)
    with pytest.raises(BpvizError, match=told):
        room.experiment.show_step(show)
