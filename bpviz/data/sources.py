"""Loads a dataset by the name the command line and the window give it."""

from collections.abc import Callable
from pathlib import Path

from bpviz.data.class_dataset import load_class
from bpviz.data.image_folder import SkippedImage, load_image_folder
from bpviz.data.mnist import load_mnist
from bpviz.data.point_options import DEFAULT_OPTIONS, PointOptions
from bpviz.data.points import POINT_DATASETS, load_points
from bpviz.data.samples import Dataset
from bpviz.data.stroke_dataset import load_strokes
from bpviz.errors import DataError

DATASET_NAMES = ("strokes", "mnist", "folder", "class", *POINT_DATASETS)
"""Names `load_dataset` knows; the first is the default and needs no files of the user's."""


def load_dataset(
    name: str,
    data_dir: Path | None = None,
    cache_dir: Path | None = None,
    on_skipped: Callable[[SkippedImage], None] | None = None,
    points: PointOptions = DEFAULT_OPTIONS,
) -> Dataset:
    """Return the dataset called `name`.

    Parameters
    ----------
    name
        ``"strokes"`` (bundled), ``"mnist"``, ``"folder"`` (pictures named by label in `data_dir`), or
        ``"class"`` (digits collected on the canvas), or made-up points: ``"gaussians"``, ``"xor"``,
        ``"circle"``, ``"moons"``, ``"spiral"``, ``"curve"``.
    data_dir
        Folder of the data: for MNIST used alone if given, for a folder of pictures required; for a
        class a saved file or a folder of such, else the collection at hand; strokes have none.
    cache_dir
        Where downloaded MNIST files are kept; None for the user's cache.
    on_skipped
        Told of every picture of a folder that cannot be used.
    points
        How many points there are, their noise and share for testing.

    Raises
    ------
    DataError
        If the name is unknown, or the data is missing or damaged.
    """
    if name == "strokes":
        return load_strokes()
    if name == "mnist":
        return load_mnist(data_dir, cache_dir)
    if name == "folder":
        return _load_folder(data_dir, on_skipped)
    if name == "class":
        return load_class(data_dir)
    if name in POINT_DATASETS:
        return load_points(name, points)
    raise DataError(f"there is no dataset {name!r}; known are {', '.join(DATASET_NAMES)}")


def _load_folder(data_dir: Path | None, on_skipped: Callable[[SkippedImage], None] | None) -> Dataset:
    if data_dir is None:
        raise DataError("the dataset 'folder' needs a data folder; name the one that holds the pictures")
    digits = load_image_folder(data_dir)
    if on_skipped is not None:
        for image in digits.skipped:
            on_skipped(image)
    return digits.dataset
