"""The four small pictures of what the network is given."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bpviz.data.digit_image import PreparedDigit, prepare_ink
from bpviz.data.rasterize import rasterize_strokes
from bpviz.ui.preparation_strip import PreparationStrip
from bpviz.ui.theme_source import ThemeSource
from bpviz.viewmodel.ink_saliency import placement

SEVEN = np.array([[0.3, 0.25], [0.7, 0.25], [0.45, 0.8]], np.float32)
EMPTY = prepare_ink(np.zeros((280, 280), np.uint8))


@pytest.fixture
def strip(qtbot: QtBot, source: ThemeSource) -> PreparationStrip:
    strip = PreparationStrip(source)
    qtbot.addWidget(strip)
    strip.resize(402, 140)
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


@pytest.fixture
def digit() -> PreparedDigit:
    return prepare_ink(rasterize_strokes([SEVEN], 0.07))


def pictures(strip: PreparationStrip) -> dict[str, QImage]:
    labels = {label.accessibleName(): label for label in strip.findChildren(QLabel)}
    names = ("drawn", "cropped", "20 px", "centred")
    return {name: labels[f"The drawing, {name}"].pixmap().toImage() for name in names}


def grey(image: QImage, side: int) -> np.ndarray:
    """Return the picture's grey at the centres of side × side pixels."""
    step = image.width() / side
    centers = [int((i + 0.5) * step) for i in range(side)]
    return np.array([[image.pixelColor(x, y).red() for x in centers] for y in centers])


def test_the_last_picture_is_the_image_the_network_is_given(
    strip: PreparationStrip, digit: PreparedDigit
) -> None:
    strip.show_prepared(digit)
    shown = grey(pictures(strip)["centred"], 28)
    assert digit.center_of_mass is not None
    row, column = (round(value) for value in reversed(digit.center_of_mass))
    # The dotted cross lies on the row and column of the centre of mass, the frame on the outermost.
    off_cross = np.ones((28, 28), bool)
    off_cross[row - 1 : row + 2] = off_cross[:, column - 1 : column + 2] = False
    off_cross[[0, -1]] = off_cross[:, [0, -1]] = False
    np.testing.assert_allclose(shown[off_cross], digit.image[off_cross], atol=1)


def test_the_scaled_picture_is_not_yet_shifted(strip: PreparationStrip, digit: PreparedDigit) -> None:
    strip.show_prepared(digit)
    shown = grey(pictures(strip)["20 px"], 28)
    rows = np.flatnonzero((shown[:, 5:-5] > 128).any(axis=1))
    assert (rows[0], rows[-1]) == (4, 23)
    assert placement(digit)[1] != 4


def test_the_cropped_picture_is_filled_by_the_ink(strip: PreparationStrip, digit: PreparedDigit) -> None:
    strip.show_prepared(digit)
    shown = grey(pictures(strip)["cropped"], 42)
    rows = np.flatnonzero((shown[:, 4:-4] > 128).any(axis=1))
    assert rows[0] <= 1
    assert rows[-1] >= 40
    drawn = grey(pictures(strip)["drawn"], 42)
    inked = np.flatnonzero((drawn[:, 4:-4] > 200).any(axis=1))
    assert 7 <= inked[0] <= 11


def test_the_centre_of_mass_is_said_truly(strip: PreparationStrip, digit: PreparedDigit) -> None:
    strip.show_prepared(digit)
    weights = digit.image / digit.image.sum()
    x, y = weights.sum(axis=0) @ np.arange(28), weights.sum(axis=1) @ np.arange(28)
    assert strip.mass_text == f"centre of mass ({x:.1f}, {y:.1f})"


def test_an_empty_drawing_shows_black_squares(strip: PreparationStrip, digit: PreparedDigit) -> None:
    strip.show_prepared(digit)
    strip.show_prepared(EMPTY)
    assert strip.mass_text == ""
    for image in pictures(strip).values():
        assert grey(image, 28)[2:-2, 2:-2].max() == 0


@pytest.mark.parametrize("width", [260, 402, 614])
def test_every_image_pixel_has_whole_screen_pixels(
    strip: PreparationStrip, digit: PreparedDigit, width: int
) -> None:
    strip.resize(width, 140)
    strip.show_prepared(digit)
    assert all(image.width() % 28 == 0 for image in pictures(strip).values())
