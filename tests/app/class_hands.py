"""Hands and eyes of a class that collects its digits in the whole window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk, open_desk
from bpviz.data.class_digits import ClassDigit
from bpviz.data.samples import Dataset
from bpviz.ui.class_digits.class_page import ClassPage
from bpviz.ui.mode import Mode
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice
from tests.training.small_runs import config_for
from tests.ui.drawing_hand import SEVEN, draw_with_mouse

PAUSE_MS = 200


@contextmanager
def opened(qapp: QApplication, dataset: Dataset, qtbot: QtBot) -> Iterator[Desk]:
    load_fonts()
    with open_desk(qapp, ThemeChoice.DARK, config_for(), dataset, blas_threads=1) as desk:
        desk.window.show()
        qtbot.waitExposed(desk.window)
        qtbot.waitUntil(lambda: desk.presenter.snapshot is not None)
        desk.window.set_mode(Mode.DRAW)
        desk.window.draw.show_class_page(True)
        page_of(desk).settings.set_pause_ms(PAUSE_MS)
        yield desk


def page_of(desk: Desk) -> ClassPage:
    page = desk.window.findChild(ClassPage)
    assert page is not None
    return page


def digits(desk: Desk) -> tuple[ClassDigit, ...]:
    return desk.collecting.store.digits


def draw(desk: Desk, qtbot: QtBot, *strokes: tuple[tuple[float, float], ...]) -> int:
    """Draw a digit and wait until it is kept; return what was asked for."""
    asked, before = page_of(desk).asked, len(digits(desk))
    for stroke in strokes or (SEVEN,):
        draw_with_mouse(desk.window.draw.panel.canvas, stroke)
    qtbot.waitUntil(lambda: len(digits(desk)) == before + 1)
    return asked


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the user choose this place in every dialog."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
