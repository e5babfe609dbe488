"""The five small pictures of what the network is given, their switches and what they are worth."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from bpviz.data.digit_image import PreparedDigit, prepare_ink
from bpviz.data.preparation import ALL_STEPS, STEP_NAMES
from bpviz.data.rasterize import rasterize_strokes
from bpviz.ui.controls.switch import Switch
from bpviz.ui.controls.text_label import TextLabel
from bpviz.ui.draw.preparation_strip import PreparationStrip
from bpviz.ui.small_toggle import SmallToggle
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.drawing.ink_saliency import placement
from bpviz.viewmodel.drawing.preparation_worth import PreparationWorth

SEVEN = np.array([[0.3, 0.25], [0.7, 0.25], [0.45, 0.8]], np.float32)
EMPTY = prepare_ink(np.zeros((280, 280), np.uint8))


@pytest.fixture
def strip(qtbot: QtBot, source: ThemeSource) -> PreparationStrip:
    strip = PreparationStrip(source)
    qtbot.addWidget(strip)
    strip.resize(402, 160)
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


@pytest.fixture
def digit() -> PreparedDigit:
    return prepare_ink(rasterize_strokes([SEVEN], 0.07))


def pictures(strip: PreparationStrip) -> dict[str, QImage]:
    labels = {label.accessibleName(): label for label in strip.findChildren(QLabel)}
    names = ("drawn", "cropped", "20 px", "even pen", "centred")
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
    assert strip.remark == f"centre of mass ({x:.1f}, {y:.1f})"


def test_an_empty_drawing_shows_black_squares(strip: PreparationStrip, digit: PreparedDigit) -> None:
    strip.show_prepared(digit)
    strip.show_prepared(EMPTY)
    assert strip.remark == ""
    for image in pictures(strip).values():
        assert grey(image, 28)[2:-2, 2:-2].max() == 0


@pytest.mark.parametrize(("width", "side"), [(614, 112), (402, 70), (260, 42)])
def test_pictures_are_as_large_as_the_strip_allows_at_half_screen_pixels(
    strip: PreparationStrip, digit: PreparedDigit, width: int, side: int
) -> None:
    strip.resize(700, 200)
    assert strip.minimumSizeHint().width() < 260
    strip.resize(width, 200)
    strip.show_prepared(digit)
    assert [image.width() for image in pictures(strip).values()] == [side] * 5
    assert strip.width() == width


def switch_of(strip: PreparationStrip, caption: str) -> Switch:
    return next(s for s in strip.findChildren(Switch) if s.accessibleName().endswith(f": {caption}"))


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2))


@pytest.mark.parametrize(
    ("caption", "step", "remark"),
    [
        ("cropped", "crops", "not cropped"),
        ("20 px", "keeps_shape", "stretched to 20 × 20"),
        ("even pen", "evens_pen", "strokes as they come"),
        ("centred", "centers_mass", "centred by its box"),
    ],
)
def test_a_click_on_a_switch_leaves_its_step_out(
    qtbot: QtBot, strip: PreparationStrip, caption: str, step: str, remark: str
) -> None:
    with qtbot.waitSignal(strip.steps_changed) as told:
        click(switch_of(strip, caption))
    assert told.args == [ALL_STEPS.without(step)]
    assert strip.steps == ALL_STEPS.without(step)
    assert strip.remark == remark


def test_one_button_brings_all_steps_back(qtbot: QtBot, strip: PreparationStrip) -> None:
    button = strip.findChild(SmallToggle)
    assert button is not None
    assert not button.isVisible()
    click(switch_of(strip, "cropped"))
    click(switch_of(strip, "centred"))
    assert strip.remark == "2 steps left out"
    with qtbot.waitSignal(strip.steps_changed) as told:
        click(button)
    assert told.args == [ALL_STEPS]
    assert not button.isVisible()


def test_what_a_step_is_worth_stands_below_its_switch(strip: PreparationStrip) -> None:
    without = {"crops": 0.512, "keeps_shape": 0.984, "evens_pen": 0.972, "centers_mass": 0.9}
    strip.show_worth(PreparationWorth(500, 0.972, without))
    assert shown_worths(strip) == ["+46.0", "−1.2", "+0.0", "+7.2"]
    assert "worth, %" in [label.text() for label in strip.findChildren(TextLabel) if label.isVisible()]
    assert "500 digits" in switch_of(strip, "cropped").accessibleDescription()
    assert "51.2\xa0% without this one" in switch_of(strip, "cropped").accessibleDescription()

    strip.show_worth(None)
    assert not shown_worths(strip)


def test_a_narrow_strip_keeps_its_switches_and_leaves_the_numbers_to_their_tips(
    strip: PreparationStrip,
) -> None:
    strip.show_worth(PreparationWorth(500, 0.972, dict.fromkeys(STEP_NAMES, 0.9)))
    strip.resize(320, 160)
    assert not shown_worths(strip)
    switch = switch_of(strip, "cropped")
    assert switch.isVisible()
    assert "90.0\xa0% without this one" in switch.accessibleDescription()


def test_the_remark_is_shortened_rather_than_cut(strip: PreparationStrip, digit: PreparedDigit) -> None:
    strip.show_prepared(digit)
    assert strip.remark.startswith("centre of mass")
    strip.resize(300, 160)
    assert strip.remark.startswith("mass (")


def shown_worths(strip: PreparationStrip) -> list[str]:
    texts = [label.text() for label in strip.findChildren(TextLabel) if label.isVisible()]
    return [text for text in texts if re.fullmatch(r"[+−]\d+\.\d", text)]


def test_the_steps_are_played_one_after_the_other_and_end_as_they_were(
    qtbot: QtBot, strip: PreparationStrip, digit: PreparedDigit
) -> None:
    strip.show_prepared(digit)
    still = {name: grey(image, 28) for name, image in pictures(strip).items()}
    strip.play()
    qtbot.waitUntil(lambda: (grey(pictures(strip)["cropped"], 28) != still["cropped"]).any())
    np.testing.assert_array_equal(grey(pictures(strip)["centred"], 28), still["centred"])
    qtbot.waitUntil(lambda: (grey(pictures(strip)["centred"], 28) != still["centred"]).any())
    qtbot.waitUntil(lambda: not strip.is_playing)
    for name, image in pictures(strip).items():
        np.testing.assert_array_equal(grey(image, 28), still[name])


def test_nothing_is_played_with_reduced_motion_or_without_ink(
    strip: PreparationStrip, source: ThemeSource, digit: PreparedDigit
) -> None:
    strip.show_prepared(EMPTY)
    strip.play()
    assert not strip.is_playing
    strip.show_prepared(digit)
    source.set_reduced_motion(True)
    strip.play()
    assert not strip.is_playing
