"""Charts are read by pointing, and clicked to be drawn otherwise or to go back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.chart_lines import Quantity
from tests.ui.chart_hands import (
    Clock,
    click_note,
    draw_all,
    hover,
    iteration_read,
    losses,
    new_panel,
    texts,
)
from tests.viewmodel.measured_rows import rows


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> ChartPanel:
    return new_panel(qtbot, source, clock)


def test_pointing_reads_the_same_iteration_in_all_charts(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [1.0] * 200 + [0.5] * 200, accuracy=0.75, depth=2))
    draw_all(panel, clock)
    hover(panel.view(Quantity.ACCURACY), 0.25)
    loss_at, accuracy_at, norm_at = (iteration_read(panel.view(quantity)) for quantity in Quantity)
    assert 95 <= loss_at <= 105
    assert accuracy_at == loss_at
    assert abs(norm_at - loss_at) <= 5
    loss = texts(panel.view(Quantity.LOSS))
    assert "1.00" in loss
    assert any(text.startswith("batch") for text in loss)


def test_leaving_the_plot_goes_back_to_the_newest_values(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [1.0] * 200 + [0.5] * 200, depth=2))
    draw_all(panel, clock)
    view = panel.view(Quantity.LOSS)
    hover(view, 0.25)
    assert "0.500" not in texts(view)
    QTest.mouseMove(view.viewport(), QPoint(3, 3))
    assert "0.500" in texts(view)
    assert "log, mean of 60" in texts(view)


def test_reading_stays_where_the_pointer_is_while_the_run_goes_on(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [1.0] * 400, depth=2))
    draw_all(panel, clock)
    hover(panel.view(Quantity.LOSS), 0.5)
    before = iteration_read(panel.view(Quantity.LOSS))
    panel.add_rows(rows(401, [0.5] * 300, depth=2))
    draw_all(panel, clock)
    assert iteration_read(panel.view(Quantity.LOSS)) == before


def test_clicking_the_note_changes_between_log_and_linear(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, losses(400), depth=2))
    draw_all(panel, clock)
    view = panel.view(Quantity.LOSS)
    click_note(view)
    assert "linear, mean of 60" in texts(view)
    assert "0" in texts(view)
    click_note(view)
    assert "log, mean of 60" in texts(view)
    assert "log, mean of 60" in texts(panel.view(Quantity.GRADIENT_NORM))


def test_clicking_the_accuracys_note_shows_the_whole_axis(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [0.1] * 400, accuracy=0.97, depth=2))
    draw_all(panel, clock)
    view = panel.view(Quantity.ACCURACY)
    assert "from 95 %, mean of 60" in texts(view)
    click_note(view)
    assert "from 0 %, mean of 60" in texts(view)


def test_note_can_be_chosen_by_key(panel: ChartPanel) -> None:
    view = panel.view(Quantity.LOSS)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert "linear, mean of 60" in texts(view)


def test_clicking_elsewhere_changes_nothing(qtbot: QtBot, panel: ChartPanel) -> None:
    view = panel.view(Quantity.LOSS)
    with qtbot.assertNotEmitted(view.note_clicked):
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            view.plot_rect.center().toPoint(),
        )
