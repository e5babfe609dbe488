import zipfile
from pathlib import Path

import numpy as np
import pytest
from bundled_data import (
    TabletDigits,
    joined,
    read_tablet_digits,
    varied_images,
    varied_tablet,
)

from bpviz.data.stroke_dataset import load_strokes
from bpviz.errors import DataError

N_WRITERS = 10


def write_tablet_file(folder: Path, **changes: np.ndarray) -> None:
    """Write one crossed seven by each of ten writers, in the tablet's own units."""
    seven = np.array([[0, 0], [300, 0], [150, 450], [60, 220], [260, 220]], np.float32)
    arrays: dict[str, np.ndarray] = {
        "points": np.tile(seven, (N_WRITERS, 1)),
        "stroke": np.tile(np.array([0, 0, 0, 1, 1], np.uint8), N_WRITERS),
        "offset": np.arange(0, 5 * N_WRITERS + 1, 5),
        "label": np.full(N_WRITERS, 7, np.uint8),
        "writer": np.arange(N_WRITERS),
    }
    held = {**arrays, **changes}
    np.savez(
        folder / "tablet.npz",
        points=held["points"],
        stroke=held["stroke"],
        offset=held["offset"],
        label=held["label"],
        writer=held["writer"],
    )


@pytest.fixture
def tablet(tmp_path: Path) -> TabletDigits:
    write_tablet_file(tmp_path)
    return read_tablet_digits(tmp_path)


def test_tablet_digits_keep_their_strokes_and_become_one_unit_high(tablet: TabletDigits) -> None:
    assert [len(stroke) for stroke in tablet.strokes[0]] == [3, 2]
    assert np.ptp(np.concatenate(tablet.strokes[0]), axis=0).tolist() == pytest.approx([300 / 450, 1.0])


def test_every_fifth_writer_is_held_back_with_all_their_digits(tablet: TabletDigits) -> None:
    known, held_back = tablet.parts()
    assert held_back.writers.tolist() == [0, 5]
    assert not set(known.writers) & set(held_back.writers)
    assert len(known.labels) + len(held_back.labels) == N_WRITERS


def test_other_writers_can_be_held_back_of_the_rest(tablet: TabletDigits) -> None:
    known, held_back = tablet.parts(9)
    assert held_back.writers.tolist() == [0, 9]
    assert len(known.labels) == N_WRITERS - 2


def test_tablet_digits_vary_and_keep_their_labels(tablet: TabletDigits) -> None:
    varied = varied_tablet(tablet, 2, np.random.default_rng(0))
    assert len({row.tobytes() for row in varied.inputs}) == 2 * N_WRITERS
    assert varied.labels.tolist() == [7] * 2 * N_WRITERS


@pytest.mark.parametrize(
    "changes", [{"label": np.zeros(3, np.uint8)}, {"offset": np.zeros(3, np.int64)}, {"writer": np.zeros(2)}]
)
def test_tablet_arrays_that_do_not_fit_are_refused(tmp_path: Path, changes: dict[str, np.ndarray]) -> None:
    write_tablet_file(tmp_path, **changes)
    with pytest.raises(DataError, match="do not agree"):
        read_tablet_digits(tmp_path)


def test_a_file_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "tablet.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("points.npy", bytes(70_000_000))
    with pytest.raises(DataError, match="unpacks to 70,000,000 bytes"):
        read_tablet_digits(tmp_path)


def test_a_folder_without_tablet_digits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"0 \.npz files"):
        read_tablet_digits(tmp_path)


def test_varied_images_differ_but_keep_label_frame_and_likeness() -> None:
    digits = load_strokes().test.first(40)
    varied = varied_images(digits, 3, np.random.default_rng(1))
    assert varied.labels.tolist() == [*digits.labels] * 3
    assert len({row.tobytes() for row in varied.inputs}) == 120
    likeness = []
    for image, original in zip(varied.inputs, np.tile(digits.inputs, (3, 1)), strict=True):
        rows, columns = np.nonzero(image.reshape(28, 28))
        assert 19 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 21
        likeness.append(np.corrcoef(image, original)[0, 1])
    assert np.median(likeness) > 0.65
    assert max(likeness) < 0.999


def test_joined_parts_follow_each_other() -> None:
    test = load_strokes().test
    both = joined([test.first(3), test.first(2)])
    assert both.labels.tolist() == [*test.labels[:3], *test.labels[:2]]
    assert np.array_equal(both.inputs[3], test.inputs[0])
