from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bpviz.data.image_folder import SkippedImage
from bpviz.data.rasterize import rasterize_strokes
from bpviz.data.sources import DATASET_NAMES, load_dataset
from bpviz.errors import DataError


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    ink = rasterize_strokes([np.array([(0.3, 0.2), (0.6, 0.8)], np.float32)], 0.07)
    Image.fromarray(ink).save(tmp_path / "1_a.png")
    (tmp_path / "2_b.png").write_bytes(b"")
    return tmp_path


def test_strokes_need_no_files_of_the_users() -> None:
    data = load_dataset(DATASET_NAMES[0])
    assert data.name == "strokes"
    assert (len(data.train), len(data.test)) == (10_000, 2_000)


def test_mnist_is_looked_for_in_the_folder_given(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere does not exist"):
        load_dataset("mnist", tmp_path / "nowhere")


def test_a_folder_of_pictures_is_loaded_and_the_skipped_are_told(pictures: Path) -> None:
    skipped: list[SkippedImage] = []
    data = load_dataset("folder", pictures, on_skipped=skipped.append)
    assert data.train.labels.tolist() == [1]
    assert [image.path.name for image in skipped] == ["2_b.png"]


def test_a_folder_of_pictures_must_be_named() -> None:
    with pytest.raises(DataError, match="needs a data folder"):
        load_dataset("folder")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(DataError, match="no dataset 'cifar'; known are strokes, mnist, folder"):
        load_dataset("cifar")
