"""Loads the four MNIST files from a folder; downloads nothing."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import platformdirs

from bpviz.data.idx import read_idx
from bpviz.data.samples import Dataset, Samples
from bpviz.errors import DataError

DATA_DIR_VARIABLE = "BPVIZ_DATA_DIR"
IMAGE_SIDE = 28
N_CLASSES = 10

_PARTS = {"train": "train", "test": "t10k"}


def default_cache_dir() -> Path:
    """Return the folder in the user's cache where downloaded MNIST files are kept."""
    return Path(platformdirs.user_cache_dir("bpviz", appauthor=False)) / "mnist"


def mnist_dir(
    data_dir: Path | None = None,
    cache_dir: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Path:
    """Return the one folder MNIST is read from, and downloaded to when asked.

    An explicit `data_dir` wins, then the folder named by ``BPVIZ_DATA_DIR``, then the user cache.
    The others are not looked at: what was asked for is used, or it is an error.
    """
    if data_dir is not None:
        return data_dir
    if from_environment := environ.get(DATA_DIR_VARIABLE):
        return Path(from_environment)
    return default_cache_dir() if cache_dir is None else cache_dir


def has_mnist(folder: Path) -> bool:
    """Return whether all four files are in `folder` (whether they are sound shows on loading)."""
    return not any(_missing_files(folder))


def load_mnist(
    data_dir: Path | None = None,
    cache_dir: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Dataset:
    """Return MNIST: 60,000 training and 10,000 test images, uint8, 784 values each.

    The folder is chosen by `mnist_dir`. Files may be compressed or not, and be spelt
    ``train-images-idx3-ubyte`` or ``train-images.idx3-ubyte``. Shorter files of the same kind load too.

    Raises
    ------
    DataError
        If a file is missing or damaged; the sentence says which, what was found and what is needed.
    """
    folder = mnist_dir(data_dir, cache_dir, environ)
    missing = _missing_files(folder)
    if missing:
        what = "does not exist" if not folder.is_dir() else f"lacks {', '.join(missing)}"
        raise DataError(f"MNIST folder {folder} {what}; the four MNIST files are needed there (.gz or not)")
    train, test = (_load_part(folder, prefix) for prefix in _PARTS.values())
    return Dataset("mnist", "MNIST", train, test, N_CLASSES)


def _load_part(folder: Path, prefix: str) -> Samples:
    image_file = _find_file(folder, f"{prefix}-images", 3)
    label_file = _find_file(folder, f"{prefix}-labels", 1)
    if image_file is None or label_file is None:
        raise DataError(f"MNIST folder {folder} changed while it was read; its four files are needed")
    images = read_idx(image_file, (None, IMAGE_SIDE, IMAGE_SIDE))
    labels = read_idx(label_file, (None,))
    _check_labels(labels, len(images), label_file.name, image_file.name)
    return Samples(images.reshape(len(images), IMAGE_SIDE * IMAGE_SIDE), labels)


def _check_labels(labels: npt.NDArray[np.uint8], n_images: int, label_name: str, image_name: str) -> None:
    if n_images == 0:
        raise DataError(f"{image_name} holds no images; at least one is needed")
    if len(labels) != n_images:
        raise DataError(
            f"{label_name} holds {len(labels):,} labels but {image_name} {n_images:,} images; "
            "the counts must agree"
        )
    if labels.max() >= N_CLASSES:
        raise DataError(f"{label_name} holds the label {labels.max()}; labels must be 0 to 9")


def _missing_files(folder: Path) -> list[str]:
    return [
        f"{prefix}-{kind}-idx{ndim}-ubyte"
        for prefix in _PARTS.values()
        for kind, ndim in (("images", 3), ("labels", 1))
        if _find_file(folder, f"{prefix}-{kind}", ndim) is None
    ]


def _find_file(folder: Path, stem: str, ndim: int) -> Path | None:
    names = (f"{stem}{separator}idx{ndim}-ubyte{end}" for separator in "-." for end in ("", ".gz"))
    return next((folder / name for name in names if (folder / name).is_file()), None)
