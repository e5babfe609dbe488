"""Digits drawn with the mouse, stroke by stroke, and what the window then says they are."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from bundled_data import read_tablet_digits
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.data.canvas_drawings import canvas_drawings, placed_anywhere
from bpviz.data.pen_strokes import PenStroke
from bpviz.resources import resource_path
from bpviz.training.checkpoint import load_model
from bpviz.ui.draw.draw_page import DrawPage
from bpviz.ui.network.output_column import OutputRows
from bpviz.ui.style.theme_source import ThemeSource
from tests.ui.drawing_hand import LEFT, place

N_MODEL_DIGITS, N_TABLET_DIGITS = 20, 40
"""Of each sort; of so few, two misread ones are no reason to worry."""


@pytest.fixture
def page(qtbot: QtBot, source: ThemeSource) -> DrawPage:
    page = DrawPage(source)
    qtbot.addWidget(page)
    page.resize(1268, 732)
    network, _ = load_model(resource_path("models", "digits.safetensors"))
    page.show_network(network, "784–128–10, bundled")
    with qtbot.waitExposed(page):
        page.show()
    return page


def draw_digit(page: DrawPage, strokes: Sequence[PenStroke]) -> None:
    """Clear the canvas and draw with the mouse: press, every point, release."""
    canvas = page.panel.canvas
    page.clear()
    for stroke in strokes:
        canvas.set_pen_width(stroke.pen_width)
        places = [place(canvas, float(x), float(y)) for x, y in stroke.points]
        QTest.mousePress(canvas.viewport(), LEFT, pos=places[0])
        for position in places[1:]:
            QTest.mouseMove(canvas.viewport(), position)
        QTest.mouseRelease(canvas.viewport(), LEFT, pos=places[-1])


def read_from_screen(page: DrawPage) -> str:
    """Return the large answer, after looking that bars and row of digits say the same."""
    page.finish_updates()
    read = page.answer.digit_text
    if read.isdigit():
        stage = page.network_view.renderer.stage
        assert stage is not None
        assert largest_output(stage.outputs) == int(read)
        assert ", read" in page.stage.ask.choice.button(int(read)).accessibleName()
    return read


def largest_output(rows: OutputRows) -> int:
    """Return the output with the largest per cent as written beside its bar."""
    shares = [float(text.split()[-2]) if ">" not in text else 100.0 for text in with_blanks(rows.value_texts)]
    return int(np.argmax(shares))


def with_blanks(texts: Sequence[str]) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_digits_of_the_pen_model_anywhere_on_the_canvas_are_read(page: DrawPage) -> None:
    drawings = canvas_drawings(N_MODEL_DIGITS, np.random.default_rng(21))
    wrong = 0
    for strokes, label in zip(drawings.strokes, drawings.labels.tolist(), strict=True):
        draw_digit(page, strokes)
        wrong += read_from_screen(page) != str(label)
    assert wrong <= 2


def test_digits_real_hands_wrote_are_read(page: DrawPage) -> None:
    if "BPVIZ_PENDIGITS_DIR" not in os.environ:
        pytest.skip("BPVIZ_PENDIGITS_DIR names no folder with tablet digits")
    unseen = read_tablet_digits(Path(os.environ["BPVIZ_PENDIGITS_DIR"])).parts()[1]
    rng = np.random.default_rng(22)
    rows = rng.choice(len(unseen.labels), N_TABLET_DIGITS, replace=False)
    wrong = 0
    for row in rows.tolist():
        draw_digit(page, placed_anywhere(unseen.strokes[row], rng))
        wrong += read_from_screen(page) != str(unseen.labels[row])
    assert wrong <= 2
