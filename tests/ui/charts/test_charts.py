"""The charts follow a run three times a second and write its newest values."""

import pytest
from pytestqt.qtbot import QtBot

from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.chart_lines import Quantity
from tests.ui.chart_hands import (
    Clock,
    draw_all,
    hover,
    losses,
    new_panel,
    texts,
)
from tests.viewmodel.measured_rows import rows, trial


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> ChartPanel:
    return new_panel(qtbot, source, clock)


def test_empty_charts_say_what_will_appear(panel: ChartPanel) -> None:
    for quantity in Quantity:
        view = panel.view(quantity)
        assert quantity.value in texts(view)
        assert any("\n" in text for text in texts(view))


def test_newest_values_and_epochs_are_written(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [0.5] * 250, accuracy=0.75, depth=2))
    panel.add_test(trial(200, 0.25, accuracy=0.8))
    draw_all(panel, clock)
    loss = texts(panel.view(Quantity.LOSS))
    assert {"train", "0.500", "test", "0.250", "epoch", "1", "2", "3", "log, mean of 60"} <= set(loss)
    assert "75.0\N{NO-BREAK SPACE}%" in texts(panel.view(Quantity.ACCURACY))
    assert {"layer 1", "layer 2", "0.50", "1.0"} <= set(texts(panel.view(Quantity.GRADIENT_NORM)))


def test_first_epoch_is_counted_in_iterations(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, losses(60), depth=2))
    draw_all(panel, clock)
    shown = texts(panel.view(Quantity.LOSS))
    assert "iteration" in shown
    assert "epoch" not in shown


def test_refresh_draws_at_most_three_times_a_second(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [0.5] * 100, depth=2))
    draw_all(panel, clock)
    panel.add_rows(rows(101, [0.25] * 100, depth=2))
    clock.now += 0.32
    draw_before = texts(panel.view(Quantity.LOSS))
    for _ in Quantity:
        panel.refresh()
    assert texts(panel.view(Quantity.LOSS)) == draw_before
    clock.now += 0.02
    panel.refresh()
    assert "0.250" in texts(panel.view(Quantity.LOSS))


def test_refresh_draws_one_chart_a_frame(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [0.5] * 100, depth=2))
    clock.now += 1.0
    counts = []
    for _ in Quantity:
        panel.refresh()
        counts.append(sum(bool({"train", "layer 1"} & set(texts(panel.view(q)))) for q in Quantity))
    assert counts == [1, 2, 3]


def test_charts_out_of_sight_are_not_drawn_until_seen(panel: ChartPanel, clock: Clock) -> None:
    panel.hide()
    panel.add_rows(rows(1, [0.5] * 100, depth=2))
    draw_all(panel, clock)
    assert "train" not in texts(panel.view(Quantity.LOSS))
    panel.show()
    draw_all(panel, clock)
    assert "train" in texts(panel.view(Quantity.LOSS))


def test_a_new_run_clears_curves_and_reading(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, losses(400), depth=2))
    draw_all(panel, clock)
    hover(panel.view(Quantity.LOSS), 0.5)
    panel.begin_run(50, 3)
    shown = texts(panel.view(Quantity.LOSS))
    assert "train" not in shown
    assert not any(text.startswith("iteration") for text in shown)


def test_values_that_are_no_numbers_do_no_harm(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [1.0, float("nan"), float("inf")] * 40, depth=2))
    panel.add_test(trial(100, float("nan")))
    draw_all(panel, clock)
    assert "1.00" in texts(panel.view(Quantity.LOSS))
    assert "–" in texts(panel.view(Quantity.LOSS))
