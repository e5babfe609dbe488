from pathlib import Path

import pytest

from bpviz.data import class_file
from bpviz.data.class_digits import encode_digit
from bpviz.data.class_file import (
    merged,
    read_digits,
    recover_digits,
    relabel_line,
    removal_line,
    write_digits,
)
from bpviz.errors import DataError
from tests.data.class_hand import drawn, same


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "digits.jsonl"


def test_written_digits_are_read_again_in_their_order(path: Path) -> None:
    digits = [drawn(label, who="Ada" if label % 2 else "") for label in (7, 1, 7, 0)]
    write_digits(path, digits)
    assert all(map(same, read_digits(path), digits))
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_two_files_put_together_are_again_a_file(path: Path) -> None:
    write_digits(path, [drawn(1)])
    path.write_bytes(path.read_bytes() * 2 + b"\n\r\n" + encode_digit(drawn(2)).encode())
    assert [digit.label for digit in read_digits(path)] == [1, 1, 2]


def test_changes_are_made_to_the_last_such_digit(path: Path) -> None:
    one, two, again = drawn(1), drawn(2), drawn(1).with_label(9)
    lines = [encode_digit(digit) for digit in (one, two, again)]
    path.write_text("\n".join([*lines, relabel_line(two, 5), removal_line(one)]), encoding="utf-8")
    assert [digit.label for digit in read_digits(path)] == [1, 5]


def test_a_wrong_line_is_named_with_its_file(path: Path) -> None:
    write_digits(path, [drawn(1), drawn(2)])
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    with pytest.raises(DataError, match=r"line 3 of .*digits\.jsonl is not UTF-8"):
        read_digits(path)


def test_a_change_to_an_unknown_digit_is_refused(path: Path) -> None:
    path.write_text(removal_line(drawn(3)), encoding="utf-8")
    with pytest.raises(DataError, match=r"line 1 .* which no earlier line holds"):
        read_digits(path)


def test_all_but_the_damaged_lines_are_recovered(path: Path) -> None:
    write_digits(path, [drawn(label) for label in range(5)])
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = b"\x00" * 300 + b"\n"
    path.write_bytes(b"".join(lines)[:-40])
    recovered = recover_digits(path)
    assert [digit.label for digit in recovered.digits] == [0, 1, 3]
    assert [line.number for line in recovered.damaged] == [3, 5]


def test_a_missing_file_and_a_folder_are_refused(path: Path) -> None:
    for wrong in (path, path.parent):
        with pytest.raises(DataError, match="cannot be read"):
            read_digits(wrong)


def test_what_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_digits(path, [drawn(label) for label in range(3)])
    monkeypatch.setattr(class_file, "MAX_DIGITS", 2)
    with pytest.raises(DataError, match="more than 2 digits"):
        read_digits(path)
    monkeypatch.setattr(class_file, "MAX_FILE_BYTES", 1000)
    with pytest.raises(DataError, match="more than 1,000 bytes"):
        read_digits(path)


def test_a_line_without_end_is_never_held_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_file, "MAX_LINE_BYTES", 4000)
    path.write_bytes(b"x" * 10_000 + b"\n" + encode_digit(drawn(6)).encode())
    recovered = recover_digits(path)
    assert [digit.label for digit in recovered.digits] == [6]
    assert len(recovered.damaged) == 3


def test_a_file_that_cannot_be_written_leaves_the_old_one(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DataError, match="cannot be written"):
        write_digits(path, [drawn(1)])
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_merging_drops_doubles_whatever_their_label() -> None:
    mine = [drawn(1), drawn(2)]
    more = [drawn(2).with_label(7), drawn(3), drawn(3), drawn(4)]
    assert [digit.label for digit in merged(mine, more)] == [3, 4]
