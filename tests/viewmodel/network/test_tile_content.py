from dataclasses import replace

import numpy as np
import pytest

from bpviz.training.snapshot import OptimizerView
from bpviz.viewmodel.network.graph_geometry import LayoutRequest
from bpviz.viewmodel.network.graph_layout import lay_out
from bpviz.viewmodel.network.legends import LegendRamp
from bpviz.viewmodel.network.network_picture import PictureOptions, next_picture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.network.tile_content import TileContent, available_content, tile_values
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from tests.viewmodel.network_states import batch_of, state_of, stepped

SOME = np.array([3, 17, 29])


def with_everything() -> NetworkState:
    state = state_of()
    rng = np.random.default_rng(1)
    velocity = rng.normal(0, 0.01, state.network.parameters.size).astype(np.float32)
    optimizer = OptimizerView("momentum", 0.9, 0.1, {"velocity": velocity}, {"velocity": velocity}, 5)
    return replace(state, batch=batch_of(state.network), optimizer=optimizer)


def test_gradient_images_are_those_of_the_whole_batch() -> None:
    state = with_everything()
    assert state.batch is not None
    values = tile_values(state, TileContent.GRADIENT, SOME)
    expected = state.batch.forward.x.T.astype(np.float64) @ state.batch.delta[0][:, SOME].astype(np.float64)
    assert values == pytest.approx(expected, rel=1e-4, abs=1e-8)


def test_velocity_images_are_what_the_optimizer_remembers() -> None:
    state = with_everything()
    assert state.optimizer is not None
    flat = state.optimizer.state_after["velocity"]
    values = tile_values(state, TileContent.VELOCITY, SOME)
    assert values[100, 1] == flat[100 * 30 + 17]


def test_what_is_not_there_falls_back_to_the_weights() -> None:
    plain = state_of()
    assert available_content(plain, TileContent.GRADIENT) is TileContent.WEIGHT
    assert available_content(plain, TileContent.VELOCITY) is TileContent.WEIGHT
    full = with_everything()
    assert [available_content(full, content) for content in TileContent] == list(TileContent)


def test_the_images_show_new_weights_once_the_step_has_reached_them() -> None:
    state = state_of(phase=Phase.UPDATE)
    assert state.parameters_after is not None
    after = stepped(state, Position(Phase.UPDATE, 0))
    new = state.parameters_after[: 784 * 30].reshape(784, 30)[:, SOME]
    assert (tile_values(after, TileContent.WEIGHT, SOME) == new).all()
    before = stepped(state, Position(Phase.BACKWARD, 0))
    assert (tile_values(before, TileContent.WEIGHT, SOME) == state.network.W[0][:, SOME]).all()


@pytest.mark.parametrize(
    ("content", "title", "ramp"),
    [
        (TileContent.WEIGHT, "Weight", LegendRamp.WEIGHT),
        (TileContent.GRADIENT, "∂L/∂W", LegendRamp.TILE_GRADIENT),
        (TileContent.VELOCITY, "Velocity", LegendRamp.WEIGHT),
    ],
)
def test_the_scale_of_the_images_is_stated(content: TileContent, title: str, ramp: LegendRamp) -> None:
    state = with_everything()
    layout = lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0))
    picture = next_picture(state, layout, PictureOptions(tile_content=content))
    row = next(row for row in picture.legend if row.title == title)
    assert row.ramp is ramp
    values = np.abs(tile_values(state, content, picture.shown[0]))
    beyond = np.count_nonzero(values > picture.scales.weight) / values.size
    assert 0.0 <= beyond <= 0.011
    assert picture.scales.weight <= 2 * np.percentile(values, 99)


def test_another_content_does_not_inherit_the_scale() -> None:
    state = with_everything()
    layout = lay_out(LayoutRequest((784, 30, 10), 746.0, 540.0))
    weights = next_picture(state, layout, PictureOptions())
    fresh = next_picture(state, layout, PictureOptions(tile_content=TileContent.VELOCITY))
    switched = next_picture(state, layout, PictureOptions(tile_content=TileContent.VELOCITY), weights)
    assert switched.scales.weight == fresh.scales.weight
