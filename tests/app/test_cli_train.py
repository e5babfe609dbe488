import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bpviz.app.cli import main
from bpviz.app.cli.training_run import EpochFigures, Watcher, run_training
from bpviz.data.samples import Dataset
from bpviz.data.stroke_dataset import load_strokes
from bpviz.training.checkpoint import load_model
from bpviz.training.config import TrainingConfig
from bpviz.training.evaluation import evaluate
from bpviz.training.trainer import DivergedError, Trainer
from tests.app.tiny_data import TRAIN_SIZE, write_tiny_mnist

KEYS = {"test_accuracy", "test_loss", "train_loss", "epochs", "iterations", "samples_per_s", "model"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Arguments that choose a small dataset."""
    folder = write_tiny_mnist(tmp_path_factory.mktemp("tiny"))
    return ["--dataset", "mnist", "--data-dir", str(folder)]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    strokes = load_strokes()
    return Dataset("strokes", "Strokes", strokes.train.first(300), strokes.test.first(100))


def _trained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["train", "--json", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    summary: dict[str, Any] = json.loads(captured.out)
    return summary


def test_json_is_one_object_with_the_figures_of_the_run(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(tmp_path / "m.safetensors")
    summary = _trained([*data, "--epochs", "4", "--batch-size", "30", "--model", model], capsys)
    assert summary.keys() == KEYS
    assert summary["epochs"] == 4
    assert summary["iterations"] == 4 * 7  # 200 samples in batches of 30: six whole and one of 20
    assert summary["model"] == model
    assert summary["samples_per_s"] > 0
    assert 0 < summary["test_accuracy"] <= 1


def test_the_figures_are_those_of_the_saved_network(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.safetensors"
    summary = _trained([*data, "--model", str(path), "--activation", "tanh", "--seed", "5"], capsys)
    network, about = load_model(path)
    test = load_strokes().test.first(60)
    assert evaluate(network, test).accuracy == summary["test_accuracy"] == about.figures["test_accuracy"]
    assert about.config == TrainingConfig(activation="tanh", seed=5)
    assert (about.dataset, about.epochs, about.iterations) == ("mnist", 3, summary["iterations"])


def test_without_a_model_file_none_is_named(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _trained(data, capsys)["model"] is None


def test_every_setting_reaches_the_run(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.safetensors"
    arguments = (
        "--layers 784,12,11,10 --activation relu --output-activation tanh --loss squared --init he --seed 9 "
        "--optimizer nesterov --learning-rate 0.02 --momentum 0.5 --batch-size 25 --l1 0.001 --l2 0.002"
    )
    _trained([*data, *arguments.split(), "--model", str(path)], capsys)
    assert load_model(path)[1].config == TrainingConfig(
        layers=(784, 12, 11, 10),
        activation="relu",
        output_activation="tanh",
        loss="squared",
        optimizer="nesterov",
        learning_rate=0.02,
        momentum=0.5,
        batch_size=25,
        initializer="he",
        l1=0.001,
        l2=0.002,
        seed=9,
    )


def test_the_same_seed_makes_the_same_file_in_every_process(data: list[str], tmp_path: Path) -> None:
    contents = []
    for number, hash_seed in enumerate("12"):
        path = tmp_path / f"{number}.safetensors"
        command = [sys.executable, "-m", "bpviz", "train", *data, "--model", str(path), "--seed", "3"]
        environ = os.environ | {"PYTHONHASHSEED": hash_seed}
        subprocess.run(command, check=True, capture_output=True, env=environ, cwd=Path(__file__).parents[2])
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


def test_another_seed_makes_another_file(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in "34":
        _trained([*data, "--model", str(tmp_path / seed), "--seed", seed], capsys)
    assert (tmp_path / "3").read_bytes() != (tmp_path / "4").read_bytes()


def test_watching_the_run_changes_nothing(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _trained([*data, "--model", str(tmp_path / "json")], capsys)
    assert main(["train", *data, "--model", str(tmp_path / "table")]) == 0
    assert (tmp_path / "json").read_bytes() == (tmp_path / "table").read_bytes()


def test_people_get_a_line_for_each_epoch(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", *data, "--epochs", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("784-30-10 (23,860 parameters) on MNIST: 200 training and 60 test digits")
    assert [line.split()[0] for line in lines[2:4]] == ["1", "2"]


def test_fewer_training_samples_can_be_asked_for(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _trained([*data, "--train-samples", "105", "--epochs", "1"], capsys)["iterations"] == 11


def test_a_run_that_diverges_says_where_and_saves_nothing(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.safetensors"
    arguments = "--activation identity --loss squared --output-activation identity --learning-rate 9000"
    assert main(["train", "--json", *data, *arguments.split(), "--model", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "iteration" in captured.err
    assert "9000" in captured.err
    assert not path.exists()


def test_weights_broken_by_the_very_last_update_are_noticed(dataset: Dataset) -> None:
    config = TrainingConfig(
        activation="identity",
        loss="squared",
        output_activation="identity",
        batch_size=len(dataset.train),
        optimizer="momentum",
        learning_rate=1e4,
    )
    trainer = Trainer(config, dataset)
    # The only batch of the epoch still has a finite loss; its update overflows float32.
    trainer.network.parameters *= 1e8
    with pytest.raises(DivergedError, match="iteration 1 "):
        run_training(trainer, 1, Watcher())


def test_figures_of_an_epoch_are_measured_after_it(dataset: Dataset) -> None:
    trainer = Trainer(TrainingConfig(), dataset)
    seen: list[EpochFigures] = []
    figures = run_training(trainer, 2, Watcher(on_epoch=seen.append))
    assert [epoch.epoch for epoch in seen] == [1, 2]
    assert seen[1].train_loss == figures.train_loss < seen[0].train_loss
    assert seen[1].test is figures.test


def test_progress_grows_to_the_end_of_the_run(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpviz.app.cli.training_run.WATCH_INTERVAL_S", 0.0)
    fractions: list[float] = []
    run_training(Trainer(TrainingConfig(), dataset), 2, Watcher(on_progress=fractions.append))
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
def test_every_optimizer_learns_the_training_digits(
    data: list[str], optimizer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rate = {"rmsprop": "0.003", "adam": "0.01"}.get(optimizer, "0.5" if optimizer == "sgd" else "0.1")
    arguments = ["--optimizer", optimizer, "--learning-rate", rate]
    first = _trained([*data, *arguments, "--epochs", "1"], capsys)
    last = _trained([*data, *arguments, "--epochs", "10"], capsys)
    assert last["train_loss"] < 0.5 * first["train_loss"]
    assert last["iterations"] == 10 * TRAIN_SIZE // 10


@pytest.mark.skipif("BPVIZ_DATA_DIR" not in os.environ, reason="BPVIZ_DATA_DIR names no folder with MNIST")
def test_the_defaults_reach_95_percent_on_mnist_within_3_epochs(capsys: pytest.CaptureFixture[str]) -> None:
    summary = _trained(["--dataset", "mnist", "--layers", "784,30,10"], capsys)
    assert summary["epochs"] <= 3
    assert summary["test_accuracy"] >= 0.95
