"""Pictures laid on the canvas: where they lie and that the network is given the same digit."""

import numpy as np
import pytest

from bpviz.data.digit_image import prepare_image, prepare_ink
from bpviz.data.picture_ink import picture_ink
from bpviz.data.rasterize import INK_SIZE, rasterize_strokes
from bpviz.errors import DataError

SEVEN = [np.array([(0.3, 0.25), (0.7, 0.25), (0.5, 0.8)], np.float32)]
INK = rasterize_strokes(SEVEN, 0.06)


def test_a_picture_as_large_as_the_canvas_keeps_its_place() -> None:
    np.testing.assert_array_equal(picture_ink(INK), INK)
    np.testing.assert_array_equal(picture_ink(255 - INK), INK)


def test_an_image_with_mnists_frame_is_given_to_the_network_unchanged() -> None:
    image = prepare_ink(INK).image
    for shown in (image, 255 - image):
        np.testing.assert_array_equal(prepare_ink(picture_ink(shown)).image, image)


@pytest.mark.parametrize("side", [90, 700])
def test_any_other_digit_lies_in_the_middle_at_a_good_size(side: int) -> None:
    sheet = np.full((side, 2 * side), 235, np.uint8)
    small = 235 - rasterize_strokes(SEVEN, 0.07, side // 2) // 255 * np.uint8(200)
    sheet[: side // 2, : side // 2] = small
    left, top, right, bottom = prepare_ink(picture_ink(sheet)).crop_box or (0, 0, 0, 0)
    assert max(right - left, bottom - top) == pytest.approx(0.62 * INK_SIZE, abs=4)
    assert (left + right, top + bottom) == pytest.approx((INK_SIZE, INK_SIZE), abs=4)


def test_the_network_is_given_what_the_picture_alone_would_give_it() -> None:
    sheet = np.pad(255 - INK, ((60, 100), (0, 90)), constant_values=255)
    expected = prepare_image(sheet).image.astype(int)
    np.testing.assert_allclose(prepare_ink(picture_ink(sheet)).image.astype(int), expected, atol=40)


def test_an_empty_sheet_is_told() -> None:
    with pytest.raises(DataError, match="nothing stands out"):
        picture_ink(np.full((300, 400), 200, np.uint8))
