"""What the inspector's own views paint, as facts about pixels."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpviz.ui.inspector.activation_curve_view import ActivationCurveView
from bpviz.ui.inspector.code_view import CodeView
from bpviz.ui.inspector.loss_terms_view import LossTermsView
from bpviz.ui.inspector.picture_row_view import PictureRowView
from bpviz.ui.inspector.sample_bars_view import SampleBarsView
from bpviz.ui.inspector.waterfall_view import WaterfallView
from bpviz.ui.inspector.weight_history_view import WeightHistoryView
from bpviz.ui.style.theme_source import ThemeSource
from bpviz.viewmodel.inspection.activation_curve import activation_curve
from bpviz.viewmodel.inspection.code_lines import backward_lines
from bpviz.viewmodel.inspection.inspection_loss import OutputTerm
from bpviz.viewmodel.inspection.inspection_weight import WeightHistory
from bpviz.viewmodel.inspection.sample_gradients import SortedSamples
from bpviz.viewmodel.inspection.terms import term_sum
from bpviz.viewmodel.inspection.waterfall import WaterfallWords, waterfall
from bpviz.viewmodel.network.weight_pictures import SmallPicture
from bpviz.viewmodel.run.phases import Phase
from tests.viewmodel.inspected import snapshot_of

Show = Callable[[QWidget], QImage]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def painted(view: QWidget) -> QImage:
        qtbot.addWidget(view)
        view.resize(340, view.height())
        view.show()
        return view.grab().toImage()

    return painted


def columns_of(picture: QImage, color: QColor, row: int | None = None) -> list[int]:
    """Return the x of every pixel of this colour, in one row or in all."""
    rows = range(picture.height()) if row is None else [row]
    return sorted({x for x in range(picture.width()) for y in rows if picture.pixelColor(x, y) == color})


def test_a_waterfall_goes_up_in_one_colour_and_down_in_the_other(source: ThemeSource, show: Show) -> None:
    view = WaterfallView(source)
    terms = term_sum(np.ones(2), np.array([3.0, -1.0]), str)
    view.show_waterfall(waterfall(terms, WaterfallWords("a", "w", "z"), "weight"))
    picture, theme = show(view), source.theme
    up, down = columns_of(picture, theme.weight_positive), columns_of(picture, theme.weight_negative)
    assert len(up) == pytest.approx(3 * len(down), rel=0.1)
    assert up[-1] == pytest.approx(down[-1], abs=1)


def test_a_sum_that_is_not_a_number_has_no_bar(source: ThemeSource, show: Show) -> None:
    view = WaterfallView(source)
    terms = term_sum(np.array([math.nan]), np.ones(1), str)
    view.show_waterfall(waterfall(terms, WaterfallWords("a", "w", "z"), "weight"))
    picture = show(view)
    assert columns_of(picture, source.theme.weight_positive) == []
    assert columns_of(picture, source.theme.weight_negative) == []


def test_pictures_are_drawn_in_the_colours_of_their_scale(source: ThemeSource, show: Show) -> None:
    view = PictureRowView(source)
    weights = SmallPicture("weights", np.array([[-1.0, 1.0], [0.0, math.nan]]), "weight", 1.0)
    view.show_pictures((weights, SmallPicture("pixels", np.array([[0.0, 1.0]] * 2), "gray", 1.0)))
    picture, theme, side = show(view), source.theme, 84
    assert picture.pixelColor(side // 4, side // 4) == theme.weight_negative
    assert picture.pixelColor(3 * side // 4, side // 4) == theme.weight_positive
    for x in (side // 4, 3 * side // 4):
        nothing = picture.pixelColor(x, 3 * side // 4)
        assert abs(nothing.red() - theme.weight_zero.red()) < 12
    second = (340 - 3 * side) // 2 + side
    assert picture.pixelColor(second + side // 4, 40) == QColor(0, 0, 0)
    assert picture.pixelColor(second + 3 * side // 4, 40) == QColor(255, 255, 255)


def test_captions_stay_inside_and_apart(source: ThemeSource, show: Show) -> None:
    view = PictureRowView(source)
    captions = (("weights", 0.2), ("change", 0.0002), ("square average", 0.0002))
    view.show_pictures(
        tuple(SmallPicture(name, np.ones((2, 2)), "weight", limit) for name, limit in captions)
    )
    show(view)
    places = view.caption_places()
    assert places[0].left() >= 0
    assert places[-1].right() <= view.width()
    for first, second in pairwise(places):
        assert first.right() < second.left()


@pytest.mark.parametrize("z", [-9.43])
def test_the_sum_is_not_written_over_the_ends_of_an_axis(source: ThemeSource, show: Show, z: float) -> None:
    view = ActivationCurveView(source)
    a = 1.0 / (1.0 + math.exp(-z))
    curves = activation_curve("sigmoid", z, a, a * (1.0 - a)), activation_curve("sigmoid", 0.0, 0.5, 0.25)
    view.setFixedSize(view.sizeHint())
    pictures = []
    for curve in curves:
        view.show_curve(curve)
        pictures.append(show(view).copy(0, view.height() - 26, 13, 26))
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("z", [-4.0, 0.0, 4.0])
def test_the_neurons_point_lies_on_the_curve(source: ThemeSource, show: Show, z: float) -> None:
    view = ActivationCurveView(source)
    a = 1.0 / (1.0 + math.exp(-z))
    view.show_curve(activation_curve("sigmoid", z, a, a * (1.0 - a)))
    view.setFixedSize(view.sizeHint())
    picture = show(view)
    left, right, top, bottom = 20, view.width() - 6, 6, view.height() - 18
    x = round(left + (z + 6) / 12 * (right - left))
    y = round(bottom - a * (bottom - top))
    assert picture.pixelColor(x, y) == source.theme.activation


def test_a_sum_that_is_not_a_number_has_no_point_on_the_curve(source: ThemeSource, show: Show) -> None:
    view = ActivationCurveView(source)
    view.show_curve(activation_curve("sigmoid", math.nan, math.nan, math.nan))
    view.setFixedSize(view.sizeHint())
    assert columns_of(show(view), source.theme.activation) == []


def sorted_samples(values: list[float], marked: int | None = None) -> SortedSamples:
    return SortedSamples(np.array(values), np.arange(100, 100 + len(values)), marked, float(np.mean(values)))


def test_bars_stand_up_or_hang_down_by_their_sign(source: ThemeSource, show: Show) -> None:
    view = SampleBarsView(source)
    view.show_samples(sorted_samples([-2.0, -1.0, 0.0, 4.0]))
    picture, theme = show(view), source.theme
    down, up = columns_of(picture, theme.gradient_negative), columns_of(picture, theme.gradient_positive)
    assert 0 <= down[0] < down[-1] < 170 < 255 <= up[0]


def test_more_samples_than_pixels_are_drawn_one_a_pixel(source: ThemeSource, show: Show) -> None:
    view = SampleBarsView(source, is_loss=True)
    view.show_samples(sorted_samples(np.linspace(0.1, 3.0, 10_000).tolist(), marked=9_999))
    assert len(columns_of(show(view), source.theme.error)) > 300
    assert view.place_at(0.0) == 0
    assert view.place_at(340.0) == 9_999


def test_a_bar_says_its_sample_and_value_on_hover(source: ThemeSource, show: Show) -> None:
    view = SampleBarsView(source)
    view.show_samples(sorted_samples([-2.0, 0.125]))
    show(view)
    QTest.mouseMove(view, QPoint(300, 10))
    assert view.toolTip() == "Sample 101: +0.1250"


def test_only_a_left_click_chooses(source: ThemeSource, show: Show, qtbot: QtBot) -> None:
    view = SampleBarsView(source)
    view.show_samples(sorted_samples([-2.0, 0.125]))
    show(view)
    with qtbot.assertNotEmitted(view.sample_selected):
        QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=QPoint(300, 10))


def test_a_history_rises_with_the_weight(source: ThemeSource, show: Show) -> None:
    view = WeightHistoryView(source)
    view.show_history(WeightHistory(np.array([0, 10, 20]), np.array([-1.0, math.nan, 1.0]), "every 10"))
    picture = show(view)
    color = source.theme.weight_positive_text
    highest = {x: y for y in reversed(range(40)) for x in range(280) if picture.pixelColor(x, y) == color}
    left, right = min(highest), max(highest)
    assert highest[left] > 25
    assert highest[right] < 15


def test_losses_have_a_bar_as_long_as_their_term(source: ThemeSource, show: Show) -> None:
    view = LossTermsView(source)
    terms = (
        OutputTerm(0, 0.1, 0.0, 1.0),
        OutputTerm(1, 0.9, 1.0, 2.0),
        OutputTerm(2, math.nan, 0.0, math.nan),
    )
    view.show_terms(terms, "p")
    picture = show(view)
    lengths = [len(columns_of(picture, source.theme.error, 20 * (row + 1) + 10)) for row in range(3)]
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=2)
    assert lengths[2] == 0


def test_the_lit_line_wears_the_phases_hue(source: ThemeSource, show: Show) -> None:
    view = CodeView(source)
    view.show_code(backward_lines(snapshot_of().architecture, 10, 2, 4), Phase.BACKWARD)
    assert view.lit == "grad_W3 = a2.T @ delta3"
    assert columns_of(show(view), source.theme.gradient_positive) != []
