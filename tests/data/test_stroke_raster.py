import numpy as np
import pytest

from bpviz.data.stroke_raster import render_strokes
from bpviz.data.strokes import draw_digit
from bpviz.errors import DataError

DIAGONAL = np.array([[0.0, 0.0], [3.0, 9.0]])
SEVEN = np.array([[0.0, 0.0], [6.0, 0.0], [3.0, 9.0]])


def ink_size(image: np.ndarray) -> tuple[int, int]:
    rows, columns = np.nonzero(image)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre_of_mass(image: np.ndarray) -> np.ndarray:
    total = image.sum(dtype=float)
    return np.array([image.sum(axis=1 - axis, dtype=float) @ np.arange(28) / total for axis in (0, 1)])


@pytest.mark.parametrize("pen_width_px", [1.0, 1.7, 2.45, 3.0, 5.0])
@pytest.mark.parametrize("stroke", [DIAGONAL, SEVEN, SEVEN[:, ::-1], SEVEN * 1e4, SEVEN * 1e-4 - 7.0])
def test_the_longer_side_of_the_ink_is_20_px_at_any_scale(stroke: np.ndarray, pen_width_px: float) -> None:
    image = render_strokes([stroke], pen_width_px)
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert max(ink_size(image)) == 20


def test_digits_have_the_frame_and_the_grey_level_of_mnist() -> None:
    rng = np.random.default_rng(0)
    images = [render_strokes(draw_digit(k % 10, rng), 2.5) for k in range(300)]
    assert {max(ink_size(image)) for image in images} == {20}
    assert max(np.abs(centre_of_mass(image) - 14.0).max() for image in images) <= 0.51
    assert np.mean(images) / 255.0 == pytest.approx(0.1325, abs=0.012)


def test_a_pen_as_wide_as_three_pixels_leaves_three_pixels_of_ink() -> None:
    upright = render_strokes([np.array([[0.0, 0.0], [0.0, 1.0]])], 3.0)
    middle = upright[14].astype(float) / 255.0
    assert middle.sum() == pytest.approx(3.0, abs=0.01)
    assert ink_size(upright) == (20, 3)


def test_edges_are_anti_aliased_in_proportion_to_the_ink() -> None:
    bow = np.array([[np.cos(t), np.sin(t)] for t in np.linspace(0.0, 2.0, 40)])
    assert len(np.unique(render_strokes([bow], 2.0))) > 40
    thin = render_strokes([DIAGONAL], 2.0)
    thick = render_strokes([DIAGONAL], 4.0)
    assert thick.sum() / thin.sum() == pytest.approx(2.0 * 16.0 / 18.0, rel=0.1)


def test_strokes_are_not_joined_and_their_order_does_not_matter() -> None:
    left, right = np.array([[0.0, 0.0], [0.0, 10.0]]), np.array([[6.0, 0.0], [6.0, 10.0]])
    image = render_strokes([left, right], 2.0)
    assert np.array_equal(image, render_strokes([right[::-1], left], 2.0))
    assert not image[:, 14].any()


def test_ink_is_never_pushed_off_the_image_to_centre_its_mass() -> None:
    turns = np.linspace(0.0, 40.0, 200)
    blot = np.column_stack([17.0 + turns / 14.0 * np.cos(turns), turns / 14.0 * np.sin(turns)])
    image = render_strokes([np.array([[0.0, 0.0]]), blot], 1.5)
    assert ink_size(image)[1] == 20
    assert image[:, 0].any()


def test_a_single_point_is_a_round_dot_in_the_middle() -> None:
    dot = render_strokes([np.array([[5.0, 5.0]])], 3.0)
    assert ink_size(dot) == (3, 3)
    assert centre_of_mass(dot) == pytest.approx([14.0, 14.0])


@pytest.mark.parametrize(
    ("strokes", "pen_width_px", "said"),
    [
        ([], 2.0, "one or more strokes"),
        ([np.empty((0, 2))], 2.0, "one or more strokes"),
        ([np.zeros((3, 3))], 2.0, "one or more strokes"),
        ([np.array([[0.0, np.nan]])], 2.0, "not finite"),
        ([DIAGONAL], 0.5, "0.5 px wide"),
        ([DIAGONAL], 20.0, "20.0 px wide"),
        ([DIAGONAL], float("nan"), "nan px wide"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(
    strokes: list[np.ndarray], pen_width_px: float, said: str
) -> None:
    with pytest.raises(DataError, match=said):
        render_strokes(strokes, pen_width_px)
