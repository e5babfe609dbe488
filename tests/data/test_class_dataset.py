from pathlib import Path

import numpy as np
import pytest

from bpviz.data.class_dataset import class_dataset, dataset_tested_on_class, load_class, mixed_dataset
from bpviz.data.class_file import write_digits
from bpviz.data.class_store import ClassStore, default_class_file
from bpviz.data.sources import load_dataset
from bpviz.errors import DataError
from tests.data.class_hand import drawn
from tests.training.small_runs import sparse_digits


def test_every_fifth_digit_of_a_label_tests_and_stays_there() -> None:
    digits = [drawn(variant % 3, variant) for variant in range(45)]
    early, late = class_dataset(digits[:30]), class_dataset(digits)
    assert np.bincount(late.test.labels).tolist() == [3, 3, 3]
    assert (len(late.train), len(late.test)) == (36, 9)
    np.testing.assert_array_equal(late.test.inputs[: len(early.test)], early.test.inputs)
    np.testing.assert_array_equal(late.train.inputs[0], digits[0].image.reshape(-1))


def test_of_two_to_four_the_last_tests_and_a_single_one_trains() -> None:
    data = class_dataset([drawn(6, 0), drawn(6, 1), drawn(1), drawn(6, 2)])
    assert data.test.labels.tolist() == [6]
    assert sorted(data.train.labels.tolist()) == [1, 6, 6]
    np.testing.assert_array_equal(data.test.inputs[0], drawn(6, 2).image.reshape(-1))


def test_without_enough_to_split_both_parts_are_all_digits() -> None:
    data = class_dataset([drawn(label) for label in range(4)])
    assert data.train.labels.tolist() == data.test.labels.tolist() == [0, 1, 2, 3]


def test_no_digits_are_no_dataset() -> None:
    with pytest.raises(DataError, match="no digits yet"):
        class_dataset(())


def test_mixed_digits_are_a_quarter_of_the_training_part() -> None:
    digits = [drawn(label, variant) for variant in range(5) for label in range(10)]
    other = load_dataset("strokes")
    mixed = mixed_dataset(digits, other)
    own = class_dataset(digits)
    n_own = len(mixed.train) - len(other.train)
    assert n_own / len(mixed.train) == pytest.approx(0.25, abs=0.01)
    np.testing.assert_array_equal(mixed.train.inputs[len(other.train) :][:40], own.train.inputs)
    np.testing.assert_array_equal(mixed.test.inputs, own.test.inputs)


def test_all_digits_can_be_another_datasets_test_part() -> None:
    other = load_dataset("strokes")
    data = dataset_tested_on_class([drawn(3), drawn(4)], other)
    assert data.train is other.train
    assert data.test.labels.tolist() == [3, 4]
    assert sparse_digits(1).input_scale == data.test.input_scale


def test_files_of_a_folder_are_read_together_without_doubles(tmp_path: Path) -> None:
    write_digits(tmp_path / "a.jsonl", [drawn(1), drawn(2)])
    write_digits(tmp_path / "b.jsonl", [drawn(2), drawn(3), drawn(3, 1)])
    assert len(load_class(tmp_path).train) + len(load_class(tmp_path).test) == 4
    assert load_dataset("class", tmp_path / "a.jsonl").train.labels.tolist() == [1, 2]
    (tmp_path / "none").mkdir()
    with pytest.raises(DataError, match=r"holds no file \*\.jsonl"):
        load_class(tmp_path / "none")


def test_without_a_file_the_collection_at_hand_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(DataError, match="no digits yet"):
        load_class()
    ClassStore(default_class_file()).add(drawn(5))
    with default_class_file().open("ab") as file:
        file.write(b'{"bpviz_digit":1,"lab')
    assert load_class().train.labels.tolist() == [5]
