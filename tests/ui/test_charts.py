"""The charts follow a run at ten pictures a second, and are read by pointing and clicked to change."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from bpviz.ui.chart_view import ChartView
from bpviz.ui.charts import ChartPanel
from bpviz.ui.theme_source import ThemeChoice, ThemeSource
from bpviz.viewmodel.chart_lines import Quantity
from bpviz.viewmodel.curves import RunCurves
from tests.viewmodel.measured_rows import rows, trial

PER_EPOCH = 100


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, source: ThemeSource, clock: Clock) -> ChartPanel:
    panel = ChartPanel(source, RunCurves(), clock)
    qtbot.addWidget(panel)
    panel.resize(268, 684)
    panel.show()
    panel.begin_run(PER_EPOCH, 2)
    return panel


def losses(n: int) -> list[float]:
    return [2.0 * 0.99**i + 0.1 for i in range(n)]


def texts(view: ChartView) -> list[str]:
    """Return all texts that can be seen, from top to bottom."""
    items = [item for item in view.items() if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible()]
    return [item.text() for item in sorted(items, key=lambda item: item.scenePos().y())]


def pixels(view: ChartView, rect: QRectF, color: QColor) -> int:
    """Return how many pixels in a rectangle have nearly this colour."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    whole = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    rgb = whole[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
    part = rgb[int(rect.top()) : int(rect.bottom()), int(rect.left()) : int(rect.right())]
    wanted = np.array([color.red(), color.green(), color.blue()])
    return int((np.abs(part - wanted).max(axis=2) < 24).sum())


def hover(view: ChartView, share: float) -> None:
    rect = view.plot_rect
    at = QPointF(rect.left() + share * rect.width(), rect.center().y())
    QTest.mouseMove(view.viewport(), at.toPoint())


def iteration_read(view: ChartView) -> int:
    """Return the iteration the crosshair stands at."""
    (place,) = [text for text in texts(view) if text.startswith("iteration ")]
    return int(place.removeprefix("iteration ").split(",")[0])


def click_note(view: ChartView) -> None:
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        view.note_rect.center().toPoint(),
    )


def draw_all(panel: ChartPanel, clock: Clock) -> None:
    clock.now += 1.0
    for _ in Quantity:
        panel.refresh()


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


def test_a_new_run_clears_curves_and_reading(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, losses(400), depth=2))
    draw_all(panel, clock)
    hover(panel.view(Quantity.LOSS), 0.5)
    panel.begin_run(50, 3)
    shown = texts(panel.view(Quantity.LOSS))
    assert "train" not in shown
    assert not any(text.startswith("iteration") for text in shown)


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


def ink_rect(item: QGraphicsSimpleTextItem) -> QRectF:
    """Return where a text's letters are, without the room above and below them."""
    return item.sceneBoundingRect().adjusted(1, 3, -1, -3)


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


def test_values_that_are_no_numbers_do_no_harm(panel: ChartPanel, clock: Clock) -> None:
    panel.add_rows(rows(1, [1.0, float("nan"), float("inf")] * 40, depth=2))
    panel.add_test(trial(100, float("nan")))
    draw_all(panel, clock)
    assert "1.00" in texts(panel.view(Quantity.LOSS))
    assert "–" in texts(panel.view(Quantity.LOSS))
