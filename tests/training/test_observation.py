"""A snapshot holds one whole, true iteration: every array agrees with an independent calculation."""

import numpy as np
import pytest

from bpviz.data.samples import Dataset
from bpviz.nn.network import Network, one_hot
from bpviz.training.observation import observe_iteration, observe_untrained, pass_sample
from bpviz.training.trainer import Trainer
from tests.training.small_runs import config_for, sparse_digits


@pytest.fixture(params=[8, 70])
def trainer(request: pytest.FixtureRequest) -> Trainer:
    data = Dataset("test", "Test", sparse_digits(105), sparse_digits(30, seed=1))
    trainer = Trainer(config_for(layers=(784, request.param, 10)), data)
    for _ in range(4):
        trainer.train_iteration()
    return trainer


def test_batch_values_are_those_of_the_parameters_before(trainer: Trainer) -> None:
    shot = observe_iteration(trainer, run_id=9, watch=None)
    exact = Network(shot.architecture, shot.parameters.astype(np.float64))
    X = trainer.dataset.train.inputs[shot.batch.indices] / 255.0
    Y = one_hot(trainer.dataset.train.labels[shot.batch.indices], 10, np.float64)
    forward = exact.forward(X)
    gradients = exact.backward(forward, Y)
    np.testing.assert_allclose(shot.batch.forward.x, X, atol=1e-6)
    for layer in range(2):
        np.testing.assert_allclose(shot.batch.forward.z[layer], forward.z[layer], atol=1e-4)
        np.testing.assert_allclose(shot.batch.forward.a[layer], forward.a[layer], atol=1e-5)
        np.testing.assert_allclose(shot.batch.delta[layer], gradients.delta[layer], atol=1e-5)
        np.testing.assert_allclose(shot.batch.grad_W(layer), gradients.grad_W[layer], atol=1e-4)
        np.testing.assert_allclose(shot.batch.grad_b(layer), gradients.grad_b[layer], atol=1e-4)
    assert shot.batch.loss == pytest.approx(exact.loss(forward, Y), rel=1e-5)


def test_parameters_after_are_one_step_of_descent_on(trainer: Trainer) -> None:
    shot = observe_iteration(trainer, run_id=9, watch=None)
    np.testing.assert_array_equal(shot.parameters_after, trainer.network.parameters)
    before, after = shot.network(), Network(shot.architecture, shot.parameters_after)
    for layer in range(2):
        expected = before.W[layer] - shot.learning_rate * shot.batch.grad_W(layer)
        np.testing.assert_allclose(after.W[layer], expected, atol=1e-5)


def test_place_in_the_run_is_told(trainer: Trainer) -> None:
    shot = observe_iteration(trainer, run_id=9, watch=None)
    assert (shot.run_id, shot.iteration, shot.epoch) == (9, 5, 1)
    assert (shot.iteration_in_epoch, shot.iterations_per_epoch) == (5, 11)
    for _ in range(7):
        shot = observe_iteration(trainer, run_id=9, watch=None)
    assert (shot.iteration, shot.epoch, shot.iteration_in_epoch) == (12, 2, 1)


def test_watched_sample_is_shown_with_its_own_deltas(trainer: Trainer) -> None:
    shot = observe_iteration(trainer, run_id=9, watch=17)
    sample, data = shot.sample, trainer.dataset.train
    assert (sample.index, sample.label) == (17, int(data.labels[17]))
    exact = Network(shot.architecture, shot.parameters.astype(np.float64))
    forward = exact.forward(data.inputs[17:18] / 255.0)
    Y = one_hot(data.labels[17:18], 10, np.float64)
    assert sample.delta is not None
    np.testing.assert_allclose(sample.delta[0], exact.backward(forward, Y).delta[0][0], atol=1e-5)
    assert sample.loss == pytest.approx(exact.loss(forward, Y), rel=1e-5)


def test_without_a_wish_the_worst_of_the_batch_is_shown(trainer: Trainer) -> None:
    shot = observe_iteration(trainer, run_id=9, watch=None)
    assert shot.sample.index == shot.batch.indices[shot.batch.losses.argmax()]


def test_looking_at_the_standing_network_trains_nothing(trainer: Trainer) -> None:
    before = trainer.network.parameters.copy()
    shot = observe_untrained(trainer, run_id=9, watch=None)
    np.testing.assert_array_equal(trainer.network.parameters, before)
    np.testing.assert_array_equal(shot.parameters_after, shot.parameters)
    assert shot.iteration == trainer.iteration == 4


def test_snapshot_arrays_cannot_be_written(trainer: Trainer) -> None:
    shot = observe_iteration(trainer, run_id=9, watch=None)
    for array in (shot.parameters, shot.parameters_after, shot.batch.forward.z[0], shot.batch.delta[1]):
        assert not array.flags.writeable


def test_a_drawing_without_label_has_no_loss_and_no_deltas(trainer: Trainer) -> None:
    sample = pass_sample(trainer.network, np.zeros(784, np.float32))
    assert (sample.label, sample.loss, sample.delta, sample.index) == (None, None, None, None)
    assert sample.output.shape == (10,)


def test_optimiser_state_is_shown_around_the_update_when_asked_for(trainer: Trainer) -> None:
    trainer.set_optimizer("momentum", 0.8)
    trainer.set_penalty(0.0, 0.01)
    observe_iteration(trainer, run_id=9, watch=None)
    shot = observe_iteration(trainer, run_id=9, watch=None, with_optimizer=True)
    view = shot.optimizer
    assert view is not None
    assert (view.name, view.momentum, view.updates, view.learning_rate) == ("momentum", 0.8, 2, 0.3)
    assert (shot.l1, shot.l2) == (0.0, 0.01)
    velocity = view.state_after["velocity"]
    np.testing.assert_allclose(shot.parameters_after, shot.parameters - np.float32(0.3) * velocity, atol=1e-6)
    gradient = shot.batch.grad_W(0) + np.float32(0.01) * shot.network().W[0]
    first = slice(0, gradient.size)
    expected = np.float32(0.8) * view.state_before["velocity"][first] + gradient.ravel()
    np.testing.assert_allclose(velocity[first], expected, atol=1e-5)


def test_optimiser_state_is_left_out_of_a_fast_run(trainer: Trainer) -> None:
    assert observe_iteration(trainer, run_id=9, watch=None).optimizer is None


def test_a_switched_off_neuron_is_silent_in_all_that_is_shown(trainer: Trainer) -> None:
    trainer.switch_neuron(0, 3, is_on=False)
    shot = observe_iteration(trainer, run_id=9, watch=None)
    assert shot.switched_off == ((0, 3),)
    assert not shot.batch.forward.a[0][:, 3].any()
    assert not shot.batch.delta[0][:, 3].any()
    assert shot.sample.a[0][3] == 0.0
    assert shot.sample.delta is not None
    assert shot.sample.delta[0][3] == 0.0
    np.testing.assert_array_equal(shot.network().forward(shot.batch.forward.x).a[0][:, 3], 0.0)


def test_only_what_was_not_trained_is_marked_as_standing(trainer: Trainer) -> None:
    assert observe_untrained(trainer, run_id=9, watch=None).is_standing
    assert not observe_iteration(trainer, run_id=9, watch=None).is_standing
