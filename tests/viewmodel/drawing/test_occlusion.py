"""Occlusion, against covering each patch and asking the network anew."""

import numpy as np
import pytest

from bpviz.nn.network import Architecture, Network
from bpviz.training.observation import pass_sample
from bpviz.viewmodel.drawing.ink_saliency import SaliencyMethod
from bpviz.viewmodel.drawing.occlusion import PATCH, occlusion_saliency

DIGIT = 6


@pytest.fixture(params=[(784, 10), (784, 12, 10), (784, 9, 8, 10)])
def network(request: pytest.FixtureRequest) -> Network:
    architecture = Architecture(request.param, "relu")
    rng = np.random.default_rng(5)
    return Network(architecture, rng.normal(0, 0.3, architecture.n_parameters).astype(np.float32))


@pytest.fixture
def x() -> np.ndarray:
    ink = np.zeros((28, 28), np.float32)
    ink[0:20, 3:6] = 0.9
    ink[18:21, 3:28] = 0.5
    return ink.ravel()


def test_each_value_is_what_covering_its_patch_takes_away(network: Network, x: np.ndarray) -> None:
    whole = pass_sample(network, x)
    saliency = occlusion_saliency(network, whole, DIGIT)
    assert saliency is not None
    reach = PATCH // 2
    for row, column in ((0, 4), (10, 3), (10, 8), (19, 27), (27, 27), (1, 20)):
        covered = x.reshape(28, 28).copy()
        covered[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1] = 0.0
        lost = whole.z[-1][DIGIT] - pass_sample(network, covered.ravel()).z[-1][DIGIT]
        assert saliency.values[row, column] == pytest.approx(float(lost), abs=2e-4)
    assert saliency.scale == pytest.approx(np.abs(saliency.values).max())
    assert saliency.method is SaliencyMethod.OCCLUSION


def test_where_there_is_no_ink_nothing_is_covered(network: Network, x: np.ndarray) -> None:
    saliency = occlusion_saliency(network, pass_sample(network, x), DIGIT)
    assert saliency is not None
    assert not saliency.values[:14, 8:].any()


def test_an_empty_picture_counts_nothing(network: Network) -> None:
    saliency = occlusion_saliency(network, pass_sample(network, np.zeros(784, np.float32)), DIGIT)
    assert saliency is not None
    assert saliency.scale == 0.0


def test_a_diverged_network_has_no_saliency(network: Network, x: np.ndarray) -> None:
    broken = network.with_parameters(np.full_like(network.parameters, np.nan))
    assert occlusion_saliency(broken, pass_sample(broken, x), DIGIT) is None
