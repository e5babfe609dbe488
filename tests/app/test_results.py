"""Results in the whole window: measured by the helper while they are seen, true to the network shown."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.app.application import Desk
from bpviz.app.results import save_confusion
from bpviz.data.samples import Samples
from bpviz.data.stroke_dataset import load_strokes
from bpviz.errors import DataError
from bpviz.training.evaluation import evaluate
from bpviz.training.messages import Pause, Run, RunTo
from bpviz.ui.mode import Mode
from bpviz.ui.results.results_panel import ResultsPanel
from bpviz.viewmodel.run.results import DataPart, Results
from bpviz.viewmodel.words.number_format import grouped
from tests.app.hands import click, iteration, paused_at, shown
from tests.training.small_runs import config_for, sparse_digits
from tests.ui.hands import LEFT


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> ResultsPanel:
    """The panel on show, with the untrained network's results."""
    panel = desk.window.lab.results
    click(desk.window.lab.side.results_tab)
    qtbot.waitUntil(lambda: panel.results is not None)
    return panel


def results_of(panel: ResultsPanel) -> Results:
    assert panel.results is not None
    return panel.results


def name_of(panel: ResultsPanel) -> str:
    return "" if panel.results is None else panel.results.network_name


def choose_part(panel: ResultsPanel, place: int, qtbot: QtBot) -> None:
    click(panel.choice.button(place))
    qtbot.waitUntil(lambda: panel.results is not None)


def choose_first_mistake(panel: ResultsPanel) -> int:
    QTest.mouseClick(panel.gallery.viewport(), LEFT, pos=panel.gallery.tile_rect(0).center().toPoint())
    assert panel.card.row is not None
    return panel.card.row


def test_nothing_is_measured_before_the_results_are_seen(desk: Desk, qtbot: QtBot) -> None:
    desk.session.send(RunTo(5))
    qtbot.waitUntil(lambda: paused_at(desk, 5))
    assert desk.window.lab.results.results is None


def test_the_matrix_is_that_of_the_network_shown(desk: Desk, panel: ResultsPanel, qtbot: QtBot) -> None:
    desk.session.send(RunTo(20))
    qtbot.waitUntil(lambda: name_of(panel) == "iteration 20")
    snapshot = shown(desk)
    network = snapshot.network().with_parameters(snapshot.parameters_after)
    expected = evaluate(network, desk.session.dataset.test)
    np.testing.assert_array_equal(results_of(panel).confusion.counts, expected.confusion)
    assert results_of(panel).confusion.n_samples == 30


def test_the_training_part_can_be_tried_too(desk: Desk, panel: ResultsPanel, qtbot: QtBot) -> None:
    choose_part(panel, 1, qtbot)
    assert results_of(panel).confusion.n_samples == 105


def test_results_follow_a_run_and_end_with_its_last_iteration(
    desk: Desk, panel: ResultsPanel, qtbot: QtBot
) -> None:
    desk.session.send(Run())
    qtbot.waitUntil(lambda: name_of(panel) not in ("", "iteration 0"))
    assert desk.session.is_running
    desk.session.send(Pause())
    qtbot.waitUntil(lambda: paused_at(desk, 1))
    qtbot.waitUntil(lambda: name_of(panel) == f"iteration {grouped(iteration(desk))}")


def test_a_new_run_forgets_the_old_ones_results(desk: Desk, panel: ResultsPanel, qtbot: QtBot) -> None:
    desk.session.send(RunTo(20))
    qtbot.waitUntil(lambda: name_of(panel) == "iteration 20")
    desk.presenter.start_run(config_for(seed=5))
    qtbot.waitUntil(lambda: name_of(panel) == "iteration 0")


def test_the_class_joins_with_its_first_digit_and_leaves_with_its_last(
    desk: Desk, panel: ResultsPanel, qtbot: QtBot
) -> None:
    desk.presenter.results.set_class_samples(sparse_digits(7, seed=9))
    choose_part(panel, 2, qtbot)
    assert results_of(panel).confusion.n_samples == 7
    desk.presenter.results.set_class_samples(sparse_digits(8, seed=9))
    qtbot.waitUntil(lambda: results_of(panel).confusion.n_samples == 8)
    desk.presenter.results.set_class_samples(None)
    assert panel.part is DataPart.TEST
    qtbot.waitUntil(lambda: panel.results is not None)


def test_digits_that_do_not_fit_the_network_are_told_in_the_panel(
    desk: Desk, panel: ResultsPanel, qtbot: QtBot
) -> None:
    desk.presenter.results.set_class_samples(Samples(np.zeros((3, 100), np.uint8), np.zeros(3, np.uint8)))
    click(panel.choice.button(2))
    qtbot.waitUntil(lambda: "100 values each" in panel.hint.text())


def test_a_training_mistake_is_watched_in_the_network(desk: Desk, panel: ResultsPanel, qtbot: QtBot) -> None:
    choose_part(panel, 1, qtbot)
    row = choose_first_mistake(panel)
    click(panel.card.watch)
    qtbot.waitUntil(lambda: shown(desk).sample.index == row)


def test_a_mistake_is_put_on_the_canvas_pixel_for_pixel(
    desk: Desk, panel: ResultsPanel, qtbot: QtBot
) -> None:
    digit = load_strokes().test.first(1)
    desk.presenter.results.set_class_samples(digit)
    choose_part(panel, 2, qtbot)
    panel.choose_cell((int(digit.labels[0]), int(results_of(panel).predictions.predicted[0])))
    choose_first_mistake(panel)
    click(panel.card.canvas)
    assert desk.window.mode is Mode.DRAW
    ink = desk.window.draw.prepared.ink
    np.testing.assert_array_equal(ink[5::10, 5::10].ravel(), digit.inputs[0])


def test_a_matrix_is_saved_as_a_table(tmp_path: Path, panel: ResultsPanel) -> None:
    path = tmp_path / "confusion.csv"
    save_confusion(path, results_of(panel).confusion)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "true \\ read as,0,1,2,3,4,5,6,7,8,9"
    assert sum(int(cell) for line in lines[1:] for cell in line.split(",")[1:]) == 30


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, panel: ResultsPanel) -> None:
    with pytest.raises(DataError, match=r"nowhere\.csv could not be written"):
        save_confusion(tmp_path / "no folder" / "nowhere.csv", results_of(panel).confusion)
