import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from bpviz.data.mnist import DATA_DIR_VARIABLE, default_cache_dir, has_mnist, load_mnist, mnist_dir
from bpviz.errors import DataError

NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def idx_bytes(array: np.ndarray) -> bytes:
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def write_mnist(folder: Path, n_train: int = 12, n_test: int = 5) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(3)
    for part, n in (("train", n_train), ("t10k", n_test)):
        images = rng.integers(0, 256, (n, 28, 28))
        (folder / f"{part}-images-idx3-ubyte").write_bytes(idx_bytes(images))
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(idx_bytes(np.arange(n) % 10))
    return folder


def test_images_become_rows_with_their_labels(tmp_path: Path) -> None:
    data = load_mnist(write_mnist(tmp_path))

    assert (data.name, data.title, data.n_classes) == ("mnist", "MNIST", 10)
    assert data.train.inputs.shape == (12, 784)
    assert data.test.inputs.shape == (5, 784)
    assert data.train.inputs.dtype == np.uint8
    np.testing.assert_array_equal(data.train.labels, np.arange(12) % 10)


@pytest.mark.parametrize("spelling", ["dot", "gz", "dot.gz"])
def test_every_spelling_of_the_names_is_found(tmp_path: Path, spelling: str) -> None:
    plain = load_mnist(write_mnist(tmp_path))
    for name in NAMES:
        path = tmp_path / name
        content, new_name = path.read_bytes(), name
        path.unlink()
        if "dot" in spelling:
            new_name = new_name.replace("-idx", ".idx")
        if "gz" in spelling:
            content, new_name = gzip.compress(content), new_name + ".gz"
        (tmp_path / new_name).write_bytes(content)

    np.testing.assert_array_equal(load_mnist(tmp_path).test.inputs, plain.test.inputs)


def test_an_explicit_folder_is_used_alone(tmp_path: Path) -> None:
    good = write_mnist(tmp_path / "good")
    with pytest.raises(DataError, match="other does not exist; the four MNIST files are needed"):
        load_mnist(tmp_path / "other", cache_dir=good, environ={DATA_DIR_VARIABLE: str(good)})


def test_the_environment_comes_before_the_cache(tmp_path: Path) -> None:
    named, cache = write_mnist(tmp_path / "named", n_test=3), write_mnist(tmp_path / "cache", n_test=4)

    assert len(load_mnist(None, cache, {DATA_DIR_VARIABLE: str(named)}).test) == 3
    assert len(load_mnist(None, cache, {}).test) == 4
    assert mnist_dir(None, None, {}) == default_cache_dir()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    assert has_mnist(tmp_path)
    (tmp_path / "t10k-labels-idx1-ubyte").unlink()

    assert not has_mnist(tmp_path)
    with pytest.raises(DataError, match="lacks t10k-labels-idx1-ubyte;"):
        load_mnist(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (NAMES[1], idx_bytes(np.arange(11) % 10), "holds 11 labels but train-images-idx3-ubyte 12 images"),
        (NAMES[1], idx_bytes(np.full(12, 10)), "holds the label 10; labels must be 0 to 9"),
        (NAMES[2], idx_bytes(np.zeros((5, 20, 20))), "t10k-images-idx3-ubyte holds 5 x 20 x 20 values"),
        (NAMES[2], idx_bytes(np.zeros((0, 28, 28))), "holds no images"),
        (NAMES[0], b"<html>", "train-images-idx3-ubyte begins with 3c 68 74 6d"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    write_mnist(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=sentence):
        load_mnist(tmp_path)


@pytest.mark.skipif(DATA_DIR_VARIABLE not in os.environ, reason=f"{DATA_DIR_VARIABLE} is not set")
def test_the_real_files_are_the_known_ones() -> None:
    data = load_mnist()

    assert data.train.inputs.shape == (60_000, 784)
    assert data.test.inputs.shape == (10_000, 784)
    assert data.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.test.inputs.mean() / 255 == pytest.approx(0.1325, abs=1e-4)
