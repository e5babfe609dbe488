"""The network the application opens with."""

import os
from pathlib import Path

import numpy as np
import pytest

from bpviz.data.digit_image import prepare_ink
from bpviz.data.mnist import DATA_DIR_VARIABLE, load_mnist
from bpviz.data.rasterize import rasterize_strokes
from bpviz.data.stroke_dataset import load_strokes
from bpviz.data.strokes import draw_digit
from bpviz.nn.network import Network
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import evaluate
from bpviz.training.trainer import Trainer

MODEL_FILE = resource_path("models", "digits.safetensors")
needs_mnist = pytest.mark.skipif(
    DATA_DIR_VARIABLE not in os.environ, reason=f"{DATA_DIR_VARIABLE} names no folder with MNIST"
)


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
    assert evaluate(network, load_strokes().test).accuracy >= 0.96


def test_it_reads_a_digit_drawn_anywhere_on_the_canvas(network: Network) -> None:
    rng = np.random.default_rng(11)
    right = 0
    for k in range(60):
        size, place = rng.uniform(0.3, 0.5), rng.uniform(0.25, 0.4, 2)
        strokes = [(s * size + place).astype(np.float32) for s in draw_digit(k % 10, rng)]
        pixels = prepare_ink(rasterize_strokes(strokes, 0.05)).pixels
        right += int(network.forward(pixels[np.newaxis] / np.float32(255)).output.argmax()) == k % 10
    assert right >= 54


@needs_mnist
def test_it_reads_98_of_100_mnist_digits(network: Network) -> None:
    mnist = load_mnist(Path(os.environ[DATA_DIR_VARIABLE]))
    assert evaluate(network, mnist.test).accuracy >= 0.98


@needs_mnist
def test_a_network_trained_on_strokes_alone_reads_88_of_100_mnist_digits() -> None:
    trainer = Trainer(TrainingConfig(layers=(784, 128, 10)), load_strokes())
    for _ in range(6):
        trainer.train_epoch()
    mnist = load_mnist(Path(os.environ[DATA_DIR_VARIABLE]))
    assert evaluate(trainer.network, mnist.test).accuracy >= 0.88
