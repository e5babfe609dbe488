"""Switches and sliders by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.controls.slider import LabelledSlider, Slider
from bpviz.ui.controls.switch import Switch
from bpviz.ui.style.theme import rgb
from bpviz.ui.style.theme_source import ThemeSource


@pytest.fixture
def slider(qtbot: QtBot, source: ThemeSource) -> Slider:
    slider = Slider(source, "Speed", 100)
    qtbot.addWidget(slider)
    slider.resize(218, 18)
    with qtbot.waitExposed(slider):
        slider.show()
    return slider


def test_whole_row_of_a_switch_toggles_it(qtbot: QtBot, source: ThemeSource) -> None:
    switch = Switch(source, "Weight images")
    qtbot.addWidget(switch)
    switch.resize(200, 26)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(4, 13))
    assert switch.isChecked()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_switch_shows_its_state(qtbot: QtBot, source: ThemeSource) -> None:
    switch = Switch(source)
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    left_of_center = (6, 13)
    off = switch.grab().toImage().pixelColor(*left_of_center)
    switch.setChecked(True)
    on = switch.grab().toImage().pixelColor(*left_of_center)
    assert rgb(on) == rgb(source.theme.ink)
    assert rgb(off) != rgb(on)


def test_pressing_a_slider_brings_the_knob_there(qtbot: QtBot, slider: Slider) -> None:
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(109, 9))
    assert slider.value() == 50
    assert slider.isSliderDown()
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(109, 9))
    assert not slider.isSliderDown()


@pytest.mark.parametrize(("x", "value"), [(0, 0), (217, 100)])
def test_ends_of_a_slider_are_its_limits(qtbot: QtBot, slider: Slider, x: int, value: int) -> None:
    slider.setValue(40)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 9))
    assert slider.value() == value


def test_arrow_keys_move_a_slider(qtbot: QtBot, slider: Slider) -> None:
    slider.setValue(40)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 41


def test_track_is_lit_up_to_the_knob(slider: Slider, source: ThemeSource) -> None:
    slider.setValue(50)
    image = slider.grab().toImage()
    assert rgb(image.pixelColor(40, 9)) == rgb(source.theme.ink)
    assert rgb(image.pixelColor(180, 9)) == rgb(source.theme.strong_line)


def test_labelled_slider_says_its_value(qtbot: QtBot, source: ThemeSource) -> None:
    labelled = LabelledSlider(source, "Speed")
    qtbot.addWidget(labelled)
    labelled.set_value_text("400 ms a layer")
    assert labelled.slider.accessibleName() == "Speed: 400 ms a layer"
