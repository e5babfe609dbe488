"""The stage of the three tasks: a small network with its answers large, and its loss beside it."""

import pytest
from pytestqt.qtbot import QtBot

from bpviz.data.sources import load_dataset
from bpviz.nn.network import Network
from bpviz.training.observation import pass_row
from bpviz.training.trainer import Trainer
from bpviz.training.usual_config import usual_config
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.loss_stage import LossStage
from bpviz.viewmodel.lessons.loss_picture import WholeLoss, log_picture
from bpviz.viewmodel.network.network_state import NetworkState
from bpviz.viewmodel.run.phases import Phase


@pytest.fixture
def source() -> ThemeSource:
    load_fonts()
    return ThemeSource(ThemeChoice.DARK)


@pytest.fixture
def stage(qtbot: QtBot, source: ThemeSource) -> LossStage:
    made = LossStage(source)
    qtbot.addWidget(made)
    made.resize(1220, 480)
    made.show()
    return made


def state_of(name: str, iterations: int = 0) -> NetworkState:
    dataset = load_dataset(name)
    trainer = Trainer(usual_config(name), dataset)
    for _ in range(iterations):
        trainer.train_iteration()
    network: Network = trainer.network.with_parameters(trainer.network.parameters.copy())
    return NetworkState(network, pass_row(network, dataset.train, 3), Phase.FORWARD)


def pixels(stage: LossStage) -> bytes:
    image = stage.task.grab().toImage()
    return bytes(image.constBits())


def show(stage: LossStage, name: str, iterations: int = 0) -> None:
    stage.show_task(load_dataset(name))
    stage.show_state(state_of(name, iterations))


@pytest.mark.parametrize("name", ["curve", "gaussians", "xor", "spiral"])
def test_answers_stand_beside_the_network_and_change_with_it(stage: LossStage, name: str) -> None:
    show(stage, name)
    before = pixels(stage)
    stage.show_state(state_of(name, 40))
    assert stage.task.isVisible()
    assert not stage.network.isVisible()
    assert pixels(stage) != before


def test_another_task_takes_the_place_of_the_one_before(stage: LossStage) -> None:
    show(stage, "curve")
    assert stage.task.places is not None
    assert len(stage.task.places.columns[0].y) == 1
    show(stage, "xor")
    assert len(stage.task.places.columns[0].y) == 2


def test_images_are_shown_by_the_whole_network(stage: LossStage) -> None:
    show(stage, "xor")
    stage.show_task(load_dataset("strokes"))
    assert stage.network.isVisible()
    assert not stage.task.isVisible()
    assert stage.part_rect("surface") is None


def test_a_spotlight_finds_surface_number_and_sample(stage: LossStage) -> None:
    show(stage, "xor")
    rects = [stage.part_rect(part) for part in ("surface", "number", "sample")]
    for rect in rects:
        assert rect is not None
        assert stage.rect().adjusted(-1, -1, 1, 1).contains(rect)
    surface, number, sample = rects
    assert surface is not None
    assert number is not None
    assert sample is not None
    assert not surface.intersects(number)
    assert number.bottom() <= sample.top()


def test_the_picture_follows_size_and_theme(stage: LossStage, source: ThemeSource) -> None:
    show(stage, "xor")
    small = stage.task.surface_rect
    dark = pixels(stage)
    source.set_choice(ThemeChoice.LIGHT)
    assert pixels(stage) != dark
    stage.resize(1800, 700)
    assert stage.task.surface_rect.width() > small.width()


def test_the_loss_is_told_to_who_cannot_see_it(stage: LossStage) -> None:
    sample = state_of("xor").sample
    stage.loss.show_picture(log_picture(sample, WholeLoss(0.5, 0.9, 210), None))
    assert stage.loss.accessibleName().startswith("Loss 0.50, mean of 210 points. The point with the ring")
