"""What the charts paint: colours, spikes, trials, and no text over another."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.ui.charts.chart_curves import PlotScale, raw_path
from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.run.chart_lines import Quantity
from bpviz.viewmodel.run.curves import RunCurves
from bpviz.viewmodel.run.ticks import linear_axis
from tests.ui.chart_hands import (
    PER_EPOCH,
    Clock,
    draw_all,
    ink_rect,
    losses,
    new_panel,
    pixels,
)
from tests.viewmodel.branching import branch
from tests.viewmodel.measured_rows import rows, trial


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> ChartPanel:
    return new_panel(qtbot, source, clock)


def test_line_is_drawn_in_the_colour_of_the_loss(
    panel: ChartPanel, clock: Clock, source: ThemeSource
) -> None:
    view = panel.view(Quantity.LOSS)
    before = pixels(view, view.plot_rect, source.theme.error)
    panel.add_rows(rows(1, losses(500), depth=2))
    draw_all(panel, clock)
    assert before == 0
    assert pixels(view, view.plot_rect, source.theme.error) > 150


def test_measured_spike_is_drawn_at_its_height(panel: ChartPanel, clock: Clock, source: ThemeSource) -> None:
    values = [0.5] * 3000
    values[1500] = 50.0
    panel.add_rows(rows(1, values, depth=2))
    draw_all(panel, clock)
    view = panel.view(Quantity.LOSS)
    rect, image, ground = view.plot_rect, view.grab().toImage(), source.theme.panel
    y = int(rect.top() + 0.25 * rect.height())
    row = [image.pixelColor(x, y).red() - ground.red() for x in range(int(rect.left()), int(rect.right()))]
    is_red = [x for x, red in enumerate(row) if red > 30]
    assert len(is_red) <= 2
    assert is_red[0] / rect.width() == pytest.approx(1500 / 3000, abs=0.02)


@pytest.mark.parametrize("n", [170, 300, 20_000])
def test_band_of_measured_values_has_no_stripes(n: int) -> None:
    rect = QRectF(62, 40, 190, 100)
    curves = RunCurves(PER_EPOCH, 1)
    curves.add(rows(1, [0.25, 0.75] * (n // 4) + [0.5] * (n // 2)))
    end = float(n)
    raw = curves.loss.raw(end, int(rect.width()))
    path = raw_path(raw, PlotScale(rect, end, linear_axis(0.0, 1.0, 3)))
    ends = [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
    x, y = np.array(ends)[::2, 0], np.array(ends)[:, 1].reshape(-1, 2)
    assert x[-1] - x[0] > 0.9 * rect.width()
    assert np.abs(np.diff(x) - 1.0).max() < 1e-6
    assert np.abs(y[:, 0] - y[:, 1]).min() >= 1.0


def test_many_trials_are_joined_by_a_line_also_on_another_branch(
    panel: ChartPanel, clock: Clock, source: ThemeSource
) -> None:
    panel.add_rows(rows(1, [0.5] * 400, depth=2))
    for iteration in range(0, 300, 10):
        panel.add_test(trial(iteration, 5.0, is_whole=False))
    panel.set_branches((branch(0, furthest=400), branch(1, 0, 200, is_current=True)))
    panel.add_rows(rows(201, [0.5] * 200, depth=2, branch=1))
    for iteration in range(210, 400, 10):
        panel.add_test(trial(iteration, 5.0, is_whole=False, branch=1))
    draw_all(panel, clock)
    view = panel.view(Quantity.LOSS)
    rect = view.plot_rect
    for share in (0.1, 0.7):
        left = rect.left() + share * rect.width()
        around = QRectF(left, rect.top() - 3, 40, rect.height() / 3)
        assert pixels(view, around, source.theme.text) > 10


def test_few_trials_are_marked_each_and_many_only_joined(
    panel: ChartPanel, clock: Clock, source: ThemeSource
) -> None:
    thick = {}
    for n in (3, 40):
        panel.begin_run(PER_EPOCH, 2)
        panel.add_rows(rows(1, [0.5] * 400, depth=2))
        for iteration in np.linspace(50, 350, n):
            panel.add_test(trial(int(iteration), 5.0))
        draw_all(panel, clock)
        view = panel.view(Quantity.LOSS)
        left = view.plot_rect.left() + view.plot_rect.width() / 2 - 10
        around = QRectF(left, view.plot_rect.top() - 3, 20, view.plot_rect.height() / 2)
        thick[n] = pixels(view, around, source.theme.text)
    assert thick[3] > thick[40] + 6


@pytest.mark.parametrize("n", [3, 12, 47, 1234, 6000])
@pytest.mark.parametrize("size", [(268, 520), (268, 684), (380, 946)])
def test_no_text_is_cut_and_no_two_overlap(
    panel: ChartPanel, clock: Clock, source: ThemeSource, size: tuple[int, int], n: int
) -> None:
    source.set_factor(1.15 if size[0] == 380 else 1.0)
    panel.resize(*size)
    panel.begin_run(PER_EPOCH, 11)
    panel.add_rows(rows(1, losses(n), accuracy=0.987, depth=11))
    panel.add_test(trial(n, 0.12345, accuracy=0.976))
    draw_all(panel, clock)
    for quantity in Quantity:
        view = panel.view(quantity)
        items = [item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem) and item.text()]
        places = [(item.text(), ink_rect(item)) for item in items if item.isVisible()]
        room = QRectF(view.viewport().rect())
        assert [text for text, place in places if not room.contains(place)] == []
        pairs = combinations(places, 2)
        assert [(a, b) for (a, first), (b, second) in pairs if first.intersects(second)] == []


@pytest.mark.parametrize("factor", [1.0, 1.15])
@pytest.mark.parametrize("accuracy", [0.1, 1.0])
def test_values_in_the_legend_end_before_the_margin(
    panel: ChartPanel, clock: Clock, source: ThemeSource, factor: float, accuracy: float
) -> None:
    source.set_factor(factor)
    panel.resize(round(268 * factor), 684)
    panel.add_rows(rows(1, [0.0091] * 400, accuracy=accuracy, depth=2))
    panel.add_test(trial(0, 2.3, accuracy=0.1))
    draw_all(panel, clock)
    for quantity in Quantity:
        view = panel.view(quantity)
        items = [
            item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()
        ]
        legend = [item for item in items if item.scenePos().y() < view.plot_rect.top() - 15 * factor]
        assert len(legend) > 3
        edge = view.viewport().width() - source.px(16) + 1
        assert [item.text() for item in legend if item.sceneBoundingRect().right() > edge] == []


def test_theme_is_followed_live(panel: ChartPanel, clock: Clock, source: ThemeSource) -> None:
    panel.add_rows(rows(1, losses(500), depth=2))
    draw_all(panel, clock)
    dark = source.theme.error
    source.set_choice(ThemeChoice.LIGHT)
    view = panel.view(Quantity.LOSS)
    assert pixels(view, view.plot_rect, source.theme.error) > 150
    assert pixels(view, view.plot_rect, dark) == 0


def test_scale_is_followed_live(panel: ChartPanel, clock: Clock, source: ThemeSource) -> None:
    panel.add_rows(rows(1, losses(500), depth=2))
    draw_all(panel, clock)
    before = panel.view(Quantity.LOSS).plot_rect.left()
    source.set_factor(1.5)
    assert panel.view(Quantity.LOSS).plot_rect.left() > before * 1.4
