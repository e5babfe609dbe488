from pathlib import Path

import pytest

from bpviz.app.cli import main
from bpviz.app.cli.render import parse_request
from bpviz.training.config import TrainingConfig
from bpviz.viewmodel.network.parts import WeightPart
from bpviz.viewmodel.run.phases import Phase
from bpviz.viewmodel.run.steps import Position


def test_the_request_says_all_that_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "a.PNG"
    arguments = "--size 1920x1080 --mode draw --theme light --iterations 7 --draw 3 --threads 2"
    training = "--layers 784,16,10 --loss log --seed 4 --train-samples 50"
    request = parse_request([str(out), *arguments.split(), *training.split()])
    assert request.out == out
    assert (request.width_px, request.height_px) == (1920, 1080)
    assert (request.mode, request.theme, request.iterations) == ("draw", "light", 7)
    assert (request.drawn_digit, request.blas_threads) == (3, 2)
    assert request.config == TrainingConfig(layers=(784, 16, 10), loss="log", seed=4)
    assert len(request.dataset.train) == 50


def test_place_and_part_are_read_for_this_network(tmp_path: Path) -> None:
    arguments = ["--phase", "backward", "--layer", "2", "--select", "w[2][3,7]", "--iterations", "40"]
    request = parse_request([str(tmp_path / "a.png"), *arguments])
    assert request.place == Position(Phase.BACKWARD, layer=1)
    assert request.selected == WeightPart(1, 3, 7)


def test_a_drawing_can_be_asked_about_and_its_error_shown(tmp_path: Path) -> None:
    arguments = ["--draw", "7", "--asked", "9", "--error", "backward"]
    request = parse_request([str(tmp_path / "a.png"), *arguments])
    assert (request.drawn_digit, request.asked_digit, request.error_stage) == (7, 9, "Backward")


def test_the_page_of_the_right_panel_can_be_chosen(tmp_path: Path) -> None:
    assert parse_request([str(tmp_path / "a.png"), "--side", "results"]).side == "results"
    assert parse_request([str(tmp_path / "a.png")]).side is None


def test_without_options_it_is_the_lab_in_the_dark(tmp_path: Path) -> None:
    request = parse_request([str(tmp_path / "a.png")])
    assert (request.width_px, request.height_px, request.mode, request.theme) == (1280, 800, "lab", "dark")
    assert request.drawn_digit is None
    assert request.config == TrainingConfig()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["a.jpg"], ".png"),
        (["no/such/folder/a.png"], "cannot be written"),
        (["a.png", "--size", "1280"], "1280x800"),
        (["a.png", "--size", "1280x"], "1280x800"),
        (["a.png", "--size", "100000x100000"], "8192"),
        (["a.png", "--size", "10x10"], "320"),
        (["a.png", "--draw", "10"], "0 to 9"),
        (["a.png", "--asked", "9"], "--draw"),
        (["a.png", "--draw", "7", "--error", "loss"], "--asked"),
        (["a.png", "--iterations", "-1"], "--iterations"),
        (["a.png", "--mode", "stage"], "stage"),
        (["a.png", "--side", "left"], "charts"),
        (["a.png", "--layers", "784,12,9"], "10 outputs"),
        (["a.png", "--layer", "1"], "name it with --phase"),
        (["a.png", "--phase", "loss", "--layer", "1"], "has no layers"),
        (["a.png", "--phase", "forward", "--layer", "3"], "layers 1 to 2"),
        (["a.png", "--select", "w[9][0,0]"], "layers 1 to 2"),
        (["a.png", "--select", "everything"], "names no part"),
        ([], "OUT.png"),
    ],
)
def test_bad_input_is_one_sentence_before_qt_is_loaded(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["render", *arguments]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert not list(tmp_path.iterdir())
