import numpy as np
import pytest

from bpviz.data.canvas_drawings import canvas_drawings
from bpviz.data.digit_image import prepare_ink
from bpviz.data.preparation import ALL_STEPS, STEP_NAMES, Preparation
from bpviz.data.rasterize import rasterize_strokes

SEVEN = np.array([(0.5, 0.5), (0.9, 0.5), (0.7, 0.95)], np.float32)
INK = rasterize_strokes([SEVEN], 0.05)


def ink_box(image: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def test_a_step_is_left_out_by_its_name() -> None:
    assert ALL_STEPS.left_out == ()
    assert ALL_STEPS.without("keeps_shape") == Preparation(keeps_shape=False)
    assert Preparation(crops=False, evens_pen=False).left_out == ("crops", "evens_pen")


@pytest.mark.parametrize("step", STEP_NAMES)
def test_what_was_left_out_is_told_with_the_digit(step: str) -> None:
    digit = prepare_ink(INK, ALL_STEPS.without(step))
    assert digit.steps == ALL_STEPS.without(step)


def test_without_cropping_the_whole_canvas_is_scaled() -> None:
    digit = prepare_ink(INK, Preparation(crops=False))
    assert digit.crop_box == (0, 0, 280, 280)
    assert digit.scaled.shape == (20, 20)
    left, top, right, bottom = ink_box(digit.image)
    assert max(right - left, bottom - top) < 14


def test_without_its_shape_the_ink_fills_the_square() -> None:
    kept, stretched = prepare_ink(INK), prepare_ink(INK, Preparation(keeps_shape=False))
    assert kept.scaled.shape[1] < 20
    assert stretched.scaled.shape == (20, 20)
    assert stretched.crop_box == kept.crop_box


def test_without_centring_the_middle_of_the_box_is_in_the_middle() -> None:
    kept, boxed = prepare_ink(INK), prepare_ink(INK, Preparation(centers_mass=False))
    left, top, right, bottom = ink_box(boxed.image)
    assert abs(left + right - 28) <= 1
    assert abs(top + bottom - 28) <= 1
    # A seven is heavier above its middle, so its mass lies too high now.
    assert boxed.center_of_mass is not None
    assert boxed.center_of_mass[1] < 13.4
    np.testing.assert_array_equal(boxed.scaled, kept.scaled)


def test_without_evening_a_hair_stays_a_hair() -> None:
    hair = rasterize_strokes([SEVEN], 0.004)
    assert prepare_ink(hair).thickened_px > 0
    thin = prepare_ink(hair, Preparation(evens_pen=False))
    assert thin.thickened_px == 0
    assert int(thin.image.sum()) < 0.6 * int(prepare_ink(hair).image.sum())


@pytest.mark.parametrize("step", STEP_NAMES)
def test_a_canvas_with_hardly_any_ink_is_no_error(step: str) -> None:
    speck = np.zeros((2000, 2000), np.uint8)
    speck[3, 3] = 1
    digit = prepare_ink(speck, ALL_STEPS.without(step))
    assert digit.is_empty == (step == "crops")
    assert digit.image.shape == (28, 28)


def test_each_step_changes_what_some_drawings_give() -> None:
    drawings = canvas_drawings(20, np.random.default_rng(1))
    inks = [drawings.ink(index) for index in range(len(drawings))]
    for step in STEP_NAMES:
        steps = ALL_STEPS.without(step)
        assert any(not np.array_equal(prepare_ink(ink).image, prepare_ink(ink, steps).image) for ink in inks)
