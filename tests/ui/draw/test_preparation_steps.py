"""The steps of the preparation on the page: switching one off changes what the network is given, at once."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpviz.data.digit_image import prepare_ink
from bpviz.data.preparation import ALL_STEPS, STEP_NAMES
from bpviz.nn.network import Network
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model
from bpviz.ui.controls.switch import Switch
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.small_toggle import SmallToggle
from bpviz.ui.style.theme_source import ThemeSource
from tests.ui.drawing_hand import LEFT, draw_with_mouse

SMALL_ONE = ((0.12, 0.1), (0.13, 0.25), (0.12, 0.4))
CAPTIONS = {"crops": "cropped", "keeps_shape": "20 px", "evens_pen": "even pen", "centers_mass": "centred"}


@pytest.fixture
def network() -> Network:
    return load_model(resource_path("models/digits.safetensors"))[0]


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource, network: Network) -> DrawPage:
    page = DrawPage(source)
    qtbot.addWidget(page)
    page.resize(1268, 732)
    page.show_network(network, "bundled")
    with qtbot.waitExposed(page):
        page.show()
    return page


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT, pos=QPoint(widget.width() // 2, widget.height() // 2))


def switch(page: DrawPage, step: str) -> None:
    switches = page.panel.strip.findChildren(Switch)
    click(next(s for s in switches if s.accessibleName().endswith(f": {CAPTIONS[step]}")))


def given(page: DrawPage) -> np.ndarray:
    """Return the 28 x 28 grey levels the network was given."""
    assert page.sample is not None
    return np.rint(page.sample.x.reshape(28, 28) * 255).astype(np.uint8)


@pytest.mark.parametrize("step", STEP_NAMES)
def test_the_network_is_given_what_the_steps_left_make_of_the_ink(page: DrawPage, step: str) -> None:
    draw_with_mouse(page.panel.canvas, SMALL_ONE)
    np.testing.assert_array_equal(given(page), prepare_ink(page.prepared.ink).image)
    switch(page, step)
    expected = prepare_ink(page.prepared.ink, ALL_STEPS.without(step)).image
    np.testing.assert_array_equal(given(page), expected)

    draw_with_mouse(page.panel.canvas, [(0.3, 0.4), (0.4, 0.5)])
    expected = prepare_ink(page.prepared.ink, ALL_STEPS.without(step)).image
    np.testing.assert_array_equal(given(page), expected)


def test_the_answer_changes_at_once_and_comes_back(page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas, SMALL_ONE)
    assert page.reading is not None
    assert page.reading.digit == 1
    outputs = page.reading.sample.output
    switch(page, "keeps_shape")
    stretched = page.reading.sample.output
    # A one that fills the square is no line any more.
    assert stretched[1] < outputs[1] - 0.3
    button = page.panel.strip.findChild(SmallToggle)
    assert button is not None
    click(button)
    np.testing.assert_array_equal(page.reading.sample.output, outputs)


def test_the_steps_are_played_when_the_pen_is_lifted(qtbot: QtBot, page: DrawPage) -> None:
    draw_with_mouse(page.panel.canvas)
    qtbot.waitUntil(lambda: page.panel.strip.remark != "")
    draw_with_mouse(page.panel.canvas, [(0.4, 0.5), (0.6, 0.5)])
    assert page.panel.strip.is_playing
    qtbot.waitUntil(lambda: not page.panel.strip.is_playing)
