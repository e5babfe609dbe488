"""What stands beside the network in lessons about trouble: bars, curves, the sigmoid, walls of images."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from bpviz.data.sources import load_dataset
from bpviz.ui.plain_view import PlainView
from bpviz.ui.style.fonts import load_fonts
from bpviz.ui.style.theme_source import ThemeChoice, ThemeSource
from bpviz.ui.teach.bar_chart import BarChart
from bpviz.ui.teach.gap_chart import GapChart
from bpviz.ui.teach.image_wall import ImageWall, columns_for
from bpviz.ui.teach.slope_view import SlopeView
from bpviz.ui.teach.weight_wall import WeightWall
from bpviz.viewmodel.lessons.lesson_bars import loss_bars, recall_bars
from bpviz.viewmodel.lessons.lesson_course import Trial, course_content
from bpviz.viewmodel.lessons.lesson_slope import slope_content

RECALLS = [0.9, 0.1, 0.5]


@pytest.fixture
def source(qtbot: QtBot) -> ThemeSource:
    load_fonts()
    return ThemeSource(ThemeChoice.DARK)


def shown(qtbot: QtBot, view: PlainView, width: int = 600, height: int = 400) -> PlainView:
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    return view


def color_at(view: PlainView, x: float, y: float) -> QColor:
    return QColor(view.grab().toImage().pixel(round(x), round(y)))


def test_bars_are_as_high_as_their_values_and_dead_ones_red(qtbot: QtBot, source: ThemeSource) -> None:
    chart = BarChart(source)
    shown(qtbot, chart)
    chart.show_content(recall_bars(RECALLS, 0.2))
    heights = [chart.bar_rect(place).height() for place in range(3)]
    assert heights[0] == pytest.approx(9 * heights[1])
    for place, token in enumerate((source.theme.tertiary, source.theme.error, source.theme.tertiary)):
        middle = chart.bar_rect(place).center()
        assert color_at(chart, middle.x(), middle.y()) == token


def test_bars_follow_the_theme(qtbot: QtBot, source: ThemeSource) -> None:
    chart = BarChart(source)
    shown(qtbot, chart)
    chart.show_content(recall_bars(RECALLS, 0.2))
    source.set_choice(ThemeChoice.LIGHT)
    middle = chart.bar_rect(1).center()
    assert color_at(chart, middle.x(), middle.y()) == source.theme.error


def test_what_is_beyond_the_scale_is_an_outline(qtbot: QtBot, source: ThemeSource) -> None:
    chart = BarChart(source)
    shown(qtbot, chart)
    chart.show_content(loss_bars([1.0, 10.0], diverged=True))
    beyond, highest = chart.bar_rect(2), chart.bar_rect(1)
    assert beyond.height() == highest.height()
    assert color_at(chart, highest.center().x(), highest.center().y()) == source.theme.error
    assert color_at(chart, beyond.center().x(), beyond.center().y()) != source.theme.error


def test_the_gap_is_marked_as_high_as_it_is(qtbot: QtBot, source: ThemeSource) -> None:
    chart = GapChart(source)
    shown(qtbot, chart, 1200)
    start = Trial(0, 2.0, 2.0, 0.1, 0.1)
    chart.show_content(course_content((start, Trial(10, 0.5, 1.5, 0.9, 0.6)), (), is_loss=True))
    wide = chart.gap_rect.height()
    chart.show_content(course_content((start, Trial(10, 0.5, 1.0, 0.9, 0.6)), (), is_loss=True))
    assert chart.gap_rect.height() == pytest.approx(wide / 2)
    chart.show_content(course_content((start,), (), is_loss=True))
    assert chart.gap_rect.isEmpty()


@pytest.mark.parametrize(("count", "is_marked"), [(3, True), (31, False)])
def test_few_trials_are_marked_each(qtbot: QtBot, source: ThemeSource, count: int, is_marked: bool) -> None:
    chart = GapChart(source)
    shown(qtbot, chart, 1200)
    level = [Trial(10 * n, 1.0, 2.0, 0.5, 0.4) for n in range(count)]
    chart.show_content(course_content(level, (), is_loss=True))
    row = round(chart.gap_rect.bottom()) - 3
    picture, end = chart.grab().toImage(), round(chart.gap_rect.left())
    inked = [x for x in range(end) if QColor(picture.pixel(x, row)) == source.theme.error]
    # Above the line itself there is ink only where a dot is.
    assert (min(inked) < end / 2) is is_marked


def test_images_on_the_flat_and_on_the_slope_look_different(qtbot: QtBot, source: ThemeSource) -> None:
    view = SlopeView(source)
    shown(qtbot, view)
    view.show_content(slope_content(8, np.full(50, -20.0)))
    flat = view.grab().toImage()
    view.show_content(slope_content(8, np.linspace(-2.0, 2.0, 50)))
    assert view.grab().toImage() != flat
    assert "slope 0.1" in view.accessibleName() or "slope 0.2" in view.accessibleName()


def test_a_wall_holds_all_images_and_fits_its_room(qtbot: QtBot, source: ThemeSource) -> None:
    wall = ImageWall(source)
    shown(qtbot, wall, 400, 420)
    wall.show_images(load_dataset("strokes").train.first(100).inputs)
    assert wall.accessibleName() == "100 images to learn from"
    assert wall.rect().adjusted(-1, -1, 1, 1).toRectF().contains(wall.wall_rect)
    assert wall.wall_rect.width() > 300


@pytest.mark.parametrize(("count", "width", "height"), [(100, 400, 400), (1000, 800, 300), (1, 10, 500)])
def test_columns_leave_no_larger_squares_unused(count: int, width: float, height: float) -> None:
    columns = columns_for(count, width, height)
    side = min(width / columns, height / -(-count // columns))
    best = max(min(width / n, height / -(-count // n)) for n in range(1, count + 1))
    assert side >= best / 1.25


def test_equal_neurons_have_equal_images_and_others_not(qtbot: QtBot, source: ThemeSource) -> None:
    wall = WeightWall(source)
    shown(qtbot, wall, 700, 420)
    column = np.random.default_rng(0).normal(size=(784, 1)).astype(np.float32)
    wall.show_weights(np.repeat(column, 6, axis=1))
    above, below = rows_of(wall)
    assert above == below
    wall.show_weights(np.random.default_rng(1).normal(size=(784, 6)).astype(np.float32))
    above, below = rows_of(wall)
    assert above != below


def rows_of(wall: WeightWall) -> tuple[QImage, QImage]:
    """Return the two rows of a wall of six."""
    picture = wall.picture.toImage()
    width, height = picture.width(), picture.height() // 2
    return picture.copy(0, 0, width, height), picture.copy(0, height, width, height)
