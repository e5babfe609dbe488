import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from bundled_data import read_tablet_digits

from bpviz.data.digit_image import prepare_ink
from bpviz.data.drawing_check import Doubt, doubt_about
from bpviz.data.pen_strokes import PenStroke
from bpviz.data.preparation import ALL_STEPS, Preparation
from bpviz.data.strokes import draw_digit
from tests.data.made_drawings import SCRIBBLES, Maker, on_canvas, prepared, two_digits

Points = npt.NDArray[np.floating]
N_TABLET_DIGITS = 1500


def doubt_of(drawing: tuple[PenStroke, ...]) -> Doubt | None:
    return doubt_about(prepared(drawing), drawing)


def any_size(strokes: Sequence[Points], rng: np.random.Generator) -> tuple[PenStroke, ...]:
    return on_canvas(strokes, rng.uniform(0.3, 0.9), rng.uniform(0.03, 0.08))


def test_an_empty_canvas_raises_no_doubt() -> None:
    assert doubt_about(prepared([PenStroke(np.empty((0, 2), np.float32), 0.05)])) is None


@pytest.mark.parametrize("pen_width", [0.03, 0.08])
@pytest.mark.parametrize("travel_pens", [0.0, 0.5])
def test_a_dot_is_a_dot_with_or_without_its_stroke(pen_width: float, travel_pens: float) -> None:
    points = np.array([[0.4, 0.4], [0.4 + travel_pens * pen_width, 0.4]], np.float32)
    drawing = (PenStroke(points, pen_width),)
    assert doubt_of(drawing) is Doubt.DOT
    assert doubt_about(prepared(drawing)) is Doubt.DOT


@pytest.mark.parametrize("make", SCRIBBLES)
def test_scribbles_of_any_kind_are_told_from_digits(make: Maker) -> None:
    rng = np.random.default_rng(3)
    doubts = [doubt_of(any_size(make(rng), rng)) for _ in range(60)]
    assert sum(doubt is not None for doubt in doubts) >= 56
    assert doubts.count(Doubt.SCRIBBLE) >= 50


def test_a_pair_is_several_whatever_step_of_the_recipe_is_left_out() -> None:
    drawing = on_canvas(two_digits(4, 8, np.random.default_rng(2)), 0.4, 0.04)
    ink = prepared(drawing).ink
    for steps in (ALL_STEPS, Preparation(crops=False), Preparation(keeps_shape=False)):
        assert doubt_about(prepare_ink(ink, steps)) is Doubt.SEVERAL_DIGITS


def test_a_spot_as_large_as_a_digit_is_a_scribble_without_its_strokes() -> None:
    fill = np.array([[0.3, 0.3], [0.7, 0.3], [0.3, 0.4], [0.7, 0.4], [0.3, 0.5], [0.7, 0.5]], np.float32)
    assert doubt_about(prepared((PenStroke(fill, 0.12),))) is Doubt.SCRIBBLE


@pytest.mark.parametrize("knows_strokes", [True, False])
def test_two_digits_side_by_side_are_several(knows_strokes: bool) -> None:
    rng = np.random.default_rng(4)
    found = 0
    for number in range(100):
        drawing = on_canvas(two_digits(number // 10, number % 10, rng), 0.8, rng.uniform(0.03, 0.06))
        doubt = doubt_about(prepared(drawing), drawing if knows_strokes else ())
        found += doubt is Doubt.SEVERAL_DIGITS
    assert found >= 93


def test_digits_that_touch_are_several_by_their_strokes() -> None:
    four = [np.array([[0.1, 0.3], [0.1, 0.5], [0.4, 0.5]]), np.array([[0.3, 0.3], [0.3, 0.7]])]
    one = np.array([[0.41, 0.3], [0.41, 0.7]])
    bar = np.array([[0.4, 0.5], [0.8, 0.5], [0.8, 0.3], [0.5, 0.3], [0.5, 0.7], [0.8, 0.7]])
    drawing = on_canvas([*four, bar], 0.7, 0.05)
    assert doubt_of(drawing) is Doubt.SEVERAL_DIGITS
    assert doubt_of(on_canvas([*four, one], 0.7, 0.05)) is None


@pytest.mark.parametrize("digit", range(10))
def test_digits_of_the_pen_model_raise_no_doubt(digit: int) -> None:
    rng = np.random.default_rng([digit, 5])
    doubts = [doubt_of(any_size(draw_digit(digit, rng), rng)) for _ in range(60)]
    assert sum(doubt is not None for doubt in doubts) <= 2


def test_a_four_whose_strokes_do_not_touch_is_one_digit() -> None:
    corner, stem = np.array([[0.2, 0.2], [0.15, 0.5], [0.45, 0.5]]), np.array([[0.55, 0.2], [0.5, 0.8]])
    assert doubt_of(on_canvas([corner, stem], 0.6, 0.04)) is None


def with_a_mouse(stroke: Points, rng: np.random.Generator) -> Points:
    """Return the stroke with few points, shaken, on whole pixels."""
    few = np.concatenate([stroke[:: int(rng.integers(2, 5))], stroke[-1:]])
    return np.round((few + rng.normal(0.0, 0.012, few.shape)) * 200.0) / 200.0


@pytest.mark.parametrize("is_mouse", [False, True])
def test_digits_people_wrote_raise_hardly_any_doubt(is_mouse: bool) -> None:
    if "BPVIZ_PENDIGITS_DIR" not in os.environ:
        pytest.skip("BPVIZ_PENDIGITS_DIR is not set")
    digits = read_tablet_digits(Path(os.environ["BPVIZ_PENDIGITS_DIR"]))
    rng = np.random.default_rng(6)
    doubts = 0
    for row in range(0, len(digits.labels), len(digits.labels) // N_TABLET_DIGITS):
        written = digits.strokes[row]
        shaken = [with_a_mouse(stroke, rng) for stroke in written] if is_mouse else written
        doubts += doubt_of(any_size(shaken, rng)) is not None
    assert doubts <= 0.005 * N_TABLET_DIGITS
