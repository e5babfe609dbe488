"""The small pictures of a first-layer neuron against values taken out of the flat parameters."""

import numpy as np
import pytest

from bpviz.viewmodel.network.weight_pictures import SmallPicture, pictures_for
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.inspected import snapshot_of

NEURON = 3


def shown(phase: Phase, **run: object) -> dict[str, SmallPicture]:
    shot = snapshot_of(**run)
    return {picture.caption: picture for picture in pictures_for(shot, shot.sample, NEURON, phase)}


def test_forward_shows_pixels_times_weights() -> None:
    shot, pictures = snapshot_of(), shown(Phase.FORWARD)
    weights = shot.parameters[NEURON : 784 * 12 : 12].reshape(28, 28)
    np.testing.assert_array_equal(pictures["pixels"].values, shot.sample.x.reshape(28, 28))
    np.testing.assert_array_equal(pictures["weights"].values, weights)
    np.testing.assert_allclose(pictures["products"].values, shot.sample.x.reshape(28, 28) * weights)
    assert [picture.before for picture in pictures.values()] == ["", "×", "="]


def test_backward_shows_the_gradient_of_the_sample_and_of_the_batch() -> None:
    shot, pictures = snapshot_of(), shown(Phase.BACKWARD)
    batch = shot.batch.grad_W(0)[:, NEURON].reshape(28, 28)
    np.testing.assert_allclose(pictures["batch’s"].values, batch, atol=1e-7)
    assert shot.sample.delta is not None
    own = np.outer(shot.sample.x, shot.sample.delta[0])[:, NEURON].reshape(28, 28)
    np.testing.assert_allclose(pictures["gradient"].values, own)


def test_update_shows_the_change_and_the_velocity() -> None:
    shot = snapshot_of(optimizer="momentum")
    pictures = shown(Phase.UPDATE, optimizer="momentum")
    change = (shot.parameters_after - shot.parameters)[NEURON : 784 * 12 : 12]
    np.testing.assert_array_equal(pictures["change"].values.ravel(), change)
    assert shot.optimizer is not None
    velocity = shot.optimizer.state_after["velocity"][NEURON : 784 * 12 : 12]
    np.testing.assert_array_equal(pictures["velocity"].values.ravel(), velocity)
    assert list(shown(Phase.UPDATE)) == ["weights", "change"]


@pytest.mark.parametrize("phase", Phase)
def test_a_scale_is_stated_and_holds_nearly_all_values(phase: Phase) -> None:
    for picture in shown(phase).values():
        sizes = np.abs(picture.values[picture.values != 0])
        assert (sizes <= picture.limit).mean() >= 0.97
        assert picture.scale.startswith(("±", "0 to "))
