import os
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from bpviz.data.digit_image import has_mnist_frame, prepare_image, prepare_ink, read_image
from bpviz.data.mnist import DATA_DIR_VARIABLE, load_mnist
from bpviz.data.preparation import Preparation
from bpviz.data.rasterize import INK_SIZE, Points, rasterize_strokes
from bpviz.errors import DataError

SEVEN = np.array([(0.2, 0.2), (0.7, 0.22), (0.45, 0.85)], np.float32)


def ink_of(points: Points, pen_width: float = 0.07) -> np.ndarray:
    return rasterize_strokes([points], pen_width)


def longer_side(image: np.ndarray) -> int:
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return int(max(np.ptp(rows), np.ptp(columns))) + 1


def mass_center(image: np.ndarray) -> tuple[float, float]:
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    return float((image * x).sum() / image.sum()), float((image * y).sum() / image.sum())


def test_each_step_of_the_recipe_has_its_picture() -> None:
    ink = ink_of(SEVEN)
    digit = prepare_ink(ink)

    assert digit.crop_box is not None
    left, top, right, bottom = digit.crop_box
    # The pen's edge lies half a pen outside of the points.
    assert (left, top) == pytest.approx((0.165 * INK_SIZE, 0.165 * INK_SIZE), abs=2)
    assert (right, bottom) == pytest.approx((0.735 * INK_SIZE, 0.885 * INK_SIZE), abs=2)
    np.testing.assert_array_equal(digit.ink, ink)
    np.testing.assert_array_equal(digit.cropped, ink[top:bottom, left:right])
    assert digit.scaled.shape == (20, round(20 * (right - left) / (bottom - top)))
    assert digit.image.shape == (28, 28)
    assert digit.pixels.shape == (784,)
    assert digit.center_of_mass == pytest.approx(mass_center(digit.image))
    assert not digit.is_empty


def test_scaling_is_by_area() -> None:
    ink = np.zeros((200, 200), np.uint8)
    ink[:, :100] = 255
    ink[100:, 100:140] = 255
    digit = prepare_ink(np.pad(ink, 30), Preparation(evens_pen=False))

    expected = ink[:, :140].reshape(20, 10, 14, 10).mean(axis=(1, 3))
    np.testing.assert_allclose(digit.scaled, expected, atol=1)


def test_an_empty_canvas_gives_a_black_image() -> None:
    digit = prepare_ink(np.zeros((280, 280), np.uint8))

    assert digit.is_empty
    assert digit.crop_box is None
    assert digit.center_of_mass is None
    assert digit.cropped.size == 0
    assert not digit.image.any()


def test_pictures_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        prepare_ink(ink_of(SEVEN)).image[0, 0] = 1


def test_faint_ink_becomes_bright() -> None:
    bright, faint = ink_of(SEVEN), (ink_of(SEVEN) * 0.2).astype(np.uint8)
    assert prepare_ink(faint).image.max() == 255
    np.testing.assert_allclose(prepare_ink(faint).image, prepare_ink(bright).image.astype(int), atol=8)


def test_a_speck_of_dust_does_not_count_as_ink() -> None:
    ink = ink_of(SEVEN)
    dusty = ink.copy()
    dusty[270:272, 270:272] = 255
    np.testing.assert_array_equal(prepare_ink(dusty).image, prepare_ink(ink).image)


def test_small_ink_is_enlarged() -> None:
    ink = np.zeros((50, 50), np.uint8)
    ink[20:27, 30:33] = 255
    assert longer_side(prepare_ink(ink).image) == 20


@st.composite
def drawings(draw: st.DrawFn) -> np.ndarray:
    coordinate = st.floats(0.0, 1.0, width=32)
    pairs = draw(st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=6))
    return ink_of(np.array(pairs, np.float32), draw(st.floats(0.02, 0.12)))


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_a_drawing_always_gets_mnists_frame(ink: np.ndarray) -> None:
    digit = prepare_ink(ink)
    assert longer_side(digit.image) == 20
    assert digit.image.sum() == digit.scaled.sum()
    assert digit.center_of_mass is not None
    column_peaks, row_peaks = digit.image.max(axis=0), digit.image.max(axis=1)
    for center, peaks in zip(digit.center_of_mass, (column_peaks, row_peaks), strict=True):
        # Farther off only where the ink already touches the rim.
        assert abs(center - 14) <= 0.5 + 1e-9 or peaks[0] or peaks[-1]


