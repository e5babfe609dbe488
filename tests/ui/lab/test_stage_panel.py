"""The stage keeps the network where it is, whatever the phase."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpviz.data.samples import Dataset
from bpviz.training.observation import observe_iteration
from bpviz.training.snapshot import Snapshot
from bpviz.training.trainer import Trainer
from bpviz.ui.lab.stage_panel import StagePanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.network.reveal import reveal_of
from bpviz.viewmodel.network.tile_content import TileContent
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position
from tests.training.small_runs import config_for, sparse_digits

DATA = Dataset("strokes", "Strokes", sparse_digits(105), sparse_digits(5))


@pytest.fixture
def snapshot() -> Snapshot:
    return observe_iteration(Trainer(config_for(), DATA), run_id=1, watch=None)


@pytest.fixture
def stage(qtbot: QtBot, source: ThemeSource) -> StagePanel:
    stage = StagePanel(source, DATA)
    qtbot.addWidget(stage)
    stage.resize(746, 680)
    with qtbot.waitExposed(stage):
        stage.show()
    return stage


def test_the_network_does_not_move_from_phase_to_phase(
    stage: StagePanel, snapshot: Snapshot, qtbot: QtBot
) -> None:
    places = set()
    for phase in (Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE):
        stage.show_snapshot(snapshot, is_running=False, phase=phase, reveal=None)
        stage.grab()
        places.add(stage.network.geometry().getRect())
    assert len(places) == 1


def test_the_mean_of_the_batch_is_offered_where_there_are_gradients(
    stage: StagePanel, snapshot: Snapshot, qtbot: QtBot
) -> None:
    stage.show_snapshot(snapshot, is_running=False, phase=Phase.FORWARD, reveal=None)
    assert not stage.whose.isVisible()
    stage.show_snapshot(snapshot, is_running=False, phase=Phase.BACKWARD, reveal=None)
    assert stage.whose.isVisible()
    with qtbot.waitSignal(stage.batch_mean_toggled) as told:
        stage.whose.button(1).click()
    assert told.args == [True]
    stage.show_snapshot(snapshot, is_running=False, phase=Phase.BACKWARD, reveal=None)
    assert stage.state is not None
    assert stage.state.mean_of is snapshot.batch


def test_what_is_shown_is_what_was_given(stage: StagePanel, snapshot: Snapshot) -> None:
    reveal = reveal_of(Position(Phase.LOSS), snapshot.architecture)
    stage.show_snapshot(snapshot, is_running=False, phase=Phase.LOSS, reveal=reveal)
    assert stage.state is not None
    assert stage.state.reveal is reveal
    np.testing.assert_array_equal(stage.state.network.parameters, snapshot.parameters)


def test_small_images_can_be_put_away_and_show_gradients(stage: StagePanel, snapshot: Snapshot) -> None:
    stage.show_snapshot(snapshot, is_running=False, phase=Phase.BACKWARD, reveal=None)
    stage.set_tile_content(TileContent.GRADIENT)
    stage.set_tile_content(None)
    stage.set_tile_content(TileContent.WEIGHT)
    assert stage.network.picture is not None
