"""Small MNIST folders and networks for tests of the command line."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from bpviz.data.samples import Samples
from bpviz.data.stroke_dataset import load_strokes
from bpviz.nn.initializers import initial_parameters
from bpviz.nn.network import Network
from bpviz.training.checkpoint import ModelAbout, save_model
from bpviz.training.config import TrainingConfig

TRAIN_SIZE, TEST_SIZE = 200, 60


def write_tiny_mnist(folder: Path) -> Path:
    """Write four IDX files with the first bundled stroke digits; return the folder."""
    folder.mkdir(exist_ok=True)
    strokes = load_strokes()
    _write_part(folder, "train", strokes.train.first(TRAIN_SIZE))
    _write_part(folder, "t10k", strokes.test.first(TEST_SIZE))
    return folder


def _write_part(folder: Path, prefix: str, samples: Samples) -> None:
    images = samples.inputs.reshape(-1, 28, 28)
    assert images.dtype == np.uint8
    (folder / f"{prefix}-images-idx3-ubyte").write_bytes(_idx(images.astype(np.uint8)))
    (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(_idx(samples.labels))


def _idx(array: npt.NDArray[np.uint8]) -> bytes:
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def save_untrained(path: Path, config: TrainingConfig, scale: float = 1.0) -> Path:
    """Save a network with drawn weights times `scale`; return the path."""
    architecture = config.architecture()
    parameters = initial_parameters(architecture, config.initializer, np.random.default_rng(config.seed))
    network = Network(architecture, (parameters * scale).astype(np.float32))
    save_model(path, network, ModelAbout(config, "strokes", 0, 0, 1))
    return path
