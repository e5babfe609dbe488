"""The command line on a class's own digits."""

import json
from pathlib import Path

import pytest

from bpviz.app.cli import main
from bpviz.data.class_file import write_digits
from bpviz.data.class_store import ClassStore, default_class_file
from tests.data.class_hand import drawn

DIGITS = [drawn(label, variant) for variant in range(5) for label in range(10)]


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def test_a_saved_network_is_measured_on_a_file_of_digits(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_digits(tmp_path / "digits.jsonl", DIGITS)
    answer = told(capsys, "evaluate", "--dataset", "class", "--data-dir", str(tmp_path / "digits.jsonl"))
    assert answer["samples"] == 10


def test_a_network_is_trained_on_the_collection_at_hand(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ClassStore(default_class_file()).merge(DIGITS)
    answer = told(capsys, "train", "--dataset", "class", "--epochs", "2", "--batch-size", "10")
    assert answer["iterations"] == 8


def test_a_damaged_file_is_told_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "digits.jsonl").write_text("{}\n")
    assert main(["evaluate", "--dataset", "class", "--data-dir", str(tmp_path)]) != 0
    assert "line 1 of" in capsys.readouterr().err
