import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpviz.data.rasterize import INK_SIZE, InkRaster, Points, rasterize_strokes
from bpviz.errors import DataError

SIZE = 280


def points(*pairs: tuple[float, float]) -> Points:
    return np.array(pairs, np.float32).reshape(-1, 2)


def exact_distance(start: tuple[float, float], end: tuple[float, float]) -> npt.NDArray[np.float64]:
    """Return each pixel centre's distance from the segment, in pixels, by the textbook."""
    y, x = np.mgrid[:SIZE, :SIZE] + 0.5
    a, b = np.array(start) * SIZE, np.array(end) * SIZE
    d = b - a
    along = np.clip(((x - a[0]) * d[0] + (y - a[1]) * d[1]) / max(d @ d, 1e-12), 0, 1)
    distance: npt.NDArray[np.float64] = np.hypot(x - a[0] - along * d[0], y - a[1] - along * d[1])
    return distance


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((0.2, 0.3), (0.8, 0.35)),
        ((0.1, 0.1), (0.9, 0.95)),
        ((0.7, 0.05), (0.68, 0.9)),
        ((0.5, 0.5), (0.5, 0.5)),
    ],
)
def test_a_segment_is_a_round_ended_bar_of_the_pens_width(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    ink = rasterize_strokes([points(start, end)], 0.07, SIZE)
    expected = np.clip(0.07 * SIZE / 2 + 0.5 - exact_distance(start, end), 0, 1) * 255
    np.testing.assert_allclose(ink.astype(float), expected, atol=1)


def test_a_single_point_is_a_dot_of_the_pens_width() -> None:
    ink = rasterize_strokes([points((0.5, 0.5))], 0.1)
    assert ink.sum() / 255 == pytest.approx(np.pi * (0.05 * INK_SIZE) ** 2, rel=0.01)
    assert ink[INK_SIZE // 2, INK_SIZE // 2] == 255


def test_y_points_down() -> None:
    ink = rasterize_strokes([points((0.1, 0.9))], 0.05)
    assert ink[int(0.9 * INK_SIZE), int(0.1 * INK_SIZE)] == 255


def test_nothing_drawn_is_black() -> None:
    assert not rasterize_strokes([], 0.07).any()
    assert not rasterize_strokes([points()], 0.07).any()


def test_the_thinnest_pen_still_leaves_ink() -> None:
    assert rasterize_strokes([points((0.2, 0.2), (0.8, 0.7))], 1e-4).max() > 100


def test_the_part_outside_the_canvas_is_cut_off() -> None:
    inside = rasterize_strokes([points((0.5, 0.5), (1.0, 0.5))], 0.06)
    beyond = rasterize_strokes([points((0.5, 0.5), (3.0, 0.5))], 0.06)
    np.testing.assert_array_equal(inside[:, :-1], beyond[:, :-1])
    assert not rasterize_strokes([points((-4.0, -4.0), (-2.0, 9.0))], 0.06).any()


coordinate = st.floats(-0.25, 1.25, width=32)
stroke = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=6).map(lambda pairs: points(*pairs))


@settings(max_examples=40, deadline=None)
@given(st.lists(stroke, max_size=4), st.floats(0.01, 0.15))
def test_drawing_segment_by_segment_gives_what_drawing_from_scratch_gives(
    strokes: list[Points], pen_width: float
) -> None:
    raster = InkRaster()
    for one in strokes:
        raster.stamp_segment(one[0].tolist(), one[0].tolist(), pen_width)
        for start, end in zip(one[:-1].tolist(), one[1:].tolist(), strict=True):
            raster.stamp_segment(start, end, pen_width)

    np.testing.assert_array_equal(raster.ink, rasterize_strokes(strokes, pen_width))


def test_clearing_takes_all_ink_off() -> None:
    raster = InkRaster()
    raster.stamp_segment((0.2, 0.2), (0.8, 0.8), 0.1)
    raster.clear()
    assert not raster.ink.any()


def test_the_ink_cannot_be_written_from_outside() -> None:
    with pytest.raises(ValueError, match="read-only"):
        InkRaster().ink[0, 0] = 1


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 1e30])
def test_a_point_that_is_no_place_is_refused(bad: float) -> None:
    with pytest.raises(DataError, match="not a finite position"):
        rasterize_strokes([points((0.5, 0.5), (bad, 0.5))], 0.07)


@pytest.mark.parametrize("bad", [0.0, -0.1, 1.5, float("nan")])
def test_a_pen_without_width_is_refused(bad: float) -> None:
    with pytest.raises(DataError, match="pen width"):
        rasterize_strokes([points((0.5, 0.5))], bad)


def test_points_of_another_shape_are_refused() -> None:
    with pytest.raises(DataError, match=r"shape \(2, 3\)"):
        rasterize_strokes([np.zeros((2, 3), np.float32)], 0.07)


@pytest.mark.parametrize("length", [1e-45, 1e-38, 1e-20, 1e-9])
def test_a_segment_of_almost_no_length_is_a_dot(length: float) -> None:
    dot = rasterize_strokes([np.array([[0.5, 0.5]], np.float32)], 0.1)
    tiny = rasterize_strokes([np.array([[0.5, 0.5], [0.5, 0.5 + length]])], 0.1)
    np.testing.assert_array_equal(tiny, dot)
