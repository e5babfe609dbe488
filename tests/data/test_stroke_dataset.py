import gzip
from pathlib import Path

import numpy as np
import pytest
from build_strokes import DEFAULT_SEED

from bpviz.data.samples import Dataset
from bpviz.data.stroke_dataset import (
    TEST_COUNT,
    TRAIN_COUNT,
    draw_samples,
    encode_strokes,
    load_strokes,
    part_labels,
    part_rng,
)
from bpviz.errors import DataError
from bpviz.resources import resource_path


@pytest.fixture(scope="module")
def strokes() -> Dataset:
    return load_strokes()


def test_the_embedded_set_has_10000_digits_to_train_and_2000_to_test(strokes: Dataset) -> None:
    assert strokes.name == "strokes"
    assert strokes.n_classes == 10
    for part, count in ((strokes.train, 10_000), (strokes.test, 2_000)):
        assert part.inputs.shape == (count, 784)
        assert part.inputs.dtype == np.uint8
        assert part.inputs.flags.c_contiguous
        assert np.bincount(part.labels).tolist() == [count // 10] * 10


def test_the_arrays_are_read_only(strokes: Dataset) -> None:
    with pytest.raises(ValueError, match="read-only"):
        strokes.train.inputs[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        strokes.test.labels[0] = 1


def test_no_digit_occurs_twice_in_the_set(strokes: Dataset) -> None:
    everything = np.concatenate([strokes.train.inputs, strokes.test.inputs])
    assert len({row.tobytes() for row in everything}) == len(everything)


def test_its_grey_levels_are_those_of_mnist(strokes: Dataset) -> None:
    assert strokes.train.inputs.mean() / 255.0 == pytest.approx(0.1325, abs=0.006)
    assert strokes.train.inputs.std() / 255.0 == pytest.approx(0.3105, abs=0.01)


def test_the_file_stays_below_3_mb() -> None:
    assert resource_path("strokes.idx.gz").stat().st_size <= 3_000_000


@pytest.mark.parametrize(("stream", "count"), [(0, TRAIN_COUNT), (1, TEST_COUNT)])
def test_the_script_draws_the_embedded_digits_again(strokes: Dataset, stream: int, count: int) -> None:
    embedded = (strokes.train, strokes.test)[stream]
    rng = part_rng(DEFAULT_SEED, stream)
    labels = part_labels(count, rng)
    assert np.array_equal(labels, embedded.labels)
    again = draw_samples(labels[:60], rng)
    difference = again.inputs.astype(int) - embedded.inputs[:60]
    # Other processors may round a grey level the other way.
    assert np.abs(difference).max() <= 1


def test_a_set_survives_its_file_which_holds_no_time(strokes: Dataset) -> None:
    content = encode_strokes(strokes)
    # The packed bytes may differ between versions of zlib; what they hold may not.
    assert gzip.decompress(content) == gzip.decompress(resource_path("strokes.idx.gz").read_bytes())
    assert content[4:8] == bytes(4)


def test_a_set_of_another_size_is_not_written(strokes: Dataset) -> None:
    smaller = Dataset("strokes", "Strokes", strokes.train.first(9_999), strokes.test)
    with pytest.raises(DataError, match=r"9,999 \+ 2,000"):
        encode_strokes(smaller)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.gz"):
        load_strokes(tmp_path / "gone.gz")


@pytest.mark.parametrize("spoil", ["shorter", "flipped", "longer"])
def test_a_damaged_file_is_refused(tmp_path: Path, spoil: str) -> None:
    content = resource_path("strokes.idx.gz").read_bytes()
    damaged = {
        "shorter": content[: len(content) // 2],
        "flipped": content[:200_000] + bytes([content[200_000] ^ 255]) + content[200_001:],
        "longer": gzip.compress(gzip.decompress(content) + b"\0", 1),
    }[spoil]
    file = tmp_path / "digits.idx.gz"
    file.write_bytes(damaged)
    with pytest.raises(DataError, match=r"digits\.idx\.gz"):
        load_strokes(file)


def test_a_label_above_nine_is_refused(tmp_path: Path) -> None:
    plain = bytearray(gzip.decompress(resource_path("strokes.idx.gz").read_bytes()))
    plain[12] = 10
    file = tmp_path / "digits.idx.gz"
    file.write_bytes(gzip.compress(bytes(plain), 1))
    with pytest.raises(DataError, match="label 10"):
        load_strokes(file)
