import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bpviz.data import class_store
from bpviz.data.class_file import read_digits, write_digits
from bpviz.data.class_store import ClassStore
from bpviz.errors import DataError
from tests.data.class_hand import drawn, same

NOW = datetime(2026, 5, 4, 9, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "digits.jsonl"


def labels(store: ClassStore) -> list[int]:
    return [digit.label for digit in store.digits]


def test_every_change_is_in_the_file_before_it_returns(path: Path) -> None:
    store = ClassStore(path)
    assert not path.exists()
    for label in (4, 4, 7):
        store.add(drawn(label, variant=len(store)))
        assert all(map(same, ClassStore(path).digits, store.digits))
    store.relabel(store.digits[1], 9)
    assert labels(ClassStore(path)) == labels(store) == [4, 9, 7]
    store.remove(store.digits[0])
    assert labels(ClassStore(path)) == labels(store) == [9, 7]
    assert store.counts == (0, 0, 0, 0, 0, 0, 0, 1, 0, 1)


def test_a_killed_process_loses_nothing(path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from bpviz.data.class_store import ClassStore; from tests.data.class_hand import drawn\n"
        "store = ClassStore(Path(sys.argv[1]))\n"
        "for n in range(12): store.add(drawn(n % 10, n))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, check=False)
    assert killed.returncode != 0
    assert all(same(digit, drawn(n % 10, n)) for n, digit in enumerate(ClassStore(path).digits))
    assert len(ClassStore(path)) == 12


@pytest.mark.parametrize("cut", [1, 30, 1500])
def test_after_a_torn_line_all_else_is_there_and_collecting_goes_on(path: Path, cut: int) -> None:
    store = ClassStore(path)
    for label in (1, 2, 3):
        store.add(drawn(label))
    path.write_bytes(path.read_bytes()[:-cut])
    found = ClassStore(path)
    # With only the line's end missing the digit is whole.
    kept = [1, 2, 3] if cut == 1 else [1, 2]
    assert labels(found) == kept
    assert len(found.damaged) == 3 - len(kept)
    found.add(drawn(8))
    assert labels(ClassStore(path)) == [*kept, 8]


def test_two_windows_take_nothing_from_each_other(path: Path) -> None:
    one, two = ClassStore(path), ClassStore(path)
    one.add(drawn(1))
    two.add(drawn(2))
    one.remove(one.digits[0])
    one.add(drawn(3))
    assert labels(ClassStore(path)) == [2, 3]


def test_what_could_not_be_written_is_kept_told_and_written_later(path: Path) -> None:
    path.parent.parent.joinpath("deep").write_text("in the way")
    store = ClassStore(path)
    with pytest.raises(DataError, match=r"cannot be written .* save them elsewhere"):
        store.add(drawn(5))
    assert labels(store) == [5]
    path.parent.unlink()
    store.add(drawn(6))
    assert labels(ClassStore(path)) == [5, 6]


def test_every_digit_is_flushed_to_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    fsync = os.fsync

    def count(handle: int) -> None:
        fsync(handle)
        flushed.append(path.stat().st_size)

    monkeypatch.setattr(os, "fsync", count)
    store = ClassStore(path)
    for label in (1, 2):
        store.add(drawn(label))
        assert flushed[-1] == path.stat().st_size
    assert len(flushed) >= 2


def test_a_merge_adds_what_is_new(path: Path) -> None:
    store = ClassStore(path)
    store.add(drawn(1))
    assert store.merge([drawn(1), drawn(2), drawn(2)]) == 1
    assert labels(ClassStore(path)) == [1, 2]


def test_a_new_collection_keeps_the_old_file(path: Path) -> None:
    store = ClassStore(path)
    assert store.start_anew(NOW) is None
    kept = []
    for label in (1, 2):
        store.add(drawn(label))
        kept.append(store.start_anew(NOW))
        assert len(store) == len(ClassStore(path)) == 0
    assert [read_digits(old)[0].label for old in kept if old] == [1, 2]
    store.add(drawn(3))
    assert labels(ClassStore(path)) == [3]


def test_a_collection_has_its_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_store, "MAX_DIGITS", 2)
    store = ClassStore(path)
    store.merge([drawn(1), drawn(2)])
    with pytest.raises(DataError, match="would hold 3 digits; at most 2"):
        store.add(drawn(3))
    assert labels(store) == [1, 2]


def test_a_file_of_the_user_opens_as_a_store(path: Path) -> None:
    path.parent.mkdir()
    write_digits(path, [drawn(1), drawn(2)])
    store = ClassStore(path)
    store.remove(store.digits[0])
    assert [digit.label for digit in read_digits(path)] == [2]
