"""The whole window on a small dataset, its worker at rest."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk, open_desk
from bpviz.data.samples import Dataset
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice
from tests.training.small_runs import config_for, sparse_digits


@pytest.fixture
def dataset() -> Dataset:
    return Dataset("strokes", "Test", sparse_digits(105), sparse_digits(30, seed=1))


@pytest.fixture
def desk(qapp: QApplication, dataset: Dataset, qtbot: QtBot) -> Iterator[Desk]:
    load_fonts()
    with open_desk(qapp, ThemeChoice.DARK, config_for(), dataset, blas_threads=1) as desk:
        desk.window.show()
        qtbot.waitExposed(desk.window)
        qtbot.waitUntil(lambda: desk.presenter.snapshot is not None)
        yield desk
