"""The network the application opens with."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from bundled_data import read_tablet_digits

from bpviz.data.canvas_drawings import canvas_drawings, ink_of, placed_anywhere
from bpviz.data.digit_image import prepare_ink
from bpviz.data.drawing_check import doubt_about
from bpviz.data.mnist import DATA_DIR_VARIABLE, load_mnist
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.stroke_dataset import load_strokes
from bpviz.nn.calibration import calibration_error
from bpviz.nn.network import Network
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import evaluate
from bpviz.training.trainer import Trainer
from bpviz.viewmodel.drawing.answer import SURE_FROM
from tests.data.made_drawings import SCRIBBLES, Maker, Points, two_digits

MODEL_FILE = resource_path("models", "digits.safetensors")
needs_mnist = pytest.mark.skipif(
    DATA_DIR_VARIABLE not in os.environ, reason=f"{DATA_DIR_VARIABLE} names no folder with MNIST"
)


needs_tablet = pytest.mark.skipif(
    "BPVIZ_PENDIGITS_DIR" not in os.environ, reason="BPVIZ_PENDIGITS_DIR names no folder with tablet digits"
)


def pair(rng: np.random.Generator) -> list[Points]:
    """Return two digits side by side."""
    first, second = rng.integers(0, 10, 2)
    return two_digits(int(first), int(second), rng)


@pytest.fixture(scope="module")
def network() -> Network:
    return load_model(MODEL_FILE)[0]


def test_it_takes_digit_images_and_stays_below_1_mb(network: Network) -> None:
    assert (network.architecture.layers[0], network.architecture.layers[-1]) == (784, 10)
    assert MODEL_FILE.stat().st_size <= 1_000_000


def test_its_makers_of_data_are_named_beside_it() -> None:
    readme = MODEL_FILE.with_name("README.md").read_text(encoding="utf-8")
    for name in ("LeCun", "Cortes", "Burges", "Alpaydin", "Alimoglu", "CC BY 4.0"):
        assert name in readme


def test_it_reads_the_embedded_test_digits(network: Network) -> None:
    assert evaluate(network, load_strokes().test).accuracy >= 0.95


def outputs_of(network: Network, drawings: Iterable[Sequence[PenStroke]]) -> np.ndarray:
    pixels = np.array([prepare_ink(ink_of(strokes)).pixels for strokes in drawings])
    return network.forward(pixels / np.float32(255)).output


def test_it_reads_a_digit_of_any_size_and_pen_anywhere_on_the_canvas(network: Network) -> None:
    drawings = canvas_drawings(300, np.random.default_rng(11))
    outputs = outputs_of(network, drawings.strokes)
    assert (outputs.argmax(axis=1) == drawings.labels).mean() >= 0.96


@pytest.mark.parametrize("make", [*SCRIBBLES, pair])
def test_it_is_not_sure_of_what_is_no_digit_or_the_drawing_is_doubted(network: Network, make: Maker) -> None:
    rng = np.random.default_rng(12)
    drawings = [placed_anywhere(make(rng), rng) for _ in range(100)]
    is_sure = outputs_of(network, drawings).max(axis=1) >= SURE_FROM
    is_doubted = [doubt_about(prepare_ink(ink_of(strokes)), strokes) is not None for strokes in drawings]
    assert (is_sure & ~np.array(is_doubted)).sum() <= 5


def test_it_is_mostly_not_sure_of_pictures_of_what_is_no_digit(network: Network) -> None:
    rng = np.random.default_rng(14)
    drawings = [placed_anywhere(make(rng), rng) for make in (*SCRIBBLES, pair) for _ in range(40)]
    is_sure = outputs_of(network, drawings).max(axis=1) >= SURE_FROM
    assert is_sure.mean() <= 0.3


@needs_tablet
def test_it_reads_96_of_100_drawings_by_people_it_never_saw(network: Network) -> None:
    unseen = read_tablet_digits(Path(os.environ["BPVIZ_PENDIGITS_DIR"])).parts()[1]
    rng = np.random.default_rng(13)
    outputs = outputs_of(network, (placed_anywhere(strokes, rng) for strokes in unseen.strokes))
    assert (outputs.argmax(axis=1) == unseen.labels).mean() >= 0.96


@needs_mnist
def test_it_reads_98_of_100_mnist_digits(network: Network) -> None:
    mnist = load_mnist(Path(os.environ[DATA_DIR_VARIABLE]))
    assert evaluate(network, mnist.test).accuracy >= 0.98


@needs_mnist
def test_its_sureness_is_off_by_less_than_3_percent(network: Network) -> None:
    test = load_mnist(Path(os.environ[DATA_DIR_VARIABLE])).test
    outputs = network.forward(test.scaled(slice(None))).output
    assert calibration_error(outputs, test.labels) <= 0.03


@needs_mnist
def test_a_network_trained_on_strokes_alone_reads_88_of_100_mnist_digits() -> None:
    trainer = Trainer(TrainingConfig(layers=(784, 128, 10)), load_strokes())
    for _ in range(6):
        trainer.train_epoch()
    mnist = load_mnist(Path(os.environ[DATA_DIR_VARIABLE]))
    assert evaluate(trainer.network, mnist.test).accuracy >= 0.88