@settings(max_examples=40, deadline=None)
@given(drawings(), st.integers(-60, 60), st.integers(-60, 60))
def test_where_on_the_canvas_does_not_matter(ink: np.ndarray, dx: int, dy: int) -> None:
    padded = np.pad(ink, 60)
    moved = np.roll(padded, (dy, dx), (0, 1))
    np.testing.assert_array_equal(prepare_ink(moved).image, prepare_ink(padded).image)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1), st.floats(0.001, 1.0))
def test_any_pixels_give_an_image_or_nothing(height: int, width: int, seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    ink = np.where(rng.random((height, width)) < share, rng.integers(0, 256, (height, width)), 0)
    digit = prepare_ink(ink.astype(np.uint8))

    assert digit.is_empty == (not ink.any())
    assert digit.image.shape == (28, 28)
    assert max(digit.scaled.shape) == (0 if digit.is_empty else 20)


def test_a_picture_in_mnists_frame_passes_unchanged() -> None:
    framed = prepare_ink(ink_of(SEVEN)).image
    assert has_mnist_frame(framed)

    digit = prepare_image(framed)

    np.testing.assert_array_equal(digit.image, framed)
    np.testing.assert_array_equal(digit.ink, framed)


def test_a_faint_picture_in_mnists_frame_passes_unchanged() -> None:
    faint = (prepare_ink(ink_of(SEVEN)).image * 0.6).astype(np.uint8)
    np.testing.assert_array_equal(prepare_image(faint).image, faint)


def test_a_faint_rim_belongs_to_a_small_digit() -> None:
    framed = np.zeros((28, 28), np.uint8)
    framed[5:23, 12:17] = 254
    framed[4, 13:16] = framed[23, 13:16] = 30
    assert has_mnist_frame(framed)
    np.testing.assert_array_equal(prepare_image(np.pad(framed, 4)).image, framed)


def test_a_negative_of_mnists_frame_gives_the_frame() -> None:
    framed = prepare_ink(ink_of(SEVEN)).image
    np.testing.assert_array_equal(prepare_image(255 - framed).image, framed)


@settings(max_examples=30, deadline=None)
@given(st.integers(-3, 3), st.integers(-3, 3))
def test_a_shifted_frame_is_shifted_back(dx: int, dy: int) -> None:
    assume(dx or dy)
    framed = prepare_ink(ink_of(SEVEN)).image
    shifted = np.roll(np.pad(framed, 3), (dy, dx), (0, 1))
    assert not has_mnist_frame(shifted[3:-3, 3:-3])
    np.testing.assert_array_equal(prepare_image(shifted).image, framed)


@pytest.mark.parametrize("frame", [np.zeros((28, 28), np.uint8), np.full((28, 28), 255, np.uint8)])
def test_a_blank_picture_is_empty(frame: np.ndarray) -> None:
    assert not has_mnist_frame(frame)
    assert prepare_image(frame).is_empty


def test_a_saved_canvas_is_read_as_the_canvas_itself(tmp_path: Path) -> None:
    ink = ink_of(SEVEN)
    for name, levels in (("canvas.png", ink), ("paper.png", 255 - ink)):
        Image.fromarray(levels).save(tmp_path / name)
        np.testing.assert_array_equal(
            prepare_image(read_image(tmp_path / name)).image, prepare_ink(ink).image
        )


@pytest.mark.parametrize(
    "array", [np.zeros((0, 5), np.uint8), np.zeros(784, np.uint8), np.zeros((28, 28), np.float32)]
)
@pytest.mark.parametrize("prepare", [prepare_ink, prepare_image])
def test_what_is_no_grey_picture_is_refused(prepare: object, array: np.ndarray) -> None:
    assert callable(prepare)
    with pytest.raises(DataError, match="grey levels 0 to 255"):
        prepare(array)


def test_a_drawing_is_prepared_within_a_frame() -> None:
    ink = ink_of(SEVEN, 0.05)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        prepare_ink(ink)
        times.append(time.perf_counter() - start)
    # 0.25 ms where it was written; the bound only catches a change of order.
    assert min(times) < 0.003


@pytest.mark.skipif(DATA_DIR_VARIABLE not in os.environ, reason=f"{DATA_DIR_VARIABLE} is not set")
def test_real_mnist_passes_unchanged() -> None:
    images = load_mnist().test.inputs[:2000].astype(np.uint8, copy=False).reshape(-1, 28, 28)
    unchanged = [np.array_equal(prepare_image(image).image, image) for image in images]
    assert np.mean(unchanged) >= 0.99
    from_negative = [np.array_equal(prepare_image(255 - image).image, image) for image in images[:300]]
    assert np.mean(from_negative) >= 0.99
