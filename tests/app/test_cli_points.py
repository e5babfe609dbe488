"""Training and evaluating made-up points from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from bpviz.app.cli import main


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    assert main([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_spiral_is_learned_with_the_layers_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "--dataset spiral --layers 2,8,8,1 --loss log --noise 0.1 --points 300"
    found = printed(capsys, "train", *asked.split())
    assert found["test_accuracy"] >= 0.9
    assert found["epochs"] == 300


def test_a_curve_is_measured_by_r_squared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    model = str(tmp_path / "curve.safetensors")
    trained = printed(capsys, "train", "--dataset", "curve", "--model", model, "--epochs", "100")
    assert trained["test_accuracy"] is None
    assert trained["test_r_squared"] > 0.9
    measured = printed(capsys, "evaluate", "--dataset", "curve", "--model", model)
    assert measured["r_squared"] == pytest.approx(trained["test_r_squared"])
    assert measured["confusion"] is None


def test_points_are_evaluated_with_a_matrix_of_two_classes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    model = str(tmp_path / "xor.safetensors")
    printed(capsys, "train", "--dataset", "xor", "--model", model)
    found = printed(capsys, "evaluate", *f"--dataset xor --points 100 --data-seed 9 --model {model}".split())
    assert found["samples"] == 30
    assert found["accuracy"] > 0.9
    assert [len(row) for row in found["confusion"]] == [2, 2]


def test_as_text_points_are_called_points(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--dataset", "gaussians", "--epochs", "60"]) == 0
    out = capsys.readouterr().out
    assert "Gaussians: 210 training and 90 test points" in out
    assert out.count("%") == 60
    assert main(["train", "--dataset", "curve", "--epochs", "2"]) == 0
    assert "R² in test" in capsys.readouterr().out


def test_many_short_epochs_are_told_in_fifty_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--dataset", "gaussians", "--epochs", "120"]) == 0
    out = capsys.readouterr().out
    assert out.count("%") == 60
    assert "\n  120  " in out


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        ("train --noise 0.2", "--noise is for points, but --dataset is 'strokes'"),
        ("train --dataset xor --noise 3", "noise is 3.0; it must be 0 to 1"),
        ("train --dataset xor --test-share 0", "no point is left to test with"),
        ("train --dataset curve --loss log", "needs the loss 'squared', not 'log'"),
        ("train --dataset xor --loss cross-entropy", "softmax of a single output is always 1"),
        ("evaluate --dataset xor", "the network's input layer needs 784"),
    ],
)
def test_what_does_not_go_together_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], argv: str, complaint: str
) -> None:
    assert main(argv.split()) != 0
    assert complaint in capsys.readouterr().err
