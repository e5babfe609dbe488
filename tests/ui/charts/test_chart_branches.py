"""Branches in the charts: told apart, named, read together, and gone back on."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.ui.charts.charts import ChartPanel
from bpviz.ui.style.theme import blend
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.run.chart_lines import Quantity
from tests.ui.chart_hands import (
    Clock,
    draw_all,
    hover,
    ink_rect,
    iteration_read,
    losses,
    new_panel,
    pixels,
    texts,
)
from tests.viewmodel.branching import branch
from tests.viewmodel.measured_rows import rows, trial


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> ChartPanel:
    return new_panel(qtbot, source, clock)


FORK = 300


def fork(panel: ChartPanel, clock: Clock, current: int = 1) -> None:
    """Give the panel a run of 600 with loss 1, and a branch of 400 with loss 0.1 that left it at 300."""
    panel.add_rows(rows(1, [1.0] * 600, depth=2, accuracy=0.7))
    panel.set_branches(
        (
            branch(0, is_current=current == 0, name="original", furthest=600),
            branch(1, 0, FORK, "η 0.5 → 1", is_current=current == 1, furthest=400),
        )
    )
    panel.add_rows(rows(FORK + 1, [0.1] * 100, depth=2, accuracy=0.9, branch=1))
    draw_all(panel, clock)


def plot_half(panel: ChartPanel, *, is_upper: bool) -> QRectF:
    """Return the half of the loss plot right of the fork that holds loss 1 or 0.1."""
    rect = panel.view(Quantity.LOSS).plot_rect
    left, middle = rect.left() + 0.6 * rect.width(), rect.center().y()
    top, bottom = (rect.top(), middle) if is_upper else (middle, rect.bottom())
    return QRectF(left, top, rect.right() - left, bottom - top)


def test_branches_are_named_with_their_newest_values(panel: ChartPanel, clock: Clock) -> None:
    fork(panel, clock)
    assert {"η 0.5 → 1", "0.100", "original", "1.00", "test"} <= set(texts(panel.view(Quantity.LOSS)))
    accuracy = texts(panel.view(Quantity.ACCURACY))
    assert {"90.0\N{NO-BREAK SPACE}%", "original", "70.0\N{NO-BREAK SPACE}%"} <= set(accuracy)


def test_current_branch_is_drawn_in_full_colour_and_the_others_paler(
    panel: ChartPanel, clock: Clock, source: ThemeSource
) -> None:
    fork(panel, clock, current=0)
    view = panel.view(Quantity.LOSS)
    full, paler = source.theme.error, blend(source.theme.error_text, source.theme.panel, 0.85)
    upper, lower = plot_half(panel, is_upper=True), plot_half(panel, is_upper=False)
    assert pixels(view, upper, full) > 60
    assert pixels(view, lower, full) == 0
    assert pixels(view, lower, paler) > 10


def test_switching_the_branch_is_seen_at_once(panel: ChartPanel, clock: Clock, source: ThemeSource) -> None:
    fork(panel, clock, current=0)
    view = panel.view(Quantity.LOSS)
    panel.set_branches((branch(0, name="original"), branch(1, 0, FORK, "η 0.5 → 1", is_current=True)))
    assert pixels(view, plot_half(panel, is_upper=True), source.theme.error) == 0


def test_another_branch_is_dashed_from_the_fork_on(
    panel: ChartPanel, clock: Clock, source: ThemeSource
) -> None:
    fork(panel, clock, current=0)
    view = panel.view(Quantity.LOSS)
    image, rect, ground = view.grab().toImage(), view.plot_rect, source.theme.panel
    # From iteration 360 on its mean is level, at the foot of the axis; it ends at 400 of 600.
    columns = range(int(rect.left() + 0.61 * rect.width()), int(rect.left() + 0.66 * rect.width()))
    rows_down = range(int(rect.bottom()) - 6, int(rect.bottom()) + 2)
    marked = [any(image.pixelColor(x, y).red() - ground.red() > 90 for y in rows_down) for x in columns]
    assert any(marked)
    assert not all(marked)


def test_pointing_reads_all_branches(panel: ChartPanel, clock: Clock) -> None:
    fork(panel, clock)
    view = panel.view(Quantity.LOSS)
    hover(view, 390 / 600)
    shown = texts(view)
    assert "0.100" in shown
    assert "1.00" in shown
    hover(view, 0.9)
    assert "–" in texts(view)


def test_clicking_a_curve_asks_for_that_iteration(qtbot: QtBot, panel: ChartPanel, clock: Clock) -> None:
    fork(panel, clock, current=0)
    view = panel.view(Quantity.LOSS)
    hover(view, 0.25)
    at = iteration_read(view)
    rect = view.plot_rect
    place = QPointF(rect.left() + 0.25 * rect.width(), rect.center().y()).toPoint()
    with qtbot.waitSignal(panel.position_requested) as asked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [at]


def test_clicking_past_the_end_of_the_branch_asks_for_its_end(
    qtbot: QtBot, panel: ChartPanel, clock: Clock
) -> None:
    fork(panel, clock)
    view = panel.view(Quantity.ACCURACY)
    place = (view.plot_rect.center() + QPointF(0.45 * view.plot_rect.width(), 0)).toPoint()
    with qtbot.waitSignal(panel.position_requested) as asked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [400]


def test_clicking_an_empty_chart_asks_for_nothing(qtbot: QtBot, panel: ChartPanel) -> None:
    view = panel.view(Quantity.LOSS)
    with qtbot.assertNotEmitted(panel.position_requested):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.plot_rect.center().toPoint())


def test_rewound_iteration_is_marked_in_every_chart(
    panel: ChartPanel, clock: Clock, source: ThemeSource
) -> None:
    fork(panel, clock, current=0)

    def marked() -> list[int]:
        found = []
        for quantity in Quantity:
            rect = panel.view(quantity).plot_rect
            found.append(pixels(panel.view(quantity), rect.adjusted(0, 0, 3, 0), source.theme.ink))
        return found

    before = marked()
    panel.show_position(150)
    assert all(now > then + 30 for now, then in zip(marked(), before, strict=True))
    panel.show_position(600)
    assert marked() == before


def test_plots_stay_alike_but_the_loss_gets_more_room_for_branches(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [1.0] * 300, depth=2))
    draw_all(panel, clock)
    heights = [panel.view(quantity).height() for quantity in Quantity]
    assert max(heights) - min(heights) <= 2
    fork(panel, clock)
    loss, accuracy, norm = (panel.view(quantity).height() for quantity in Quantity)
    assert loss > accuracy + 20
    assert accuracy >= norm


@pytest.mark.parametrize("size", [(268, 684), (380, 946)])
def test_five_branches_fit(
    panel: ChartPanel, clock: Clock, source: ThemeSource, size: tuple[int, int]
) -> None:
    source.set_factor(1.15 if size[0] == 380 else 1.0)
    panel.resize(*size)
    panel.add_rows(rows(1, losses(600), depth=2, accuracy=0.9))
    panel.add_test(trial(600, 0.12345, accuracy=0.976))
    names = ("momentum → adam, η 0.5 → 0.05, batch 32", "η 0.5 → 0.1", "batch 10 → 128", "x" * 60)
    others = [branch(n + 1, 0, 100 * n + 50, name) for n, name in enumerate(names)]
    panel.set_branches((branch(0), *others[:2], branch(3, 0, 250, names[2], is_current=True), others[3]))
    for n in range(1, 5):
        panel.add_rows(rows(100 * n - 49, losses(500), depth=2, accuracy=0.9, branch=n))
    draw_all(panel, clock)
    for quantity in Quantity:
        view = panel.view(quantity)
        assert view.plot_rect.height() > 60
        items = [item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem) and item.text()]
        places = [(item.text(), ink_rect(item)) for item in items if item.isVisible()]
        assert [text for text, place in places if not QRectF(view.rect()).contains(place)] == []
        pairs = combinations(places, 2)
        assert [(a, b) for (a, first), (b, second) in pairs if first.intersects(second)] == []
