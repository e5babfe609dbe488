"""The results panel: cell to gallery, mistake to large digit, and what the user looks at stays."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.nn.arrays import ByteArray
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.results import DataPart, Results
from tests.ui.hands import LEFT, cut_labels, turn_wheel
from tests.viewmodel.result_samples import results_of

PAIRS = [(4, 9), (3, 3), (4, 9), (5, 6), (4, 4), (9, 4)]
MANY = [(4, 9)] * 40


def shown_on(qtbot: QtBot, panel: ResultsPanel) -> ResultsPanel:
    qtbot.addWidget(panel)
    panel.resize(268, 640)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource) -> ResultsPanel:
    return shown_on(qtbot, ResultsPanel(source))


def click_cell(panel: ResultsPanel, label: int, predicted: int) -> None:
    at = panel.matrix.cell_rect((label, predicted)).center().toPoint()
    QTest.mouseClick(panel.matrix.viewport(), LEFT, pos=at)


def click_tile(panel: ResultsPanel, place: int) -> None:
    at = panel.gallery.tile_rect(place).center().toPoint()
    QTest.mouseClick(panel.gallery.viewport(), LEFT, pos=at)


def rows_shown(panel: ResultsPanel) -> list[int]:
    return [tile.row for tile in panel.gallery.tiles]


def in_training(pairs: list[tuple[int, int]]) -> Results:
    return results_of(pairs, DataPart.TRAINING)


def test_figures_matrix_and_mistakes_are_shown(panel: ResultsPanel, qtbot: QtBot) -> None:
    panel.show_results(results_of(PAIRS))
    assert panel.accuracy.text() == "33.3\N{NO-BREAK SPACE}%"
    assert panel.tried.text() == "right of 6"
    assert panel.about.text().startswith("Iteration 5, mean loss")
    assert rows_shown(panel) == [5, 3, 2, 0]
    assert panel.gallery_title.text() == "4 mistakes"
    qtbot.waitUntil(lambda: cut_labels(panel) == [])


def test_a_cell_clicked_shows_its_digits_until_all_are_wanted_again(panel: ResultsPanel) -> None:
    panel.show_results(results_of(PAIRS))
    click_cell(panel, 4, 9)
    assert rows_shown(panel) == [2, 0]
    assert panel.gallery_title.text() == "4 read as 9: 2"
    QTest.mouseClick(panel.all_mistakes, LEFT)
    assert rows_shown(panel) == [5, 3, 2, 0]
    assert panel.matrix.chosen is None


def test_a_mistake_clicked_is_shown_large_and_closed_again(panel: ResultsPanel) -> None:
    panel.show_results(results_of(PAIRS))
    click_tile(panel, 1)
    outcome = panel.card.outcome.outcome
    assert outcome is not None
    assert (outcome.verdict, outcome.loss_text) == ("A 5, read as 6", "4.00")
    assert panel.card.isVisible()
    assert not panel.matrix.isVisible()
    QTest.mouseClick(panel.card.back, LEFT)
    assert panel.matrix.isVisible()


def test_the_gallery_keeps_its_room_when_a_mistake_is_shown_large(panel: ResultsPanel, qtbot: QtBot) -> None:
    panel.show_results(results_of(MANY))
    qtbot.waitUntil(lambda: panel.gallery.capacity == len(panel.gallery.tiles) > 5)
    before = panel.gallery.geometry()
    click_tile(panel, 0)
    qtbot.waitUntil(panel.card.outcome.isVisible)
    assert panel.gallery.geometry() == before
    assert panel.card.outcome.height() <= panel.matrix.height()


def test_only_training_samples_can_be_watched(panel: ResultsPanel) -> None:
    watched: list[int] = []
    panel.watch_requested.connect(watched.append)
    panel.show_results(results_of(PAIRS))
    click_tile(panel, 1)
    QTest.mouseClick(panel.card.watch, LEFT)
    assert watched == []
    QTest.mouseClick(panel.choice.button(1), LEFT)
    panel.show_results(in_training(PAIRS))
    click_tile(panel, 1)
    QTest.mouseClick(panel.card.watch, LEFT)
    assert watched == [3]


def test_the_picture_of_a_mistake_can_be_had_for_the_canvas(panel: ResultsPanel) -> None:
    images: list[ByteArray] = []
    panel.canvas_requested.connect(images.append)
    panel.show_results(results_of(PAIRS))
    click_tile(panel, 1)
    QTest.mouseClick(panel.card.canvas, LEFT)
    assert images[0].shape == (28, 28)
    assert set(np.unique(images[0])) == {3}


def test_what_the_user_looks_at_stays_while_the_network_learns(panel: ResultsPanel) -> None:
    panel.show_results(results_of(PAIRS))
    click_cell(panel, 4, 9)
    click_tile(panel, 1)
    panel.show_results(results_of([(4, 4), (3, 3), (4, 9), (5, 6), (4, 4), (9, 4)]))
    assert rows_shown(panel) == [2]
    outcome = panel.card.outcome.outcome
    assert outcome is not None
    assert (outcome.row, outcome.verdict) == (0, "A 4, read rightly")
    assert panel.card.isVisible()


def test_pages_are_turned_by_buttons_and_wheel_and_end_at_both_ends(panel: ResultsPanel) -> None:
    panel.show_results(results_of(MANY))
    n = panel.gallery.capacity
    assert n < len(MANY)
    assert rows_shown(panel)[0] == 39
    assert not panel.previous.isEnabled()
    QTest.mouseClick(panel.next, LEFT)
    assert rows_shown(panel)[0] == 39 - n
    turn_wheel(panel.gallery, 1)
    assert rows_shown(panel)[0] == 39
    turn_wheel(panel.gallery, -10)
    assert rows_shown(panel)[-1] == 0
    assert not panel.next.isEnabled()


def test_a_page_that_is_gone_gives_way_to_the_last_there_is(panel: ResultsPanel) -> None:
    panel.show_results(results_of(MANY))
    turn_wheel(panel.gallery, -10)
    panel.show_results(results_of([(4, 9)] * 3 + [(4, 4)] * 37))
    assert rows_shown(panel) == [2, 1, 0]


def test_arrow_keys_go_through_the_mistakes(panel: ResultsPanel) -> None:
    panel.show_results(results_of(PAIRS))
    panel.activateWindow()
    panel.gallery.setFocus()
    for _ in range(3):
        QTest.keyClick(panel.gallery, Qt.Key.Key_Right)
    assert panel.card.row == 2
    QTest.keyClick(panel.gallery, Qt.Key.Key_Left)
    assert panel.card.row == 3


def test_another_part_is_asked_for_and_late_answers_of_the_first_are_ignored(panel: ResultsPanel) -> None:
    parts: list[DataPart] = []
    panel.part_chosen.connect(parts.append)
    panel.show_results(results_of(PAIRS))
    QTest.mouseClick(panel.choice.button(1), LEFT)
    assert parts == [DataPart.TRAINING]
    panel.show_results(results_of(PAIRS))
    assert panel.results is None
    panel.show_results(in_training(PAIRS))
    assert panel.results is not None


def test_the_class_is_offered_only_while_it_has_digits(panel: ResultsPanel) -> None:
    parts: list[DataPart] = []
    panel.part_chosen.connect(parts.append)
    assert not panel.choice.button(2).isVisible()
    panel.set_class_offered(True)
    QTest.mouseClick(panel.choice.button(2), LEFT)
    panel.set_class_offered(False)
    assert parts == [DataPart.CLASS, DataPart.TEST]


def test_a_panel_for_one_part_offers_no_choice(qtbot: QtBot, source: ThemeSource) -> None:
    panel = shown_on(qtbot, ResultsPanel(source, (DataPart.CLASS,)))
    panel.show_results(results_of(PAIRS, DataPart.CLASS))
    assert not panel.choice.isVisible()
    click_tile(panel, 0)
    assert panel.card.canvas.isVisible()
    assert not panel.card.watch.isVisible()


def test_the_matrix_shown_can_be_exported(panel: ResultsPanel) -> None:
    exported: list[object] = []
    panel.export_requested.connect(exported.append)
    QTest.mouseClick(panel.export, LEFT)
    panel.show_results(results_of(PAIRS))
    QTest.mouseClick(panel.export, LEFT)
    assert panel.results is not None
    assert exported == [panel.results.confusion]


def test_an_empty_part_is_said_in_a_sentence(panel: ResultsPanel) -> None:
    panel.show_results(results_of([]))
    assert panel.hint.text() == "There are no test samples."
    assert not panel.matrix.isVisible()


@pytest.mark.parametrize("pairs", [[(7, 7)], [(7, 1)], [(7, 7)] * 30])
def test_a_single_class_is_shown(panel: ResultsPanel, pairs: list[tuple[int, int]]) -> None:
    panel.show_results(results_of(pairs))
    click_cell(panel, *pairs[0])
    assert len(rows_shown(panel)) == min(len(pairs), panel.gallery.capacity)


def test_samples_that_are_no_pictures_have_captions_and_outputs(panel: ResultsPanel) -> None:
    panel.show_results(results_of([(0, 1), (1, 1)], n_classes=2, n_in=2))
    assert [tile.caption for tile in panel.gallery.tiles] == ["A→B"]
    click_tile(panel, 0)
    assert panel.card.outcome.outcome is not None
    assert not panel.card.canvas.isEnabled()
