import json
from pathlib import Path

import numpy as np
import pytest

from bpviz.app.cli import main
from bpviz.training.config import TrainingConfig
from tests.app.tiny_data import TEST_SIZE, save_untrained, write_tiny_mnist


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Arguments that choose a small dataset."""
    folder = write_tiny_mnist(tmp_path_factory.mktemp("tiny"))
    return ["--dataset", "mnist", "--data-dir", str(folder)]


def test_json_holds_accuracy_loss_and_the_confusion_matrix(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(save_untrained(tmp_path / "m.safetensors", TrainingConfig()))
    assert main(["evaluate", "--model", model, *data, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    confusion = np.array(result["confusion"])
    assert confusion.shape == (10, 10)
    assert confusion.sum() == result["samples"] == TEST_SIZE
    assert confusion.trace() / TEST_SIZE == result["accuracy"]
    assert 1.5 < result["loss"] < 4.0
    assert result["model"] == model


def test_a_network_trained_on_one_dataset_is_measured_on_another(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(tmp_path / "m.safetensors")
    assert main(["train", "--train-samples", "3000", "--json", "--model", model]) == 0
    capsys.readouterr()
    assert main(["evaluate", "--model", model, *data, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] > 0.6


def test_people_get_a_table_with_a_row_for_each_digit(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(save_untrained(tmp_path / "m.safetensors", TrainingConfig()))
    assert main(["evaluate", "--model", model, *data]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("MNIST, 60 test digits: ")
    assert [line.split()[0] for line in lines[-10:]] == list("0123456789")


def test_a_loss_that_is_no_number_is_null(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = TrainingConfig(loss="squared", activation="identity", output_activation="identity")
    model = str(save_untrained(tmp_path / "m.safetensors", config, scale=1e30))
    assert main(["evaluate", "--model", model, *data, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["loss"] is None


def test_a_network_of_another_size_is_told_in_a_sentence(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(save_untrained(tmp_path / "m.safetensors", TrainingConfig(layers=(16, 10))))
    assert main(["evaluate", "--model", model, *data]) == 2
    assert "784" in capsys.readouterr().err
