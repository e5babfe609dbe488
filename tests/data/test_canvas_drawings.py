import numpy as np
import pytest

from bpviz.data.canvas_drawings import CanvasSpread, canvas_drawings, ink_of, placed_anywhere
from bpviz.data.digit_image import prepare_ink
from bpviz.errors import DataError


def test_every_digit_comes_as_often() -> None:
    drawings = canvas_drawings(40, np.random.default_rng(0))
    assert len(drawings) == 40
    np.testing.assert_array_equal(np.bincount(drawings.labels), np.full(10, 4))


def test_the_same_generator_draws_the_same() -> None:
    first, second = (canvas_drawings(5, np.random.default_rng(3)) for _ in range(2))
    for index in range(5):
        np.testing.assert_array_equal(first.ink(index), second.ink(index))


def test_sizes_and_pens_keep_their_bounds_and_the_ink_is_whole() -> None:
    drawings = canvas_drawings(60, np.random.default_rng(5))
    sizes, pens, places = [], [], []
    for index in range(len(drawings)):
        box = prepare_ink(drawings.ink(index)).crop_box
        assert box is not None
        left, top, right, bottom = box
        assert 0 <= left < right <= 280
        sizes.append(max(right - left, bottom - top) / 280)
        pens.append(drawings.strokes[index][0].pen_width)
        places.append((left + right) / 560)
    assert 0.28 < min(sizes) < 0.36
    assert 0.84 < max(sizes) < 0.92
    assert 0.03 <= min(pens) < 0.04 < 0.07 < max(pens) <= 0.08
    assert min(places) < 0.3 < 0.7 < max(places)


def test_a_dot_has_the_size_of_its_pen() -> None:
    strokes = placed_anywhere(
        [np.zeros((1, 2))], np.random.default_rng(0), CanvasSpread((0.5, 0.5), (0.1, 0.1))
    )
    assert np.count_nonzero(ink_of(strokes) > 128) == pytest.approx(np.pi * 14**2, rel=0.05)


@pytest.mark.parametrize(
    ("sizes", "pens"), [((0.0, 0.5), (0.03, 0.08)), ((0.6, 0.5), (0.03, 0.08)), ((0.05, 0.5), (0.03, 0.08))]
)
def test_a_spread_that_cannot_be_drawn_is_refused(
    sizes: tuple[float, float], pens: tuple[float, float]
) -> None:
    with pytest.raises(DataError, match=r"needed|larger than the pen"):
        CanvasSpread(sizes, pens)
