"""Photographs of a digit: what is lifted off the sheet, and that it is read as what was written."""

import numpy as np
import pytest
from PIL import Image

from bpviz.data.digit_image import prepare_ink
from bpviz.data.photo import lift_photo
from bpviz.data.picture_ink import picture_ink
from bpviz.data.rasterize import rasterize_strokes
from bpviz.nn.network import Network
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model
from tests.data.made_up_photos import SHEETS, Sheet, photo


@pytest.fixture(scope="module")
def network() -> Network:
    return load_model(resource_path("models", "digits.safetensors"))[0]


def read(network: Network, ink: np.ndarray) -> int:
    pixels = prepare_ink(ink).pixels[np.newaxis].astype(np.float32) / 255
    return int(network.forward(pixels).output[0].argmax())


def grey(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L"))


@pytest.mark.parametrize("name", SHEETS)
def test_a_digit_on_a_photographed_sheet_is_read(network: Network, name: str) -> None:
    answers = [read(network, picture_ink(grey(photo(k, SHEETS[name], 0, 640, 480)))) for k in range(10)]
    # The network may misread one that was lifted well.
    assert sum(answer == k for k, answer in enumerate(answers)) >= 9


@pytest.mark.parametrize(
    "sheet", [Sheet(shadow=0.5, noise=4.0), Sheet(ruled=0.3, grid=True), Sheet(slope=0.6)]
)
def test_a_sheet_without_a_digit_holds_no_ink(sheet: Sheet) -> None:
    empty = Sheet(ink=0.0, shadow=sheet.shadow, ruled=sheet.ruled, grid=sheet.grid, noise=sheet.noise)
    assert not lift_photo(grey(photo(3, empty, 1, 640, 480))).any()


def test_the_edge_of_a_shadow_is_no_ink() -> None:
    sheet = Sheet(shadow=0.5, shadow_blur=0.004, size=0.3)
    ink = lift_photo(grey(photo(1, sheet, 2, 800, 600)))
    rows, columns = np.nonzero(ink)
    assert np.ptp(rows) < 0.34 * ink.shape[0]
    assert np.ptp(columns) < 0.3 * ink.shape[1]


def test_ruled_lines_go_and_the_straight_strokes_of_the_digit_stay() -> None:
    bar = [np.array([(0.3, 0.3), (0.62, 0.3), (0.45, 0.75)], np.float32)]
    share = rasterize_strokes(bar, 0.009, 600) / 255.0
    levels = 220.0 * (1 - 0.6 * share)
    levels[20::45] *= 0.7
    levels[21::45] *= 0.7
    levels += np.random.default_rng(3).normal(0, 2, levels.shape)
    ink = lift_photo(levels.astype(np.uint8))
    assert ink.shape == share.shape
    assert ink[share == 1].mean() > 190
    rows, columns = np.nonzero(ink)
    assert (columns.min(), columns.max()) == pytest.approx((0.29 * 600, 0.63 * 600), abs=6)
    assert (rows.min(), rows.max()) == pytest.approx((0.29 * 600, 0.76 * 600), abs=6)


def test_a_phone_sized_picture_is_bounded() -> None:
    ink = lift_photo(grey(photo(8, SHEETS["shadow and slope"], 0, 4000, 3000)))
    assert max(ink.shape) <= 640
    assert ink.any()
