from pathlib import Path

import numpy as np
import pytest

from bpviz.data.class_pictures import export_pictures, import_pictures
from bpviz.data.image_folder import load_image_folder
from bpviz.errors import DataError
from tests.data.class_hand import drawn


def test_exported_pictures_come_back_with_label_and_pixels(tmp_path: Path) -> None:
    digits = [drawn(7, who="Ada"), drawn(1), drawn(7, 2, "../a/b\\c:?"), drawn(0)]
    export_pictures(tmp_path, digits)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png"))
    assert names == ["0/0004.png", "1/0002.png", "7/0001 Ada.png", "7/0003 a b c.png"]
    back, skipped = import_pictures(tmp_path)
    assert skipped == ()
    for digit in digits:
        assert any(digit.label == other.label and np.array_equal(digit.image, other.image) for other in back)


def test_the_folder_format_of_the_command_line_reads_them(tmp_path: Path) -> None:
    export_pictures(tmp_path, [drawn(label, variant) for label in range(10) for variant in range(5)])
    dataset = load_image_folder(tmp_path).dataset
    assert (len(dataset.train), len(dataset.test)) == (40, 10)


def test_no_picture_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "3").mkdir()
    (tmp_path / "3" / "0002.png").write_text("mine")
    with pytest.raises(DataError, match="is there already"):
        export_pictures(tmp_path, [drawn(1), drawn(3)])
    assert not (tmp_path / "1").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "1").write_text("in the way")
    with pytest.raises(DataError, match="cannot be written"):
        export_pictures(tmp_path, [drawn(1)])


def test_unusable_pictures_are_named(tmp_path: Path) -> None:
    export_pictures(tmp_path, [drawn(1)])
    (tmp_path / "2_b.png").write_bytes(b"")
    digits, skipped = import_pictures(tmp_path)
    assert [digit.label for digit in digits] == [1]
    assert [image.path.name for image in skipped] == ["2_b.png"]
