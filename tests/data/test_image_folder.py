from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bpviz.data.digit_image import prepare_ink
from bpviz.data.image_folder import load_image_folder
from bpviz.data.rasterize import rasterize_strokes
from bpviz.errors import DataError


def ink(label: int, variant: int = 0) -> np.ndarray:
    """Return a made-up sign for the label: a bent line, another for every label and variant."""
    bend = 0.2 + 0.06 * label
    points = np.array([(0.2, 0.2), (bend, 0.5 + 0.02 * variant), (0.75, 0.8)], np.float32)
    return rasterize_strokes([points], 0.07)


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        label = next(int(letter) for letter in name if letter.isdigit())
        Image.fromarray(255 - ink(label)).save(path)


def test_the_label_begins_the_name_or_is_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "7_mine.png", "3.PNG", "4-b.jpg", "5/scan12.png")
    digits = load_image_folder(tmp_path)

    assert sorted(digits.dataset.train.labels.tolist()) == [3, 4, 5, 7]
    assert digits.skipped == ()
    assert digits.dataset.name == "folder"
    assert digits.dataset.title == tmp_path.name


def test_pictures_go_through_the_canvas_recipe(tmp_path: Path) -> None:
    put(tmp_path, "2_a.png")
    inputs = load_image_folder(tmp_path).dataset.train.inputs
    assert inputs.dtype == np.uint8
    np.testing.assert_array_equal(inputs, [prepare_ink(ink(2)).pixels])


def test_every_fifth_of_a_label_is_for_testing(tmp_path: Path) -> None:
    put(tmp_path, *(f"{label}_{place:02}.png" for label in (1, 8) for place in range(11)))
    data = load_image_folder(tmp_path).dataset
    assert np.bincount(data.test.labels).tolist() == [0, 2, 0, 0, 0, 0, 0, 0, 2]
    assert np.bincount(data.train.labels).tolist() == [0, 9, 0, 0, 0, 0, 0, 0, 9]


def test_of_two_to_four_the_last_is_for_testing(tmp_path: Path) -> None:
    put(tmp_path, "6_a.png", "6_b.png", "6_c.png", "1_only.png")
    data = load_image_folder(tmp_path).dataset
    assert data.test.labels.tolist() == [6]
    assert sorted(data.train.labels.tolist()) == [1, 6, 6]


def test_one_of_each_is_both_for_training_and_testing(tmp_path: Path) -> None:
    put(tmp_path, *(f"{label}.png" for label in range(10)))
    data = load_image_folder(tmp_path).dataset
    assert data.train.labels.tolist() == data.test.labels.tolist() == list(range(10))


def test_folders_named_train_and_test_are_the_parts(tmp_path: Path) -> None:
    put(tmp_path, "train/1_a.png", "train/2/b.png", "test/3_a.png", "test/4/b.png")
    data = load_image_folder(tmp_path).dataset
    assert sorted(data.train.labels.tolist()) == [1, 2]
    assert sorted(data.test.labels.tolist()) == [3, 4]


def test_loading_twice_gives_the_same(tmp_path: Path) -> None:
    put(tmp_path, *(f"{label}/{place}.png" for label in range(4) for place in "cab"))
    first, second = (load_image_folder(tmp_path).dataset for _ in range(2))
    np.testing.assert_array_equal(first.train.inputs, second.train.inputs)
    np.testing.assert_array_equal(first.test.labels, second.test.labels)


def test_what_cannot_be_used_is_reported_with_its_reason(tmp_path: Path) -> None:
    put(tmp_path, "7_good.png", "IMG_4.png", "12.png")
    (tmp_path / "5_broken.png").write_bytes(b"no picture")
    Image.new("L", (30, 30), 200).save(tmp_path / "6_blank.png")
    (tmp_path / "notes.txt").write_text("not a picture, not reported")

    digits = load_image_folder(tmp_path)

    assert len(digits.dataset.train) == 1
    reasons = {image.path.name: image.reason for image in digits.skipped}
    assert set(reasons) == {"IMG_4.png", "12.png", "5_broken.png", "6_blank.png"}
    assert "has no label" in reasons["IMG_4.png"]
    assert "has no label" in reasons["12.png"]
    assert "is not a picture" in reasons["5_broken.png"]
    assert "shows no ink" in reasons["6_blank.png"]


def test_a_folder_without_digits_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no digit picture such as 7_mine"):
        load_image_folder(tmp_path)
    (tmp_path / "5_broken.png").write_bytes(b"no picture")
    with pytest.raises(DataError, match=r"the first of 1 skipped.*is not a picture"):
        load_image_folder(tmp_path)
    with pytest.raises(DataError, match="is not a folder"):
        load_image_folder(tmp_path / "none")


def test_more_pictures_than_the_limit_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "1_a.png", "1_b.png", "1_c.png")
    assert len(load_image_folder(tmp_path, max_images=3).dataset.train) == 2
    with pytest.raises(DataError, match="more than 2 pictures"):
        load_image_folder(tmp_path, max_images=2)
