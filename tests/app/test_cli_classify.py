import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from bpviz.app.cli import main
from bpviz.data.stroke_dataset import load_strokes
from bpviz.training.config import TrainingConfig
from bpviz.viewmodel.drawing.answer import SURE_FROM
from tests.app.tiny_data import save_untrained

N_IMAGES = 40


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("model") / "m.safetensors"
    assert main(["train", "--epochs", "2", "--model", str(path)]) == 0
    return str(path)


def _picture(row: int) -> Image.Image:
    return Image.fromarray(np.array(load_strokes().test.inputs[row]).reshape(28, 28))


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Test digits as they are, light on black, 28 x 28."""
    folder = tmp_path_factory.mktemp("digits")
    names = [str(folder / f"{row}.png") for row in range(N_IMAGES)]
    for row, name in enumerate(names):
        _picture(row).save(name)
    return names


def _classified(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["classify", "--json", *arguments]) == 0
    result: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return result


def _share_right(readings: list[dict[str, Any]]) -> float:
    labels = load_strokes().test.labels[: len(readings)]
    return float(
        np.mean([reading["digit"] == label for reading, label in zip(readings, labels, strict=True)])
    )


def test_each_picture_gets_its_digit_in_the_order_given(
    model: str, digits: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    readings = _classified(["--model", model, *digits], capsys)
    assert [reading["image"] for reading in readings] == digits
    assert _share_right(readings) > 0.7


def test_probabilities_are_ten_that_add_up_to_one_and_name_the_digit(
    model: str, digits: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for reading in _classified(["--model", model, *digits], capsys):
        assert reading.keys() == {"image", "digit", "doubt", "sure", "probabilities"}
        assert len(reading["probabilities"]) == 10
        assert sum(reading["probabilities"]) == pytest.approx(1.0)
        assert reading["digit"] == int(np.argmax(reading["probabilities"]))
        is_likely = max(reading["probabilities"]) >= SURE_FROM
        assert reading["sure"] is (is_likely and reading["doubt"] is None)


def test_dark_on_light_and_larger_reads_as_well(
    model: str, digits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(tmp_path / f"{row}.jpg") for row in range(N_IMAGES)]
    for row, name in enumerate(names):
        large = _picture(row).resize((200, 200), Image.Resampling.BICUBIC)
        ImageOps.expand(ImageOps.invert(large), (60, 10, 0, 30), fill=255).save(name, quality=90)
    readings = _classified(["--model", model, *names], capsys)
    assert _share_right(readings) > 0.7


def test_digit_and_probabilities_are_null_only_where_nothing_is_drawn(
    model: str, digits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(tmp_path / "white.png"), str(tmp_path / "black.png")]
    for name, level in zip(names, (255, 0), strict=True):
        Image.new("L", (60, 40), level).save(name)
    readings = _classified(["--model", model, *names, digits[0]], capsys)
    nothing = {"digit": None, "doubt": None, "sure": False, "probabilities": None}
    assert readings[:2] == [{"image": name} | nothing for name in names]
    assert readings[2]["digit"] is not None


def test_sigmoid_outputs_are_shared_out_to_add_up_to_one(
    digits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(save_untrained(tmp_path / "m.safetensors", TrainingConfig(loss="log")))
    (reading,) = _classified(["--model", model, digits[0]], capsys)
    assert sum(reading["probabilities"]) == pytest.approx(1.0)
    assert reading["sure"] is False


def test_one_unreadable_picture_leaves_no_half_a_list(
    model: str, digits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.png").write_text("no picture")
    capsys.readouterr()
    for bad in (str(tmp_path / "text.png"), str(tmp_path / "none.png"), str(tmp_path)):
        assert main(["classify", "--model", model, "--json", digits[0], bad]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert bad in captured.err
        assert captured.err.count("\n") == 1


def test_people_get_a_line_for_each_picture(
    model: str, digits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = str(tmp_path / "blank.png")
    Image.new("L", (60, 40), 255).save(blank)
    capsys.readouterr()
    assert main(["classify", "--model", model, digits[0], blank]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{digits[0]}: ")
    assert second == f"{blank}: nothing is drawn"


@pytest.mark.parametrize("layers", [(16, 10), (784, 3)])
def test_a_network_that_reads_no_digits_is_refused(
    digits: list[str], tmp_path: Path, layers: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    model = str(save_untrained(tmp_path / "m.safetensors", TrainingConfig(layers=layers)))
    assert main(["classify", "--model", model, digits[0]]) == 2
    assert "784" in capsys.readouterr().err


def test_outputs_that_are_no_numbers_are_told(
    digits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = TrainingConfig(activation="identity", loss="squared", output_activation="identity")
    model = str(save_untrained(tmp_path / "m.safetensors", config, scale=1e30))
    assert main(["classify", "--model", model, digits[0]]) == 2
    assert "not finite" in capsys.readouterr().err


@pytest.fixture
def two_digits(digits: list[str], tmp_path: Path) -> str:
    """Two test digits beside each other on one picture, large, dark on light."""
    left, right = (ImageOps.invert(Image.open(name)).resize((140, 140)) for name in digits[:2])
    both = Image.new("L", (300, 180), 255)
    both.paste(left, (10, 20))
    both.paste(right, (150, 20))
    path = tmp_path / "two.png"
    both.save(path)
    return str(path)


def test_two_digits_on_one_picture_are_doubted(
    model: str, two_digits: str, digits: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    both, alone = _classified(["--model", model, two_digits, digits[0]], capsys)
    assert (both["doubt"], both["sure"], both["digit"] in range(10)) == ("several digits", False, True)
    assert alone["doubt"] is None
    assert main(["classify", "--model", model, two_digits]) == 0
    assert f"{two_digits}: several digits? perhaps " in capsys.readouterr().out


def test_hardly_a_digit_is_doubted(model: str, digits: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    doubts = [reading["doubt"] for reading in _classified(["--model", model, *digits], capsys)]
    assert sum(doubt is not None for doubt in doubts) <= 1
