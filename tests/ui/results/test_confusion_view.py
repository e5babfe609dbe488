"""The confusion matrix on screen: clicks and keys choose cells, mistakes are redder, texts fit."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.results.confusion_view import ConfusionView
from bpviz.ui.style.theme import rgb
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.run.confusion import Cell, CellUnit, Confusion

LEFT = Qt.MouseButton.LeftButton


def confusion(n: int = 10, right: int = 90, **mistakes: int) -> Confusion:
    """A matrix with `right` on its diagonal and mistakes named like `c4_9=30`."""
    counts = np.diag(np.full(n, right)).astype(np.int64)
    for name, count in mistakes.items():
        row, column = (int(part) for part in name.removeprefix("c").split("_"))
        counts[row, column] = count
    return Confusion(counts, tuple(map(str, range(n))))


@pytest.fixture
def view(qtbot: QtBot, source: ThemeSource) -> ConfusionView:
    view = ConfusionView(source)
    qtbot.addWidget(view)
    view.resize(236, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    return view


@pytest.fixture
def chosen(view: ConfusionView) -> list[Cell | None]:
    cells: list[Cell | None] = []
    view.cell_chosen.connect(cells.append)
    return cells


def click(view: ConfusionView, cell: Cell) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=view.cell_rect(cell).center().toPoint())


def corner(view: ConfusionView, cell: Cell) -> QColor:
    """The colour of a cell where no text is."""
    at = view.cell_rect(cell).topLeft().toPoint() + QPoint(2, 2)
    return view.grab().toImage().pixelColor(at)


def test_a_click_chooses_a_cell_and_a_second_none(view: ConfusionView, chosen: list[Cell | None]) -> None:
    view.show_confusion(confusion(c4_9=30))
    click(view, (4, 9))
    assert view.chosen == (4, 9)
    click(view, (4, 9))
    click(view, (0, 0))
    assert chosen == [(4, 9), None, (0, 0)]


def test_keys_go_from_cell_to_cell_and_stop_at_the_edge(
    view: ConfusionView, chosen: list[Cell | None]
) -> None:
    view.show_confusion(confusion())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert chosen == [(0, 0), (0, 1), (1, 1), (0, 1), (0, 1), None]


def test_nothing_can_be_chosen_before_there_are_numbers(
    view: ConfusionView, chosen: list[Cell | None]
) -> None:
    click(view, (4, 9))
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert chosen == []


@pytest.mark.parametrize("theme", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_frequent_mistakes_are_nearer_to_the_colour_of_errors_and_the_diagonal_is_grey(
    view: ConfusionView, source: ThemeSource, theme: ThemeChoice
) -> None:
    source.set_choice(theme)
    view.show_confusion(confusion(c4_9=30, c4_2=3))

    def distance(cell: Cell) -> float:
        color, error = corner(view, cell), source.theme.error
        return sum(abs(a - b) for a, b in zip(rgb(color), rgb(error), strict=True))

    assert distance((4, 9)) < distance((4, 2)) < distance((4, 5))
    diagonal = rgb(corner(view, (4, 4)))
    assert max(diagonal) - min(diagonal) < 24


def test_full_colour_stands_for_the_limit_said_in_the_legend(
    view: ConfusionView, source: ThemeSource
) -> None:
    view.show_confusion(confusion(right=70, c4_9=30))
    assert view.limit == pytest.approx(0.3)
    assert corner(view, (4, 9)) == source.theme.error


@pytest.mark.parametrize(("width", "unit"), [(236, CellUnit.COUNTS_AND_SHARES), (343, CellUnit.COUNTS)])
def test_texts_are_what_cells_have_room_for(view: ConfusionView, width: int, unit: CellUnit) -> None:
    view.resize(width, 400)
    view.show_confusion(confusion(right=970, c4_9=30))
    assert view.texts is not None
    assert view.texts.unit is unit
    assert view.texts.rows[4][9] == "30"


@pytest.mark.parametrize("n", [1, 2, 10, 26, 60])
def test_any_number_of_classes_fits_the_width(view: ConfusionView, chosen: list[Cell | None], n: int) -> None:
    view.show_confusion(confusion(n, right=5))
    last = view.cell_rect((n - 1, n - 1))
    assert last.right() <= view.width()
    assert last.bottom() <= view.height()
    click(view, (n - 1, n - 1))
    assert chosen == [(n - 1, n - 1)]


def test_other_classes_forget_the_cell_chosen(view: ConfusionView) -> None:
    view.show_confusion(confusion())
    view.set_chosen((9, 9))
    view.show_confusion(confusion(2))
    assert view.chosen is None


def test_the_pointer_is_told_what_a_cell_counts(view: ConfusionView) -> None:
    view.show_confusion(confusion(c4_9=30))
    QTest.mouseMove(view.viewport(), view.cell_rect((4, 9)).center().toPoint())
    assert view.viewport().toolTip().startswith("4 read as 9: 30 of 120")
