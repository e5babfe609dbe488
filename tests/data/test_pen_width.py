import numpy as np
import pytest
from PIL import Image

from bpviz.data.digit_image import prepare_ink
from bpviz.data.pen_width import scale_ink
from bpviz.data.preparation import Preparation
from bpviz.data.rasterize import Points, rasterize_strokes

SEVEN = np.array([(0.2, 0.2), (0.7, 0.22), (0.45, 0.85)], np.float32)
ANGLES = np.linspace(0.0, 2.0 * np.pi, 60)
LOOP = np.column_stack([0.5 + 0.11 * np.sin(ANGLES), 0.5 + 0.15 * np.cos(ANGLES)]).astype(np.float32)


def ink_of(points: Points, pen_width: float) -> np.ndarray:
    return rasterize_strokes([points], pen_width)


def stem_width(image: np.ndarray, row: int = 16) -> float:
    """Return the width of the seven's slanted stem in pixels, across it."""
    slant = np.hypot(0.25, 0.63) / 0.63
    return float(image[row].sum()) / 255 / float(slant)


@pytest.mark.parametrize("pen_width", [0.01, 0.03, 0.06, 0.09, 0.12, 0.15])
def test_strokes_of_any_pen_come_out_as_broad_as_mnists(pen_width: float) -> None:
    assert 2.0 < stem_width(prepare_ink(ink_of(SEVEN, pen_width)).image) < 3.4


def test_how_much_was_changed_is_told() -> None:
    hair, pen, brush = (prepare_ink(ink_of(SEVEN, width)) for width in (0.01, 0.1, 0.16))
    assert hair.thickened_px > 1
    assert pen.thickened_px == 0
    assert brush.thickened_px < 0


def test_a_broad_pen_in_a_small_loop_leaves_it_open() -> None:
    ink = ink_of(LOOP, 0.09)
    even, uneven = prepare_ink(ink), prepare_ink(ink, Preparation(evens_pen=False))
    holes = [int(digit.image[8:20, 8:20].min()) for digit in (even, uneven)]
    darkest = [int((digit.image[8:20, 8:20] < 40).sum()) for digit in (even, uneven)]
    assert holes[0] == 0
    assert darkest[0] > 1.5 * darkest[1]


def test_what_is_shown_of_the_ink_grows_and_shrinks_with_the_strokes() -> None:
    for pen_width, grows in ((0.01, True), (0.16, False)):
        digit = prepare_ink(ink_of(SEVEN, pen_width))
        assert digit.crop_box is not None
        # Half the change of width on every side, in ink pixels.
        longer = max(digit.crop_box[2] - digit.crop_box[0], digit.crop_box[3] - digit.crop_box[1])
        rim = digit.thickened_px / 2 * longer / 20
        outwards = np.subtract(digit.crop_box, digit.scaled_box) * (1, 1, -1, -1)
        np.testing.assert_allclose(outwards, rim, atol=1.2)
        assert (rim > 0) == grows


def test_where_nothing_was_evened_the_crop_is_shown() -> None:
    digit = prepare_ink(ink_of(SEVEN, 0.1))
    assert digit.scaled_box == digit.crop_box


def test_a_fine_line_beside_a_broad_one_is_not_lost() -> None:
    crop = np.zeros((200, 200), np.uint8)
    crop[:, :60] = 255
    crop[:, 196:] = 255
    inked = scale_ink(crop).picture[10] > 60
    edges = np.flatnonzero(np.diff(inked.astype(int)))
    # The broad one from the left, a gap, the fine one up to the right.
    assert inked[0]
    assert inked[-1]
    assert len(edges) == 2


def test_a_stretched_drawing_is_evened_too() -> None:
    digit = prepare_ink(ink_of(SEVEN, 0.01), Preparation(keeps_shape=False))
    assert digit.thickened_px > 0
    left, top = digit.scaled_box[:2]
    assert digit.crop_box is not None
    rim_x, rim_y = digit.crop_box[0] - left, digit.crop_box[1] - top
    width, height = digit.crop_box[2] - digit.crop_box[0], digit.crop_box[3] - digit.crop_box[1]
    assert rim_x / width == pytest.approx(rim_y / height, rel=0.01)


def test_a_blob_stays_a_blob() -> None:
    picture = prepare_ink(ink_of(SEVEN[:1], 0.3)).image
    assert picture[6:22, 6:22].sum() > 0.7 * 255 * 16 * 16


def test_a_small_picture_is_scaled_as_it_is() -> None:
    small = np.asarray(Image.fromarray(ink_of(SEVEN, 0.15)).resize((28, 28), Image.Resampling.BOX))
    assert prepare_ink(small).thickened_px == 0
